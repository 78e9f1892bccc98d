"""The page behind the link that a partner is mailed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyrage
import pytest
from django.test import Client

from tests.partners import joined, with_key
from tests.signatures.partnered import asking, clear_folder, file_token, made
from undersigned.letters.models import Letter, LetterEvent, Partner
from undersigned.letters.partner_contacts import set_contact
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.models import PartnerFile
from undersigned.signatures.partner_files import path_of
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture(autouse=True)
def files_of_this_test() -> Iterator[None]:
    yield
    clear_folder(media_folder("partners"))


@pytest.fixture
def green(letter: Letter) -> Partner:
    partner = joined(letter)
    set_contact(partner, "files@green.example", actor="Ana")
    return partner


def mailed_path(partner: Partner, keys: WorkerKeys) -> str:
    """A file is made; where its mail leads."""
    made(partner, keys)
    return f"/letter/partner/{file_token(keys)}/"


def test_a_partner_fetches_its_file_by_a_button(
    client: Client, letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    identity: Any = with_key(green)
    asking(letter, keys, green, address="ana@example.org")
    path = mailed_path(green, keys)
    page = client.get(path)
    assert (page.status_code, "Download" in page.text) == (200, True)
    assert "<bdi>Green Union</bdi>" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert PartnerFile.objects.get().fetched_at is None
    answer = client.post(path)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert b"contact,ana@example.org" in pyrage.decrypt(content, [identity])
    assert PartnerFile.objects.get().fetched_at is not None
    event = LetterEvent.objects.get(act="fetch partner file")
    assert (event.actor, event.details) == ("partner", {"partner": "Green Union", "number": 1})


def test_what_is_gone_is_said(
    client: Client, letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    with_key(green)
    path = mailed_path(green, keys)
    path_of(PartnerFile.objects.get()).unlink()
    answer = client.post(path)
    assert (answer.status_code, "No file waits here at present." in answer.text) == (200, True)
    PartnerFile.objects.update(is_there=False)
    for answer in (client.get(path), client.post(path)):
        assert "No file waits here at present." in answer.text
        assert "<button>" not in answer.text


def test_another_link_gets_nothing(
    client: Client, letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    with_key(green)
    made(green, keys)
    for token in ("x" * 22, "cut"):
        for answer in (
            client.get(f"/letter/partner/{token}/"),
            client.post(f"/letter/partner/{token}/"),
        ):
            assert answer.status_code == 404
            assert "We do not know this link." in answer.text
            assert "Green" not in answer.text
    assert client.get(f"/nowhere/partner/{'x' * 22}/").status_code == 404
