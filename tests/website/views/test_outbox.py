"""Kept mail, for the person at this machine and for nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.builders import mails, signed
from undersigned.letters.models import Letter
from undersigned.mail.delivery import deliver_due
from undersigned.mail.kept import KeepingBackend
from undersigned.mail.models import Message
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture(autouse=True)
def data(site: Settings, tmp_path: Path) -> Path:
    site.DATA = tmp_path
    return tmp_path


@pytest.fixture
def kept(letter: Letter, keys: WorkerKeys, data: Path) -> str:
    """The address that a mail in the outbox went to."""
    signed(letter, address="ana@example.org")
    answer_pending(keys)
    assert [mail.to for mail in mails(keys)] == ["ana@example.org"]
    deliver_due(
        KeepingBackend(folder=data / "outbox"),
        lambda seal, message, purpose, sealed: keys.opener(seal).open(message, purpose, sealed),
    )
    assert Message.objects.get().state == "sent"
    return "ana@example.org"


def test_mail_can_be_read_here(client: Client, kept: str) -> None:
    page = client.get("/outbox/")
    assert page.status_code == 200
    assert kept in page.text
    assert "/letter/confirm/" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_an_empty_outbox_says_what_to_do(client: Client) -> None:
    assert "No mail yet. Sign a letter" in client.get("/outbox/").text


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_from_this_machine(client: Client, kept: str, address: str) -> None:
    assert client.get("/outbox/", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize("address", ["203.0.113.7", "10.0.0.1", "2001:db8::1", "", "unix:"])
def test_from_no_other(client: Client, kept: str, address: str) -> None:
    response = client.get("/outbox/", REMOTE_ADDR=address)
    assert response.status_code == 404
    assert kept not in response.text


@pytest.mark.parametrize(
    "header",
    ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"],
)
def test_not_through_a_proxy(client: Client, kept: str, header: str) -> None:
    assert client.get("/outbox/", headers={header: "127.0.0.1"}).status_code == 404


def test_not_when_mail_is_delivered(client: Client, kept: str, site: Settings) -> None:
    site.MAIL_IS_DELIVERED = True
    assert client.get("/outbox/").status_code == 404


def test_not_when_the_site_is_public(client: Client, kept: str, site: Settings) -> None:
    site.SITE_ON_LOOPBACK = False
    assert client.get("/outbox/").status_code == 404


def test_not_under_another_name(client: Client, kept: str) -> None:
    """A name that somebody else's server lets point here (DNS rebinding)."""
    response = client.get("/outbox/", headers={"Host": "evil.example:8000"})
    assert response.status_code == 400
    assert kept not in response.text
