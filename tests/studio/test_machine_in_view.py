"""Codes that a machine leaves, as sentences."""

from __future__ import annotations

import pytest

from undersigned.letters.translating import machine_outcome
from undersigned.letters.translating.machine import MachineRefused
from undersigned.letters.translating.machine_outcome import Outcome
from undersigned.studio.machine_in_view import outcome_words

CODES = [
    machine_outcome.OFF,
    machine_outcome.HANDED_IN,
    *(refusal.code for refusal in MachineRefused.__subclasses__()),
]


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_sentence(code: str) -> None:
    sentence = outcome_words(Outcome(code))
    assert sentence != code
    assert sentence.endswith(".")


def test_what_was_done_is_counted() -> None:
    assert outcome_words(Outcome("done", 1, 1, 0)) == "1 block was drafted: read it."
    assert outcome_words(Outcome("done", 5, 0, 2)) == (
        "No block was drafted. 2 were left out: they did not come back whole."
    )
    assert outcome_words(Outcome("broken", 5, 3, 1)) == (
        "The translation service has a fault. Try again later. "
        "3 blocks were drafted: read each of them. 1 was left out: it did not come back whole."
    )


def test_a_code_of_another_version_stays_as_it_is() -> None:
    assert outcome_words(Outcome("other")) == "other"
