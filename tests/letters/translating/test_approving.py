"""Two pairs of eyes before it is public; and what is public says where it is behind."""

from __future__ import annotations

import uuid

import pytest

from tests.builders import text
from tests.letters.translating.hands import EVA, VOLUNTEER, put_out, rewrite, type_in
from undersigned.letters.editions import drafted_texts
from undersigned.letters.models import (
    Edition,
    EditionChange,
    LanguageState,
    Letter,
    LetterEvent,
    LetterLanguage,
    Translation,
    Wording,
    WordingOrigin,
)
from undersigned.letters.publishing import NothingChanged, publish
from undersigned.letters.translating.approving import (
    ChangedSince,
    NothingTranslated,
    OwnWork,
    StillMissing,
    approve,
    hand_in,
    may_approve,
    seen,
    send_back,
)
from undersigned.letters.translating.assembling import assemble, places_behind
from undersigned.letters.translating.blocks import Place
from undersigned.letters.translating.working import Typed, Worker, save_words, source_text

pytestmark = pytest.mark.django_db

SECOND = Worker(uuid.UUID(int=3))
CHANGED = "### Why\n\nWe ask for two things.\n\n- To be heard\n- To be seen\n\nAnd we hope so."


def public(letter: Letter) -> Translation:
    letter.refresh_from_db()
    return Translation.objects.get(edition=letter.edition_id, language="es")


def acts() -> list[str]:
    return [event.act for event in LetterEvent.objects.order_by("pk")]


def test_it_goes_public_with_an_edition_of_its_own(
    letter: Letter, everything: dict[str, str]
) -> None:
    type_in(letter, everything)
    row = hand_in(letter, "es", worker=VOLUNTEER, message="Please look at the title")
    assert (row.state, row.message) == (LanguageState.SUBMITTED, "Please look at the title")
    edition = approve(letter, "es", worker=SECOND, is_organiser=False, as_seen=seen(letter, "es"))
    assert edition is not None
    assert (edition.change, edition.number, edition.text_number) == (
        EditionChange.TRANSLATION,
        2,
        1,
    )
    assert public(letter).title == "Prohibirlo"
    assert public(letter).body == (
        "### Por qué\n\nPedimos una cosa.\n\n- Que nos oigan\n- Que nos vean"
    )
    assert public(letter).behind == []
    assert acts()[-3:] == ["hand translation in", "publish edition", "approve translation"]
    assert LetterLanguage.objects.get().state == LanguageState.WORKING


def test_nothing_is_public_before_it_was_let_through(
    letter: Letter, everything: dict[str, str]
) -> None:
    type_in(letter, everything)
    assert [one.language for one in drafted_texts(letter)] == ["en"]


def test_nobody_lets_their_own_words_through(letter: Letter, everything: dict[str, str]) -> None:
    type_in(letter, everything)
    with pytest.raises(OwnWork):
        approve(letter, "es", worker=VOLUNTEER, is_organiser=False, as_seen=seen(letter, "es"))
    assert may_approve(letter, "es", SECOND, is_organiser=False)
    assert not may_approve(letter, "es", Worker(None), is_organiser=False)
    assert may_approve(letter, "es", VOLUNTEER, is_organiser=True)


def test_words_that_changed_after_they_were_read_are_read_again(
    letter: Letter, everything: dict[str, str]
) -> None:
    type_in(letter, everything)
    as_seen = seen(letter, "es")
    save_words(
        letter,
        "es",
        source_text(letter),
        {"title-0-0": Typed("Otro título", began_with="Prohibirlo")},
        worker=VOLUNTEER,
    )
    with pytest.raises(ChangedSince):
        approve(letter, "es", worker=EVA, is_organiser=True, as_seen=as_seen)


def test_a_language_goes_public_whole_at_first(letter: Letter, everything: dict[str, str]) -> None:
    del everything["body-0-3"]
    type_in(letter, everything)
    with pytest.raises(StillMissing) as refusal:
        approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))
    assert refusal.value.count == 1


def test_what_a_machine_wrote_is_read_by_somebody_first(
    letter: Letter, everything: dict[str, str]
) -> None:
    title = {"title-0-0": Typed(everything.pop("title-0-0"), origin=WordingOrigin.MACHINE)}
    type_in(letter, everything)
    save_words(letter, "es", source_text(letter), title, worker=Worker(None))
    with pytest.raises(StillMissing):
        approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))


def test_there_must_be_something_to_hand_in(letter: Letter) -> None:
    with pytest.raises(NothingTranslated):
        hand_in(letter, "es", worker=VOLUNTEER)


def test_what_only_a_machine_wrote_is_nothing_to_hand_in(letter: Letter) -> None:
    typed = {"title-0-0": Typed("Prohibirlo", origin=WordingOrigin.MACHINE)}
    save_words(letter, "es", source_text(letter), typed, worker=Worker(None))
    with pytest.raises(NothingTranslated):
        hand_in(letter, "es", worker=VOLUNTEER)


def test_it_is_sent_back_with_a_word(letter: Letter, everything: dict[str, str]) -> None:
    type_in(letter, everything)
    hand_in(letter, "es", worker=VOLUNTEER)
    send_back(letter, "es", actor="Eva", message="The title is too long")
    row = LetterLanguage.objects.get()
    assert (row.state, row.message) == (LanguageState.WORKING, "The title is too long")
    assert acts()[-1] == "send translation back"


def test_before_the_letter_is_published_it_waits_for_the_first_edition(
    letter: Letter, everything: dict[str, str]
) -> None:
    source = source_text(letter)
    Letter.objects.update(state="draft", edition=None)
    Edition.objects.all().delete()
    letter.refresh_from_db()
    letter.drafts.create(
        language="en", words={**source.__dict__}, saved_by="Ana", saved_at="2026-11-01T00:00Z"
    )
    assert put_out(letter, everything) is None
    assert [(one.language, one.title) for one in drafted_texts(letter)] == [
        ("en", "Ban it"),
        ("es", "Prohibirlo"),
    ]


def test_when_the_source_changes_the_public_page_knows_which_blocks_are_behind(
    letter: Letter, everything: dict[str, str]
) -> None:
    put_out(letter, everything)
    letter = rewrite(letter, body=CHANGED)
    assert public(letter).body == (
        "### Por qué\n\nPedimos una cosa.\n\n- Que nos oigan\n- Que nos vean\n\nAnd we hope so."
    )
    assert places_behind(public(letter).behind) == {
        Place("body", 0, 1): False,
        Place("body", 0, 4): True,
    }


def test_mending_one_block_of_a_public_translation_goes_out_at_once(
    letter: Letter, everything: dict[str, str]
) -> None:
    put_out(letter, everything)
    letter = rewrite(letter, body=CHANGED)
    type_in(letter, {"body-0-1": "Pedimos dos cosas."}, VOLUNTEER)
    edition = approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))
    assert edition is not None
    assert places_behind(public(letter).behind) == {Place("body", 0, 4): True}


def test_what_is_public_already_makes_no_edition(
    letter: Letter, everything: dict[str, str]
) -> None:
    put_out(letter, everything)
    with pytest.raises(NothingChanged):
        approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))


def test_words_that_were_taken_away_leave_the_page_with_the_next_approval(
    letter: Letter, everything: dict[str, str]
) -> None:
    put_out(letter, everything)
    save_words(
        letter,
        "es",
        source_text(letter),
        {"body-0-1": Typed("", began_with="Pedimos una cosa.")},
        worker=VOLUNTEER,
    )
    approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))
    assert Wording.objects.get(source="We ask for one thing.").approved == ""
    assert places_behind(public(letter).behind) == {Place("body", 0, 1): True}


def test_credits_are_by_choice(letter: Letter, everything: dict[str, str]) -> None:
    type_in(letter, everything)
    LetterLanguage.objects.update(credits="Carmen")
    put_out(letter, everything)
    assert public(letter).credits == "Carmen"


def test_a_field_that_nobody_took_in_hand_stays_as_it_was_published(letter: Letter) -> None:
    other = text(
        "es",
        title="Prohibirlo",
        body="Todo en un párrafo, de otra forma.",
        ways_to_help=[{"heading": "Compartir", "text": "Contarlo."}],
        credits="Carmen",
    )
    publish(letter, [source_text(letter), other], actor="Ana")
    letter = rewrite(Letter.objects.get(pk=letter.pk), title="Ban it now")
    assert public(letter).body == "Todo en un párrafo, de otra forma."
    assert public(letter).credits == "Carmen"
    assert places_behind(public(letter).behind)[Place("title", 0, 0)] is False
    assert not any(place.field == "body" for place in places_behind(public(letter).behind))
    letter = rewrite(letter, body="Another text.\n\nIn two blocks.")
    assert {
        place: missing
        for place, missing in places_behind(public(letter).behind).items()
        if place.field == "body"
    } == {Place("body", 0, 0): False, Place("body", 0, 1): False}


def test_in_the_works_everything_that_was_typed_is_seen(
    letter: Letter, everything: dict[str, str]
) -> None:
    type_in(letter, {"title-0-0": "Prohibirlo"})
    wordings = Wording.objects.all()
    seen_now = assemble(source_text(letter), "es", wordings, approved=False)
    assert (seen_now.text.title, len(seen_now.behind), seen_now.blocks) == ("Prohibirlo", 12, 13)
