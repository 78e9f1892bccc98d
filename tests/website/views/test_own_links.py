"""Which letters did I sign here? The same answer for every address."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.builders import listed, mails
from undersigned.letters.models import Letter
from undersigned.signatures import asking
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.models import SignerRequest
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import INSTALLATION, prepare_mail_key
from undersigned.website.stamps import make_stamp


@pytest.fixture
def ready(letter: Letter, keys: WorkerKeys) -> WorkerKeys:
    """The installation has its key; Ana has signed."""
    prepare_mail_key(keys.keyring)
    listed(letter, keys, address="ana@example.org")
    return keys


def form(address: str) -> dict[str, str]:
    return {"email": address, "stamp": make_stamp(INSTALLATION, waited=True)}


def test_the_links_are_mailed(client: Client, ready: WorkerKeys) -> None:
    assert "Mail me the links" in client.get("/en/yours/").text
    answer = client.post("/en/yours/", form("ana@example.org"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/yours/sent/")
    assert "whether something was signed with it or not" in client.get("/en/yours/sent/").text
    answer_signers(ready)
    [mail] = mails(ready, topic="links")
    assert "/letter/yours/" in mail.text


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, ready: WorkerKeys) -> None:
    answers = [
        client.post("/en/yours/", form(address))
        for address in ("ana@example.org", "no@example.org")
    ]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)


def test_looking_asks_for_nothing(client: Client, ready: WorkerKeys) -> None:
    client.get("/en/yours/", {"email": "ana@example.org"})
    assert not SignerRequest.objects.exists()


def test_what_is_no_address_comes_back(client: Client, ready: WorkerKeys) -> None:
    answer = client.post("/en/yours/", form("ana at example"))
    assert answer.status_code == 422
    assert "This is not an e-mail address." in answer.text
    assert 'value="ana at example"' in answer.text


def test_a_form_without_our_stamp_is_shown_once_more(client: Client, ready: WorkerKeys) -> None:
    answer = client.post("/en/yours/", {"email": "ana@example.org"})
    assert answer.status_code == 422
    assert "press the button once more" in answer.text
    assert not SignerRequest.objects.exists()


def test_without_a_key_or_in_a_flood_nothing_is_stored(
    client: Client, letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.post("/en/yours/", form("ana@example.org")).status_code == 503
    prepare_mail_key(keys.keyring)
    monkeypatch.setattr(asking, "MOST_WAITING", 0)
    assert client.post("/en/yours/", form("ana@example.org")).status_code == 503
    assert not SignerRequest.objects.exists()


def test_it_speaks_arabic(client: Client, db: None) -> None:
    page = client.get("/ar/yours/").text
    assert "<html lang=ar dir=rtl>" in page


def test_the_front_page_leads_there(client: Client, db: None) -> None:
    assert "<a href=/en/yours/>Which letters did I sign here?</a>" in client.get("/en/").text
