"""Which words go with which block, after the source was changed."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.builders import text
from undersigned.letters.models import Wording, WordingOrigin
from undersigned.letters.translating.blocks import cut, digest_of
from undersigned.letters.translating.matching import Near, Standing, match_blocks, near_matches


def wording(source: str, words: str, field: str = "body", **columns: object) -> Wording:
    at = datetime(2026, 11, int(str(columns.pop("day", 1))), tzinfo=UTC)
    values = {"field": field, "source": source, "digest": digest_of(source), "text": words}
    return Wording(**values, at=at, **columns)


def standings(body: str, *wordings: Wording, approved: bool = False) -> list[tuple[str, str, str]]:
    return [
        (
            match.block.text,
            str(match.standing),
            (match.wording.approved if approved else match.wording.text) if match.wording else "",
        )
        for match in match_blocks(cut(text(body=body)), wordings, approved=approved)
        if match.block.place.field == "body"
    ]


ONE = wording("We ask for one thing.", "Pedimos una cosa.")
TWO = wording("And we ask for it now.", "Y la pedimos ya.")


def test_a_block_that_was_moved_keeps_its_words() -> None:
    assert standings("And we ask for it now.\n\nWe ask for one thing.", ONE, TWO) == [
        ("And we ask for it now.", "done", "Y la pedimos ya."),
        ("We ask for one thing.", "done", "Pedimos una cosa."),
    ]


def test_a_block_that_was_changed_is_outdated_and_the_others_are_not() -> None:
    assert standings("We ask for two things.\n\nAnd we ask for it now.", ONE, TWO) == [
        ("We ask for two things.", "outdated", "Pedimos una cosa."),
        ("And we ask for it now.", "done", "Y la pedimos ya."),
    ]


def test_what_it_said_before_is_known() -> None:
    first = match_blocks(cut(text(body="We ask for two things.")), [ONE])[1]
    assert first.before == "We ask for one thing."
    assert match_blocks(cut(text(body="We ask for one thing.")), [ONE])[1].before == ""


def test_a_new_block_is_missing_and_takes_nothing_from_others() -> None:
    assert standings("Something else entirely!\n\nWe ask for one thing.", ONE) == [
        ("Something else entirely!", "missing", ""),
        ("We ask for one thing.", "done", "Pedimos una cosa."),
    ]


def test_words_of_a_changed_block_are_given_away_once() -> None:
    assert standings("We ask for one thing!\n\nWe ask for one thing?", ONE) == [
        ("We ask for one thing!", "outdated", "Pedimos una cosa."),
        ("We ask for one thing?", "missing", ""),
    ]


def test_a_title_that_changed_entirely_is_outdated_all_the_same_by_the_latest() -> None:
    older = wording("Old title", "Viejo", "title", day=1)
    newer = wording("Newer title", "Nuevo", "title", day=2)
    match = match_blocks(cut(text(title="Ban it")), [older, newer])[0]
    assert (match.standing, match.wording) == (Standing.OUTDATED, newer)


def test_what_a_machine_wrote_is_a_draft() -> None:
    machine = wording("One.", "Uno.", origin=WordingOrigin.MACHINE)
    assert standings("One.", machine) == [("One.", "draft", "Uno.")]


def test_only_what_was_let_through_counts_for_the_public() -> None:
    let_through = wording("One.", "Uno, o no.", approved="Uno.")
    assert standings("One.\n\nTwo.", let_through, wording("Two.", "Dos."), approved=True) == [
        ("One.", "done", "Uno."),
        ("Two.", "missing", ""),
    ]


def test_near_matches_come_closest_first() -> None:
    block = cut(text(body="We ask for one thing."))[1]
    memory = [
        ("We ask for two things.", "Pedimos dos cosas."),
        ("We ask for one thing!", "¡Pedimos una cosa!"),
        ("We ask for one thing and more.", " "),
        ("Nothing like it", "Nada"),
    ]
    assert near_matches(block, memory) == [
        Near("We ask for one thing!", "¡Pedimos una cosa!", 95),
        Near("We ask for two things.", "Pedimos dos cosas.", 88),
    ]
