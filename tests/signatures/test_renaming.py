"""Signers correct their names; where another person could come of it, somebody looks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.builders import confirmed, link_of, listed
from tests.signatures.behind_links import own_link
from tests.signatures.canaries import everything_stored
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.correcting import CannotCorrect, apply_corrections
from undersigned.signatures.deciding import By
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import Correction, Signature, SignerLink, State
from undersigned.signatures.renaming import (
    Renaming,
    count_waiting_names,
    name_of,
    rename,
    settle_name,
    waiting_names,
    waits_for_name,
)
from undersigned.signatures.rules import NameRefused
from undersigned.signatures.signer_links import find_own_page
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key, studio_opener
from undersigned.vault.open import Opener


@pytest.fixture(autouse=True)
def opener(letter: Letter) -> Opener:
    prepare_studio_key(settings.DATA / "web")
    return studio_opener(settings.DATA / "web")


def shown_name(row: Signature, keys: WorkerKeys) -> str:
    apply_corrections(keys)
    row.refresh_from_db()
    return row.name


def test_accents_and_capitals_change_at_once(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="ana example")
    token = own_link(row, keys)
    assert rename(token, " Ána  Example ") is Renaming.DONE
    assert shown_name(row, keys) == "Ána Example"
    assert rename(token, "Ана Ехампле") is Renaming.WAITS
    assert rename(token, "Ána Example") is Renaming.SAME
    assert not waits_for_name(row)


def test_who_is_hidden_sees_it_behind_their_link(letter: Letter, keys: WorkerKeys) -> None:
    row = confirmed(letter, keys, name="ana example", choice="counted")
    token = link_of(row, keys)
    rename(token, "Ana Example")
    page = find_own_page(token)
    assert page is not None
    assert name_of(page) == "Ana Example"
    list_confirmed(keys)
    assert Signature.objects.get().name == ""


def test_other_letters_wait_for_a_person(letter: Letter, keys: WorkerKeys, opener: Opener) -> None:
    row = listed(letter, keys, name="Ana Example")
    token = own_link(row, keys)
    assert rename(token, "Ana Canary") is Renaming.WAITS
    assert rename(token, "Bo Canary") is Renaming.WAITS
    assert "canary" not in everything_stored()
    assert shown_name(row, keys) == "Ana Example"
    assert waits_for_name(row)
    assert count_waiting_names(letter) == 1
    [wish] = waiting_names(letter, opener)
    assert (wish.before, wish.after, wish.signature) == ("Ana Example", "Bo Canary", row)

    settle_name(By(letter, "Mo"), wish.id, accept=True)

    assert shown_name(row, keys) == "Bo Canary"
    assert waiting_names(letter, opener) == []
    event = LetterEvent.objects.get(act="accept corrected name")
    assert (event.actor, event.details) == ("Mo", {"signature": str(row.pk)})


@pytest.mark.parametrize(
    ("before", "after"),
    [("王伟", "汪维"), ("李娜", "黎那"), ("Ana", "Аna"), ("Walter Erase", "Walter Erase ✔")],
)
def test_letters_of_another_script_and_signs_wait_too(
    letter: Letter, keys: WorkerKeys, before: str, after: str
) -> None:
    row = listed(letter, keys, name=before)
    assert rename(own_link(row, keys), after) is Renaming.WAITS
    assert shown_name(row, keys) == before


def test_a_name_may_be_left_as_it_was(letter: Letter, keys: WorkerKeys, opener: Opener) -> None:
    row = listed(letter, keys, name="Ana Example")
    rename(own_link(row, keys), "Somebody Else")
    [wish] = waiting_names(letter, opener)
    settle_name(By(letter, "Mo"), wish.id, accept=False)
    assert shown_name(row, keys) == "Ana Example"
    for accept in (True, False):
        with pytest.raises(CannotCorrect):
            settle_name(By(letter, "Mo"), wish.id, accept=accept)


def test_organisations_always_wait(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, kind="organisation", name="Example union")
    assert rename(own_link(row, keys), "Example Union") is Renaming.WAITS


def test_a_wish_that_cannot_be_read_is_still_there(
    letter: Letter, keys: WorkerKeys, opener: Opener
) -> None:
    rename(own_link(listed(letter, keys), keys), "Somebody Else")
    Correction.objects.update(sealed_for_studio=b"altered")
    assert [(one.before, one.after) for one in waiting_names(letter, opener)] == [("", "")]


def test_what_is_no_name_is_refused(letter: Letter, keys: WorkerKeys) -> None:
    token = own_link(listed(letter, keys), keys)
    for text in ("", "ana@example.org", "x" * 121):
        with pytest.raises(NameRefused):
            rename(token, text)
    assert not Correction.objects.exists()


def test_links_that_do_nothing(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys)
    token = own_link(row, keys)
    Signature.objects.update(state=State.DECLINED)
    assert [rename("A" * 22, "Bo"), rename(token, "Bo")] == [Renaming.UNKNOWN] * 2
    Signature.objects.update(state=State.LISTED)
    SignerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert rename(token, "Bo") is Renaming.UNKNOWN
