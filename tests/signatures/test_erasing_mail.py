"""Who was erased leaves no mark in the outbox, and what was mailed to them is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.builders import listed, mails, published_letter, signed, worker_keys
from tests.signatures.authority.nameserver import Nameserver, nameserver
from tests.signatures.receiving.letters import by_dkim, written, zone
from undersigned.letters.models import Letter
from undersigned.mail.models import Message, MessageState
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.asking import ask_for_fresh_link
from undersigned.signatures.erasing import erase
from undersigned.signatures.held_data import mails_about
from undersigned.signatures.models import Notice, Signature
from undersigned.signatures.receiving.taking import take_mail
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys, settings: Settings) -> Letter:
    settings.SIGN_ADDRESS = "sign@letters.example"
    return published_letter(keys, "banned")


@pytest.fixture
def server() -> Iterator[Nameserver]:
    with nameserver(zone()) as known:
        yield known


def sent_all() -> None:
    Message.objects.update(state=MessageState.SENT, recipient=b"m" * 32)


def marked() -> list[str]:
    return [message.cause for message in Message.objects.filter(recipient__isnull=False)]


def test_marks_of_mail_that_left_go(letter: Letter, keys: WorkerKeys) -> None:
    row, other = listed(letter, keys), listed(letter, keys)
    notice = Notice.objects.create(signature=row, topic="void", occasion="x", not_before=NOW)
    spare = Message.objects.get(cause__contains=f" {row.pk}")
    spare.pk, spare.cause = notice.pk, f"notice {notice.pk}"
    spare.save(force_insert=True)
    sent_all()
    assert len(marked()) == 3

    erase([row.pk], NOW, actor="Ola")

    [left] = marked()
    assert str(other.pk) in left


def test_a_receipt_for_a_mail_that_signed(
    letter: Letter, keys: WorkerKeys, server: Nameserver
) -> None:
    take_mail(by_dkim(written()), keys, NOW, server.resolver())
    take_mail(by_dkim(written(number="<2@mail.example>")), keys, NOW, server.resolver())
    row = Signature.objects.get()
    assert sorted(mail["topic"] for mail in mails_about(row)) == ["already", "received"]
    Message.objects.filter(topic="already").update(
        state=MessageState.SENT, recipient=b"m" * 32, sealed=b""
    )
    assert len(marked()) == 1

    erase([row.pk], NOW, actor="Ola")

    assert (marked(), mails(keys)) == ([], [])


def test_the_mail_with_a_new_link(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys)
    ask_for_fresh_link(row.pk)
    answer_signers(keys)
    assert {mail["topic"] for mail in mails_about(row)} == {"confirm", "links"}

    erase([row.pk], NOW, actor="Ola")

    assert not Message.objects.exists()


def test_causes_fit_their_column(letter: Letter, keys: WorkerKeys, server: Nameserver) -> None:
    """PostgreSQL refuses longer ones."""
    ask_for_fresh_link(listed(letter, keys).pk)
    answer_signers(keys)
    signed(letter)
    for number in (1, 2):
        raw = by_dkim(written(number=f"<{number}@mail.example>"))
        take_mail(raw, keys, NOW, server.resolver())
    most = Message._meta.get_field("cause").max_length
    assert most == 100
    assert max(len(cause) for cause in Message.objects.values_list("cause", flat=True)) <= most
