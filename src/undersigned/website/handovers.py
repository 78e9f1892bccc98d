"""What a letter's page says of its delivery: to whom, when, with how many, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from undersigned.letters.formatting import long_day
from undersigned.letters.handing_over import public_handovers
from undersigned.letters.models import Letter
from undersigned.website.languages import words_language


@dataclass(frozen=True)
class Delivered:
    """One handover; `answered` is the day of the answer, or nothing. Texts are Markdown."""

    recipient: str
    handed_over_on: date
    day: str
    organisations: int
    people: int
    note: str
    answer: str
    answered: str


def delivered(letter: Letter, language: str) -> list[Delivered]:
    """The handovers that organisers made public, the latest first; days as `language` has them."""
    words = words_language(language)
    return [
        Delivered(
            recipient=handover.recipient,
            handed_over_on=handover.handed_over_on,
            day=long_day(handover.handed_over_on, words),
            organisations=handover.organisations,
            people=handover.people,
            note=handover.note,
            answer=handover.answer,
            answered=long_day(handover.answered_on, words) if handover.answered_on else "",
        )
        for handover in public_handovers(letter)
    ]
