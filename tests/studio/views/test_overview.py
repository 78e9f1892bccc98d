"""A letter at a glance."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.builders import confirmed, text
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.creating import NewLetter, create
from undersigned.letters.models import Letter, LetterEvent, LetterState
from undersigned.letters.publishing import publish
from undersigned.mail.models import Message
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Kind, Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team

OVERVIEW = "/studio/letters/banned/"


def figures(page: str) -> dict[str, str]:
    """The numbers on top, by what they count."""
    found = re.findall(r"<b>([^<]*)</b> <span>([^<]*)</span>", page)
    return {label: value for value, label in found}


def people(number: int) -> list[Enrolled]:
    return [Enrolled(Kind.INDIVIDUAL, f"Name {each}") for each in range(number)]


def test_numbers_that_matter_are_on_top(owner: Colleague, letter: Letter, keys: WorkerKeys) -> None:
    enroll(letter, people(1_200))
    ids = list(Signature.objects.values_list("pk", flat=True))
    now = timezone.now()
    Signature.objects.filter(pk__in=ids[:3]).update(created_at=now - timedelta(days=2))
    Signature.objects.filter(pk__in=ids[3:1_000]).update(created_at=now - timedelta(days=20))
    Signature.objects.filter(pk__in=ids[1_000:1_200]).update(created_at=now)
    while count_changes():
        pass
    page = owner.get(OVERVIEW).text
    assert figures(page) == {
        "signatures": "1,200",
        "today (UTC)": "200",
        "in the last seven days": "203",
        "waiting for a decision": "0",
        "mails delayed": "0",
    }
    assert "New signatures in the last 30 days" in page
    assert "/banned/" in page


def test_what_waits_is_said_with_its_age(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    waiting = confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair")
    three_days_ago = timezone.now() - timedelta(days=3)
    Signature.objects.filter(pk=waiting.pk).update(confirmed_at=three_days_ago)
    Message.objects.update(attempts=1)
    page = owner.get(OVERVIEW).text
    assert figures(page)["waiting for a decision"] == "1"
    assert "the oldest was confirmed <time" in page
    assert "3 days ago" in page
    assert figures(page)["mails delayed"] == "1"
    assert "they are tried again" in page


def test_signatures_of_earlier_texts_are_said_apart(owner: Colleague, letter: Letter) -> None:
    enroll(letter, people(3))
    count_changes()
    publish(letter, [text(body="Another thing.")], actor="Ana", change="substantive", note="New")
    page = owner.get(OVERVIEW).text
    assert figures(page)["signatures"] == "0"
    assert "and 3 of earlier texts" in page


def test_a_new_letter_shows_the_way_to_its_launch(owner: Colleague, team: Team) -> None:
    new = NewLetter(title="Title", slug="banned", language="en")
    letter = create(team, new, actor="Ana")
    page = owner.get(OVERVIEW).text
    for step in ("Write the letter", "Publish its first edition", "Gather founders", "Launch"):
        assert step in page
    assert ">done</span>" not in page
    assert "See the public page" not in page
    draft = letter.drafts.get()
    draft.words = {**draft.words, "body": "We ask."}
    draft.save()
    assert owner.get(OVERVIEW).text.count(">done</span>") == 1


@pytest.mark.parametrize(("state", "done"), [(LetterState.DRAFT, 2), (LetterState.GATHERING, 3)])
def test_steps_that_are_done_are_marked(
    owner: Colleague, letter: Letter, state: str, done: int
) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=state)
    assert owner.get(OVERVIEW).text.count(">done</span>") == done


def test_after_the_launch_there_are_no_steps(owner: Colleague, letter: Letter) -> None:
    page = owner.get(OVERVIEW).text
    assert "On the way to the launch" not in page
    assert "See the public page" in page


def test_the_last_events_are_for_those_who_may_see_them(
    owner: Colleague, letter: Letter, team: Team
) -> None:
    for number in range(9):
        LetterEvent.objects.create(letter=letter, actor=f"Person {number}", act="launch")
    page = owner.get(OVERVIEW).text
    assert "Launched the letter" in page
    assert "Person 8" in page
    assert "Person 0" not in page
    viewer = signed_in(somebody("Vera", Role.VIEWER, team))
    assert "What was done last" not in viewer.get(OVERVIEW).text


def test_a_letter_to_which_nothing_was_done_says_so(owner: Colleague, letter: Letter) -> None:
    LetterEvent.objects.all().delete()
    assert "Nothing was done yet." in owner.get(OVERVIEW).text


def test_it_asks_the_database_as_often_for_60_signatures_as_for_3(
    owner: Colleague, letter: Letter
) -> None:
    asked = []
    for number in (3, 57):
        enroll(letter, people(number))
        count_changes()
        owner.get(OVERVIEW)
        with CaptureQueriesContext(connection) as queries:
            owner.get(OVERVIEW)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20
