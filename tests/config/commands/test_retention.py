"""`undersigned retention`: what is past its time."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.builders import signed
from tests.config.commands.conftest import Run
from undersigned.letters.models import Letter
from undersigned.signatures.models import Signature, State
from undersigned.vault.keys import Keyring

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(letter: Letter) -> None:
    """One signature that is past its time, and one that is not; and one that stands."""
    Letter.objects.update(addresses_until=date(2099, 3, 1))
    Signature.objects.filter(pk=signed(letter).pk).update(state=State.LISTED, name="Ana")
    for days in (15, 1):
        signature = signed(letter)
        at = timezone.now() - timedelta(days=days)
        Signature.objects.filter(pk=signature.pk).update(created_at=at)


def test_it_says_what_would_go_and_changes_nothing(undersigned: Run, two: None) -> None:
    done = undersigned("retention")
    next_one = timezone.now() + timedelta(days=13)
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "letter: signatures that nobody has confirmed, kept for 14 days: 2, of which 1 past "
        f"their time; the next on {next_one:%d %B %Y}.\n"
        "letter: addresses of those who did not ask to hear more, kept for 30 days: 1, of which 0 "
        "past their time.\n"
        "letter: all addresses, with the letter's key: 3, of which 0 past their time; to go on "
        "01 March 2099.\n"
        "Rows of mail that was dealt with, kept for 30 days: 0, of which 0 past their time.\n"
        "Marks of addresses that were mailed, kept for 7 days: 0, of which 0 past their time.\n"
        "Marks of mailboxes that are gone, kept for 365 days: 0, of which 0 past their time.\n"
        "Nothing was changed. Forget it at once with: undersigned retention --now\n"
    )
    assert Signature.objects.count() == 3


def test_it_forgets_when_asked(undersigned: Run, two: None) -> None:
    done = undersigned("retention", "--now")
    assert "2, of which 1 forgotten now" in done.out
    assert Signature.objects.count() == 2
    assert undersigned("retention").out.endswith("Nothing is past its time.\n")


def test_it_tells_machines(undersigned: Run, two: None) -> None:
    told = json.loads(undersigned("retention", "--json").out)
    assert told["forgotten"] is False
    row, _, end, mail, _, _ = told["kept"]
    assert (row["letter"], row["days"], row["kept"], row["due"]) == ("letter", 14, 2, 1)
    assert row["next"] is not None
    assert (end["days"], end["next"]) == (None, "2099-03-01T00:00:00+00:00")
    assert mail["next"] is None


def test_a_key_that_cannot_be_destroyed_is_said(
    undersigned: Run, two: None, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(keyring: Keyring, letter: object) -> None:
        raise PermissionError(13, "Permission denied")

    Letter.objects.update(addresses_until=timezone.now().date() - timedelta(days=2))
    monkeypatch.setattr(Keyring, "destroy_letter_key", refused)
    done = undersigned("retention", "--now")
    assert done.status == 1
    assert "could not be destroyed (Permission denied). Run this as the worker's user." in done.err
