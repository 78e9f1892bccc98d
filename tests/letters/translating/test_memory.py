"""What was translated before is offered again, and nothing that one may not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import published_letter, text, worker_keys
from tests.letters.translating.hands import type_in
from undersigned.letters.models import Letter, LetterState, Wording, WordingOrigin
from undersigned.letters.translating import memory
from undersigned.letters.translating.blocks import Block, Place
from undersigned.letters.translating.markdown_blocks import BlockKind
from undersigned.letters.translating.memory import Memory, remembered_text
from undersigned.teams.models import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(tmp_path: Path, letter: Letter) -> Letter:
    """Of the same team as `letter`, public, and let through in Spanish."""
    team = Team.objects.create(name="Coalition")
    Letter.objects.filter(pk=letter.pk).update(team=team)
    letter.refresh_from_db()
    other = published_letter(
        worker_keys(tmp_path), "other", team=team, texts=[text(title="Keep it short")]
    )
    type_in(other, {"title-0-0": "Que sea breve"})
    Wording.objects.filter(letter=other).update(approved="Que sea breve")
    return other


def block(source: str) -> Block:
    return Block(Place("body", 0, 0), BlockKind.PARAGRAPH, source)


def offered(letter: Letter, source: str) -> list[tuple[str, int]]:
    return [(one.text, one.likeness) for one in Memory(letter, "es").near(block(source))]


def test_exact_and_near_the_closest_first(letter: Letter) -> None:
    type_in(letter, {"body-0-2": "Que nos oigan", "body-0-3": "Que nos vean"})
    assert offered(letter, "To be heard") == [("Que nos oigan", 100), ("Que nos vean", 66)]
    assert offered(letter, "To be heard or to be seen, and never the other way round") == []
    found = Memory(letter, "es").near(block("To be heard"))
    assert [one.is_exact for one in found] == [True, False]


def test_what_is_there_already_is_not_offered(letter: Letter) -> None:
    type_in(letter, {"body-0-2": "Que nos oigan"})
    one = Wording.objects.get()
    assert Memory(letter, "es").near(block("To be heard"), besides=[one.pk]) == []


def test_a_public_letter_of_the_same_team_is_remembered(letter: Letter, other: Letter) -> None:
    assert offered(letter, "Keep it short") == [("Que sea breve", 100)]
    assert Memory(letter, "fr").near(block("Keep it short")) == []


def test_of_others_only_what_was_let_through(letter: Letter, other: Letter) -> None:
    Wording.objects.filter(letter=other).update(text="Secreto")
    assert offered(letter, "Keep it short") == [("Que sea breve", 100)]
    pk = Wording.objects.get(letter=other).pk
    assert remembered_text(letter, "es", pk) == "Que sea breve"
    Wording.objects.filter(letter=other).update(approved="")
    assert offered(letter, "Keep it short") == []
    assert remembered_text(letter, "es", pk) is None


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.GATHERING])
def test_letters_that_are_not_public_are_told_nobody(
    letter: Letter, other: Letter, state: LetterState
) -> None:
    Letter.objects.filter(pk=other.pk).update(state=state)
    assert offered(letter, "Keep it short") == []
    assert remembered_text(letter, "es", Wording.objects.get(letter=other).pk) is None


def test_letters_of_nobody_share_nothing(letter: Letter, other: Letter) -> None:
    Letter.objects.update(team=None)
    letter.refresh_from_db()
    assert offered(letter, "Keep it short") == []


def test_a_machines_words_are_not_offered_and_may_be_taken_for_ones_own(letter: Letter) -> None:
    type_in(letter, {"body-0-2": "Que nos oigan"})
    Wording.objects.update(origin=WordingOrigin.MACHINE)
    assert offered(letter, "To be heard") == []
    assert remembered_text(letter, "es", Wording.objects.get().pk) == "Que nos oigan"


def test_the_newest_words_stand_for_a_sentence_and_old_ones_are_left_out(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(letter, {"title-0-0": "Prohibirlo", "body-0-2": "Que nos oigan"})
    monkeypatch.setattr(memory, "MOST_REMEMBERED", 1)
    assert offered(letter, "Ban it") == []
    assert offered(letter, "To be heard") == [("Que nos oigan", 100)]
