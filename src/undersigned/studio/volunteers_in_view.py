"""Who offers to translate a letter, and who does so by a link: for those who may answer them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from undersigned.letters.models import Letter, Translator, TranslatorState
from undersigned.letters.translating.volunteers import Details, read
from undersigned.studio.shell import LetterInView
from undersigned.teams.installation import studio_opener
from undersigned.teams.models import Person
from undersigned.teams.queries import may
from undersigned.teams.rules import Act
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen, Opener
from undersigned.website.languages import own_name

_MOST_SHOWN = 200
_STANDING = (TranslatorState.OFFERED, TranslatorState.INVITED, TranslatorState.JOINED)


@dataclass(frozen=True)
class VolunteerInView:
    """`details`: None where this machine has not the key that opens them."""

    pk: UUID
    language: str
    details: Details | None
    offered_at: datetime
    expires_at: datetime | None
    has_joined: bool

    @property
    def language_name(self) -> str:
        return own_name(self.language)


@dataclass(frozen=True)
class VolunteersInView:
    """`offers` nobody answered yet; `volunteers` have a link."""

    offers: list[VolunteerInView]
    volunteers: list[VolunteerInView]


def volunteers_in_view(letter: LetterInView, person: Person) -> VolunteersInView | None:
    """None for those who may not answer them: names and addresses are opened for nobody else."""
    if not may(person, Act.PUBLISH, letter.row.team_id, letter.row.pk):
        return None
    rows = Translator.objects.filter(letter=letter.row, state__in=_STANDING)
    found = list(rows.order_by("offered_at", "pk")[:_MOST_SHOWN])
    opener = _opener() if found else None
    seen = [(row.state, _in_view(row, opener)) for row in found]
    return VolunteersInView(
        offers=[one for state, one in seen if state == TranslatorState.OFFERED],
        volunteers=[one for state, one in seen if state != TranslatorState.OFFERED],
    )


def find_volunteer(letter: Letter, pk: UUID) -> Translator | None:
    return Translator.objects.select_related("letter__team").filter(letter=letter, pk=pk).first()


def _in_view(row: Translator, opener: Opener | None) -> VolunteerInView:
    return VolunteerInView(
        pk=row.pk,
        language=row.language,
        details=_details(row, opener),
        offered_at=row.offered_at,
        expires_at=row.expires_at,
        has_joined=row.state == TranslatorState.JOINED,
    )


def _details(row: Translator, opener: Opener | None) -> Details | None:
    if opener is None:
        return None
    try:
        return read(row, opener)
    except CannotOpen:
        # Sealed to a key that was lost since.
        return None


def _opener() -> Opener | None:
    try:
        return studio_opener(settings.DATA / "web")
    except KeyMissing:
        return None
