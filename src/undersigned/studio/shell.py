"""The frame around every page of the studio: who is here, which letter, what there is to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from undersigned.letters.models import Letter, LetterState
from undersigned.letters.queries import letter_title
from undersigned.signatures.models import Signature, State
from undersigned.teams.models import Person, Team
from undersigned.teams.queries import roles_in, team_roles, teams_of
from undersigned.teams.rules import TEAM_ACTS, Act, allows
from undersigned.website.languages import direction


@dataclass(frozen=True)
class Part:
    """An entry at the side. `count`: how much waits there, None for nothing to count."""

    key: str
    label: str
    url: str
    count: int | None
    is_current: bool


@dataclass(frozen=True)
class LetterInView:
    """The letter as the frame names it. `tone`: see `studio/_tag.html`."""

    row: Letter
    slug: str
    title: str
    url: str
    state_label: str
    state_tone: str


@dataclass(frozen=True)
class TeamInView:
    name: str
    url: str
    is_current: bool


STATES = {
    LetterState.DRAFT: (gettext_lazy("Draft"), ""),
    LetterState.GATHERING: (gettext_lazy("Gathering founders"), "wait"),
    LetterState.OPEN: (gettext_lazy("Open"), "good"),
    LetterState.CLOSED: (gettext_lazy("Closed"), ""),
    LetterState.ARCHIVED: (gettext_lazy("Archived"), ""),
}

# Key and address name, what it is called, and which act opens it.
PARTS = (
    ("overview", gettext_lazy("Overview"), Act.SEE_LETTER),
    ("text", gettext_lazy("Text"), Act.WRITE),
    ("languages", gettext_lazy("Languages"), Act.TRANSLATE),
    ("editions", gettext_lazy("Editions"), Act.PUBLISH),
    ("founders", gettext_lazy("Founders and launch"), Act.PUBLISH),
    ("queue", gettext_lazy("Queue"), Act.SEE_QUEUE),
    ("signatures", gettext_lazy("Signatures"), Act.SEE_QUEUE),
    ("organisations", gettext_lazy("Organisations"), Act.SEE_QUEUE),
    ("rules", gettext_lazy("Rules that hold"), Act.SET_RULES),
    ("imports", gettext_lazy("Imports"), Act.IMPORT),
    ("paper", pgettext_lazy("signatures on paper", "Paper"), Act.IMPORT),
    ("updates", pgettext_lazy("news of a letter", "Updates"), Act.SEND_UPDATES),
    ("partners", gettext_lazy("Partners"), Act.MANAGE_PARTNERS),
    ("deliver", gettext_lazy("Deliver"), Act.EXPORT_NAMES),
    ("figures", gettext_lazy("Figures"), Act.SEE_LETTER),
    ("people", gettext_lazy("People"), Act.SEE_LETTER),
    ("kept", gettext_lazy("What is kept"), Act.SEE_EVENTS),
    ("events", gettext_lazy("Events"), Act.SEE_EVENTS),
    ("settings", gettext_lazy("Settings"), Act.SET_UP),
)


def shell(
    person: Person, letter: Letter | None, current: str, team: Team | None = None
) -> dict[str, Any]:
    """The context that `studio/base.html` needs."""
    language = get_language() or "en"
    team = letter.team if letter else team
    member_of = None if person.is_host else frozenset(team_roles(person))
    teams = [_team(one, team, member_of) for one in teams_of(person)]
    return {
        "person": person,
        "teams": teams,
        "team": _team(team, team, member_of) if team else None,
        "letter": letter_in_view(letter) if letter else None,
        "parts": _parts(person, letter, current) if letter else [],
        "idle_minutes": settings.SIGN_OUT_WHEN_IDLE_SECONDS // 60,
        "language": language,
        "language_direction": direction(language),
    }


def letter_in_view(letter: Letter, title: str | None = None) -> LetterInView:
    """`title`: where many were looked up at once (`letters.queries.letter_titles`)."""
    label, tone = STATES[LetterState(letter.state)]
    return LetterInView(
        row=letter,
        slug=letter.slug,
        title=letter_title(letter) if title is None else title,
        url=reverse("studio-overview", args=[letter.slug]),
        state_label=str(label),
        state_tone=tone,
    )


def _team(team: Team, current: Team | None, member_of: frozenset[UUID] | None) -> TeamInView:
    """Guests of one letter are led to their letter: the team's people are not theirs to see."""
    is_guest = member_of is not None and team.pk not in member_of
    url = reverse("studio") if is_guest else reverse("studio-team", args=[team.pk])
    return TeamInView(team.name, url, is_current=team == current)


def _parts(person: Person, letter: Letter, current: str) -> list[Part]:
    roles = roles_in(person, letter.team_id, letter.pk)
    team_wide = roles_in(person, letter.team_id)
    return [
        Part(
            key=key,
            label=str(label),
            url=reverse(f"studio-{key}", args=[letter.slug]),
            count=held_count(letter) if key == "queue" else None,
            is_current=key == current,
        )
        for key, label, act in PARTS
        if allows(team_wide if act in TEAM_ACTS else roles, act)
    ]


def held_count(letter: Letter) -> int:
    """How many signatures wait for a person."""
    waiting = Signature.objects.filter(letter=letter, state=State.CONFIRMED)
    return waiting.exclude(held_because="").count()
