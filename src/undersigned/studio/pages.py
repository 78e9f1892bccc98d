"""What every page of the studio goes through: who asks, which letter, may they.

    @letter_page(Act.WRITE)
    def edit(request: StudioRequest, letter: Letter) -> HttpResponse: ...

An outsider gets the same answer as for a letter that does not exist. A member whose role does not
reach so far gets a sentence that says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from undersigned.letters.models import Letter
from undersigned.studio.shell import shell
from undersigned.teams.models import Person, Team
from undersigned.teams.queries import letters_seen_by, roles_in, teams_of
from undersigned.teams.rules import TEAM_ACTS, Act, allows

View = Callable[..., HttpResponse]


class StudioRequest(HttpRequest):
    """A request of somebody who signed in."""

    user: Person


def letter_page(act: Act) -> Callable[[View], View]:
    """Decorator of a view of one letter: finds it by its slug, and asks the table of roles."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            letter = (
                Letter.objects.select_related("edition", "team")
                .defer("logo")
                .filter(slug=slug)
                .first()
            )
            if letter is None:
                raise Http404
            roles = roles_in(request.user, letter.team_id, letter.pk)
            if not roles:
                raise Http404
            if act in TEAM_ACTS:
                roles = roles_in(request.user, letter.team_id)
            if not allows(roles, act):
                return _refused(request, letter)
            return view(request, letter, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]  # tests walk every page by it
        return login_required(guarded)

    return decorate


def team_page(act: Act | None) -> Callable[[View], View]:
    """Decorator of a view of a team. `act` None: for every member of the team itself."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, team: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            found = Team.objects.filter(pk=team).first()
            if found is None or found not in teams_of(request.user):
                raise Http404
            if act is not None and not allows(roles_in(request.user, found.pk), act):
                return _refused(request, None)
            return view(request, found, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]
        return login_required(guarded)

    return decorate


def host_page(view: View) -> View:
    """Decorator of a view for whoever runs the installation."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_host:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.act = "host"  # type: ignore[attr-defined]
    return login_required(guarded)


def person_page(view: View) -> View:
    """Decorator of a view for everybody who signed in."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    guarded.act = "person"  # type: ignore[attr-defined]
    return login_required(guarded)


def show(
    request: StudioRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    letter: Letter | None = None,
    team: Team | None = None,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page inside the studio's frame. `part`: the key of its entry at the side.

    Templates find the frame's `letter` (see `shell.LetterInView`; the row is `letter.row`).
    """
    return render(
        request,
        f"studio/{template}",
        {**shell(request.user, letter, part, team), **(context or {})},
        status=status,
    )


def visible_letters(person: Person, team: Team) -> Any:
    """A team's letters that a person may see, newest first (a query set)."""
    letters = Letter.objects.filter(team=team).order_by("-created_at").defer("logo")
    only = letters_seen_by(person, team)
    return letters if only is None else letters.filter(pk__in=only)


def _refused(request: Any, letter: Letter | None) -> HttpResponse:
    return show(request, "refused.html", letter=letter, status=403)
