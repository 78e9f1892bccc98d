"""Which team hosts a letter that did not come into being in the studio."""

from __future__ import annotations

from undersigned.letters.models import Letter
from undersigned.teams.models import Team


class TeamUnclear(Exception):
    """There are several teams, or none of this name. One sentence."""


def adopt_letters(team: Team) -> int:
    """Give the first team of an installation the letters that were put up before it."""
    return Letter.objects.filter(team=None).update(team=team)


def host_of_new_letters(name: str = "") -> Team | None:
    """The team of this name, or the only one; None while there is none. Raises TeamUnclear."""
    teams = list(Team.objects.order_by("name"))
    if name:
        named = [team for team in teams if team.name == name]
        if len(named) != 1:
            raise TeamUnclear(f"There is no team called “{name}”, or more than one.")
        return named[0]
    if len(teams) > 1:
        names = ", ".join(f"“{team.name}”" for team in teams)
        raise TeamUnclear(f"Say whose letter it is with --team; there are {names}.")
    return teams[0] if teams else None
