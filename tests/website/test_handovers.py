"""The letter's page tells of its delivery, once there was one."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from undersigned.letters.handing_over import Delivery, add_handover
from undersigned.letters.models import Letter
from undersigned.website.handovers import delivered

pytestmark = pytest.mark.django_db

DELIVERY = Delivery(
    recipient="The city council",
    handed_over_on=date(2026, 11, 20),
    organisations=3,
    people=1_240,
    note="On the *steps* <script>.",
)


def test_a_letter_that_was_not_handed_over_says_nothing_of_it(
    client: Client, letter: Letter
) -> None:
    assert "Handed over" not in client.get(f"/{letter.slug}/en/").text


def test_to_whom_when_and_with_how_many(client: Client, letter: Letter) -> None:
    add_handover(letter, DELIVERY, actor="Ana")
    page = client.get(f"/{letter.slug}/en/").text
    assert "<time datetime=2026-11-20>20 November 2026</time>: <bdi>The city council</bdi>" in page
    assert "Signed by then: organisations: 3; people: 1,240." in page
    assert "On the <em>steps</em> &lt;script&gt;." in page
    assert "The answer" not in page


@pytest.mark.parametrize(
    ("answered_on", "words"),
    [(date(2026, 11, 22), "Answered on 22 November 2026:"), (None, "The answer:")],
)
def test_the_answer(client: Client, letter: Letter, answered_on: date | None, words: str) -> None:
    delivery = Delivery("The city", date(2026, 11, 20), 1, 1, "", "Thank you.", answered_on)
    add_handover(letter, delivery, actor="Ana")
    page = client.get(f"/{letter.slug}/en/").text
    assert words in page
    assert "<p>Thank you.</p>" in page


def test_what_is_not_public_stays_in_the_studio(client: Client, letter: Letter) -> None:
    private = Delivery("The city", date(2026, 11, 20), 1, 1, is_public=False)
    add_handover(letter, private, actor="Ana")
    assert "Handed over" not in client.get(f"/{letter.slug}/en/").text


def test_days_are_written_in_the_pages_language(letter: Letter) -> None:
    add_handover(letter, DELIVERY, actor="Ana")
    (one,) = delivered(letter, "es")
    assert one.day == "20 de noviembre de 2026"
