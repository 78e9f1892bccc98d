"""The delivery log, as organisers keep it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.builders import listed
from tests.studio.people import Colleague
from undersigned.letters.handing_over import Delivery, add_handover
from undersigned.letters.models import Handover, Letter
from undersigned.signatures.counting import count_changes
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

TYPED = {
    "recipient": "The city council",
    "handed_over_on": "2026-11-20",
    "organisations": "3",
    "people": "40",
    "note": "On the *steps*.",
    "answer": "",
    "answered_on": "",
    "is_public": "on",
}


def new(letter: Letter) -> str:
    return reverse("studio-handover-new", args=[letter.slug])


@pytest.fixture
def handover(letter: Letter) -> Handover:
    return add_handover(
        letter, Delivery("The council", date(2026, 11, 20), 3, 40, "Words"), actor="Ana"
    )


def page(handover: Handover) -> str:
    return reverse("studio-handover", args=[handover.letter.slug, handover.pk])


def test_the_form_begins_with_todays_numbers(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys)
    count_changes()
    shown = owner.get(new(letter)).text
    assert 'name="people" value="1"' in shown


def test_a_handover_is_written_down(owner: Colleague, letter: Letter) -> None:
    answer = owner.post(new(letter), TYPED)
    assert answer["Location"] == reverse("studio-deliver", args=[letter.slug])
    row = Handover.objects.get()
    assert (row.recipient, row.people, row.is_public) == ("The city council", 40, True)
    shown = owner.get(answer["Location"]).text
    assert "The handover is in the delivery log." in shown
    assert "organisations: 3; people: 40" in shown
    assert "not yet" in shown


def test_the_answer_is_added_later(owner: Colleague, handover: Handover) -> None:
    answered = {**TYPED, "answer": "They thank us.", "answered_on": "2026-11-22"}
    owner.post(page(handover), answered)
    handover.refresh_from_db()
    assert (handover.answer, handover.answered_on) == ("They thank us.", date(2026, 11, 22))
    deliver = owner.get(reverse("studio-deliver", args=[handover.letter.slug])).text
    assert ("not yet" in deliver, "22 Nov 2026" in deliver) == (False, True)


def test_an_answer_without_its_day_counts_as_one(owner: Colleague, handover: Handover) -> None:
    owner.post(page(handover), {**TYPED, "answer": "Thanks."})
    deliver = owner.get(reverse("studio-deliver", args=[handover.letter.slug])).text
    assert "not yet" not in deliver


def test_an_answer_before_the_handover_is_refused_and_nothing_is_lost(
    owner: Colleague, handover: Handover
) -> None:
    answer = owner.post(page(handover), {**TYPED, "answered_on": "2026-11-19"})
    assert answer.status_code == 422
    assert "The answer cannot have come before the letter was handed over." in answer.text
    assert "On the *steps*." in answer.text


def test_a_form_without_a_day_says_so(owner: Colleague, letter: Letter) -> None:
    answer = owner.post(new(letter), {**TYPED, "handed_over_on": ""})
    assert answer.status_code == 422
    assert not Handover.objects.exists()


@pytest.mark.parametrize(
    ("is_public", "sentence"),
    [(True, "The letter&#x27;s page shows it no more."), (False, "It was not on the letter")],
)
def test_it_is_taken_out_after_a_question(
    owner: Colleague, handover: Handover, is_public: bool, sentence: str
) -> None:
    Handover.objects.update(is_public=is_public)
    question = owner.get(f"{page(handover)}remove/").text
    assert sentence in question
    assert "This cannot be taken back." in question
    owner.post(f"{page(handover)}remove/")
    assert not Handover.objects.exists()


def test_another_letters_handover_is_not_found_here(owner: Colleague, handover: Handover) -> None:
    path = reverse("studio-handover", args=[handover.letter.slug, handover.pk + 1])
    assert owner.get(path).status_code == 404
