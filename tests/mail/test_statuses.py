"""What a refusal means for the next mail."""

from __future__ import annotations

import pytest

from undersigned.mail.models import Reason
from undersigned.mail.statuses import read_status, reason_of


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("5.1.1", "5.1.1"),
        ("smtp; 550 5.1.10 <ana@example.org>: no such user", "5.1.10"),
        ("smtp; 550-5.1.1 The email account that you tried", "5.1.1"),
        ("4.02.002 (full)", "4.2.2"),
        ("host 192.5.1.1 said no", ""),
        ("3.1.1", ""),
        ("no such user", ""),
        ("", ""),
    ],
)
def test_the_status_is_found_in_what_servers_write(text: str, status: str) -> None:
    assert read_status(text) == status


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("5.1.1", Reason.HARD),
        ("5.1.10", Reason.HARD),
        ("5.2.1", Reason.HARD),
        ("5.2.2", Reason.SOFT),
        ("5.7.1", Reason.SOFT),
        ("4.1.1", Reason.SOFT),
        ("", Reason.SOFT),
    ],
)
def test_only_a_mailbox_that_is_gone_is_hard(status: str, reason: Reason) -> None:
    assert reason_of(status) is reason
