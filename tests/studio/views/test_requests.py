"""Requests for access, correction and erasure, from the question to the answer."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import listed, published_letter
from tests.studio.people import Colleague, signed_in, somebody
from tests.studio.signing_in_again import JustProved
from undersigned.letters.models import Letter
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.looking_up import answer_look_ups, ask_for_address
from undersigned.signatures.models import ErrandState, Kind, LookUp, Signature, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key
from undersigned.teams.models import Installation, Role, Team, TeamEvent

pytestmark = pytest.mark.django_db
ADDRESS = "ana.canary@example.org"


@pytest.fixture
def owner(team: Team) -> Colleague:
    """Ana, who owns the team and has just shown who she is."""
    return JustProved(somebody("Ana", Role.OWNER, team))


def ask(owner: Colleague, team: Team, keys: WorkerKeys, **typed: str) -> str:
    """Look somebody up; the path of the answer."""
    answer = owner.post(f"/studio/teams/{team.pk}/requests/", typed)
    assert answer.status_code == 302, answer.text
    assert answer_look_ups(keys) == 1
    return str(answer.headers["Location"])


def test_an_address_is_looked_up_and_told(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Ana Canary", address=ADDRESS, country="UY")
    asked = owner.post(f"/studio/teams/{team.pk}/requests/", {"address": f" {ADDRESS} "})
    path = asked.headers["Location"]
    assert ADDRESS not in path
    waiting = owner.get(path)
    assert "Looking …" in waiting.text
    assert "hx-get=" in waiting.text
    assert "Look again" in waiting.text
    answer_look_ups(keys)
    page = owner.get(path)
    for said in (
        "This is what is held.", "Ana Canary", ADDRESS, "Uruguay", "with the full name",
        "Publish the name with this letter: yes", "The link to confirm, waits to be sent",
    ):  # fmt: skip
        assert said in page.text
    assert "Look again" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    part = owner.get(f"{path}progress/")
    assert part.text.startswith("<div id=request>")
    assert "Ana Canary" in part.text
    listing = owner.get(f"/studio/teams/{team.pk}/requests/").text
    assert "Answered" in listing
    assert "canary" not in listing.lower()
    events = [event.act for event in TeamEvent.objects.filter(team=team)]
    assert events == ["look up a person", "answer look-up"]


def test_nothing_held_is_said(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    path = ask(owner, team, keys, address=ADDRESS)
    assert "Nothing is held." in owner.get(path).text
    done = owner.get(f"{path}erase/")
    assert done.status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Fill in one of the two: an address, or a name."),
        ({"address": ADDRESS, "name": "Ana"}, "Fill in one of the two: an address, or a name."),
        ({"address": "nonsense"}, "This is not an e-mail address. Check its spelling."),
    ],
)
def test_a_form_that_fails_keeps_what_was_typed(
    owner: Colleague, team: Team, keys: WorkerKeys, typed: dict[str, str], sentence: str
) -> None:
    answer = owner.post(f"/studio/teams/{team.pk}/requests/", typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(f'value="{value}"' in answer.text for value in typed.values())
    assert not LookUp.objects.exists()


def test_files_for_the_person(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Ana Canary", address=ADDRESS)
    path = ask(owner, team, keys, address=ADDRESS)
    told = owner.post(f"{path}file/", {"form": "json"})
    assert told.headers["Content-Disposition"] == 'attachment; filename="held.json"'
    assert json.loads(told.text)["signatures"][0]["name"] == "Ana Canary"
    told = owner.post(f"{path}file/", {"form": "text"})
    assert told.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Name: Ana Canary\nE-mail address: ana.canary@example.org\n" in told.text
    assert "Title:" not in told.text
    events = [event.act for event in TeamEvent.objects.order_by("pk")]
    assert events == ["look up a person", "answer look-up", *["export what is held"] * 2]
    LookUp.objects.update(sealed_answer=None)
    assert owner.post(f"{path}file/", {"form": "json"}).status_code == 302
    assert "not kept for longer than a day" in owner.get(path).text


def test_a_person_is_erased_after_a_page_that_counts(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, name="Ana Canary", address=ADDRESS)
    path = ask(owner, team, keys, address=ADDRESS)
    page = owner.get(f"{path}erase/")
    assert "1 name leaves the list, and goes on being counted without a name." in page.text
    assert "This cannot be taken back." in page.text
    row.refresh_from_db()
    assert row.name == "Ana Canary"

    answer = owner.post(f"{path}erase/")
    erasing = answer.headers["Location"]
    assert "Erasing …" in owner.get(erasing).text
    answer_look_ups(keys)

    done = owner.get(erasing).text
    assert "Erased." in done
    assert "1 name has left the list, and goes on being counted without a name." in done
    row.refresh_from_db()
    assert (row.state, row.name, row.sealed_address) == (State.LISTED, "", None)
    assert "not kept for longer than a day" in owner.get(path).text
    assert "Ana Canary" not in owner.get(path).text


def test_one_of_several_is_erased(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    other = published_letter(keys, "other", team=team)
    kept = listed(letter, keys, name="Ana Canary", address=ADDRESS)
    gone = listed(other, keys, name="Ana Canary", address=ADDRESS)
    path = ask(owner, team, keys, address=ADDRESS)
    assert owner.get(f"{path}erase/?signature={uuid4()}").status_code == 404
    assert "2 names leave the list" in owner.get(f"{path}erase/").text
    owner.post(f"{path}erase/?signature={gone.pk}")
    answer_look_ups(keys)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.name, gone.name) == ("Ana Canary", "")


def test_an_entry_of_a_list_is_found_by_its_name(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    enroll(letter, [Enrolled(kind=Kind.INDIVIDUAL, name="Łucja Canary")])
    path = ask(owner, team, keys, name="lucja")
    assert "Łucja Canary" in owner.get(path).text
    assert "Brought in from a list" in owner.get(path).text


def test_what_cannot_be_opened_is_said(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Ana Canary", address=ADDRESS)
    Signature.objects.update(sealed_details=b"altered")
    path = ask(owner, team, keys, address=ADDRESS)
    assert "What was typed cannot be opened: the key is gone." in owner.get(path).text


def test_without_the_installations_key_nothing_is_stored(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Ana Canary", address=ADDRESS)
    path = ask(owner, team, keys, address=ADDRESS)
    Installation.objects.update(mail_key=None)
    answer = owner.post(f"/studio/teams/{team.pk}/requests/", {"address": ADDRESS})
    assert answer.status_code == 422
    assert "The installation has no key for this yet. Nothing was stored." in answer.text
    assert owner.post(f"{path}erase/").headers["Location"] == path
    assert LookUp.objects.count() == 1


def test_an_answer_to_another_web_is_none(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys, tmp_path: Path
) -> None:
    prepare_studio_key(tmp_path / "another web")
    path = ask(owner, team, keys, address=ADDRESS)
    assert "Ask again." in owner.get(path).text


def test_the_states_of_look_ups_are_said(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    for state in ErrandState:
        LookUp.objects.create(team=team.pk, act="find", actor="Ana", state=state)
    failed = LookUp.objects.get(state=ErrandState.FAILED)
    LookUp.objects.filter(pk=failed.pk).update(outcome="key missing", act="erase")
    page = owner.get(f"/studio/teams/{team.pk}/requests/").text
    for said in ("Waits for the worker", "Answered", "Not answered", "Cancelled", "Erasure"):
        assert said in page
    assert "A key is missing." in owner.get(f"/studio/teams/{team.pk}/requests/{failed.pk}/").text


def test_the_list_asks_as_often_for_many_as_for_few(
    owner: Colleague,
    team: Team,
    keys: WorkerKeys,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    owner.get(f"/studio/teams/{team.pk}/requests/")
    for count in (3, 45):
        for _ in range(count):
            ask_for_address(team.pk, ADDRESS, actor="Ana")
        with django_assert_num_queries(13):
            owner.get(f"/studio/teams/{team.pk}/requests/")


def test_anothers_request_is_not_found(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    elsewhere = Team.objects.create(name="Elsewhere")
    look_up = ask_for_address(elsewhere.pk, ADDRESS, actor="Other")
    assert owner.get(f"/studio/teams/{team.pk}/requests/{look_up.pk}/").status_code == 404


def test_who_signed_in_long_ago_shows_who_they_are_first(team: Team, keys: WorkerKeys) -> None:
    late = signed_in(somebody("Late", Role.OWNER, team))
    answer = late.get(f"/studio/teams/{team.pk}/requests/")
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]
