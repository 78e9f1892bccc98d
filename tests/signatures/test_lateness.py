"""How late mail is, as far as those who wait for it are concerned."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import published_letter, signed, worker_keys
from tests.mail.posting import mail, post
from undersigned.mail.models import Message, MessageState, Priority
from undersigned.signatures.lateness import mail_delay
from undersigned.signatures.models import Signature

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def queued(minutes: int, **changes: object) -> None:
    (message,) = post(mail())
    at = NOW - timedelta(minutes=minutes)
    Message.objects.filter(pk=message.pk).update(queued_at=at, not_before=at, **changes)


def test_nothing_waits() -> None:
    assert mail_delay(NOW) is None


@pytest.mark.parametrize(
    ("minutes", "said"), [(4, None), (5, 5), (9, 5), (10, 10), (59, 30), (119, 60), (9999, 1440)]
)
def test_the_oldest_mail_counts_in_steps(minutes: int, said: int | None) -> None:
    queued(1)
    queued(minutes)

    assert mail_delay(NOW) == (None if said is None else timedelta(minutes=said))


def test_a_server_that_is_down_is_a_delay_although_mail_is_put_off() -> None:
    queued(30)
    Message.objects.update(not_before=NOW + timedelta(minutes=1))

    assert mail_delay(NOW) == timedelta(minutes=30)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": MessageState.SENT},
        {"priority": Priority.LATER},
        {"attempts": 1, "outcome": "SMTP 451"},
        {"outcome": "key out of reach"},
    ],
)
def test_what_nobody_waits_for_or_is_not_our_delay_does_not_count(
    changes: dict[str, object],
) -> None:
    queued(30, **changes)

    assert mail_delay(NOW) is None


def test_a_worker_that_is_behind_is_a_delay(tmp_path: Path) -> None:
    signed(published_letter(worker_keys(tmp_path)))
    Signature.objects.update(created_at=NOW - timedelta(minutes=20))

    assert mail_delay(NOW) == timedelta(minutes=20)
