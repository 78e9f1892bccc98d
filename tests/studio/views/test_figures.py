"""A letter's figures, for organisers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.builders import confirmed, listed
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.mail.models import Message
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Kind, Signature, Visibility
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team

FIGURES = "/studio/letters/banned/figures/"


def cells(page: str, name: str) -> list[str]:
    """What the rows of a figure's first table say."""
    figure = page[page.index(f"id={name}>") :]
    body = figure[figure.index("<tbody>") : figure.index("</table>")]
    rows = re.sub(r"<svg.*?</svg>", " ", body, flags=re.DOTALL).split("<tr")[1:]
    return [" ".join(re.sub(r"<[^>]*>", " ", f"<tr{row}").split()) for row in rows]


@pytest.fixture
def some(letter: Letter, keys: WorkerKeys) -> None:
    """Two imported twenty days ago, two on the site today; one of these does not appear."""
    enroll(
        letter,
        [Enrolled(Kind.INDIVIDUAL, "Ana", country="DE"), Enrolled(Kind.ORGANISATION, "Union")],
    )
    Signature.objects.update(created_at=timezone.now() - timedelta(days=20))
    listed(letter, keys, country="ES", language="es")
    listed(letter, keys, country="TM", language="es", choice=Visibility.COUNTED)
    count_changes()


def test_every_count_has_its_table(owner: Colleague, letter: Letter, some: None) -> None:
    page = owner.get(FIGURES).text
    assert "4 signatures from" in page
    assert cells(page, "countries") == [
        "Germany 1 25%",
        "No country named 1 25%",
        "Spain 1 25%",
        "Turkmenistan 1 25%",
    ]
    assert cells(page, "languages") == ["English 2 50%", "Spanish 2 50%"]
    assert cells(page, "sources") == ["Signed on this site 2 50%", "Imported from a list 2 50%"]
    assert cells(page, "kinds") == ["People 3 75%", "Organisations 1 25%"]
    assert cells(page, "world") == ["Germany 1", "Spain 1", "Turkmenistan 1"]
    assert cells(page, "funnel") == [
        "Handed in the form 2",
        "Confirmed by mail 2 100%",
        "Stand on the list 2 100%",
    ]
    assert len(cells(page, "pace")) == len(cells(page, "growth")) == 21


@pytest.mark.parametrize(
    ("period", "languages"),
    [("week", ["Spanish 2 100%"]), ("month", ["English 2 50%", "Spanish 2 50%"])],
)
def test_a_period_leaves_out_what_came_before(
    owner: Colleague, letter: Letter, some: None, period: str, languages: list[str]
) -> None:
    page = owner.get(f"{FIGURES}?period={period}").text
    assert cells(page, "languages") == languages
    assert f'href="?period={period}" aria-current=page' in page
    assert "id=growth" not in page


def test_a_period_that_there_is_not_is_all(owner: Colleague, letter: Letter, some: None) -> None:
    assert "id=growth" in owner.get(f"{FIGURES}?period=century").text


def test_before_the_first_signature_the_page_says_why_it_is_empty(
    owner: Colleague, letter: Letter
) -> None:
    page = owner.get(FIGURES).text
    assert "No signature that stands came in this time." in page
    assert "No signature waits for a decision." in page
    assert "<svg class=curve" not in page


def test_mail_and_queue_are_there(owner: Colleague, letter: Letter, keys: WorkerKeys) -> None:
    confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair")
    confirmed(letter, keys)
    confirmed(letter, keys)
    first, second, _ = Message.objects.all()
    Message.objects.filter(pk=first.pk).update(attempts=1)
    Message.objects.filter(pk=second.pk).update(state="failed")
    page = owner.get(FIGURES).text
    found = {
        label: value for value, label in re.findall(r"<b>([^<]*)</b> <span>([^<]*)</span>", page)
    }
    assert found == {
        "delivered": "0",
        "waiting": "1",
        "delayed, tried again": "1",
        "bounced or given up": "1",
    }
    assert "The oldest mail that has not left was written" in page
    assert "1 signature waits for a decision; it was confirmed" in page


def test_a_viewer_may_look_and_an_outsider_may_not(letter: Letter, team: Team) -> None:
    assert signed_in(somebody("Vera", Role.VIEWER, team)).get(FIGURES).status_code == 200
    assert signed_in(somebody("Otto")).get(FIGURES).status_code == 404


def test_it_asks_the_database_as_often_for_60_signatures_as_for_3(
    owner: Colleague, letter: Letter
) -> None:
    asked = []
    for number in (3, 57):
        enroll(letter, [Enrolled(Kind.INDIVIDUAL, f"Name {each}") for each in range(number)])
        count_changes()
        owner.get(FIGURES)
        with CaptureQueriesContext(connection) as queries:
            owner.get(FIGURES)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20
