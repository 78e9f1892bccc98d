"""Each fault of a translation has its sentence."""

from __future__ import annotations

from undersigned.letters.translating.checking import Fault, FaultCode
from undersigned.website.fault_words import fault_sentence, fault_sentences


def test_every_fault_has_a_sentence_of_its_own() -> None:
    said = fault_sentences(Fault(code, ("2026", "<b>"), 300) for code in FaultCode)
    assert len(set(said)) == len(FaultCode)
    assert not [sentence for sentence in said if "%" in sentence]


def test_a_sentence_says_what_it_is_about() -> None:
    assert (
        fault_sentence(Fault(FaultCode.NUMBERS_LOST, ("2026", "40")))
        == "A number of the original is missing: 2026, 40"
    )
    assert (
        fault_sentence(Fault(FaultCode.TOO_LONG, limit=300))
        == "At most 300 characters fit here. Shorten it."
    )
