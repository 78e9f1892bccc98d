"""How far a machine is, in one column."""

from __future__ import annotations

import pytest

from undersigned.letters.translating.machine_outcome import Outcome, read_outcome


@pytest.mark.parametrize("outcome", [Outcome(), Outcome("key", 12, 7, 5)])
def test_it_is_read_as_it_was_written(outcome: Outcome) -> None:
    assert read_outcome(str(outcome)) == outcome


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("", Outcome("going")),
        ("of another version", Outcome("of another version")),
        ("key|1|2", Outcome("key")),
        ("key|1|2|x", Outcome("key")),
        ("key|1|2|²", Outcome("key")),
    ],
)
def test_what_says_no_numbers_has_done_nothing(told: str, outcome: Outcome) -> None:
    assert read_outcome(told) == outcome
