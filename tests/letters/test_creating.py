"""A new letter: an address and a draft to write in."""

from __future__ import annotations

import pytest

from undersigned.letters.creating import NewLetter, SlugTaken, create
from undersigned.letters.models import DraftVersion, Letter, LetterEvent, LetterState
from undersigned.letters.queries import letter_title, letter_titles
from undersigned.teams.models import Team

NEW = NewLetter(title="Clean air", slug="clean-air", language="ar")


@pytest.fixture
def team(db: None) -> Team:
    return Team.objects.create(name="Coalition")


def test_it_is_a_draft_in_its_language_that_nobody_else_sees(team: Team) -> None:
    letter = create(team, NEW, actor="Ana")

    assert (letter.state, letter.source_language) == (LetterState.DRAFT, "ar")
    assert letter.sealing_key is None
    draft = letter.drafts.get()
    assert (draft.language, draft.version, draft.saved_by) == ("ar", 1, "Ana")
    assert draft.words["title"] == "Clean air"
    assert draft.words["body"] == ""
    assert draft.words["consent_publication"] != ""
    assert DraftVersion.objects.get().words == draft.words
    event = LetterEvent.objects.get()
    assert (event.letter, event.actor, event.act) == (letter, "Ana", "create letter")


def test_an_address_is_one_letters(team: Team) -> None:
    create(team, NEW, actor="Ana")
    with pytest.raises(SlugTaken):
        create(team, NEW, actor="Bo")
    assert Letter.objects.count() == LetterEvent.objects.count() == 1


def test_it_is_called_as_it_is_drafted(team: Team) -> None:
    letter = create(team, NEW, actor="Ana")
    bare = Letter.objects.create(slug="bare", team=team, source_language="en")
    assert letter_titles([letter, bare]) == {letter.pk: "Clean air", bare.pk: "bare"}
    assert [letter_title(letter), letter_title(bare)] == ["Clean air", "bare"]
