"""The signatures of one mailbox under one letter, taken together."""

from __future__ import annotations

import uuid

import pytest

from tests.builders import confirmed, link_of, listed, published_letter, signed
from undersigned.letters.models import Letter
from undersigned.signatures.mailboxes import (
    NOT_ME,
    by_mailbox,
    has_begun,
    has_signed,
    is_disowned,
    mailbox_has_signed,
)
from undersigned.signatures.models import Signature, State
from undersigned.signatures.worker_keys import WorkerKeys


def of(*states: State, void_because: str = "") -> list[Signature]:
    return [Signature(state=state, void_because=void_because) for state in states]


@pytest.mark.parametrize(
    ("states", "signed_", "begun"),
    [
        ([], False, False),
        ([State.PENDING], False, True),
        ([State.CONFIRMED], True, False),
        ([State.LISTED, State.PENDING], True, True),
        ([State.DECLINED, State.WITHDRAWN, State.VOID], False, False),
    ],
)
def test_where_a_mailbox_stands(states: list[State], signed_: bool, begun: bool) -> None:
    assert (has_signed(of(*states)), has_begun(of(*states))) == (signed_, begun)


def test_only_its_owner_disowns_a_mailbox() -> None:
    assert is_disowned(of(State.VOID, void_because=NOT_ME)) is True
    assert is_disowned(of(State.VOID, void_because="fraud")) is False


def test_signatures_are_grouped_by_letter_and_mailbox() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    rows = [
        Signature(letter_id=letter, address_index=index)
        for letter, index in [(one, b"a"), (other, b"a"), (one, memoryview(b"a")), (one, b"b")]
    ]

    assert by_mailbox(rows) == {
        (one, b"a"): [rows[0], rows[2]],
        (other, b"a"): [rows[1]],
        (one, b"b"): [rows[3]],
    }


@pytest.mark.django_db
def test_a_signature_knows_whether_another_of_its_mailbox_was_confirmed(
    letter: Letter, keys: WorkerKeys
) -> None:
    waiting = signed(letter, address="ana@example.org")
    assert mailbox_has_signed(waiting) is False
    link_of(waiting, keys)
    elsewhere = published_letter(keys)
    listed(elsewhere, keys, address="ana@example.org")
    confirmed(letter, keys, address="ben@example.org")
    waiting.refresh_from_db()
    assert mailbox_has_signed(waiting) is False

    first = confirmed(letter, keys, address="ANA+1@example.org")

    assert mailbox_has_signed(waiting) is True
    assert mailbox_has_signed(first) is False
