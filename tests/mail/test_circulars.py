"""Words for many are kept once; what is one reader's own comes in when it leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.mail.posting import (
    SEAL,
    FakeTransport,
    blank,
    circular,
    kept,
    no_seal,
    open_noted,
    post_copies,
)
from undersigned.mail.circulars import Copy, read_circular
from undersigned.mail.delivery import deliver_due
from undersigned.mail.models import Circular, Happened, Message, ServiceReport
from undersigned.mail.outbox import Draft, Mail, forget_settled, queue

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_each_reader_gets_the_words_with_their_own_blanks() -> None:
    post_copies(("ana@example.org", "AAA"), ("ben@example.org", "BBB"))
    transport = FakeTransport()

    assert deliver_due(transport, open_noted) == 2

    assert {message.to[0]: message.body for message in transport.taken} == {
        "ana@example.org": "Leave: https://example.org/AAA/\n",
        "ben@example.org": "Leave: https://example.org/BBB/\n",
    }
    assert {message.extra_headers["List-Unsubscribe"] for message in transport.taken} == {
        "<https://example.org/AAA/>",
        "<https://example.org/BBB/>",
    }


def test_the_same_words_are_kept_once() -> None:
    assert kept(circular()) == kept(circular())
    assert kept(circular(subject="Other")) != kept(circular())
    assert Circular.objects.count() == 2
    words = read_circular(kept(circular()))
    assert words.mail("", [blank(0)]) == circular()


def test_a_copy_knows_the_whole_mail() -> None:
    number = kept(Mail("", "S", f"a {blank(1)} b {blank(0)}", "en", html=blank(1)))
    copy = Copy("ana@example.org", number, ("one", "two"))
    assert Copy.from_bytes(number, copy.to_bytes()) == copy
    assert copy.mail() == Mail("ana@example.org", "S", "a two b one", "en", html="two")


def test_what_many_get_names_nobody() -> None:
    """The address and both secrets are in the sealed part alone."""
    post_copies(("canary@example.org", "canary-token"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_circular")
        stored = [bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()]
    assert "canary" not in repr(stored)
    assert b"canary-token" in bytes(Message.objects.get().sealed)  # where it could leak from


def test_words_go_when_no_mail_is_left_that_needs_them() -> None:
    for number, cause in enumerate(("sent", "waits")):
        words = kept(circular(subject=cause))
        copy = Copy("ana@example.org", words, (str(number),))
        draft = Draft(cause, "update", SEAL, copy, circular=words)
        queue([draft], no_seal, NOW)
    Message.objects.filter(cause="sent").update(state="sent")

    forget_settled(timezone.now() + timedelta(days=29))
    assert Circular.objects.count() == 2
    forget_settled(timezone.now() + timedelta(days=31))
    assert [read_circular(row.pk).subject for row in Circular.objects.all()] == ["waits"]


def test_rows_say_what_they_are() -> None:
    number = kept(circular())
    assert str(Circular.objects.get()) == str(number)
    report = ServiceReport(token="a" * 42, happened=Happened.HARD, at=NOW)
    assert str(report) == "hard"
