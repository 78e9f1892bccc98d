"""Mail leaves once; whatever fails, nothing is lost."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from tests.mail.posting import FakeTransport, mail, open_noted, post
from undersigned.mail import delivery
from undersigned.mail.delivery import (
    BATCH,
    CLAIM,
    KEY_AGAIN_AFTER,
    RETRY_AFTER,
    WORK,
    KeyOutOfReach,
    Undeliverable,
    deliver_due,
)
from undersigned.mail.models import Message, MessageState

pytestmark = pytest.mark.django_db


class Clock:
    """The time as delivery sees it."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def __call__(self) -> datetime:
        return self.now

    def forward(self, time: timedelta) -> None:
        self.now += time

    def monotonic(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(delivery.timezone, "now", made)
    monkeypatch.setattr(delivery.time, "monotonic", made.monotonic)
    return made


def deliver(transport: FakeTransport) -> int:
    return deliver_due(transport, open_noted)


def fail_for(recipient: str, error: Exception) -> FakeTransport:
    """Takes every message but those to one recipient."""

    def on_send(message: EmailMessage) -> None:
        if message.to == [recipient]:
            raise error

    return FakeTransport(on_send)


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"ana@example.org": (code, b"no such luck")})


# What leaves


def test_a_message_leaves_and_its_content_goes(clock: Clock) -> None:
    (message,) = post(mail(to="ana@example.org", subject="Hello", text="A link."))
    transport = FakeTransport()

    assert deliver(transport) == 1

    (sent,) = transport.taken
    assert (sent.to, sent.subject, sent.body) == (["ana@example.org"], "Hello", "A link.")
    message.refresh_from_db()
    assert (message.state, message.attempts, message.outcome) == (MessageState.SENT, 1, "")
    assert (bytes(message.sealed), message.claimed_until) == (b"", None)
    assert message.sent_at == clock.now
    assert transport.calls == ["open", "close"]


def test_what_was_sent_is_not_sent_again(clock: Clock) -> None:
    post()
    transport = FakeTransport()
    deliver(transport)
    clock.forward(timedelta(days=30))

    assert deliver(transport) == 0
    assert len(transport.taken) == 1


def test_without_mail_nobody_calls_the_server(clock: Clock) -> None:
    transport = FakeTransport()

    assert deliver(transport) == 0
    assert transport.calls == []


def test_mail_waits_until_it_is_due(clock: Clock) -> None:
    post()
    Message.objects.update(not_before=clock.now + timedelta(seconds=1))
    transport = FakeTransport()

    assert deliver(transport) == 0
    clock.forward(timedelta(seconds=1))
    assert deliver(transport) == 1


def test_a_batch_has_a_size(clock: Clock) -> None:
    post(*[mail(to=f"signer{number}@example.org") for number in range(BATCH + 1)])
    transport = FakeTransport()

    assert [deliver(transport), deliver(transport), deliver(transport)] == [BATCH, 1, 0]
    assert len(set(transport.recipients)) == BATCH + 1


# What is refused


def test_a_refusal_for_now_is_tried_again_later_and_later(clock: Clock) -> None:
    (message,) = post()
    transport = fail_for("ana@example.org", refused(451))

    for tries, wait in enumerate(RETRY_AFTER, 1):
        assert deliver(transport) == 0
        message.refresh_from_db()
        assert (message.state, message.attempts) == (MessageState.QUEUED, tries)
        assert (message.not_before, message.outcome) == (clock.now + wait, "SMTP 451")
        assert message.claimed_until is None
        clock.forward(wait - timedelta(seconds=1))
        assert deliver(transport) == 0
        message.refresh_from_db()
        assert message.attempts == tries
        clock.forward(timedelta(seconds=1))

    deliver(transport)
    message.refresh_from_db()
    assert (message.state, message.outcome) == (MessageState.FAILED, "SMTP 451")
    assert bytes(message.sealed) == b""


def test_a_message_that_was_put_off_leaves_in_the_end(clock: Clock) -> None:
    (message,) = post()
    deliver(fail_for("ana@example.org", refused(451)))
    clock.forward(RETRY_AFTER[0])

    assert deliver(FakeTransport()) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts, message.outcome) == (MessageState.SENT, 2, "")


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (refused(550), "SMTP 550"),
        (smtplib.SMTPDataError(554, b"spam"), "SMTP 554"),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), "not an address for mail"),
        (ValueError("Invalid address 'ana@example.org'"), "not an address for mail"),
    ],
)
def test_a_refusal_for_good_ends_it_and_forgets_the_content(
    clock: Clock, error: Exception, outcome: str
) -> None:
    hopeless, other = post(mail(to="ana@example.org"), mail(to="ben@example.org"))
    transport = fail_for("ana@example.org", error)

    assert deliver(transport) == 1

    hopeless.refresh_from_db()
    other.refresh_from_db()
    assert (hopeless.state, hopeless.outcome) == (MessageState.FAILED, outcome)
    assert bytes(hopeless.sealed) == b""
    assert other.state == MessageState.SENT


def test_content_refused_for_now_is_tried_again(clock: Clock) -> None:
    (message,) = post()

    deliver(fail_for("ana@example.org", smtplib.SMTPDataError(452, b"full")))

    message.refresh_from_db()
    assert (message.state, message.outcome) == (MessageState.QUEUED, "SMTP 452")


# When the server is not to be had


class Unreachable(FakeTransport):
    def open(self) -> bool:
        raise ConnectionRefusedError


def test_a_server_that_is_down_leaves_everything_queued(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    post(mail(to="ana@example.org"), mail(to="ben@example.org"))

    with caplog.at_level(logging.WARNING):
        assert deliver(Unreachable()) == 0

    rows = Message.objects.values_list("state", "attempts", "claimed_until", "not_before")
    assert set(rows) == {(MessageState.QUEUED, 0, None, clock.now + RETRY_AFTER[0])}
    assert caplog.messages == ["The mail server cannot be used now (ConnectionRefusedError)."]
    clock.forward(RETRY_AFTER[0])
    assert deliver(FakeTransport()) == 2


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPSenderRefused(550, b"unknown sender", "letters@example.org"),
        smtplib.SMTPAuthenticationError(535, b"no"),
        smtplib.SMTPHeloError(550, b"no"),
        smtplib.SMTPConnectError(421, b"busy"),
    ],
)
def test_what_is_wrong_with_us_costs_no_message(clock: Clock, error: Exception) -> None:
    post(mail(to="ana@example.org"), mail(to="ben@example.org"))

    assert deliver(fail_for("ana@example.org", error)) == 0

    rows = Message.objects.values_list("state", "attempts", "outcome", "claimed_until")
    assert set(rows) == {(MessageState.QUEUED, 0, "", None)}


def test_a_connection_that_breaks_stops_the_batch_and_sends_nothing_twice(clock: Clock) -> None:
    first, broken, waiting = post(
        mail(to="ana@example.org"), mail(to="ben@example.org"), mail(to="cleo@example.org")
    )
    transport = fail_for("ben@example.org", smtplib.SMTPServerDisconnected("gone"))

    assert deliver(transport) == 1

    for message in (first, broken, waiting):
        message.refresh_from_db()
    assert first.state == MessageState.SENT
    assert (broken.state, broken.attempts) == (MessageState.QUEUED, 1)
    assert broken.outcome == "SMTPServerDisconnected"
    assert (waiting.state, waiting.attempts, waiting.claimed_until) == (
        MessageState.QUEUED,
        0,
        None,
    )
    clock.forward(RETRY_AFTER[0])
    deliver(FakeTransport())
    assert transport.recipients == ["ana@example.org"]
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


def test_a_message_that_breaks_every_connection_does_not_keep_the_others_waiting(
    clock: Clock,
) -> None:
    post(mail(to="ana@example.org"), mail(to="ben@example.org"), mail(to="cleo@example.org"))
    transport = fail_for("ana@example.org", TimeoutError())

    for _ in range(4):
        deliver(transport)
        clock.forward(RETRY_AFTER[0])

    assert sorted(transport.recipients) == ["ben@example.org", "cleo@example.org"]
    assert Message.objects.get(state=MessageState.QUEUED).outcome == "TimeoutError"


@pytest.mark.parametrize("error", [TimeoutError(), smtplib.SMTPException("quit?")])
def test_a_server_that_takes_no_goodbye_undoes_nothing(clock: Clock, error: Exception) -> None:
    class Rude(FakeTransport):
        def close(self) -> None:
            raise error

    (message,) = post()

    assert deliver(Rude()) == 1
    message.refresh_from_db()
    assert message.state == MessageState.SENT


# When we are stopped, or are not alone


def test_a_crash_between_sending_and_recording_sends_it_again_with_the_same_id(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    post()

    class PowerCut(BaseException):
        pass

    def cut(message: EmailMessage) -> None:
        transport.taken.append(message)
        raise PowerCut

    transport = FakeTransport(cut)
    with pytest.raises(PowerCut):
        deliver(transport)

    again = FakeTransport()
    assert deliver(again) == 0  # the claim of the one that died still stands
    clock.forward(CLAIM)
    assert deliver(again) == 1

    ids = {message.extra_headers["Message-ID"] for message in transport.taken + again.taken}
    assert len(transport.taken + again.taken) == 2
    assert len(ids) == 1


def test_a_failing_database_is_not_taken_for_a_failing_server(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    post()

    def on_send(message: EmailMessage) -> None:
        raise OperationalError("disk full")

    with pytest.raises(OperationalError):
        deliver(FakeTransport(on_send))

    assert Message.objects.get().claimed_until == clock.now + CLAIM


def test_while_one_worker_sends_another_takes_nothing(clock: Clock) -> None:
    post(mail(to="ana@example.org"), mail(to="ben@example.org"))
    other = FakeTransport()
    taken_by_other = []

    def meanwhile(message: EmailMessage) -> None:
        taken_by_other.append(deliver(other))

    assert deliver(FakeTransport(meanwhile)) == 2
    assert taken_by_other == [0, 0]


def test_a_slow_server_never_lets_a_claim_run_out_under_way(clock: Clock) -> None:
    """A message that takes 50 seconds: after two of them the rest goes back to be claimed anew."""
    post(*[mail(to=f"signer{number}@example.org") for number in range(4)])
    slow = timedelta(seconds=50)
    transport = FakeTransport(lambda message: clock.forward(slow))

    assert deliver(transport) == 2

    waiting = Message.objects.filter(state=MessageState.QUEUED)
    assert [row.claimed_until for row in waiting] == [None, None]
    assert WORK + slow < CLAIM
    assert deliver(transport) == 2
    assert len(set(transport.recipients)) == 4


@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_message_that_is_being_claimed_is_passed_over() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time: there is nothing to pass over.")
    post(mail(to="ana@example.org"), mail(to="ben@example.org"))
    other = connections["default"].copy()
    try:
        with transaction.atomic():
            claimed = delivery._claim(timezone.now())
            with other.cursor() as cursor:
                cursor.execute(
                    "SELECT id FROM mail_message WHERE state = 'queued' FOR UPDATE SKIP LOCKED"
                )
                free = cursor.fetchall()
    finally:
        other.close()

    assert len(claimed) == 2
    assert free == []


# What cannot be opened


def test_mail_whose_key_is_out_of_reach_waits_for_it(clock: Clock) -> None:
    (message,) = post()

    def no_key(*_: object) -> bytes:
        raise KeyOutOfReach

    assert deliver_due(FakeTransport(), no_key) == 0

    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)
    assert (message.outcome, message.claimed_until) == ("key out of reach", None)
    assert message.not_before == clock.now + KEY_AGAIN_AFTER
    clock.forward(KEY_AGAIN_AFTER)
    assert deliver(FakeTransport()) == 1


def test_mail_that_was_altered_is_given_up(clock: Clock) -> None:
    (message,) = post()

    def altered(*_: object) -> bytes:
        raise Undeliverable

    assert deliver_due(FakeTransport(), altered) == 0

    message.refresh_from_db()
    assert (message.state, message.outcome) == (MessageState.FAILED, "cannot be opened")
