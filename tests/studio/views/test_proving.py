"""Organisations are asked to show that a signature is theirs."""

from __future__ import annotations

import re

import pytest

from tests.builders import confirmed, listed
from tests.studio.people import Colleague
from undersigned.letters.models import Letter
from undersigned.signatures.deciding import By
from undersigned.signatures.models import AuthorityCheck, Kind, Notice, Signature
from undersigned.signatures.organisations import register
from undersigned.signatures.preparing_cases import prepare_cases
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Installation


@pytest.fixture
def row(letter: Letter, keys: WorkerKeys) -> Signature:
    row = confirmed(
        letter,
        keys,
        name="Example Trust",
        kind=Kind.ORGANISATION,
        role="Chair",
        website="https://trust.example.org",
        address="chair@example.com",
    )
    prepare_cases(keys)
    return row


@pytest.fixture
def there(letter: Letter, row: Signature) -> str:
    return f"/studio/letters/{letter.slug}/signatures/{row.pk}/"


def test_a_record_in_the_dns_is_asked_for_and_looked_for(
    owner: Colleague, there: str, row: Signature
) -> None:
    form = owner.get(f"{there}proof/").text
    assert "Example Trust" in form
    assert 'value="trust.example.org"' in form
    page = owner.post(
        f"{there}proof/", {"method": "dns", "domain": "trust.example.org"}, follow=True
    ).text
    assert "Ask the signer for a record in the DNS of the domain: <bdi>trust.example.org" in page
    assert Notice.objects.get(signature=row).topic == "proof"
    (look_now,) = re.findall(r'action="([^"]+/now/)"', page)
    page = owner.post(look_now, {"back": there}, follow=True).text
    assert "The worker looks within seconds." in page
    AuthorityCheck.objects.update(outcome="found", check_at=None)
    assert "There is nothing to look for" in owner.post(look_now, follow=True).text


def test_the_published_address_is_written_to(
    owner: Colleague, there: str, keys: WorkerKeys
) -> None:
    sent = {"method": "message", "domain": "trust.example.org"}
    answer = owner.post(f"{there}proof/", sent)
    assert answer.status_code == 422
    assert "Enter the address that the organisation publishes." in answer.text
    for contact, sentence in (
        ("nobody", "This is not an e-mail address."),
        ("info@elsewhere.example.org", "The address must be at the domain itself"),
    ):
        assert sentence in owner.post(f"{there}proof/", {**sent, "contact": contact}).text
    sent["contact"] = "info@trust.example.org"
    page = owner.post(f"{there}proof/", sent, follow=True).text
    assert "Write to the organisation’s published address: <bdi>trust.example.org" in page


def test_what_is_no_domain_is_said(owner: Colleague, there: str) -> None:
    answer = owner.post(f"{there}proof/", {"method": "well-known", "domain": "localhost"})
    assert answer.status_code == 422
    assert "This is not a domain of the public Internet" in answer.text


def test_people_are_not_asked(owner: Colleague, letter: Letter, keys: WorkerKeys) -> None:
    ana = listed(letter, keys)
    url = f"/studio/letters/{letter.slug}/signatures/{ana.pk}/"
    answer = owner.post(f"{url}proof/", {"method": "dns", "domain": "example.org"})
    assert "it is not the signature of an organisation that stands" in answer.text
    assert "Nothing was noted" in owner.post(f"{url}seen/", follow=True).text


def test_without_a_key_no_mail_is_written(owner: Colleague, there: str, letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(sealing_key=b"")
    Installation.objects.update(mail_key=b"")
    sent = {
        "method": "message",
        "domain": "trust.example.org",
        "contact": "info@trust.example.org",
    }
    assert "mail cannot be sealed at the moment" in owner.post(f"{there}proof/", sent).text


def test_a_moderator_notes_that_they_looked(owner: Colleague, there: str) -> None:
    page = owner.post(f"{there}seen/", {"back": there}, follow=True).text
    assert "Noted: a moderator looked at who signs." in page
    assert "Looked at by a moderator on " in page


def test_it_is_one_of_the_registry(owner: Colleague, there: str, letter: Letter) -> None:
    entry = register(By(letter, "Bo"), "Example Trust")
    page = owner.post(
        f"{there}registry/", {"organisation": entry.pk, "back": there}, follow=True
    ).text
    assert "Noted in the registry." in page
    assert "<dt>In the registry<dd><bdi>Example Trust</bdi>" in page
    gone = {"organisation": "00000000-0000-0000-0000-000000000000"}
    page = owner.post(f"{there}registry/", gone, follow=True).text
    assert "the registry has no such entry any more" in page


def test_there_is_an_end_to_messages(
    owner: Colleague, letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersigned.signatures.authority.asking_contact.MOST_A_DAY", 0)
    row = listed(letter, keys, kind=Kind.ORGANISATION)
    form = {"method": "message", "domain": "quiet.org", "contact": "info@quiet.org"}
    refused = owner.post(f"/studio/letters/{letter.slug}/signatures/{row.pk}/proof/", form)
    assert refused.status_code == 422
    assert "Nothing was sent. Try again tomorrow." in refused.text
