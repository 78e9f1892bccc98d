"""Mail that comes back is noted for its message and its address; forgeries do nothing."""

from __future__ import annotations

import hashlib
import uuid

import pytest
from django.utils import timezone

from tests.mail.posting import FakeTransport, mail, open_noted, post
from tests.mail.reported import bounce, complaint
from undersigned.mail.delivery import Terms, deliver_due
from undersigned.mail.envelopes import Envelopes
from undersigned.mail.models import CameBack, Message, Reason, Suppression
from undersigned.mail.returning import note_return, take_returned
from undersigned.mail.suppression import suppressed_among

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def mark_of(address: str) -> bytes:
    return hashlib.sha256(address.encode()).digest()


ANA = mark_of("ana@example.org")
OURS = Envelopes("bounces@example.org", b"k" * 32, mark_of)
FORGED = Envelopes("bounces@example.org", b"x" * 32, mark_of)


@pytest.fixture
def sent() -> Message:
    (message,) = post(mail(to="ana@example.org"))
    deliver_due(FakeTransport(), open_noted, Terms(OURS))
    return message


def test_a_bounce_ends_updates_to_its_address(sent: Message) -> None:
    assert take_returned(bounce(OURS.sender(sent.pk)), OURS, NOW)

    sent.refresh_from_db()
    assert (sent.came_back, sent.outcome) == (CameBack.BOUNCED, "5.1.1")
    assert Suppression.objects.get().reason == Reason.HARD
    assert suppressed_among([ANA]) == {ANA}


def test_a_complaint_ends_updates_to_its_address(sent: Message) -> None:
    assert take_returned(complaint(OURS.sender(sent.pk)), OURS, NOW)

    sent.refresh_from_db()
    assert (sent.came_back, sent.outcome) == (CameBack.COMPLAINED, "")
    assert Suppression.objects.get().reason == Reason.COMPLAINT


def test_the_server_may_say_where_it_was_delivered(sent: Message) -> None:
    assert take_returned(bounce("redacted"), OURS, NOW, to=OURS.sender(sent.pk))

    assert suppressed_among([ANA]) == {ANA}


def test_the_same_report_twice_counts_once(sent: Message) -> None:
    raw = bounce(OURS.sender(sent.pk), status="5.2.2", diagnostic="smtp; 552 5.2.2 full")

    assert [take_returned(raw, OURS, NOW) for _ in range(3)] == [True, True, True]

    row = Suppression.objects.get()
    assert (row.reason, row.times) == (Reason.SOFT, 1)


def test_mail_that_was_refused_by_policy_says_nothing_of_its_mailbox(sent: Message) -> None:
    raw = bounce(OURS.sender(sent.pk), status="5.7.1", diagnostic="smtp; 550 5.7.1 spam")

    assert take_returned(raw, OURS, NOW)

    sent.refresh_from_db()
    assert (sent.came_back, sent.outcome) == (CameBack.BOUNCED, "5.7.1")
    assert Suppression.objects.count() == 0


def test_a_complaint_outweighs_a_bounce_and_not_the_other_way_round(sent: Message) -> None:
    for raw in (bounce(OURS.sender(sent.pk)), complaint(OURS.sender(sent.pk))):
        take_returned(raw, OURS, NOW)
    take_returned(bounce(OURS.sender(sent.pk)), OURS, NOW)

    sent.refresh_from_db()
    assert sent.came_back == CameBack.COMPLAINED
    assert Suppression.objects.get().reason == Reason.COMPLAINT


@pytest.mark.parametrize("kind", ["forged", "bare", "another message", "out of office", "delayed"])
def test_what_is_not_a_report_of_ours_does_nothing(sent: Message, kind: str) -> None:
    away = f"To: {OURS.sender(sent.pk)}\nSubject: Away\n\nBack on Monday.".encode()
    raw = {
        "forged": bounce(FORGED.sender(sent.pk)),
        "bare": bounce("bounces@example.org"),
        "another message": bounce(OURS.sender(uuid.UUID(int=9))),
        "out of office": away,
        "delayed": bounce(OURS.sender(sent.pk), action="delayed"),
    }[kind]

    assert not take_returned(raw, OURS, NOW)

    sent.refresh_from_db()
    assert (sent.came_back, sent.outcome) == ("", "")
    assert Suppression.objects.count() == 0


def test_what_has_not_left_cannot_come_back() -> None:
    (message,) = post()

    assert not take_returned(bounce(OURS.sender(message.pk)), OURS, NOW)


def test_of_mail_that_left_unmarked_only_the_message_is_noted() -> None:
    (message,) = post()
    deliver_due(FakeTransport(), open_noted)

    assert note_return(message.pk, Reason.HARD, "5.1.1", OURS, NOW)

    message.refresh_from_db()
    assert message.came_back == CameBack.BOUNCED
    assert Suppression.objects.count() == 0
