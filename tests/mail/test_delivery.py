"""Mail leaves once; whatever fails, nothing is lost."""

from __future__ import annotations

import hashlib
import logging
import smtplib
import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from tests.mail.posting import FakeTransport, mail, open_noted, post
from undersigned.mail import delivery
from undersigned.mail.claiming import BATCH, BATCH_WITHIN_LIMITS, CLAIM, claim
from undersigned.mail.delivery import (
    KEY_AGAIN_AFTER,
    PORTION_OF_LATER,
    WORK,
    KeyOutOfReach,
    Terms,
    Undeliverable,
    deliver_due,
)
from undersigned.mail.envelopes import Envelopes
from undersigned.mail.models import Message, MessageState, Priority, Reason, Spent, Suppression
from undersigned.mail.pacing import NO_LIMITS, Limits
from undersigned.mail.settling import RETRY_AFTER
from undersigned.mail.suppression import suppress

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
    assert (message.sent_at, message.recipient) == (clock.now, None)


def test_what_was_sent_is_not_sent_again(clock: Clock) -> None:
    post()
    transport = FakeTransport()
    deliver(transport)
    clock.forward(timedelta(days=30))

    assert deliver(transport) == 0
    assert len(transport.taken) == 1


def test_the_connection_stays_while_there_is_mail_and_no_longer(clock: Clock) -> None:
    post(*[mail(to=f"signer{number}@example.org") for number in range(BATCH + 1)])
    transport = FakeTransport()

    deliver(transport)
    deliver(transport)
    assert transport.calls == ["open", "open"]
    deliver(transport)
    assert transport.calls == ["open", "open", "close"]


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


def test_what_somebody_waits_for_leaves_before_updates(clock: Clock) -> None:
    post(*[mail(to=f"{n}@later.example") for n in range(BATCH)], priority=Priority.LATER)
    clock.forward(timedelta(minutes=1))
    post(mail(to="ana@example.org"))
    transport = FakeTransport()

    assert deliver(transport) == BATCH

    assert transport.recipients[0] == "ana@example.org"
    assert Message.objects.get(state=MessageState.QUEUED).priority == Priority.LATER


def test_updates_leave_in_small_portions_so_that_nobody_waits_long(clock: Clock) -> None:
    post(mail(), mail(), priority=Priority.LATER)
    due = set(Message.objects.values_list("not_before", flat=True))
    transport = FakeTransport(lambda message: clock.forward(PORTION_OF_LATER))

    assert deliver(transport) == 1

    waiting = Message.objects.get(state=MessageState.QUEUED)
    assert {waiting.not_before} == due  # it keeps its place
    assert waiting.claimed_until is None


# What is known of the recipient


@pytest.fixture
def envelopes() -> Envelopes:
    return Envelopes("bounces@example.org", b"k" * 32, mark_of)


def mark_of(address: str) -> bytes:
    return hashlib.sha256(address.encode()).digest()


def test_each_message_has_an_envelope_of_its_own(clock: Clock, envelopes: Envelopes) -> None:
    (message,) = post(mail(to="ana@example.org"))
    transport = FakeTransport()

    deliver_due(transport, open_noted, Terms(envelopes))

    (sent,) = transport.taken
    assert sent.from_email == envelopes.sender(message.pk)
    assert sent.message()["From"] == settings.DEFAULT_FROM_EMAIL
    message.refresh_from_db()
    assert message.recipient != mark_of("ana@example.org")
    assert envelopes.mask(message.pk, bytes(message.recipient or b"")) == mark_of("ana@example.org")


def test_a_mailbox_that_is_gone_gets_no_more_updates(clock: Clock, envelopes: Envelopes) -> None:
    terms = Terms(envelopes)
    post(mail(to="ana@example.org"))
    gone = smtplib.SMTPRecipientsRefused({"ana@example.org": (550, b"5.1.1 no such user")})
    deliver_due(fail_for("ana@example.org", gone), open_noted, terms)
    (update,) = post(mail(to="ana@example.org"), priority=Priority.LATER)
    (confirmation,) = post(mail(to="ana@example.org"))
    transport = FakeTransport()

    assert deliver_due(transport, open_noted, terms) == 1

    update.refresh_from_db()
    confirmation.refresh_from_db()
    assert (update.state, update.outcome) == (MessageState.FAILED, "not wanted")
    assert bytes(update.sealed) == b""
    assert confirmation.state == MessageState.SENT


@pytest.mark.parametrize("words", [b"451 later", b"550 no", b"554 5.7.1 relay access denied"])
def test_a_refusal_that_may_be_our_fault_says_nothing_of_the_mailbox(
    clock: Clock, envelopes: Envelopes, words: bytes
) -> None:
    post()
    error = smtplib.SMTPRecipientsRefused({"ana@example.org": (int(words[:3]), words[4:])})
    deliver_due(fail_for("ana@example.org", error), open_noted, Terms(envelopes))

    assert Suppression.objects.count() == 0


@pytest.mark.parametrize("known", [True, False])
def test_whoever_left_in_the_meantime_gets_no_update(
    clock: Clock, envelopes: Envelopes, known: bool
) -> None:
    unwanted, wanted = post(mail(), mail(), priority=Priority.LATER)
    terms = Terms(envelopes if known else None, wanted_among=lambda _: {wanted.pk})

    assert deliver_due(FakeTransport(), open_noted, terms) == 1

    unwanted.refresh_from_db()
    assert (unwanted.state, unwanted.outcome) == (MessageState.FAILED, "not wanted")


def test_a_notice_is_asked_for_too_but_arrives_where_updates_do_not(
    clock: Clock, envelopes: Envelopes
) -> None:
    suppress(mark_of("ana@example.org"), Reason.COMPLAINT, clock.now)
    over, notice = post(mail(), mail(subject="A notice"), priority=Priority.SOON)
    post(mail(), priority=Priority.LATER)
    terms = Terms(
        envelopes, wanted_among=lambda asked: {one.pk for one in asked if one.pk != over.pk}
    )
    transport = FakeTransport()

    assert deliver_due(transport, open_noted, terms) == 1

    assert [message.subject for message in transport.taken] == ["A notice"]
    notice.refresh_from_db()
    assert notice.state == MessageState.SENT


def test_whoever_leaves_meanwhile_is_asked_for_again(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for all at first, and for what remains when a second has gone by."""
    post(*[mail(to=f"reader{n}@example.org") for n in range(3)], priority=Priority.LATER)
    asked: list[int] = []

    def wanted_among(messages: Collection[Message]) -> set[uuid.UUID]:
        asked.append(len(messages))
        return {message.pk for message in messages} if len(asked) == 1 else set()

    transport = FakeTransport(lambda message: clock.forward(delivery.ASK_AGAIN_AFTER))

    assert deliver_due(transport, open_noted, Terms(wanted_among=wanted_among)) == 1

    assert asked == [3, 2]
    outcomes = Message.objects.order_by("outcome").values_list("state", "outcome")
    assert list(outcomes) == [
        (MessageState.SENT, ""),
        *[(MessageState.FAILED, "not wanted")] * 2,
    ]


@pytest.mark.django_db(transaction=True)
def test_marks_do_not_wait_for_the_disk_and_everything_else_does(clock: Clock) -> None:
    asking = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}
    found = []

    def ask(*_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(asking[connection.vendor])
            found.append(cursor.fetchone()[0])

    post()
    ask()
    deliver(FakeTransport(ask))
    ask()
    before, meanwhile, after = found
    assert before == after
    assert meanwhile == {"sqlite": 1, "postgresql": "off"}[connection.vendor]


# How fast


def test_no_more_leaves_than_the_service_takes(clock: Clock) -> None:
    post(*[mail(to=f"signer{number}@example.org") for number in range(40)])
    terms = Terms(limits=Limits(per_minute=60))
    transport = FakeTransport()

    assert deliver_due(transport, open_noted, terms) == 5  # a burst
    assert deliver_due(transport, open_noted, terms) == 0
    assert transport.calls == ["open"]  # and it stays open in between
    sent = 5
    for _ in range(20):
        clock.forward(timedelta(seconds=1.5))
        sent += deliver_due(transport, open_noted, terms)
    assert sent == 35
    clock.forward(timedelta(hours=1))
    assert deliver_due(transport, open_noted, terms) == 5  # time that was not used is gone


def test_a_slow_pace_is_kept_too(clock: Clock) -> None:
    post(*[mail(to=f"signer{number}@example.org") for number in range(40)])
    sent = 0
    for _ in range(100):
        sent += deliver_due(FakeTransport(), open_noted, Terms(limits=Limits(per_minute=2)))
        clock.forward(timedelta(seconds=6))
    assert sent == 20


def test_what_is_not_there_uses_no_pace(clock: Clock) -> None:
    assert deliver_due(FakeTransport(), open_noted, Terms(limits=Limits(per_minute=12))) == 0
    post()

    assert deliver_due(FakeTransport(), open_noted, Terms(limits=Limits(per_minute=12))) == 1


def test_a_day_has_its_limit_and_whoever_waits_goes_first(clock: Clock) -> None:
    post(*[mail(to=f"reader{number}@example.org") for number in range(20)], priority=Priority.LATER)
    terms = Terms(limits=Limits(per_day=10))
    transport = FakeTransport()

    assert deliver_due(transport, open_noted, terms) == 8  # updates leave room for others
    assert deliver_due(transport, open_noted, terms) == 0
    assert transport.calls == ["open", "close"]  # nobody keeps a connection for a day
    post(*[mail(to=f"signer{number}@example.org") for number in range(3)])
    assert deliver_due(transport, open_noted, terms) == 2
    assert transport.recipients[8:] == ["signer0@example.org", "signer1@example.org"]
    assert deliver_due(transport, open_noted, terms) == 0
    clock.forward(timedelta(days=1, minutes=1))
    assert deliver_due(transport, open_noted, terms) == 9
    assert transport.recipients[10] == "signer2@example.org"


def test_notices_go_before_updates_and_leave_room_for_confirmations(clock: Clock) -> None:
    post(*[mail(to=f"reader{number}@example.org") for number in range(20)], priority=Priority.LATER)
    clock.forward(timedelta(minutes=1))
    post(*[mail(to=f"told{number}@example.org") for number in range(10)], priority=Priority.SOON)
    terms = Terms(limits=Limits(per_day=15))
    transport = FakeTransport()

    assert deliver_due(transport, open_noted, terms) == 12
    told, others = transport.recipients[:10], transport.recipients[10:]
    assert {address[:4] for address in told} == {"told"}
    assert {address[:6] for address in others} == {"reader"}
    post(mail(to="signer@example.org"))
    assert deliver_due(transport, open_noted, terms) == 1
    assert transport.recipients[12:] == ["signer@example.org"]


def test_of_a_day_a_worker_that_is_killed_uses_up_little(clock: Clock) -> None:
    post(*[mail(to=f"signer{number}@example.org") for number in range(50)])
    for limits, taken in (
        (Limits(per_day=1000), BATCH_WITHIN_LIMITS),
        (Limits(per_minute=60_000), 30),
    ):
        batch = claim(clock.now, limits)
        assert batch is not None
        assert len(batch) == taken


@pytest.mark.parametrize("fault", [OperationalError("disk full"), SystemExit()])
def test_a_crash_uses_up_no_more_of_a_day_than_may_have_left(
    clock: Clock, fault: BaseException
) -> None:
    post(*[mail(to=f"signer{number}@example.org") for number in range(10)])
    terms = Terms(limits=Limits(per_day=12))

    def on_send(message: EmailMessage) -> None:
        if message.to == ["signer2@example.org"]:
            raise fault

    with pytest.raises(type(fault)):
        deliver_due(FakeTransport(on_send), open_noted, terms)

    assert Spent.objects.get().count == 3
    assert Message.objects.filter(claimed_until=clock.now + CLAIM).count() == 8
    clock.forward(CLAIM)
    assert deliver_due(FakeTransport(), open_noted, terms) == 8


def test_a_crash_that_leaves_no_database_is_seen_as_what_it_was(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("gone")

    def on_send(message: EmailMessage) -> None:
        raise RuntimeError

    post()
    monkeypatch.setattr(delivery, "put_back", gone)
    with pytest.raises(RuntimeError):
        deliver_due(FakeTransport(on_send), open_noted, Terms(limits=Limits(per_day=12)))
    assert Spent.objects.get().count == 1


def test_a_server_that_is_down_uses_up_no_day(clock: Clock) -> None:
    post(*[mail(to=f"signer{number}@example.org") for number in range(10)])
    terms = Terms(limits=Limits(per_day=10))

    class Down(FakeTransport):
        def open(self) -> bool:
            raise OSError

    for _ in range(5):
        assert deliver_due(Down(), open_noted, terms) == 0
        clock.forward(RETRY_AFTER[0])
    breaks = fail_for("signer3@example.org", smtplib.SMTPServerDisconnected("gone"))
    before = deliver_due(breaks, open_noted, terms)
    clock.forward(RETRY_AFTER[0])
    transport = FakeTransport()
    after = deliver_due(transport, open_noted, terms)
    assert before + after == 9  # a try is one, whatever comes of it
    assert len({*breaks.recipients, *transport.recipients}) == 9


def test_what_is_not_wanted_any_more_uses_up_no_day(clock: Clock) -> None:
    post(*[mail() for _ in range(5)], priority=Priority.LATER)
    limits = Limits(per_day=10)
    nobody = Terms(limits=limits, wanted_among=lambda _: ())
    assert deliver_due(FakeTransport(), open_noted, nobody) == 0
    post(*[mail() for _ in range(10)])
    assert deliver_due(FakeTransport(), open_noted, Terms(limits=limits)) == 10


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
            claimed = claim(timezone.now(), NO_LIMITS)
            assert claimed is not None
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
