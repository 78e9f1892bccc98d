"""The mailbox for returned mail: reports of ours go, the rest is left to people."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest
from django.db import DatabaseError

from tests.mail.imap_server import FakeMailbox, serving
from undersigned.mail import mailbox as module
from undersigned.mail.mailbox import Looked, MailboxOutOfReach, count_unread, read_mailbox
from undersigned.mail.reports import MOST_BYTES


@pytest.fixture
def mailbox() -> FakeMailbox:
    return FakeMailbox()


@pytest.fixture
def url(mailbox: FakeMailbox) -> Iterator[str]:
    with serving(mailbox) as address:
        yield address


def is_report(raw: bytes) -> bool:
    return raw.startswith(b"report")


def flags(mailbox: FakeMailbox) -> dict[bytes, set[str]]:
    return {mail.raw: mail.flags for mail in mailbox.mails.values()}


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 UIDPLUS", "IMAP4rev1"])
def test_reports_are_taken_and_deleted_and_the_rest_is_left(
    mailbox: FakeMailbox, url: str, capabilities: str
) -> None:
    mailbox.capabilities = capabilities
    mailbox.put(b"report 1", b"Dear people,", b"report 2")
    assert count_unread(url) == 3

    assert read_mailbox(url, is_report) == Looked(taken=2, left=1)

    assert flags(mailbox) == {b"Dear people,": {"\\Seen"}}
    expunge = "UID EXPUNGE" if "UIDPLUS" in capabilities else "EXPUNGE"
    assert [command for command in mailbox.commands if "EXPUNGE" in command] == [expunge]
    assert count_unread(url) == 0
    assert read_mailbox(url, is_report) == Looked(taken=0, left=0)


def test_only_the_beginning_of_a_mail_is_fetched(mailbox: FakeMailbox, url: str) -> None:
    mailbox.put(b"x" * 2_000_000)
    seen: list[int] = []

    read_mailbox(url, lambda raw: bool(seen.append(len(raw))))

    assert seen == [MOST_BYTES]


def test_mail_comes_in_portions(
    mailbox: FakeMailbox, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    mailbox.put(b"report 1", b"report 2", b"report 3")

    assert [read_mailbox(url, is_report).taken for _ in range(3)] == [2, 1, 0]


def test_what_was_in_hand_when_it_failed_is_taken_again(mailbox: FakeMailbox, url: str) -> None:
    mailbox.put(b"report 1", b"broken", b"report 3")

    def take(raw: bytes) -> bool:
        if raw == b"broken":
            raise DatabaseError
        return True

    with pytest.raises(DatabaseError):
        read_mailbox(url, take)

    assert flags(mailbox) == {b"broken": set(), b"report 3": set()}


def test_mail_that_somebody_deleted_meanwhile_is_empty(mailbox: FakeMailbox, url: str) -> None:
    mailbox.put(b"report 1", b"report 2")
    mailbox.mails[2].raw = b""
    seen: list[bytes] = []

    def take(raw: bytes) -> bool:
        seen.append(raw)
        mailbox.mails.pop(2, None)
        return True

    mailbox.refuses = "UID STORE"  # it does not know any more what it should delete
    with pytest.raises(MailboxOutOfReach):
        read_mailbox(url, take)
    assert seen == [b"report 1", b""]


@pytest.mark.parametrize("refused", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH"])
def test_a_server_that_refuses_is_out_of_reach_and_nobody_is_named(
    mailbox: FakeMailbox, url: str, refused: str
) -> None:
    mailbox.put(b"report 1")
    mailbox.refuses = refused

    with pytest.raises(MailboxOutOfReach) as fault:
        read_mailbox(url, is_report)

    assert str(fault.value) in {"error", "readonly"}
    assert fault.value.__suppress_context__
    assert flags(mailbox) == {b"report 1": set()}


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_without_encryption_no_password_is_sent(
    mailbox: FakeMailbox, url: str, scheme: str
) -> None:
    with pytest.raises(MailboxOutOfReach):
        count_unread(url.replace("imap:", f"{scheme}:"))

    assert "LOGIN" not in mailbox.commands


def test_after_starttls_the_mailbox_is_read(
    mailbox: FakeMailbox, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[ssl.SSLContext] = []
    monkeypatch.setattr("imaplib.IMAP4.starttls", lambda server, context: asked.append(context))
    mailbox.put(b"report 1")

    assert count_unread(url.replace("imap:", "imap+starttls:")) == 1
    assert [context.check_hostname for context in asked] == [True]


def test_a_server_that_is_not_there_is_out_of_reach() -> None:
    with pytest.raises(MailboxOutOfReach, match="ConnectionRefusedError"):
        count_unread("imap://u:p@127.0.0.1:1/")


def test_a_name_that_the_protocol_does_not_know_is_out_of_reach(url: str) -> None:
    with pytest.raises(MailboxOutOfReach, match="UnicodeEncodeError"):
        count_unread(url.replace("bounces", "b%C3%BC"))


def test_a_folder_can_be_named(mailbox: FakeMailbox, url: str) -> None:
    assert count_unread(f"{url}Returned%20%22mail%22") == 0
