"""Leaving, behind a signer's own link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import listed
from tests.signatures.behind_links import own_link
from undersigned.letters.models import Letter
from undersigned.signatures.appearing import appear
from undersigned.signatures.erasing import erase
from undersigned.signatures.leaving import leave, unlist
from undersigned.signatures.models import Signature, SignerLink, SignerRequest, State
from undersigned.signatures.signatories import Withdrawn, withdrawn_openly
from undersigned.signatures.worker_keys import WorkerKeys


def test_what_the_list_showed_goes(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana Canary", title="Teacher")
    token = own_link(row, keys)
    assert [leave(token), leave(token)] == [True, True]
    row.refresh_from_db()
    assert (row.state, row.name, row.title, row.search) == ("withdrawn", "", "", "")
    assert bytes(row.sort_key) == b""


def test_who_was_declined_may_leave_too(letter: Letter, keys: WorkerKeys) -> None:
    token = own_link(listed(letter, keys), keys)
    Signature.objects.update(state=State.DECLINED)
    assert leave(token) is True
    assert Signature.objects.get().state == State.WITHDRAWN


def test_a_wish_to_be_shown_goes_too(letter: Letter, keys: WorkerKeys) -> None:
    token = own_link(listed(letter, keys, choice="counted"), keys)
    appear(token, "public")
    leave(token)
    assert not SignerRequest.objects.exists()


def test_what_is_over_cannot_be_left(letter: Letter, keys: WorkerKeys) -> None:
    token = own_link(listed(letter, keys), keys)
    Signature.objects.update(state=State.VOID, void_because="duplicate")
    assert leave(token) is False


def test_an_old_or_unknown_link_does_nothing(letter: Letter, keys: WorkerKeys) -> None:
    token = own_link(listed(letter, keys), keys)
    SignerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert [leave(token), leave("A" * 22), unlist(token)] == [False, False, False]
    assert Signature.objects.get().state == State.LISTED


@pytest.mark.parametrize(
    ("policy", "openly", "is_told"),
    [
        ("quiet", True, False),
        ("choice", False, False),
        ("choice", True, True),
        ("open", False, True),
    ],
)
def test_whether_it_is_told_is_up_to_the_letter(
    letter: Letter, keys: WorkerKeys, policy: str, openly: bool, is_told: bool
) -> None:
    Letter.objects.update(withdrawals=policy)
    row = listed(letter, keys, name="Ana Example", title="Teacher")
    assert leave(own_link(row, keys), openly=openly) is True
    row.refresh_from_db()
    today = timezone.now().date()
    assert (row.name, row.withdrawn_on) == (("Ana Example", today) if is_told else ("", None))
    assert (row.title, row.search) == ("", "")
    letter.refresh_from_db()
    assert withdrawn_openly(letter) == ([Withdrawn("Ana Example", today)] if is_told else [])


@pytest.mark.parametrize("choice", ["initials", "recipient", "counted"])
def test_a_name_that_was_not_shown_leaves_no_trace(
    letter: Letter, keys: WorkerKeys, choice: str
) -> None:
    Letter.objects.update(withdrawals="open")
    row = listed(letter, keys, choice=choice)
    leave(own_link(row, keys), openly=True)
    row.refresh_from_db()
    assert (row.name, row.withdrawn_on) == ("", None)


def test_who_is_erased_is_not_listed_as_withdrawn(letter: Letter, keys: WorkerKeys) -> None:
    Letter.objects.update(withdrawals="open")
    row = listed(letter, keys)
    leave(own_link(row, keys))
    erase([row.pk], timezone.now(), actor="signer")
    row.refresh_from_db()
    assert (row.name, row.withdrawn_on) == ("", None)
