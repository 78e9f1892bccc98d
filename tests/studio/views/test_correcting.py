"""A slip in somebody's entry is put right, and taken back."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from tests.builders import confirmed, listed
from tests.studio.people import Colleague
from undersigned.letters.models import Letter
from undersigned.signatures.correcting import apply_corrections
from undersigned.signatures.models import Correction, Kind, Signature, State, Visibility
from undersigned.signatures.preparing_cases import prepare_cases
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def row(letter: Letter, keys: WorkerKeys) -> Signature:
    return listed(letter, keys, name="Ana Exmaple", title="Poet", country="DE")


def address(letter: Letter, row: Signature) -> str:
    return f"/studio/letters/{letter.slug}/signatures/{row.pk}/"


def test_a_name_is_corrected_and_the_correction_taken_back(
    owner: Colleague, letter: Letter, row: Signature, keys: WorkerKeys
) -> None:
    there = address(letter, row)
    form = owner.get(f"{there}correct/").text
    assert 'value="Ana Exmaple"' in form
    assert 'name="website"' not in form
    filled = {"name": "Ana Example", "title": "Poet", "country": "DE"}
    page = owner.post(f"{there}correct/", filled, follow=True).text
    assert "Corrected. The list follows within seconds; the original is kept." in page
    assert "Applied within seconds." in page
    apply_corrections(keys)
    page = owner.get(there).text
    assert "<h1><bdi>Ana Example</bdi></h1>" in page
    assert "Applied. The original is kept." in page
    (withdraw,) = re.findall(r'action="([^"]+/withdraw/)"', page)
    page = owner.post(withdraw, follow=True).text
    assert "The correction is taken back." in page
    assert "Taken back." in page
    apply_corrections(keys)
    assert "<h1><bdi>Ana Exmaple</bdi></h1>" in owner.get(there).text
    assert "was taken back already" in owner.post(withdraw, follow=True).text


def test_what_reads_like_that_already_is_left_alone(
    owner: Colleague, letter: Letter, row: Signature
) -> None:
    filled = {"name": "Ana Exmaple", "title": "Poet", "country": "DE"}
    page = owner.post(f"{address(letter, row)}correct/", filled, follow=True).text
    assert "Nothing to correct: it reads like that already." in page
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({"name": ""}, "Fill this in."),
        ({"name": "Ana", "title": "x" * 121}, "Shorten it to 120 characters."),
        ({"name": "Ana", "affiliation": "ana@example.org"}, "E-mail addresses belong"),
        ({"name": "Ana", "place": "www.example.org"}, "This contains a web address."),
    ],
)
def test_what_cannot_stand_on_the_list_is_said(
    owner: Colleague, letter: Letter, row: Signature, filled: dict[str, str], sentence: str
) -> None:
    answer = owner.post(f"{address(letter, row)}correct/", filled)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_an_organisations_website_is_corrected(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, name="Trust", kind=Kind.ORGANISATION, role="Chair")
    there = f"{address(letter, row)}correct/"
    assert (
        "This is not a web address."
        in owner.post(there, {"name": "Trust", "website": "no site"}).text
    )
    owner.post(there, {"name": "Trust", "website": "trust.example.org"})
    apply_corrections(keys)
    row.refresh_from_db()
    assert row.website == "https://trust.example.org"


def test_of_a_sealed_name_only_the_place_is_corrected(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, name="Canary", choice=Visibility.COUNTED)
    page = owner.get(f"{address(letter, row)}correct/").text
    assert "The name is sealed here." in page
    assert 'name="name"' not in page
    owner.post(f"{address(letter, row)}correct/", {"country": "FR"})
    apply_corrections(keys)
    row.refresh_from_db()
    assert (row.country, row.name) == ("FR", "")


def test_what_waits_is_corrected_from_what_the_worker_prepared(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    row = confirmed(letter, keys, name="Unoin", kind=Kind.ORGANISATION, role="Chair")
    prepare_cases(keys)
    there = f"{address(letter, row)}correct/"
    assert 'value="Unoin"' in owner.get(there).text
    owner.post(there, {"name": "Union"})
    apply_corrections(keys)
    prepare_cases(keys)
    queue = owner.get(f"/studio/letters/{letter.slug}/queue/").text
    assert "<h2><bdi>Union</bdi></h2>" in queue


def test_what_stands_no_more_is_not_corrected(
    owner: Colleague, letter: Letter, row: Signature
) -> None:
    Signature.objects.filter(pk=row.pk).update(state=State.WITHDRAWN)
    page = owner.post(f"{address(letter, row)}correct/", {"name": "Ana"}, follow=True).text
    assert "Nothing was corrected: this signature does not stand any more." in page
    assert owner.get(f"/studio/letters/{letter.slug}/signatures/{uuid4()}/").status_code == 404


def test_without_the_letters_key_nothing_is_corrected(
    owner: Colleague, letter: Letter, row: Signature
) -> None:
    Letter.objects.filter(pk=letter.pk).update(sealing_key=b"")
    page = owner.post(f"{address(letter, row)}correct/", {"name": "Ana"}, follow=True).text
    assert "names cannot be sealed at the moment" in page
