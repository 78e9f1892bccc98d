"""The page on which an organisation's published contact says whether a signature is theirs."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.builders import confirmed, listed, mails
from undersigned.letters.models import Letter
from undersigned.signatures.authority.asking_contact import ask_contact
from undersigned.signatures.deciding import By
from undersigned.signatures.models import AuthorityCheck, Kind, Signature, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key


@pytest.fixture
def signature(letter: Letter, keys: WorkerKeys) -> Signature:
    return listed(letter, keys, kind=Kind.ORGANISATION, name="Quiet Media", role="Director")


def link_to(letter: Letter, signature: Signature, keys: WorkerKeys) -> str:
    prepare_mail_key(keys.keyring)
    ask_contact(By(letter, "Bo"), signature.pk, "quiet.org", "info@quiet.org")
    match = re.search(r"(/[a-z-]+/ours/[\w-]+/)", mails(keys, topic="ask contact")[-1].text)
    assert match is not None
    return match[1]


def test_looking_changes_nothing(
    client: Client, letter: Letter, signature: Signature, keys: WorkerKeys
) -> None:
    link = link_to(letter, signature, keys)

    page = client.get(link)
    assert page.status_code == 200
    assert "whose website is at <bdi>quiet.org</bdi>" in page.content.decode()
    assert "It is listed as <bdi>Quiet Media</bdi>." in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert AuthorityCheck.objects.get().outcome == ""


def test_yes(client: Client, letter: Letter, signature: Signature, keys: WorkerKeys) -> None:
    link = link_to(letter, signature, keys)

    page = client.post(link, {"answer": "yes"}, follow=True)
    assert page.redirect_chain == [(link, 303)]
    assert "Thank you: it is yours" in page.content.decode()
    again = client.post(link, {"answer": "no"}, follow=True)
    assert "Thank you: it is yours" in again.content.decode()
    assert Signature.objects.get().state == State.LISTED


def test_no(client: Client, letter: Letter, signature: Signature, keys: WorkerKeys) -> None:
    link = link_to(letter, signature, keys)

    page = client.post(link, {"answer": "no"}, follow=True)
    assert "Thank you: it is not yours" in page.content.decode()
    assert Signature.objects.get().state == State.CONFIRMED
    assert "Quiet Media" not in client.get(link).content.decode()


def test_what_is_not_listed_is_not_named(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    signature = confirmed(letter, keys, kind=Kind.ORGANISATION, name="Canary", role="Director")

    page = client.get(link_to(letter, signature, keys))
    assert "Is this signature yours?" in page.content.decode()
    assert "Canary" not in page.content.decode()


def test_after_it_is_gone_there_is_nothing_to_answer(
    client: Client, letter: Letter, signature: Signature, keys: WorkerKeys
) -> None:
    link = link_to(letter, signature, keys)
    Signature.objects.update(state=State.WITHDRAWN)

    assert "This signature does not stand any more" in client.get(link).content.decode()


def test_an_unknown_link_is_not_found(client: Client, letter: Letter) -> None:
    assert client.get(f"/{letter.slug}/ours/{'x' * 22}/").status_code == 404
