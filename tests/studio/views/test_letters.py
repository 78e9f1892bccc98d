"""The first page, and a new letter."""

from __future__ import annotations

import re
import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import published_letter
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.views import letters as views
from undersigned.teams.models import Role, Team

NEW = {"title": "Clean air, now", "slug": "clean-air-now", "language": "es"}


def slugs(client: Colleague, path: str = "/studio/") -> list[str]:
    page: str = client.get(path).text
    return re.findall(r'<li><a href="/studio/letters/([\w-]+)/">', page)


@pytest.fixture
def other(team: Team, keys: WorkerKeys) -> Letter:
    return published_letter(keys, slug="other", team=team)


def test_a_member_finds_all_letters_newest_first(
    owner: Colleague, letter: Letter, other: Letter
) -> None:
    assert slugs(owner) == ["other", "banned"]


def test_a_guest_finds_their_letter_alone(team: Team, letter: Letter, other: Letter) -> None:
    guest = signed_in(somebody("Bo", Role.EDITOR, team, letter=letter.pk))
    page = guest.get("/studio/").text
    assert slugs(guest) == ["banned"]
    assert ">People</a>" not in page
    assert "New letter" not in page


def test_somebody_in_two_teams_finds_both(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    others = Team.objects.create(name="Others")
    owner.person.memberships.create(team=others, role=Role.VIEWER)
    published_letter(keys, slug="theirs", team=others)
    page = owner.get("/studio/").text
    assert slugs(owner) == ["banned", "theirs"]
    assert page.count("New letter</a>") == 1
    assert "<h2><bdi>Others</bdi></h2>" in page


def test_who_runs_the_installation_finds_letters_without_a_team_too(
    letter: Letter, keys: WorkerKeys
) -> None:
    published_letter(keys, slug="alone")
    host = somebody("Host")
    host.is_host = True
    host.save()
    assert slugs(signed_in(host)) == ["banned", "alone"]
    assert "Without a team" in signed_in(host).get("/studio/").text


def test_without_a_letter_there_is_a_word_and_a_way(owner: Colleague, team: Team) -> None:
    page = owner.get("/studio/").text
    assert "There is no letter here yet." in page
    assert f'href="/studio/teams/{team.pk}/letters/new/"' in page


def test_the_number_of_letters_changes_nothing_about_the_work(
    owner: Colleague,
    team: Team,
    letter: Letter,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    def look() -> None:
        with django_assert_num_queries(11):
            owner.get("/studio/")

    owner.get("/studio/")
    for number in range(3):
        owner.post(
            f"/studio/teams/{team.pk}/letters/new/", {**NEW, "slug": f"letter-number-{number}"}
        )
    owner.get("/studio/")
    look()
    Letter.objects.bulk_create(
        Letter(slug=f"more-{number}", team=team, source_language="en") for number in range(60)
    )
    look()


def test_long_lists_have_pages(
    owner: Colleague, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    others = Team.objects.create(name="Others")
    owner.person.memberships.create(team=others, role=Role.VIEWER)
    Letter.objects.bulk_create(
        Letter(slug=f"more-{number}", team=team, source_language="en") for number in range(3)
    )
    first, second = slugs(owner), slugs(owner, "/studio/?page=2")
    assert len(first) == 2
    assert len({*first, *second}) == 3
    # The other team's letters may be on another page.
    assert "There is no letter here yet." not in owner.get("/studio/").text


def test_a_letter_is_created_as_a_draft(owner: Colleague, team: Team) -> None:
    path = f"/studio/teams/{team.pk}/letters/new/"
    assert owner.get(path).status_code == 200
    answer = owner.post(path, NEW)
    assert answer.headers["Location"] == "/studio/letters/clean-air-now/"
    letter = Letter.objects.get()
    assert (letter.team, letter.state, letter.source_language) == (team, "draft", "es")
    page = owner.get("/studio/").text
    assert "Clean air, now" in page
    assert "The letter is there, as a draft. Nobody but your team sees it." in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "Fill this in."),
        ("title", "Clean\u202eair", "invisible or control characters"),
        ("slug", "Clean air", "Use four or more small letters, digits and hyphens"),
        ("slug", "air", "Use four or more small letters, digits and hyphens"),
        ("slug", "studio", "This is an address of the site"),
        ("slug", "banned", "Another letter has this address. Choose another."),
        ("language", "xx-none", "Choose one from the list."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    owner: Colleague, team: Team, letter: Letter, field: str, typed: str, sentence: str
) -> None:
    answer = owner.post(f"/studio/teams/{team.pk}/letters/new/", {**NEW, field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    kept = "slug" if field == "title" else "title"
    assert f'value="{NEW[kept]}"' in answer.text
    assert Letter.objects.count() == 1


def test_an_address_in_a_title_is_the_organisers_business(owner: Colleague, team: Team) -> None:
    path = f"/studio/teams/{team.pk}/letters/new/"
    owner.post(path, {**NEW, "title": "To president@example.org\n and all"})
    assert "To president@example.org and all" in owner.get("/studio/").text


def test_an_address_that_was_taken_meanwhile_is_refused(
    owner: Colleague, team: Team, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersigned.studio.forms.letters.Letter.objects.filter", _none)
    answer = owner.post(f"/studio/teams/{team.pk}/letters/new/", {**NEW, "slug": "banned"})
    assert answer.status_code == 422
    assert "Another letter has this address. Choose another." in answer.text


def _none(**_: object) -> object:
    return Letter.objects.none()


def test_a_letter_that_does_not_exist_and_one_of_others_look_the_same(
    owner: Colleague, keys: WorkerKeys
) -> None:
    published_letter(keys, slug="theirs", team=Team.objects.create(name="Others"))
    answers = [owner.get(f"/studio/letters/{slug}/") for slug in ("theirs", "nobodys")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text
    assert owner.get(f"/studio/teams/{uuid.uuid4()}/").status_code == 404
