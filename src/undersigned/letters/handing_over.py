"""The delivery log: to whom a letter was handed over, when, with how many, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from undersigned.letters.models import Handover, Letter, LetterEvent
from undersigned.letters.publishing import bump_revision


@dataclass(frozen=True)
class Delivery:
    """What is written down of a handover. `note` and `answer` are Markdown."""

    recipient: str
    handed_over_on: date
    organisations: int
    people: int
    note: str = ""
    answer: str = ""
    answered_on: date | None = None
    is_public: bool = True


@transaction.atomic
def add_handover(letter: Letter, delivery: Delivery, *, actor: str) -> Handover:
    """Write a handover down, under the edition of the day."""
    handover = Handover.objects.create(
        letter=letter, edition_id=letter.edition_id, **asdict(delivery)
    )
    _note(letter, actor, "add handover", handover)
    return handover


@transaction.atomic
def change_handover(handover: Handover, delivery: Delivery, *, actor: str) -> None:
    """Write it down otherwise, or with the answer that came; its edition stays."""
    Handover.objects.filter(pk=handover.pk).update(**asdict(delivery))
    _note(handover.letter, actor, "change handover", handover)


@transaction.atomic
def remove_handover(handover: Handover, *, actor: str) -> None:
    """Take it out of the log."""
    _note(handover.letter, actor, "remove handover", handover)
    Handover.objects.filter(pk=handover.pk).delete()


def handovers_of(letter: Letter) -> Sequence[Handover]:
    """All of them, the latest first."""
    return list(letter.handovers.order_by("-handed_over_on", "-pk"))


def public_handovers(letter: Letter) -> Sequence[Handover]:
    """Those that the letter's page shows, the latest first."""
    return [handover for handover in handovers_of(letter) if handover.is_public]


def _note(letter: Letter, actor: str, act: str, handover: Handover) -> None:
    details = {"handover": handover.pk}
    LetterEvent.objects.create(letter=letter, actor=actor, act=act, details=details)
    bump_revision(letter)
