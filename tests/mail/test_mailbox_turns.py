"""One mail that nobody can read stops no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pytest
from django.db import DatabaseError

from tests.mail.imap_server import FakeMailbox, serving
from undersigned.mail.mailbox import Looked, MailboxOutOfReach, read_mailbox


class KeyAway(Exception):
    """What is no mail's fault."""


@pytest.fixture
def mailbox() -> FakeMailbox:
    held = FakeMailbox()
    held.put(b"report 1", b"broken", b"report 3")
    return held


@pytest.fixture
def url(mailbox: FakeMailbox) -> Iterator[str]:
    with serving(mailbox) as address:
        yield address


def failing(fault: Exception) -> object:
    def take(raw: bytes) -> bool:
        if raw == b"broken":
            raise fault
        return True

    return take


def flags(mailbox: FakeMailbox) -> dict[bytes, set[str]]:
    return {mail.raw: mail.flags for mail in mailbox.mails.values()}


@pytest.mark.parametrize(
    "fault", [UnicodeError("canary"), ValueError("canary"), RecursionError("canary"), KeyError("c")]
)
def test_what_cannot_be_read_is_left_to_people(
    mailbox: FakeMailbox, url: str, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    assert read_mailbox(url, failing(fault)) == Looked(taken=2, left=1)  # type: ignore[arg-type]
    assert flags(mailbox) == {b"broken": {"\\Seen"}}
    assert caplog.messages == ["A mail could not be read; it is left in the mailbox."]


@pytest.mark.parametrize("fault", [DatabaseError(), OSError(), KeyAway()])
def test_what_is_no_mails_fault_is_raised_as_it_is(
    mailbox: FakeMailbox, url: str, fault: Exception
) -> None:
    with pytest.raises(type(fault)) as raised:
        read_mailbox(url, failing(fault), faults=(KeyAway,))  # type: ignore[arg-type]
    assert raised.value is fault
    assert not isinstance(raised.value, MailboxOutOfReach)
    assert flags(mailbox) == {b"broken": set(), b"report 3": set()}


def test_turns_say_who_is_next_and_who_waited_long_enough(mailbox: FakeMailbox, url: str) -> None:
    class Turns:
        def __init__(self) -> None:
            self.waited: list[str] = []

        def in_turn(self, uids: Sequence[str], /) -> Iterable[str]:
            assert uids == ["1", "2", "3"]
            return ["3", "2"]

        def put_off(self, uid: str, /) -> bool:
            self.waited.append(uid)
            return uid == "3"

    turns = Turns()
    assert read_mailbox(url, lambda _: None, turns=turns) == Looked(taken=0, left=1)
    assert turns.waited == ["3", "2"]
    assert flags(mailbox) == {b"report 1": set(), b"broken": {"\\Seen"}, b"report 3": set()}
