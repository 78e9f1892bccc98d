"""What a signer reads of why."""

from __future__ import annotations

import pytest

from undersigned.signatures.reasons import (
    DECLINE_REASONS,
    TAKEN_BACK_FROM,
    VOID_REASONS,
    Reason,
    find_reason,
    told,
)


@pytest.mark.parametrize("reason", [*DECLINE_REASONS, *VOID_REASONS])
def test_every_reason_is_told_or_asks_for_words(reason: Reason) -> None:
    assert told(reason, "", "en") == reason.told
    assert told(reason, " In our words. ", "en").endswith("In our words.")
    assert bool(reason.told) is not (reason.code == "other")


def test_codes_are_found_among_their_own() -> None:
    assert find_reason(VOID_REASONS, "fraud").code == "fraud"
    assert find_reason(DECLINE_REASONS, "other", "Because.").code == "other"
    assert "not me" not in TAKEN_BACK_FROM
