"""What was seen of an organisation's authority stands beside it, as a sentence with its date."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.builders import listed
from undersigned.letters.models import Letter
from undersigned.signatures.authority.raising import raise_authority
from undersigned.signatures.models import Kind, Level, Signature
from undersigned.signatures.worker_keys import WorkerKeys

SENTENCE = "controlled quiet.org by DNS on 20 November 2026; role stated by the signatory"


@pytest.fixture
def organisation(letter: Letter, keys: WorkerKeys) -> Signature:
    return listed(letter, keys, kind=Kind.ORGANISATION, name="Quiet Media", role="Director")


@pytest.mark.parametrize("path", ["/letter/en/", "/letter/en/signatures/"])
def test_it_stands_beside_the_name(client: Client, organisation: Signature, path: str) -> None:
    assert "<small>controlled" not in client.get(path).content.decode()

    raise_authority(organisation.pk, Level.DNS, "quiet.org", date(2026, 11, 20))

    assert f"<small>{SENTENCE}</small>" in client.get(path).content.decode()


def test_it_is_explained_where_there_is_any(client: Client, organisation: Signature) -> None:
    words = "What stands in small letters beside an organisation"
    assert words not in client.get("/letter/en/").content.decode()

    raise_authority(organisation.pk, Level.DNS, "quiet.org", date(2026, 11, 20))

    assert words in client.get("/letter/en/").content.decode()


def test_the_date_is_in_the_language_of_the_page(client: Client, organisation: Signature) -> None:
    raise_authority(organisation.pk, Level.DNS, "quiet.org", date(2026, 11, 20))

    assert "20 de noviembre de 2026" in client.get("/letter/es/").content.decode()
