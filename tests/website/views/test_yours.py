"""The signer's own page behind a link in a notice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import listed, mails, published_letter, text, worker_keys
from undersigned.letters.models import EditionChange, Letter, LetterState
from undersigned.letters.publishing import publish
from undersigned.signatures.models import Signature, SignerLink, State
from undersigned.signatures.notices import write_notices
from undersigned.signatures.renewing import ask_to_renew
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys, db: None) -> Letter:
    return published_letter(keys, slug="changed")


@pytest.fixture
def path(letter: Letter, keys: WorkerKeys) -> str:
    """The page of Ana, who signed before the text was changed."""
    listed(letter, keys)
    publish(letter, [text(title="New")], actor="Bo", change=EditionChange.SUBSTANTIVE, note="Why")
    ask_to_renew(timezone.now())
    write_notices(keys)
    token = mails(keys, topic="renew")[0].text.partition("/yours/")[2].partition("/")[0]
    return f"/changed/yours/{token}/"


def state() -> str:
    return Signature.objects.get().state


def test_it_shows_what_was_signed_and_what_there_is_to_choose(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "<bdi>Ana Example</bdi>" in answer.text
    assert "Why" in answer.text
    assert "Put my signature under the present text" in answer.text


def test_looking_changes_nothing(client: Client, path: str) -> None:
    for _ in range(2):
        client.get(path)
    assert state() == State.LISTED
    assert Signature.objects.get().edition.number == 1


def test_renewing(client: Client, path: str) -> None:
    assert client.post(path, {"choice": "renew"}).status_code == 303
    assert Signature.objects.get().edition.number == 2
    assert "Your signature stands under this letter." in client.get(path).text


def test_leaving(client: Client, path: str) -> None:
    assert client.post(path, {"choice": "leave"}).status_code == 303
    assert state() == State.WITHDRAWN
    page = client.get(path).text
    assert "Your signature is withdrawn" in page
    assert "Ana Example" not in page


def test_a_press_that_chooses_nothing_changes_nothing(client: Client, path: str) -> None:
    assert client.post(path, {"choice": "both"}).status_code == 303
    assert state() == State.LISTED


def test_a_closed_letter_can_be_left_but_not_renewed(client: Client, path: str) -> None:
    Letter.objects.update(state=LetterState.CLOSED)
    page = client.get(path).text
    assert "Put my signature" not in page
    assert "Take back my signature" in page


def test_an_old_link_says_so(client: Client, path: str) -> None:
    SignerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "This link is too old" in client.get(path).text


def test_a_signature_that_was_declined_says_so(client: Client, path: str) -> None:
    Signature.objects.update(state=State.DECLINED)
    assert "This signature does not stand any more" in client.get(path).text


@pytest.mark.parametrize("token", ["A" * 22, "short", "A" * 21 + "%20"])
def test_no_such_link(client: Client, letter: Letter, token: str) -> None:
    assert client.get(f"/changed/yours/{token}/").status_code == 404
    assert client.post(f"/changed/yours/{token}/", {"choice": "leave"}).status_code == 404


def test_a_link_that_opens_nothing_is_no_link(client: Client, path: str) -> None:
    SignerLink.objects.update(sealed_details=b"altered")
    assert client.get(path).status_code == 404
