"""A text is saved beside others who write, and everything that was said stays in its history."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import published_letter, text
from undersigned.letters.creating import NewLetter, blank_words, create
from undersigned.letters.drafting import as_text, draft_of, restore, save, words_in
from undersigned.letters.merging import Conflict
from undersigned.letters.models import Draft, DraftVersion
from undersigned.letters.publishing import Text
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Draft:
    team = Team.objects.create(name="Coalition")
    return create(team, NewLetter("Clean air", "clean-air", "en"), actor="Ana").drafts.get()


def write(draft: Draft, actor: str = "Ana", **typed: Any) -> Draft:
    draft.refresh_from_db()
    return save(draft, draft.words, typed, actor=actor).draft


def history(draft: Draft) -> list[tuple[int, str, Any]]:
    versions = draft.versions.order_by("version")
    return [(one.version, one.author, one.words["body"]) for one in versions]


def wait(draft: Draft, minutes: int) -> None:
    """Let the history be older than it is."""
    for version in DraftVersion.objects.filter(draft=draft):
        version.saved_at -= timedelta(minutes=minutes)
        version.save()


def test_what_one_person_saves_within_five_minutes_is_one_version(draft: Draft) -> None:
    write(draft, body="One")
    write(draft, body="One two")
    wait(draft, 4)
    write(draft, body="One two three")
    assert history(draft) == [(1, "Ana", ""), (4, "Ana", "One two three")]
    wait(draft, 2)
    write(draft, body="Four")
    write(draft, "Bo", body="Five")
    write(draft, body="Six")

    assert history(draft) == [
        (1, "Ana", ""),
        (4, "Ana", "One two three"),
        (5, "Ana", "Four"),
        (6, "Bo", "Five"),
        (7, "Ana", "Six"),
    ]


def test_saving_the_same_words_is_no_version(draft: Draft) -> None:
    saved = save(draft, draft.words, draft.words, actor="Bo")

    assert (saved.draft.version, saved.was_merged, saved.conflicts) == (1, False, {})
    assert saved.draft.saved_by == "Ana"


def test_both_versions_of_a_conflict_are_in_the_history(draft: Draft) -> None:
    began_with = {**draft.words, "body": "We ask."}
    write(draft, body="We ask.")
    write(draft, "Bo", body="We beg.", call="Join.")

    saved = save(draft, began_with, {"body": "We call."}, actor="Ana")

    assert saved.conflicts == {"body": (Conflict("We ask.", "We call.", "We beg."),)}
    assert (saved.words["body"], saved.words["call"]) == ("We call.", "Join.")
    assert (saved.draft.words["body"], saved.draft.version) == ("We beg.", 5)
    assert (saved.kept_as, saved.is_saved, saved.was_merged) == (4, True, True)
    assert history(saved.draft)[-2:] == [(4, "Ana", "We call."), (5, "Ana", "We beg.")]


def test_what_saves_itself_leaves_a_conflict_to_people(draft: Draft) -> None:
    began_with = dict(draft.words)
    write(draft, "Bo", title="Pure air")

    saved = save(draft, began_with, {"title": "Fresh air"}, actor="Ana", by_itself=True)

    assert (saved.is_saved, [*saved.conflicts]) == (False, ["title"])
    draft.refresh_from_db()
    assert (draft.version, draft.words["title"]) == (2, "Pure air")


def test_a_version_is_restored_and_the_words_before_stay(draft: Draft) -> None:
    write(draft, body="One")
    write(draft, "Bo", body="Two")

    restored = restore(draft, draft.versions.get(version=2), actor="Bo")

    assert (restored.words["body"], restored.version) == ("One", 4)
    assert history(draft) == [(1, "Ana", ""), (2, "Ana", "One"), (3, "Bo", "Two"), (4, "Bo", "One")]


def test_a_draft_begins_with_the_published_text(keys: WorkerKeys) -> None:
    letter = published_letter(keys, texts=[text("en", body="Ours"), text("es", body="Lo nuestro")])

    words, none = words_in(letter, "es")
    draft = draft_of(letter, "es")

    assert (words["body"], none) == ("Lo nuestro", None)
    assert (draft.words, draft.version, draft.saved_by) == (words, 1, "")
    assert draft_of(letter, "es") == draft
    assert words_in(letter, "es") == (words, draft)
    assert words_in(letter, "fr") == (blank_words("fr"), None)


def test_words_become_the_text_that_is_published(draft: Draft) -> None:
    assert as_text({**draft.words, "body": "We ask."}) == Text(
        language="en",
        title="Clean air",
        body="We ask.",
        consent_publication="Publish the name with this letter",
        consent_updates="Send me updates on this letter",
        ways_to_help=[],
        related_campaigns=[],
    )
