"""The registry of organisations under a letter's parts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.builders import listed, published_letter
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures import organisations
from undersigned.signatures.deciding import By
from undersigned.signatures.models import Kind, Organisation, Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team


@pytest.fixture
def url(letter: Letter) -> str:
    return f"/studio/letters/{letter.slug}/organisations/"


@pytest.fixture
def trust(letter: Letter) -> Organisation:
    return organisations.register(
        By(letter, "Bo"), "Example Trust", website="https://trust.example.org", country="DE"
    )


def names(page: str) -> list[str]:
    return re.findall(r"<th scope=row><a [^>]*><bdi>(.*?)</bdi>", page)


def test_the_registry_is_found_through(owner: Colleague, url: str, trust: Organisation) -> None:
    page = owner.get(url).text
    assert names(page) == ["Example Trust"]
    assert "trust.example.org" in page
    assert "Germany" in page
    assert names(owner.get(f"{url}?q=trúst").text) == ["Example Trust"]
    assert "Nothing fits this filter." in owner.get(f"{url}?q=union").text


def test_an_empty_registry_says_why(owner: Colleague, url: str) -> None:
    assert "The registry is empty." in owner.get(url).text


def test_an_organisation_is_entered(owner: Colleague, url: str) -> None:
    filled = {"name": "Example Union", "website": "union.example.org", "country": "FR"}
    page = owner.post(f"{url}new/", filled, follow=True).text
    assert "Entered in the registry." in page
    assert "<h1><bdi>Example Union</bdi></h1>" in page
    assert "France" in page


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({"name": "www.example.org"}, "This contains a web address."),
        ({"name": "Union", "website": "localhost"}, "This is no domain of its own"),
        ({"name": "Union", "website": "trust.example.org"}, "Another entry has this domain."),
        ({"name": ""}, "Fill this in."),
    ],
)
def test_what_cannot_be_entered_is_said(
    owner: Colleague, url: str, trust: Organisation, filled: dict[str, str], sentence: str
) -> None:
    answer = owner.post(f"{url}new/", filled)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_names_domains_and_the_published_address_are_added(
    owner: Colleague, url: str, trust: Organisation
) -> None:
    there = f"{url}{trust.pk}/"
    assert owner.get(there).status_code == 200
    for sent in (
        {"what": "alias", "alias": "Beispiel-Stiftung"},
        {"what": "domain", "website": "stiftung.example.org"},
        {"what": "contact", "contact": "info@trust.example.org"},
    ):
        page = owner.post(there, sent, follow=True).text
        assert "Noted in the registry." in page
    assert "<bdi>Beispiel-Stiftung</bdi>" in page
    assert "trust.example.org, stiftung.example.org" in page
    assert 'value="info@trust.example.org"' in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"what": "alias", "alias": ""}, "Fill this in."),
        ({"what": "domain", "website": "localhost"}, "This is no domain of its own"),
        ({"what": "contact", "contact": "nobody"}, "This is not an e-mail address"),
    ],
)
def test_what_cannot_be_added_is_said_at_its_field(
    owner: Colleague, url: str, trust: Organisation, sent: dict[str, str], sentence: str
) -> None:
    answer = owner.post(f"{url}{trust.pk}/", sent)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_there_is_an_end_to_names(
    owner: Colleague, url: str, trust: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisations, "MOST_ALIASES", 0)
    answer = owner.post(f"{url}{trust.pk}/", {"what": "alias", "alias": "Stiftung"})
    assert "The entry has as many as it can have." in answer.text


def test_two_entries_are_merged_after_a_question(
    owner: Colleague, url: str, trust: Organisation, letter: Letter, keys: WorkerKeys
) -> None:
    other = organisations.register(By(letter, "Bo"), "Exmaple Trust")
    row = listed(letter, keys, kind=Kind.ORGANISATION, role="Chair", name="Exmaple Trust")
    Signature.objects.filter(pk=row.pk).update(organisation=other)
    there = f"{url}{trust.pk}/"
    page = owner.get(f"{there}?q=exmaple").text
    assert f"{there}merge/?other={other.pk}" in page
    assert "No other entry fits." in owner.get(f"{there}?q=union").text
    asked = owner.get(f"{there}merge/?other={other.pk}").text
    assert "Merge “Exmaple Trust” into “Example Trust”?" in asked
    assert "So does 1 signature, under all letters." in asked
    page = owner.post(f"{there}merge/", {"other": other.pk}, follow=True).text
    assert "Merged: names, domains and signatures are with the one that stays." in page
    assert "<bdi>Exmaple Trust</bdi>" in page
    assert owner.get(f"{url}{other.pk}/").headers["Location"] == there
    again = owner.post(f"{there}merge/", {"other": other.pk}, follow=True).text
    assert "Nothing was merged: one of the two is not there any more." in again


def test_too_many_names_are_not_merged(
    owner: Colleague,
    url: str,
    trust: Organisation,
    letter: Letter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = organisations.register(By(letter, "Bo"), "Union")
    monkeypatch.setattr(organisations, "MOST_ALIASES", 0)
    there = f"{url}{trust.pk}/merge/"
    assert "too many names" in owner.post(there, {"other": other.pk}, follow=True).text


def test_signatures_of_this_letter_and_of_others_are_counted_apart(
    owner: Colleague, url: str, trust: Organisation, letter: Letter, keys: WorkerKeys
) -> None:
    there = f"{url}{trust.pk}/"
    assert "It has not signed this letter." in owner.get(there).text
    rows: list[Any] = [
        listed(one, keys, kind=Kind.ORGANISATION, role="Chair", name="Example Trust")
        for one in (letter, published_letter(keys))
    ]
    Signature.objects.filter(pk__in=[row.pk for row in rows]).update(organisation=trust)
    page = owner.get(there).text
    assert f'/signatures/{rows[0].pk}/"><bdi>Example Trust</bdi>' in page
    assert "It has 1 signature under other letters." in page


def test_who_moderates_one_letter_reads_the_registry_but_does_not_keep_it(
    team: Team, url: str, trust: Organisation, letter: Letter
) -> None:
    guest = signed_in(somebody("Gil", Role.MODERATOR, team, letter=letter.pk))
    page = guest.get(f"{url}{trust.pk}/").text
    assert "Add to the entry" not in page
    assert "New entry" not in guest.get(url).text
    guest.post(f"{url}{trust.pk}/", {"what": "alias", "alias": "Stiftung"})
    trust.refresh_from_db()
    assert trust.aliases == []
    assert guest.get(f"{url}new/").status_code == 403


def test_a_long_registry_costs_as_many_queries_as_a_short_one(
    owner: Colleague, url: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Organisation.objects.bulk_create(Organisation(name=f"Trust {n}") for n in range(3))
    owner.get(url)
    with CaptureQueriesContext(connection) as few:
        owner.get(url)
    Organisation.objects.bulk_create(Organisation(name=f"Union {n}") for n in range(60))
    with django_assert_num_queries(len(few)):
        assert len(names(owner.get(url).text)) == 50
    assert len(few) <= 20


def test_what_other_teams_rely_on_is_said_and_stays(
    owner: Colleague, url: str, trust: Organisation, letter: Letter, keys: WorkerKeys
) -> None:
    theirs = published_letter(keys, team=Team.objects.create(name="Elsewhere"))
    signed = listed(theirs, keys, kind=Kind.ORGANISATION)
    Signature.objects.filter(pk=signed.pk).update(organisation=trust)
    Letter.objects.filter(pk=theirs.pk).update(state=LetterState.GATHERING)
    entry = f"{url}{trust.pk}/"
    assert "under other letters" not in owner.get(entry).text  # nobody knows of it yet
    refused = owner.post(entry, {"what": "domain", "website": "https://evil.example.com"})
    assert refused.status_code == 422
    assert "signatures under letters of other teams stand with this entry" in refused.text
    other = Organisation.objects.create(name="Another Trust", search="another trust")
    merged = owner.post(f"{url}{other.pk}/merge/", {"other": trust.pk}, follow=True)
    assert "Whoever runs the site can change it." in merged.text
    trust.refresh_from_db()
    assert (trust.merged_into_id, "evil.example.com" in trust.domains) == (None, False)
