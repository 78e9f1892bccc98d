"""What is forgotten when, and that it is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import link_of, published_letter, signed, worker_keys
from undersigned.config.retaining import Kept, forget_due, survey
from undersigned.mail.models import Allowance, Message, MessageState
from undersigned.signatures.models import ConfirmationLink, Signature

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_nothing_kept_is_nothing_due() -> None:
    assert [(row.letter, row.kept, row.due, row.next) for row in survey(NOW)] == [
        ("", 0, 0, None),
        ("", 0, 0, None),
    ]


def test_signatures_by_letter(tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    second, first = published_letter(keys, "second"), published_letter(keys, "first")
    for letter, days in ((second, 15), (second, 1), (second, 4), (first, 2)):
        signature = signed(letter)
        Signature.objects.filter(pk=signature.pk).update(created_at=NOW - timedelta(days=days))
    what = "signatures that nobody has confirmed"
    assert survey(NOW)[:-2] == [
        Kept("first", what, 14, kept=1, due=0, next=NOW + timedelta(days=12)),
        Kept("second", what, 14, kept=3, due=1, next=NOW + timedelta(days=10)),
    ]
    forget_due(NOW)
    assert [row.kept for row in survey(NOW)[:-2]] == [1, 2]


def test_one_with_a_new_link_lives_as_long_as_the_link(tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    signature = signed(published_letter(keys))
    link_of(signature, keys)
    Signature.objects.update(created_at=NOW - timedelta(days=15))
    assert survey(NOW)[0].due == 0
    ConfirmationLink.objects.update(expires_at=NOW - timedelta(days=1))
    assert survey(NOW)[0].due == 1


def test_mail_and_marks(tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    for _ in range(3):
        link_of(signed(published_letter(keys)), keys)
    old, fresh, _ = Message.objects.order_by("id")
    Message.objects.filter(pk__in=[old.pk, fresh.pk]).update(state=MessageState.SENT)
    Message.objects.filter(pk=old.pk).update(queued_at=NOW - timedelta(days=31))
    Message.objects.filter(pk=fresh.pk).update(queued_at=NOW - timedelta(days=1))
    Allowance.objects.update(at=NOW - timedelta(days=8))
    mail, marks = survey(NOW)[-2:]
    assert (mail.kept, mail.due, mail.next) == (2, 1, NOW + timedelta(days=29))
    assert (marks.kept, marks.due, marks.next) == (3, 3, None)
    forget_due(NOW)
    assert (Message.objects.count(), Allowance.objects.count()) == (2, 0)
