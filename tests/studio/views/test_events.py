"""Who did what: to read, to narrow, to take along."""

from __future__ import annotations

import ast
import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

import undersigned
from tests.studio.people import Colleague
from undersigned.letters.models import Letter, LetterEvent
from undersigned.studio.event_words import LETTER_ACTS, TEAM_ACTS
from undersigned.teams.models import Team, TeamEvent

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def events(letter: Letter) -> None:
    """By two people and the worker, on three days."""
    LetterEvent.objects.filter(letter=letter).delete()
    for days, actor, act, details in (
        (9, "Bo", "close", {}),
        (5, "Ana", "void signatures", {"signatures": 2, "reason": "spam", "decision": "x"}),
        (0, "worker", "launch", {}),
    ):
        event = LetterEvent.objects.create(letter=letter, actor=actor, act=act, details=details)
        LetterEvent.objects.filter(pk=event.pk).update(at=NOW - timedelta(days=days))


def rows(page: str) -> list[str]:
    """What the page tells, a line for each event: person and sentence."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        " ".join(cell.partition(">")[2].partition("</bdi>")[0] for cell in row.split("<bdi")[1:])
        + "|"
        + row.split("<td")[2].partition(">")[2].partition("<")[0].strip()
        for row in body.split("<tr>")[1:]
    ]


def test_the_newest_comes_first_in_words(owner: Colleague, letter: Letter, events: None) -> None:
    page = owner.get("/studio/letters/banned/events/")
    assert page.status_code == 200
    assert rows(page.text) == [
        "The worker |Launched the letter",
        "Ana 2 signatures; spam|Struck out signatures",
        "Bo |Closed the letter",
    ]


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("who=Ana", ["Ana"]),
        ("act=close", ["Bo"]),
        (f"since={NOW - timedelta(days=6):%Y-%m-%d}", ["The worker", "Ana"]),
        (f"until={NOW - timedelta(days=5):%Y-%m-%d}", ["Ana", "Bo"]),
        ("who=Nobody&act=nonsense&since=then", ["The worker", "Ana", "Bo"]),
        ("who=Ana&act=close", []),
    ],
)
def test_it_is_narrowed(
    owner: Colleague, letter: Letter, events: None, query: str, people: list[str]
) -> None:
    page = owner.get(f"/studio/letters/banned/events/?{query}")
    found = [row.partition("|")[0] for row in rows(page.text)]
    assert [name.removesuffix(" 2 signatures; spam").strip() for name in found] == people
    if not people:
        assert "Nothing fits this filter." in page.text


def test_a_letter_without_events_says_so(owner: Colleague, letter: Letter) -> None:
    LetterEvent.objects.all().delete()
    assert "Nothing has happened yet." in owner.get("/studio/letters/banned/events/").text


def test_files_have_what_the_page_shows_and_no_formula(
    owner: Colleague, letter: Letter, events: None
) -> None:
    LetterEvent.objects.create(letter=letter, actor="=1+1", act="unheard of")
    answer = owner.get("/studio/letters/banned/events/csv/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="banned-events.csv"'
    head, *lines = csv.reader(io.StringIO(answer.text))
    assert head == ["at", "who", "act", "what", "details"]
    assert [line[1:4] for line in lines] == [
        ["'=1+1", "unheard of", "unheard of"],
        ["worker", "launch", "Launched the letter"],
        ["Ana", "void signatures", "Struck out signatures"],
        ["Bo", "close", "Closed the letter"],
    ]
    assert json.loads(lines[2][4]) == {"signatures": 2, "reason": "spam", "decision": "x"}
    answer = owner.get("/studio/letters/banned/events/json/?who=Ana")
    [only] = json.loads(answer.text)
    assert (only["who"], only["act"], only["details"]["signatures"]) == (
        "Ana", "void signatures", 2,
    )  # fmt: skip
    assert owner.get("/studio/letters/banned/events/xlsx/").status_code == 404


def test_pages_are_linked_with_the_filter(owner: Colleague, letter: Letter) -> None:
    LetterEvent.objects.bulk_create(
        LetterEvent(letter=letter, actor="Ana", act="close") for _ in range(101)
    )
    page = owner.get("/studio/letters/banned/events/?act=close")
    assert "Page 1 of 2." in page.text
    assert "/events/csv/?act=close" in page.text
    assert len(rows(owner.get("/studio/letters/banned/events/?act=close&page=2").text)) == 1


def test_a_page_asks_the_database_as_often_for_many_as_for_few(
    owner: Colleague, letter: Letter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    owner.get("/studio/letters/banned/events/")
    for count in (3, 60):
        LetterEvent.objects.bulk_create(
            LetterEvent(letter=letter, actor="Ana", act="close") for _ in range(count)
        )
        with django_assert_num_queries(15):
            owner.get("/studio/letters/banned/events/")


def test_a_team_has_its_own(owner: Colleague, team: Team) -> None:
    TeamEvent.objects.create(
        team=team, actor="Ana", act="change role", details={"from": "viewer", "to": "editor"}
    )
    page = owner.get(f"/studio/teams/{team.pk}/events/")
    assert rows(page.text) == ["Ana Viewer before, Editor now|Changed somebody&#x27;s role"]
    answer = owner.get(f"/studio/teams/{team.pk}/events/json/")
    assert [row["act"] for row in json.loads(answer.text)] == ["change role"]


def literals(call: ast.Call) -> Iterator[str]:
    for value in [*call.args, *(keyword.value for keyword in call.keywords)]:
        for node in ast.walk(value):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_act_has_its_words() -> None:
    """Each literal that is given to something that notes an event, anywhere in the source."""
    noting = {"_note", "note_check", "_change", "create", "_ask"}
    nouns = [
        "letter",
        "signature",
        "signatures",
        "edition",
        "launch",
        "team",
        "invitation",
        "role",
        "member",
        "settings",
        "import",
        "export",
        "organisation",
        "organisations",
        "rule",
        "logo",
        "handover",
        "decision",
        "gathering",
        "founders",
        "count",
        "correction",
        "proof",
        "authority",
        "person",
        "look-up",
        "erasure",
    ]
    found = set()
    for path in Path(undersigned.__path__[0]).rglob("*.py"):
        if "Event" not in path.read_text() or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in noting:
                    found |= {
                        word
                        for word in literals(node)
                        if len(word.split()) > 1 and set(word.split()) & set(nouns)
                    }
    unknown = {word for word in found if not {word} & {*LETTER_ACTS, *TEAM_ACTS}}
    assert {word for word in unknown if word.islower() and len(word) < 40} == set()
