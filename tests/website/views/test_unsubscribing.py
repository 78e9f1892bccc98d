"""Out of updates: by a button, and by one click in a mail program."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.builders import listed, mails, published_letter, text
from tests.signatures.behind_links import unsubscribe_token
from undersigned.letters.models import Letter
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.models import Signature, SignerRequest
from undersigned.signatures.worker_keys import WorkerKeys

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def letter(keys: WorkerKeys, db: None) -> Letter:
    return published_letter(keys, "letter", texts=[text("en"), text("ar")])


@pytest.fixture
def reader(letter: Letter, keys: WorkerKeys) -> Signature:
    return listed(letter, keys, consent_updates=True, language="ar")


@pytest.fixture
def path(reader: Signature, keys: WorkerKeys) -> str:
    return f"/letter/unsubscribe/{unsubscribe_token(reader, keys)}/"


def still_asks(reader: Signature) -> bool:
    reader.refresh_from_db()
    return reader.consent_updates


def test_looking_changes_nothing(client: Client, path: str, reader: Signature) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "<html lang=ar dir=rtl>" in response.text
    assert "<form method=post>" in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert client.head(path).status_code == 200
    assert still_asks(reader) is True


def test_the_button(client: Client, path: str, reader: Signature) -> None:
    response = client.post(path, headers={"Sec-Fetch-Site": "same-origin"})
    assert (response.status_code, response.headers["Location"]) == (303, path)
    assert still_asks(reader) is False
    page = client.get(path).text
    assert "<form" not in page
    assert "role=status" in page
    assert client.post(path).status_code == 303


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_one_click_of_a_mail_program(path: str, reader: Signature, kind: str) -> None:
    body = (
        "List-Unsubscribe=One-Click"
        if "urlencoded" in kind
        else '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
        "One-Click\r\n--x--\r\n"
    )
    response = Client().post(path, body, content_type=kind)
    assert (response.status_code, response.content) == (200, b"")
    assert still_asks(reader) is False
    assert Client().post(path, body, content_type=kind).status_code == 200


def test_another_site_cannot_press_it(client: Client, path: str, reader: Signature) -> None:
    response = client.post(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert still_asks(reader) is True


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("cut", [slice(None, -2), slice(3, None)])
def test_an_altered_link_does_nothing(
    client: Client, path: str, reader: Signature, method: str, cut: slice
) -> None:
    token = path.split("/")[3]
    altered = f"/letter/unsubscribe/{token[cut]}xx/"
    response = getattr(client, method)(altered, **({"data": ONE_CLICK} if method == "post" else {}))
    assert response.status_code == 404
    assert "This link does not work" in response.text
    assert still_asks(reader) is True


def test_of_another_letter_it_does_nothing(
    client: Client, path: str, reader: Signature, keys: WorkerKeys
) -> None:
    published_letter(keys, "other")
    assert client.post(path.replace("/letter/", "/other/"), ONE_CLICK).status_code == 404
    assert still_asks(reader) is True


def test_it_can_do_nothing_else(client: Client, path: str, reader: Signature) -> None:
    token = path.split("/")[3]
    for other, status in ((f"/letter/yours/{token}/", 200), (f"/letter/confirm/{token}/", 404)):
        assert client.get(other).status_code == status
        client.post(other, {"choice": "leave"})
    reader.refresh_from_db()
    assert reader.state == "listed"


def test_whoever_gets_an_update_passed_on_sees_nothing_of_its_reader(
    client: Client, path: str, letter: Letter, keys: WorkerKeys, reader: Signature
) -> None:
    """The other link of an update: all it does is to mail its reader a link of their own."""
    Letter.objects.update(contacts={"general": "hello@example.org"})
    page = path.replace("unsubscribe", "yours")
    answer = client.get(page)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "<html lang=ar dir=rtl>" in answer.text
    assert "Ana" not in answer.text
    for choice in ("erase", "hide", "leave", "link"):
        sent = client.post(page, {"choice": choice}, headers={"Sec-Fetch-Site": "same-origin"})
        assert (sent.status_code, sent.headers["Location"]) == (303, "/ar/yours/sent/")
    assert client.get(f"{page}held.json").status_code == 404
    assert [one.act for one in SignerRequest.objects.all()] == ["link"]
    answer_signers(keys)
    [mail] = mails(keys, topic="links")
    [own] = re.findall(r"/letter/yours/\S+", mail.text)
    assert "Ana Example" in client.get(own).text
    again = client.post(page)  # within a week: the same answer, and no further mail
    assert (again.status_code, again.headers["Location"]) == (303, "/ar/yours/sent/")
    assert not SignerRequest.objects.exists()
    Signature.objects.update(sealed_address=None)
    assert "<form" not in client.get(page).text
    assert "mailto:hello@example.org" in client.get(page).text
    Letter.objects.update(contacts={})
    assert "mailto:" not in client.get(page).text
