"""Signatures that were chosen from the list: struck out, held, featured; each asked and undone."""

from __future__ import annotations

import re

import pytest

from tests.builders import listed
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.signatures import deciding
from undersigned.signatures.models import Kind, Notice, Signature, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team


@pytest.fixture
def url(letter: Letter) -> str:
    return f"/studio/letters/{letter.slug}/signatures/"


@pytest.fixture
def rows(letter: Letter, keys: WorkerKeys) -> list[Signature]:
    """A person and an organisation on the list."""
    return [
        listed(letter, keys, name="Ana Example"),
        listed(letter, keys, name="Trust", kind=Kind.ORGANISATION, role="Chair"),
    ]


def chosen(rows: list[Signature]) -> list[str]:
    return [str(row.pk) for row in rows]


def test_striking_out_is_counted_before_and_told_after(
    owner: Colleague, url: str, rows: list[Signature]
) -> None:
    asked = owner.get(f"{url}strike-out/", {"chosen": chosen(rows), "back": f"{url}?page=2"}).text
    assert "<h1>Strike out these signatures?</h1>" in asked
    assert "This will strike out 2 signatures." in asked
    assert "1 of them is an organisation." in asked
    assert re.findall(r'name="chosen" value="([^"]+)"', asked) == chosen(rows)
    assert f'href="{url}?page=2">Cancel' in asked
    assert Signature.objects.filter(state=State.LISTED).count() == 2
    sent = {"chosen": chosen(rows), "back": url, "reason": "fraud", "words": ""}
    page = owner.post(f"{url}strike-out/", sent, follow=True).text
    assert "Struck out: 2 signatures." in page
    assert Notice.objects.filter(topic="void").count() == 2
    (undo,) = re.findall(r'action="([^"]+/undo/)"', page)
    page = owner.post(undo, follow=True).text
    assert "Undone: 2 signatures are as they were before." in page
    assert not Notice.objects.exists()


def test_of_people_alone_no_organisations_are_counted(
    owner: Colleague, url: str, rows: list[Signature]
) -> None:
    asked = owner.get(f"{url}strike-out/", {"chosen": chosen(rows[:1])}).text
    assert "This will strike out 1 signature." in asked
    assert "organisation." not in asked


def test_striking_out_needs_a_reason(owner: Colleague, url: str, rows: list[Signature]) -> None:
    answer = owner.post(f"{url}strike-out/", {"chosen": chosen(rows)})
    assert answer.status_code == 422
    assert "Reason: Choose one from the list." in answer.text
    assert f'href="{url}">Cancel' in answer.text


@pytest.mark.parametrize("path", ["accept/", "hold/", "strike-out/", "decline/"])
def test_nothing_ticked_is_nothing_done(owner: Colleague, url: str, path: str) -> None:
    page = owner.post(f"{url}{path}", {"reason": "fraud", "back": url}, follow=True).text
    assert "Nothing was ticked, and nothing has changed." in page


def test_one_person_does_not_take_many_off_the_list_by_declining_or_merging(
    owner: Colleague, url: str, rows: list[Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "VOIDED_ALONE", 0)
    for path, more in (
        ("decline/", {"chosen": chosen(rows), "reason": "name"}),
        ("merge/", {"keep": str(rows[0].pk), "chosen": str(rows[1].pk)}),
    ):
        page = owner.post(f"{url}{path}", more, follow=True).text
        assert "one person takes at most 0 signatures off a list within a day." in page
    assert Signature.objects.filter(state=State.LISTED).count() == 2


def test_what_is_listed_is_held_again(owner: Colleague, url: str, rows: list[Signature]) -> None:
    page = owner.post(f"{url}hold/", {"chosen": chosen(rows[:1])}, follow=True).text
    assert "1 signature waits in the queue." in page
    rows[0].refresh_from_db()
    assert (rows[0].state, rows[0].held_because) == (State.CONFIRMED, "person")


def test_the_featured_are_chosen_and_put_in_order(
    owner: Colleague, url: str, rows: list[Signature]
) -> None:
    assert "Nobody is featured yet." in owner.get(f"{url}featured/").text
    page = owner.post(f"{url}feature/", {"chosen": chosen(rows)}, follow=True).text
    assert "2 signatures are featured." in page
    page = owner.get(f"{url}featured/").text
    assert re.findall(r"<div><bdi>(.*?)</bdi>", page) == ["Ana Example", "Trust"]
    order = {f"place-{rows[0].pk}": "2", f"place-{rows[1].pk}": "1"}
    page = owner.post(f"{url}featured/", order, follow=True).text
    assert "The order is saved." in page
    assert re.findall(r"<div><bdi>(.*?)</bdi>", page) == ["Trust", "Ana Example"]
    nonsense = {f"place-{rows[0].pk}": "first", f"place-{rows[1].pk}": "9999999"}
    page = owner.post(f"{url}featured/", nonsense, follow=True).text
    assert re.findall(r"<div><bdi>(.*?)</bdi>", page) == ["Trust", "Ana Example"]
    page = owner.post(f"{url}unfeature/", {"chosen": chosen(rows[:1])}, follow=True).text
    assert "1 signature is featured no more." in page


@pytest.mark.parametrize(
    "path", ["accept/", "hold/", "merge/", "feature/", "unfeature/", "featured/", "strike-out/"]
)
def test_who_only_looks_decides_nothing(
    team: Team, url: str, rows: list[Signature], path: str
) -> None:
    viewer = signed_in(somebody("Vi", Role.VIEWER, team))
    sent = {"chosen": chosen(rows), "reason": "fraud", "keep": str(rows[0].pk)}
    assert viewer.post(f"{url}{path}", sent).status_code == 403
    assert Signature.objects.filter(state=State.LISTED, is_featured=False).count() == 2
