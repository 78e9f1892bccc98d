"""The queue without scripts: evidence in sentences, decisions by buttons, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import confirmed, listed
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.signatures.cases import OpenCase, save_cases
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import (
    Case,
    Decision,
    Kind,
    Notice,
    Signature,
    State,
    Visibility,
)
from undersigned.signatures.preparing_cases import prepare_cases
from undersigned.signatures.telling import words_of
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import studio_sealer
from undersigned.teams.models import Role, Team


@pytest.fixture
def waits(letter: Letter, keys: WorkerKeys) -> Callable[..., Signature]:
    """A signature that waits, prepared by the worker unless told otherwise."""

    def hold(name: str, *, prepared: bool = True, **changes: str) -> Signature:
        row = confirmed(
            letter, keys, **{"kind": Kind.ORGANISATION, "name": name, "role": "Chair", **changes}
        )
        Signature.objects.filter(pk=row.pk, held_because="").update(held_because="person")
        if prepared:
            prepare_cases(keys)
        return row

    return hold


@pytest.fixture
def url(letter: Letter) -> str:
    return f"/studio/letters/{letter.slug}/queue/"


def names(page: str) -> list[str]:
    return re.findall(r'<a href="\?at=[^"]+"[^>]*><bdi>(.*?)</bdi>', page, re.DOTALL)


def standing_at(page: str) -> str:
    (found,) = re.findall(r"<h2><bdi>(.*?)</bdi></h2>", page)
    return str(found)


def test_an_empty_queue_says_so(owner: Colleague, url: str) -> None:
    page = owner.get(url).text
    assert "Nothing waits. What needs a person appears here." in page
    assert "0 signatures wait." in page


def test_organisations_stand_first_and_each_has_its_evidence(
    owner: Colleague, url: str, waits: Callable[..., Signature]
) -> None:
    waits("Bo Example", kind=Kind.INDIVIDUAL, role="", title="Poet", affiliation="School")
    trust = waits(
        "Example Trust",
        website="https://trust.example.org",
        address="chair@trust.example.org",
        country="DE",
    )
    page = owner.get(url).text
    assert names(page) == ["Example Trust", "Bo Example"]
    assert standing_at(page) == "Example Trust"
    assert "<dd><bdi>Chair</bdi>" in page
    assert "confirmed from a mailbox at trust.example.org, the domain it gives" in page
    assert "<bdi>Germany</bdi>" in page
    assert "chair@trust.example.org" not in page
    second = owner.get(f"{url}?at={Signature.objects.exclude(pk=trust.pk).get().pk}").text
    assert standing_at(second) == "Bo Example"
    assert "<bdi>Poet</bdi>" in second
    assert "<bdi>School</bdi>" in second


def test_what_the_worker_has_not_prepared_yet_comes_in_a_moment(
    owner: Colleague, url: str, waits: Callable[..., Signature], keys: WorkerKeys
) -> None:
    row = waits("Example Trust", prepared=False)
    page = owner.get(url).text
    assert names(page) == ["(being prepared)"]
    assert f'hx-get="{url}?at={row.pk}"' in page
    assert "Look again" in page
    prepare_cases(keys)
    assert standing_at(owner.get(url).text) == "Example Trust"


def test_what_cannot_be_opened_says_so(
    owner: Colleague, url: str, waits: Callable[..., Signature]
) -> None:
    waits("Example Trust")
    Case.objects.update(sealed=b"nonsense")
    page = owner.get(url).text
    assert names(page) == ["—"]
    assert "was altered in the database and cannot be read" in page


def test_without_the_studios_key_nothing_is_opened(
    owner: Colleague, url: str, waits: Callable[..., Signature]
) -> None:
    waits("Example Trust")
    path = settings.DATA / "web" / "studio_key"
    kept = path.read_bytes()
    path.unlink()
    try:
        assert names(owner.get(url).text) == ["(being prepared)"]
    finally:
        path.write_bytes(kept)
        path.chmod(0o600)


def test_a_signature_is_accepted_and_the_next_one_stands_there(
    owner: Colleague, url: str, waits: Callable[..., Signature], keys: WorkerKeys
) -> None:
    first, second = waits("Ana Trust"), waits("Bo Trust")
    page = owner.get(url).text
    (next_one,) = re.findall(r'name=back value="([^"]+)"><button data-key=a>', page)
    assert next_one == f"{url}?at={second.pk}"
    accept = url.replace("queue/", "signatures/accept/")
    page = owner.post(accept, {"chosen": first.pk, "back": next_one}, follow=True).text
    assert standing_at(page) == "Bo Trust"
    assert "Accepted: 1 signature is listed within seconds." in page
    assert list_confirmed(keys) == 1
    undo = re.findall(r'<form method=post action="([^"]+/undo/)">', page)[0]
    page = owner.post(undo, {"back": url}, follow=True).text
    assert "Undone: 1 signature is as it was before." in page
    assert names(page) == ["Ana Trust", "Bo Trust"]
    assert "This was undone already." in owner.post(undo, follow=True).text


def test_a_signature_is_declined_with_a_reason_that_its_owner_is_told(
    owner: Colleague, url: str, waits: Callable[..., Signature], keys: WorkerKeys
) -> None:
    row = waits("Ana Trust")
    decline = url.replace("queue/", "signatures/decline/")
    filled = {"chosen": row.pk, "back": url, "reason": "unknown", "words": ""}
    page = owner.post(decline, filled, follow=True).text
    assert "Declined: 1 signature." in page
    assert "Nothing waits." in page
    row.refresh_from_db()
    assert row.state == State.DECLINED
    words = words_of(Notice.objects.get(), keys.opener(row.letter_id))
    assert words == "We could not find out that the organisation exists."


def test_ones_last_decision_can_be_undone_from_the_queue(
    owner: Colleague, url: str, waits: Callable[..., Signature], team: Team
) -> None:
    row = waits("Ana Trust")
    owner.post(url.replace("queue/", "signatures/accept/"), {"chosen": row.pk, "back": url})
    owner.get(url)
    later = owner.get(url).text
    assert "Your last decision: Accepted, <time " in later
    (undo,) = re.findall(r'action="([^"]+/undo/)"', later)
    assert "/undo/" not in signed_in(somebody("Mo", Role.MODERATOR, team)).get(url).text
    owner.post(undo, {"back": url})
    assert "/undo/" not in owner.get(url).text
    assert names(owner.get(url).text) == ["Ana Trust"]


def test_without_a_reason_nothing_is_declined_and_what_was_typed_stays(
    owner: Colleague, url: str, waits: Callable[..., Signature]
) -> None:
    row = waits("Ana Trust")
    decline = url.replace("queue/", "signatures/decline/")
    asked = owner.get(decline, {"chosen": row.pk, "back": url}).text
    assert "This will decline 1 signature." in asked
    assert "1 of them is an organisation." in asked
    answer = owner.post(decline, {"chosen": row.pk, "back": url, "words": "Because."})
    assert answer.status_code == 422
    assert ">\nBecause.</textarea>" in answer.text
    answer = owner.post(decline, {"chosen": row.pk, "back": url, "reason": "other"})
    assert "Say in your own words why." in answer.text
    assert not Decision.objects.exists()


def test_many_are_decided_at_once_and_who_was_faster_is_said(
    owner: Colleague, url: str, waits: Callable[..., Signature]
) -> None:
    rows = [waits("Ana Trust"), waits("Bo Trust"), waits("Chi Trust")]
    Signature.objects.filter(pk=rows[2].pk).update(held_because="")
    accept = url.replace("queue/", "signatures/accept/")
    chosen = [str(row.pk) for row in rows] + ["nonsense"]
    page = owner.post(accept, {"chosen": chosen, "back": url}, follow=True).text
    assert "Accepted: 2 signatures are listed within seconds. 1 was left out" in page


def test_what_may_be_the_same_stands_beside_and_can_be_merged(
    owner: Colleague,
    url: str,
    waits: Callable[..., Signature],
    letter: Letter,
    keys: WorkerKeys,
) -> None:
    keep = listed(letter, keys, kind=Kind.ORGANISATION, role="Chair", name="Example Trust")
    row = waits("Exmaple Trust")
    page = owner.get(url).text
    assert "It is spelt nearly like “Example Trust”." in page
    merge = url.replace("queue/", "signatures/merge/")
    filled = {"keep": keep.pk, "chosen": row.pk, "back": url}
    page = owner.post(merge, filled, follow=True).text
    assert "1 signature is merged into the one that stays." in page
    row.refresh_from_db()
    assert (row.state, row.merged_into_id) == (State.VOID, keep.pk)
    gone = owner.post(merge, {"keep": "nonsense", "chosen": row.pk}, follow=True).text
    assert "Nothing was merged" in gone


def test_the_line_that_says_how_many_wait_notices_new_ones(
    owner: Colleague, url: str, waits: Callable[..., Signature]
) -> None:
    waits("Ana Trust")
    same = owner.get(f"{url}count/?seen=1").text
    assert "1 signature waits." in same
    assert "Show them" not in same
    assert "Show them" in owner.get(f"{url}count/?seen=nonsense").text


def hold_many(letter: Letter, numbers: range) -> None:
    """Signatures that wait, with their cases, straight into the database."""
    now = timezone.now()
    rows = [
        Signature(
            letter=letter,
            edition=letter.edition,
            kind=Kind.ORGANISATION,
            state=State.CONFIRMED,
            visibility=Visibility.PUBLIC,
            language="en",
            consent_publication=True,
            consent_updates=False,
            created_at=now,
            confirmed_at=now,
            needs_mail=False,
            held_because="organisation",
        )
        for _ in numbers
    ]
    Signature.objects.bulk_create(rows)
    cases = [(row, OpenCase(name=f"Trust {n}"), ["organisation"]) for n, row in enumerate(rows)]
    save_cases(cases, studio_sealer(), now)


def test_a_long_queue_costs_as_many_queries_as_a_short_one(
    owner: Colleague,
    url: str,
    letter: Letter,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    hold_many(letter, range(3))
    owner.get(url)
    with CaptureQueriesContext(connection) as few:
        owner.get(url)
    hold_many(letter, range(57))
    with django_assert_num_queries(len(few)):
        page = owner.get(url).text
    assert len(few) <= 20
    assert len(names(page)) == 50
    assert "60 signatures wait." in page


@pytest.mark.parametrize(
    ("role", "status", "may_decide"),
    [(Role.MODERATOR, 200, True), (Role.TRANSLATOR, 403, False), (None, 404, False)],
)
def test_who_may_look_and_decide(
    team: Team,
    url: str,
    waits: Callable[..., Signature],
    role: str | None,
    status: int,
    may_decide: bool,
) -> None:
    row = waits("Ana Trust")
    mo = signed_in(somebody("Mo", role, team))
    assert mo.get(url).status_code == status
    mo.post(url.replace("queue/", "signatures/accept/"), {"chosen": row.pk})
    row.refresh_from_db()
    assert (row.held_because == "") is may_decide


def test_a_way_back_leads_nowhere_but_into_the_studio(
    owner: Colleague, url: str, waits: Callable[..., Signature], letter: Letter
) -> None:
    row = waits("Ana Trust")
    accept = url.replace("queue/", "signatures/accept/")
    for there in ("https://example.org/studio/", "//example.org/", "/elsewhere/"):
        answer = owner.post(accept, {"chosen": row.pk, "back": there})
        assert answer.headers["Location"] == f"/studio/letters/{letter.slug}/signatures/"


def test_since_when_the_first_waits_is_said(
    owner: Colleague, url: str, waits: Callable[..., Signature]
) -> None:
    row = waits("Ana Trust")
    since = (row.confirmed_at or row.created_at) - timedelta(hours=3)
    Signature.objects.filter(pk=row.pk).update(confirmed_at=since)
    assert re.search(
        r"The first of them was confirmed <time [^>]*>3 hours ago", owner.get(url).text
    )
