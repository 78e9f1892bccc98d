"""What is forgotten when, and that it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.builders import link_of, listed, published_letter, signed, worker_keys
from tests.partners import joined
from undersigned.config.retaining import Kept, forget_due, survey
from undersigned.letters.closing import close
from undersigned.letters.models import Letter
from undersigned.mail.models import Allowance, Message, MessageState, Reason, Suppression
from undersigned.mail.suppression import HARD_LIFETIME, suppress
from undersigned.signatures.models import ConfirmationLink, PartnerFile, PassedOn, Signature

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_nothing_kept_is_nothing_due() -> None:
    assert [(row.letter, row.kept, row.due, row.next) for row in survey(NOW)] == [
        ("", 0, 0, None),
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
    assert [row for row in survey(NOW)[:-3] if row.what == what] == [
        Kept("first", what, 14, kept=1, due=0, next=NOW + timedelta(days=12)),
        Kept("second", what, 14, kept=3, due=1, next=NOW + timedelta(days=10)),
    ]
    forget_due(keys, NOW)
    assert [row.kept for row in survey(NOW)[:-3] if row.what == what] == [1, 2]


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
    for mark, reason in ((b"h", Reason.HARD), (b"c", Reason.COMPLAINT)):
        suppress(mark * 32, reason, NOW - HARD_LIFETIME)
    mail, marks, gone = survey(NOW)[-3:]
    assert (mail.kept, mail.due, mail.next) == (2, 1, NOW + timedelta(days=29))
    assert (marks.kept, marks.due, marks.next) == (3, 3, None)
    assert (gone.kept, gone.due, gone.next) == (1, 1, None)
    forget_due(keys, NOW)
    assert (Message.objects.count(), Allowance.objects.count()) == (2, 0)
    assert Suppression.objects.get().reason == Reason.COMPLAINT


def test_addresses_by_letter(tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    letter = published_letter(keys, "letter", addresses_until=date(2099, 3, 1))
    listed(letter, keys)
    listed(letter, keys, consent_updates=True)
    unasked, everything = survey(NOW)[:-3]
    assert unasked == Kept(
        "letter", "addresses of those who did not ask to hear more", 30, kept=1, due=0, next=None
    )
    until = datetime(2099, 3, 1, tzinfo=UTC)
    what = "all addresses, with the letter's key"
    assert everything == Kept("letter", what, None, kept=2, due=0, next=until)
    close(letter, actor="Ana")
    closed_at = NOW - timedelta(days=31)
    Letter.objects.update(closed_at=closed_at)
    assert survey(NOW)[0].due == 1
    forget_due(keys, NOW)
    assert survey(NOW)[:-3] == [Kept("letter", what, None, kept=1, due=0, next=until)]
    Letter.objects.update(addresses_until=NOW.date())
    assert (survey(NOW)[0].due, survey(NOW)[0].next) == (1, None)
    forget_due(keys, NOW)
    assert survey(NOW)[:-3] == []
    assert Signature.objects.filter(sealed_address__isnull=False).count() == 0


def test_whom_partners_were_told_to_erase(tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    letter = published_letter(keys, "letter", addresses_until=date(2099, 3, 1))
    green = joined(letter)
    told, told_lately, told_once = (timezone.now() - timedelta(days=days) for days in (30, 2, 40))
    first, second = (
        PartnerFile.objects.create(
            partner=green, actor="Ana", state="done", number=number, ended_at=at
        )
        for number, at in ((1, told - timedelta(days=20)), (2, NOW - timedelta(days=1)))
    )
    for told_in, at in ((second, told), (second, told_lately), (first, told_once), (None, None)):
        PassedOn.objects.create(
            partner=green, signature=uuid4(), given_in=first, told_in=told_in, told_at=at
        )
    what = "addresses that partners were told to erase"
    found = [row for row in survey(timezone.now())[:-3] if row.what == what]
    next_at = told_lately + timedelta(days=30)
    assert found == [Kept("letter", what, 30, kept=2, due=1, next=next_at)]
    forget_due(keys, timezone.now())
    assert PassedOn.objects.count() == 3
