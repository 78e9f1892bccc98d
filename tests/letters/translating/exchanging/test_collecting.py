"""What stands in a file of a letter."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.letters.translating.hands import EVA, put_out, rewrite, type_in
from undersigned.letters.models import Letter, WordingOrigin
from undersigned.letters.translating.exchanging.collecting import collect
from undersigned.letters.translating.exchanging.entries import Entry
from undersigned.letters.translating.working import Typed, save_words, source_text

pytestmark = pytest.mark.django_db


def entries_of(letter: Letter) -> dict[str, Entry]:
    return {entry.key: entry for entry in collect(letter, "es", source_text(letter)).entries}


def test_every_block_is_there_with_its_words_and_where_it_stands(letter: Letter) -> None:
    type_in(letter, {"body-0-1": "Pedimos una cosa."})
    before = timezone.now()
    file = collect(letter, "es", source_text(letter))
    assert (file.letter, file.language, file.source_language) == ("banned", "es", "en")
    assert file.exported_at is not None
    assert before <= file.exported_at <= timezone.now()
    assert file.entries == (
        Entry("title-0-0", "Ban it", "", note="Title"),
        Entry("body-0-0", "Why", "", note="The letter – Heading"),
        Entry("body-0-1", "We ask for one thing.", "Pedimos una cosa.", note="The letter"),
        Entry("body-0-2", "To be heard", "", note="The letter – Item of a list"),
        Entry("body-0-3", "To be seen", "", note="The letter – Item of a list"),
        Entry(
            "consent_publication-0-0",
            "Publish the name with this letter",
            "",
            note="Consent to publication",
        ),
        Entry(
            "consent_updates-0-0",
            "Send me updates on this letter",
            "",
            note="Consent to updates",
        ),
        Entry("ways_to_help.heading-0-0", "Share", "", note="Other ways to help"),
        Entry("ways_to_help.text-0-0", "Tell *others*.", "", note="Other ways to help"),
        Entry("related_campaigns.title-0-0", "Another", "", note="Related campaigns"),
        Entry("related_campaigns.text-0-0", "It goes on.", "", note="Related campaigns"),
        Entry("related_campaigns.tags-0-0", "faces", "", note="Related campaigns"),
        Entry("related_campaigns.tags-0-1", "gait", "", note="Related campaigns"),
    )


def test_the_same_words_are_one_entry(letter: Letter) -> None:
    letter = rewrite(letter, body="We ask.\n\nWe ask.\n\n- We ask.")
    body = [entry.key for entry in entries_of(letter).values() if entry.field == "body"]
    assert body == ["body-0-0"]


def test_outdated_words_are_unfinished_and_say_what_they_were_written_for(
    letter: Letter, everything: dict[str, str]
) -> None:
    put_out(letter, everything)
    letter = rewrite(letter, body="### Why\n\nWe ask for two things.\n\n- To be heard")
    entries = entries_of(letter)
    assert entries["body-0-1"] == Entry(
        "body-0-1",
        "We ask for two things.",
        "Pedimos una cosa.",
        is_finished=False,
        before="We ask for one thing.",
        note="The letter\nOutdated: the original says something else now",
    )
    assert entries["body-0-2"].is_finished


def test_drafts_of_a_machine_are_unfinished(letter: Letter) -> None:
    typed = {"body-0-1": Typed("Pedimos cosa.", origin=WordingOrigin.MACHINE)}
    save_words(letter, "es", source_text(letter), typed, worker=EVA)
    assert entries_of(letter)["body-0-1"] == Entry(
        "body-0-1",
        "We ask for one thing.",
        "Pedimos cosa.",
        is_finished=False,
        note="The letter\nWritten by a machine; nobody has read it yet",
    )
