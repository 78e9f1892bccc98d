"""Links to signers' own pages: what they open, and for how long."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.builders import confirmed, link_of, listed, published_letter, signed
from tests.signatures.behind_links import own_link
from undersigned.letters.models import Letter
from undersigned.signatures.models import SignerLink
from undersigned.signatures.signer_links import find_own_page, forget_links, signature_behind
from undersigned.signatures.worker_keys import WorkerKeys


def test_a_link_opens_what_was_typed(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana Example", title="Teacher")
    token = own_link(row, keys)
    page = find_own_page(token, "banned")
    assert page is not None
    assert (page.details.name, page.details.title) == ("Ana Example", "Teacher")
    assert page.signature == row
    assert signature_behind(token, timezone.now()) == row.pk


def test_the_link_that_confirmed_is_one_too(letter: Letter, keys: WorkerKeys) -> None:
    row = confirmed(letter, keys)
    token = link_of(row, keys)
    page = find_own_page(token, "banned")
    assert page is not None
    days = (page.expires_at - timezone.now()) / timedelta(days=1)
    assert 59.9 < days < 60
    assert signature_behind(token, timezone.now()) == row.pk


def test_before_it_is_confirmed_there_is_no_such_page(letter: Letter, keys: WorkerKeys) -> None:
    token = link_of(signed(letter), keys)
    assert find_own_page(token, "banned") is None
    assert signature_behind(token, timezone.now()) is None


def test_a_link_of_another_letter_is_none(letter: Letter, keys: WorkerKeys) -> None:
    published_letter(keys, "other")
    token = own_link(listed(letter, keys), keys)
    assert find_own_page(token, "other") is None


def test_an_old_link_shows_and_does_nothing(letter: Letter, keys: WorkerKeys) -> None:
    token = own_link(listed(letter, keys), keys)
    later = timezone.now() + timedelta(days=60)
    page = find_own_page(token, "banned")
    assert page is not None
    assert [page.is_fresh(timezone.now()), page.is_fresh(later)] == [True, False]
    assert signature_behind(token, later) is None


def test_what_was_altered_opens_nothing(letter: Letter, keys: WorkerKeys) -> None:
    token = own_link(listed(letter, keys), keys)
    SignerLink.objects.update(sealed_details=b"altered")
    assert find_own_page(token, "banned") is None
    assert find_own_page("no token", "banned") is None


def test_a_year_after_its_end_a_link_is_forgotten(letter: Letter, keys: WorkerKeys) -> None:
    token = own_link(listed(letter, keys), keys)
    now = timezone.now()
    assert forget_links(now + timedelta(days=60 + 364)) == 0
    assert find_own_page(token) is not None
    assert forget_links(now + timedelta(days=60 + 366)) == 1
    assert find_own_page(token) is None
