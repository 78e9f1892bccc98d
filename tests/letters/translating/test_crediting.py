"""Names under a translation: by choice, read before they are public, taken back at any time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.letters.translating.hands import EVA, rewrite, type_in
from tests.letters.translating.offers import installed, joined
from undersigned.letters.models import Letter, LetterLanguage, Translation, Translator
from undersigned.letters.publishing import NothingChanged
from undersigned.letters.translating import crediting
from undersigned.letters.translating.approving import ChangedSince, approve, seen
from undersigned.letters.translating.crediting import credits_when_public
from undersigned.letters.translating.volunteering import choose_credit, worker_of
from undersigned.letters.translating.working import Typed, save_words, source_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, db: None) -> None:
    installed(tmp_path)


def let_through(letter: Letter) -> None:
    as_seen = seen(letter, "es")
    approve(letter, "es", worker=EVA, is_organiser=True, as_seen=as_seen)


def mend_title(letter: Letter, volunteer: Translator) -> None:
    typed = {"title-0-0": Typed("Que se prohíba", began_with="Prohibirlo")}
    save_words(letter, "es", source_text(letter), typed, worker=worker_of(volunteer))


def public(letter: Letter) -> str:
    edition = Letter.objects.get(pk=letter.pk).edition
    return Translation.objects.get(edition=edition, language="es").credits


@pytest.fixture
def carmen(letter: Letter, everything: dict[str, str]) -> Translator:
    """Translated everything, and wants to be named."""
    volunteer = joined(letter, credit="Carmen, of Lima")
    type_in(letter, everything, worker_of(volunteer))
    return volunteer


def test_a_name_is_public_with_the_words_that_were_read(letter: Letter, carmen: Translator) -> None:
    assert credits_when_public(letter, "es") == "Carmen, of Lima"
    assert LetterLanguage.objects.get().credits == ""

    let_through(letter)
    assert public(letter) == "Carmen, of Lima"
    assert LetterLanguage.objects.get().credits == "Carmen, of Lima"


def test_who_wrote_nothing_is_not_named(letter: Letter, carmen: Translator) -> None:
    joined(letter, credit="Nobody Yet")
    let_through(letter)

    assert public(letter) == "Carmen, of Lima"


def test_a_name_that_changes_while_somebody_reads_is_to_be_read_again(
    letter: Letter, carmen: Translator
) -> None:
    as_seen = seen(letter, "es")
    choose_credit(carmen, "Something else altogether")

    with pytest.raises(ChangedSince):
        approve(letter, "es", worker=EVA, is_organiser=True, as_seen=as_seen)


def test_names_stand_beside_those_that_were_there(letter: Letter, carmen: Translator) -> None:
    LetterLanguage.objects.update(credits="Ana")
    bo = joined(letter, credit="Bo")
    mend_title(letter, bo)

    let_through(letter)
    assert public(letter) == "Ana, Carmen, of Lima, Bo"


def test_a_name_taken_back_leaves_every_edition(letter: Letter, carmen: Translator) -> None:
    let_through(letter)
    LetterLanguage.objects.update(credits="Carmen, Carmen, of Lima, Carmen, of Lima and more")
    letter = rewrite(letter, title="Ban it now")
    Translation.objects.filter(language="es", edition__number=3).update(credits="Ana")
    LetterLanguage.objects.update(credits="Carmen, Carmen, of Lima, Carmen, of Lima and more")
    letter = rewrite(letter, title="Ban it today")
    hashes = list(Translation.objects.values_list("edition__manifest_hash", flat=True))
    revision = letter.revision

    choose_credit(carmen, "")
    carmen.refresh_from_db()
    assert carmen.credit == ""
    assert set(Translation.objects.filter(language="es").values_list("credits", flat=True)) == {
        "",
        "Ana",
        "Carmen, Carmen, of Lima and more",
    }
    assert LetterLanguage.objects.get().credits == "Carmen, Carmen, of Lima and more"
    assert list(Translation.objects.values_list("edition__manifest_hash", flat=True)) == hashes
    letter.refresh_from_db()
    assert letter.revision == revision + 1


def test_choosing_the_same_name_changes_nothing(letter: Letter, carmen: Translator) -> None:
    let_through(letter)
    choose_credit(carmen, "Carmen, of Lima")

    assert public(letter) == "Carmen, of Lima"


def test_a_name_that_comes_later_is_let_through_alone(
    letter: Letter, everything: dict[str, str]
) -> None:
    volunteer = joined(letter)
    type_in(letter, everything, worker_of(volunteer))
    let_through(letter)
    assert public(letter) == ""
    with pytest.raises(NothingChanged):
        let_through(letter)

    choose_credit(volunteer, "Carmen")
    assert public(letter) == ""
    let_through(letter)
    assert public(letter) == "Carmen"


def test_more_names_than_there_is_room_for_are_left_out(
    letter: Letter, carmen: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crediting, "LONGEST", 20)
    bo = joined(letter, credit="Somebody With A Long Name")
    mend_title(letter, bo)

    assert credits_when_public(letter, "es") == "Carmen, of Lima"
