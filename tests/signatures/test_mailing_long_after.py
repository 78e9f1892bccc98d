"""A mailing that was paused for months mails nobody twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import listed, published_letter, worker_keys
from tests.signatures.updating import mailing_of
from undersigned.config.retaining import forget_due, survey
from undersigned.config.worker import Worker
from undersigned.letters.models import Letter, Mailing, MailingState
from undersigned.mail.models import Circular, Message, MessageState
from undersigned.signatures.mailing import cancel_mailing, pause_mailing, resume_mailing
from undersigned.signatures.mailing_reports import keep_reports, report_of
from undersigned.signatures.models import Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_mailings import write_mailings

AGO = timedelta(days=100)


@pytest.fixture
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, "banned")


@pytest.fixture
def readers(letter: Letter, keys: WorkerKeys) -> list[Signature]:
    rows = [listed(letter, keys, consent_updates=True) for _ in range(3)]
    Message.objects.all().delete()
    return sorted(rows, key=lambda row: row.pk)


@pytest.fixture
def paused(letter: Letter, keys: WorkerKeys, readers: list[Signature]) -> Mailing:
    """A hundred days ago, after two of three had left; the first of them last."""
    mailing = mailing_of(letter)
    write_mailings(keys)
    first = Message.objects.get(cause__endswith=str(readers[0].pk))
    sent = Message.objects.exclude(pk=first.pk)
    sent.update(state=MessageState.SENT, sealed=b"", recipient=b"m" * 32)
    pause_mailing(mailing, actor="Ana")
    write_mailings(keys)
    Message.objects.update(queued_at=timezone.now() - AGO)
    Mailing.objects.update(started_at=timezone.now() - AGO)
    Signature.objects.update(confirmed_at=timezone.now() - 2 * AGO)
    mailing.refresh_from_db()
    assert (mailing.state, Message.objects.count()) == (MailingState.PAUSED, 2)
    return mailing


def queued() -> list[str]:
    found = Message.objects.filter(state=MessageState.QUEUED)
    return [message.cause.rpartition(" ")[2] for message in found]


def test_who_has_it_does_not_get_it_again(
    paused: Mailing, keys: WorkerKeys, readers: list[Signature]
) -> None:
    forget_due(keys, timezone.now())
    resume_mailing(paused, actor="Ana")
    write_mailings(keys)
    assert queued() == [str(readers[0].pk)]


def test_the_worker_keeps_them_too(
    paused: Mailing, tmp_path: Path, readers: list[Signature]
) -> None:
    resume_mailing(paused, actor="Ana")
    Worker(tmp_path)._tidy()
    write_mailings(WorkerKeys(worker_keys(tmp_path).keyring))
    assert queued() == [str(readers[0].pk)]


def test_where_it_went_is_forgotten_all_the_same(paused: Mailing, keys: WorkerKeys) -> None:
    forget_due(keys, timezone.now())
    assert {message.recipient for message in Message.objects.all()} == {None}


def test_they_go_when_it_is_over(paused: Mailing, keys: WorkerKeys) -> None:
    assert survey(timezone.now())[-3].due == 0
    cancel_mailing(paused, actor="Ana")
    assert survey(timezone.now())[-3].due == 2
    Circular.objects.update(made_at=timezone.now() - AGO)
    forget_due(keys, timezone.now())
    assert (Message.objects.count(), Circular.objects.count()) == (0, 0)


def test_its_figures_outlive_them(paused: Mailing, keys: WorkerKeys) -> None:
    cancel_mailing(paused, actor="Ana")
    keep_reports(timezone.now())
    forget_due(keys, timezone.now())
    assert report_of(paused.update).accepted == 2
