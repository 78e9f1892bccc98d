"""The frame around every page of the studio: who is here, which letter, what there is to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from undersigned.letters.models import Letter, LetterState
from undersigned.letters.queries import letter_title
from undersigned.signatures.models import Signature, State
from undersigned.teams.models import Person, Team
from undersigned.teams.queries import roles_in, teams_of
from undersigned.teams.rules import Act, allows
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
    ("founders", gettext_lazy("Founders and launch"), Act.PUBLISH),
    ("people", gettext_lazy("People"), Act.SEE_LETTER),
)


def shell(
    person: Person, letter: Letter | None, current: str, team: Team | None = None
) -> dict[str, Any]:
    """The context that `studio/base.html` needs."""
    language = get_language() or "en"
    team = letter.team if letter else team
    teams = [_team(one, team) for one in teams_of(person)]
    return {
        "person": person,
        "teams": teams,
        "team": _team(team, team) if team else None,
        "letter": letter_in_view(letter) if letter else None,
        "parts": _parts(person, letter, current) if letter else [],
        "idle_minutes": settings.SIGN_OUT_WHEN_IDLE_SECONDS // 60,
        "language": language,
        "language_direction": direction(language),
    }


def letter_in_view(letter: Letter) -> LetterInView:
    label, tone = STATES[LetterState(letter.state)]
    return LetterInView(
        row=letter,
        slug=letter.slug,
        title=letter_title(letter),
        url=reverse("studio-overview", args=[letter.slug]),
        state_label=str(label),
        state_tone=tone,
    )


def _team(team: Team, current: Team | None) -> TeamInView:
    url = reverse("studio-team", args=[team.pk])
    return TeamInView(team.name, url, is_current=team == current)


def _parts(person: Person, letter: Letter, current: str) -> list[Part]:
    roles = roles_in(person, letter.team_id, letter.pk)
    return [
        Part(
            key=key,
            label=str(label),
            url=reverse(f"studio-{key}", args=[letter.slug]),
            count=held_count(letter) if key == "queue" else None,
            is_current=key == current,
        )
        for key, label, act in PARTS
        if allows(roles, act)
    ]


def held_count(letter: Letter) -> int:
    """How many signatures wait for a person."""
    waiting = Signature.objects.filter(letter=letter, state=State.CONFIRMED)
    return waiting.exclude(held_because="").count()
