"""The list of all signatures, and one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.builders import confirmed, listed, published_letter, signed
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.signatures.counting import count_changes
from undersigned.signatures.deciding import By, decline, merge, void
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Kind, Signature, Visibility
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team


def names(page: str) -> list[str]:
    return re.findall(r"<th scope=row><a [^>]*><bdi>(.*?)</bdi>", page)


@pytest.fixture
def look(owner: Colleague, letter: Letter) -> Callable[..., str]:
    def get(path: str = "", **wanted: Any) -> str:
        response = owner.get(f"/studio/letters/{letter.slug}/signatures/{path}", wanted)
        assert response.status_code == 200
        return response.text

    return get


def test_the_listed_are_shown_the_latest_first(
    look: Callable[..., str], letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Ana Example", title="Poet", country="DE")
    listed(letter, keys, name="Bo Example")
    page = look()
    assert names(page) == ["Bo Example", "Ana Example"]
    assert "<small><bdi>Poet</bdi></small>" in page
    assert "<bdi>Germany</bdi>" in page
    assert "Signed on the page" in page


def test_each_state_has_its_tab_with_a_count(
    look: Callable[..., str], letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys)
    confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair")
    signed(letter)
    tabs = re.findall(r"state=(\w+)\"[^>]*>([^<]+) <b>(\d+)</b>", look())
    assert tabs == [
        ("listed", "Listed", "1"),
        ("confirmed", "Waiting", "1"),
        ("pending", "Not confirmed", "1"),
    ]
    waiting = look(state="confirmed")
    assert names(waiting) == ["(name sealed until it is listed)"]
    assert '<span class="tag waiting">held</span>' in waiting
    assert names(look(state="pending")) == ["(name sealed until it is confirmed)"]


def test_who_chose_not_to_be_shown_is_not_shown_here_either(
    look: Callable[..., str], letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Canary", choice=Visibility.COUNTED)
    page = look()
    assert names(page) == ["(chose not to be shown)"]
    assert "Canary" not in page


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"q": "ána"}, ["Ana Example"]),
        ({"q": "#"}, ["#hope"]),
        ({"kind": "organisation"}, ["#hope", "Trust"]),
        ({"source": "import"}, ["#hope", "Trust"]),
        ({"country": "DE"}, ["Ana Example"]),
        ({"language": "en", "q": "trust"}, ["Trust"]),
        ({"featured": "on"}, ["Trust"]),
        ({"kind": "nonsense"}, ["#hope", "Ana Example", "Trust"]),
        ({"state": "nonsense"}, ["#hope", "Ana Example", "Trust"]),
        ({"batch": "nonsense"}, ["#hope", "Ana Example", "Trust"]),
    ],
)
def test_the_list_can_be_narrowed(
    look: Callable[..., str],
    letter: Letter,
    keys: WorkerKeys,
    wanted: dict[str, str],
    found: list[str],
) -> None:
    listed(letter, keys, name="Ana Example", country="DE")
    enroll(letter, [Enrolled(Kind.ORGANISATION, "Trust", is_featured=True)])
    enroll(letter, [Enrolled(Kind.ORGANISATION, "#hope")])
    count_changes()
    assert sorted(names(look(**wanted))) == found


def test_an_empty_list_says_why(look: Callable[..., str]) -> None:
    assert "There are none in this state." in look()
    assert "Nothing fits this filter." in look(q="nobody")


def test_a_long_list_has_pages(look: Callable[..., str], letter: Letter, owner: Colleague) -> None:
    enroll(letter, [Enrolled(Kind.ORGANISATION, f"Trust {n}") for n in range(60)])
    assert len(names(look())) == 50
    assert len(names(look(page="2"))) == 10
    assert "Page 2 of 2." in look(page="99")


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    look: Callable[..., str],
    letter: Letter,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    enroll(letter, [Enrolled(Kind.ORGANISATION, f"Trust {n}") for n in range(3)])
    look()  # a new session is noted
    with CaptureQueriesContext(connection) as few:
        look()
    enroll(letter, [Enrolled(Kind.ORGANISATION, f"Trust {n}") for n in range(60)])
    with django_assert_num_queries(len(few)):
        look()
    assert len(few) <= 20


def test_one_signature_tells_its_story(
    look: Callable[..., str], letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, name="Ana Example", title="Poet", affiliation="School")
    outcome = decline(By(letter, "Bo"), [row.pk], "other", "For a reason.")
    assert outcome.decision is not None
    page = look(f"{row.pk}/")
    assert "<h1><bdi>Ana Example</bdi></h1>" in page
    assert "<bdi>Poet</bdi>" in page
    assert "<bdi>School</bdi>" in page
    assert "It was declined<td>Listed<td>Declined" in page
    assert "Declined, <bdi>Bo</bdi>," in page
    assert "Another reason" in page
    assert f"/decisions/{outcome.decision.pk}/undo/" in page
    assert "That it was declined · to be written " in page


def test_a_merged_signature_leads_to_the_one_that_stays(
    look: Callable[..., str], letter: Letter, keys: WorkerKeys
) -> None:
    keep, other = listed(letter, keys, name="Ana Example"), listed(letter, keys)
    merge(By(letter, "Bo"), keep.pk, [other.pk])
    page = look(f"{other.pk}/")
    assert f'/signatures/{keep.pk}/"><bdi>Ana Example</bdi></a>' in page
    assert "Strike out…" not in page


def test_an_organisations_authority_is_told_as_a_sentence(
    look: Callable[..., str], letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, kind=Kind.ORGANISATION, role="Chair", name="Trust")
    facts: list[dict[str, str]] = [
        {"authority": "dns", "authority_domain": "example.org"},
        {"authority": "vouched", "authority_domain": "", "authority_by": "Union"},
    ]
    for columns in facts:
        Signature.objects.filter(pk=row.pk).update(authority_on="2026-11-20", **columns)
        facts_told = look(f"{row.pk}/")
        told = {"dns": "Controlled example.org by DNS", "vouched": "Vouched for by Union"}
        assert f"{told[columns['authority']]} on 20 November 2026" in facts_told


def test_an_imported_signature_says_so(look: Callable[..., str], letter: Letter) -> None:
    enroll(
        letter, [Enrolled(Kind.ORGANISATION, "Trust", website="https://example.org", place="MENA")]
    )
    row = Signature.objects.get()
    page = look(f"{row.pk}/")
    assert "Brought in from a list" in page
    assert "<bdi>MENA</bdi>" in page
    assert '<a href="https://example.org" rel="nofollow noopener noreferrer">' in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.MODERATOR, 200),
        (Role.EDITOR, 200),
        (Role.TRANSLATOR, 403),
        (Role.VIEWER, 403),
        (None, 404),
    ],
)
def test_who_may_look(letter: Letter, team: Team, role: str | None, status: int) -> None:
    browser = signed_in(somebody("Mo", role, team))
    assert browser.get(f"/studio/letters/{letter.slug}/signatures/").status_code == status


def test_a_signature_of_another_letter_is_not_there(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    elsewhere = listed(published_letter(keys), keys)
    url = f"/studio/letters/{letter.slug}/signatures/{elsewhere.pk}/"
    assert owner.get(url).status_code == 404
    void(By(elsewhere.letter, "Bo"), [elsewhere.pk], "fraud")
