"""Mail leaves as the host has set it, by as many connections."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from tests.builders import confirmed, published_letter, signed, worker_keys
from tests.mail.posting import FakeTransport
from tests.panicking import panic
from undersigned.config import posting
from undersigned.config.posting import PostThread, post
from undersigned.letters.models import Letter
from undersigned.mail.models import Message, MessageState
from undersigned.signatures.models import Signature, State
from undersigned.signatures.notices import write_notices
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.telling import FOUNDERS, tell
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


def queue_one(keys: WorkerKeys) -> None:
    signed(published_letter(keys), address="ana@example.org")
    answer_pending(keys)


@pytest.mark.django_db
def test_each_mail_has_its_own_envelope(keys: WorkerKeys, settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = "bounces@example.org"
    queue_one(keys)
    transport = FakeTransport()

    assert post(transport, keys) == 1

    [sent] = transport.taken
    assert sent.from_email.startswith("bounces+")
    assert Message.objects.get().recipient is not None


@pytest.mark.django_db
@pytest.mark.parametrize("unit", ["MINUTE", "HOUR", "DAY"])
def test_the_hosts_limits_are_kept(keys: WorkerKeys, settings: Settings, unit: str) -> None:
    setattr(settings, f"MAIL_PER_{unit}", 1)
    queue_one(keys)
    signed(Letter.objects.get(), address="ben@example.org")
    answer_pending(keys)

    assert [post(FakeTransport(), keys), post(FakeTransport(), keys)] == [1, 0]


@pytest.mark.django_db
def test_whoever_left_meanwhile_is_told_nothing(keys: WorkerKeys) -> None:
    row = confirmed(published_letter(keys), keys)
    assert post(FakeTransport(), keys) == 1
    tell([row.pk], FOUNDERS, "once", timezone.now())
    write_notices(keys)
    Signature.objects.update(state=State.WITHDRAWN)

    assert post(FakeTransport(), keys) == 0

    assert Message.objects.get(topic=FOUNDERS).outcome == "not wanted"


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["key", "content"])
def test_mail_that_cannot_be_opened_does_not_leave(keys: WorkerKeys, what: str) -> None:
    queue_one(keys)
    if what == "key":
        [path] = (keys.keyring.folder / "letters").iterdir()
        path.unlink()
    else:
        Message.objects.update(sealed=b"altered")

    assert post(FakeTransport(), WorkerKeys(keys.keyring)) == 0

    message = Message.objects.get()
    assert (message.state, message.outcome) == {
        "key": (MessageState.QUEUED, "key out of reach"),
        "content": (MessageState.FAILED, "cannot be opened"),
    }[what]


@pytest.mark.django_db(transaction=True)
def test_a_thread_sends_what_is_due_and_rests(
    keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "IDLE_SECONDS", 0.01)
    queue_one(keys)
    sent = threading.Event()

    def on_send(message: EmailMessage) -> None:
        sent.set()

    rests = threading.Event()

    class Resting(FakeTransport):
        def close(self) -> None:
            super().close()
            rests.set()

    transport = Resting(on_send)
    thread = PostThread(keys.keyring, transport)
    thread.start()
    assert sent.wait(timeout=10)
    assert rests.wait(timeout=10)
    thread.stop()
    assert transport.recipients == ["ana@example.org"]
    assert transport.calls[-1] == "close"
    assert Message.objects.get().state == MessageState.SENT


def fail() -> None:
    raise RuntimeError


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", [fail, panic])
def test_a_thread_that_fails_goes_on(
    keys: WorkerKeys,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Callable[[], object],
) -> None:
    monkeypatch.setattr(posting, "AFTER_A_FAULT_SECONDS", 0.01)
    faults, twice = [], threading.Event()

    def broken(*_: object) -> None:
        faults.append(1)
        if len(faults) > 1:
            twice.set()
        fault()

    monkeypatch.setattr(posting, "deliver_due", broken)
    thread = PostThread(keys.keyring)
    thread.start()
    assert twice.wait(timeout=10)
    thread.stop()
    assert set(caplog.messages) == {"Mail could not be delivered and is tried again."}
