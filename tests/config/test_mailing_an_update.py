"""An update from the order to the mailboxes, by the worker's own rounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tests.builders import opened_mail, published_letter, signed, worker_keys
from tests.mail.posting import FakeTransport
from tests.signatures.updating import mailing_of, many_readers
from undersigned.config.worker import Worker
from undersigned.letters.models import Letter, Mailing, MailingState
from undersigned.mail import delivery
from undersigned.mail.models import Message
from undersigned.signatures import writing_mailings
from undersigned.signatures.mailing import cancel_mailing, pause_mailing, resume_mailing
from undersigned.signatures.mailing_reports import report_of
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db(transaction=True)
READERS = 12


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, "letter")


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing_mailings, "BATCH", 4)
    monkeypatch.setattr(writing_mailings, "AT_ONCE", 1)
    monkeypatch.setattr(delivery, "ASKED_TOGETHER", 1)


class Post(FakeTransport):
    """What happens after so many mails."""

    def __init__(self) -> None:
        super().__init__()
        self.after: dict[int, Callable[[EmailMessage], object]] = {}

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = super().send_messages(email_messages)
        if act := self.after.pop(len(self.taken), None):
            act(email_messages[-1])
        return sent


@pytest.fixture
def transport() -> Post:
    return Post()


@pytest.fixture
def worker(tmp_path: Path, keys: WorkerKeys, transport: Post) -> Iterator[Worker]:
    work = Worker(tmp_path, transport)
    yield work
    work._lease.give_back()


def finish(work: Worker) -> None:
    while work.round():
        pass


def one_click(url: str) -> None:
    path = url.removeprefix("http://127.0.0.1:8000")
    assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_everybody_gets_it_once(
    letter: Letter, keys: WorkerKeys, worker: Worker, transport: Post
) -> None:
    addresses = many_readers(letter, keys, READERS)
    mailing = mailing_of(letter)
    finish(worker)
    assert sorted(transport.recipients) == sorted(addresses)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.written) == (MailingState.DONE, READERS)
    assert report_of(mailing.update).accepted == READERS


def test_confirmations_pass_by(
    letter: Letter, keys: WorkerKeys, worker: Worker, transport: Post
) -> None:
    many_readers(letter, keys, READERS)
    mailing_of(letter)
    worker.round()
    before = len(transport.taken)
    signed(letter, address="new@example.org")
    worker.round()
    assert transport.recipients[before] == "new@example.org"


def test_who_leaves_in_the_middle_gets_nothing_that_waits(
    letter: Letter, keys: WorkerKeys, worker: Worker, transport: Post
) -> None:
    """The link of the third mail is another reader's, whose mail is written and not sent."""
    many_readers(letter, keys, READERS)
    mailing_of(letter)
    links: list[str] = []

    def another_leaves(_: EmailMessage) -> None:
        waiting = Message.objects.filter(topic="update", state="queued").order_by("-not_before")
        mails = [opened_mail(keys, one) for one in waiting if one.sealed]
        left = next(mail for mail in mails if mail.to not in transport.recipients)
        links.append(left.to)
        one_click(left.headers["List-Unsubscribe"].strip("<>"))

    transport.after[3] = another_leaves
    finish(worker)
    assert len(links) == 1
    assert links[0] not in transport.recipients
    assert len(set(transport.recipients)) == READERS - 1
    report = report_of(Mailing.objects.select_related("update").get().update)
    assert (report.accepted, report.stopped, report.unsubscribed) == (READERS - 1, 1, 1)


def test_who_leaves_gets_the_next_one_no_more(
    letter: Letter, keys: WorkerKeys, worker: Worker, transport: Post
) -> None:
    many_readers(letter, keys, READERS)
    mailing_of(letter)
    finish(worker)
    first = transport.taken[0]
    one_click(re.sub("[<>]", "", first.extra_headers["List-Unsubscribe"]))
    del transport.taken[:]
    mailing_of(letter)
    finish(worker)
    assert first.to[0] not in transport.recipients
    assert len(transport.recipients) == READERS - 1


def test_paused_in_the_middle_and_resumed(
    letter: Letter, keys: WorkerKeys, worker: Worker, transport: Post
) -> None:
    addresses = many_readers(letter, keys, READERS)
    mailing = mailing_of(letter)
    transport.after[2] = lambda _: pause_mailing(mailing, actor="Ana")
    finish(worker)
    assert len(transport.taken) == 4  # what was just leaving: this one batch
    resume_mailing(mailing, actor="Ana")
    finish(worker)
    assert sorted(transport.recipients) == sorted(addresses)


def test_cancelled_in_the_middle(
    letter: Letter, keys: WorkerKeys, worker: Worker, transport: Post
) -> None:
    many_readers(letter, keys, READERS)
    mailing = mailing_of(letter)
    transport.after[2] = lambda _: cancel_mailing(mailing, actor="Ana")
    finish(worker)
    assert len(transport.taken) == 4
    mailing.refresh_from_db()
    assert (mailing.state, mailing.is_taken_back) == (MailingState.CANCELLED, True)
