"""What every page of the studio goes through: who asks, which letter, may they.

    @letter_page(Act.WRITE)
    def edit(request: StudioRequest, letter: Letter) -> HttpResponse: ...

An outsider gets the same answer as for a letter that does not exist. A member whose role does not
reach so far gets a sentence that says so. Whoever is not signed in is led to sign in; what they
sent is kept on a page that sends it again.

Each decorator notes on the view what it needs (`view.act`): a test walks every page by it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from undersigned.letters.models import Letter
from undersigned.studio.shell import shell
from undersigned.teams.models import Person, Team
from undersigned.teams.queries import roles_in, teams_of
from undersigned.teams.rules import TEAM_ACTS, Act, allows
from undersigned.website.origin import SAFE_METHODS

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

        return signed_in(_needs(act, guarded))

    return decorate


def team_page(act: Act | None) -> Callable[[View], View]:
    """Decorator of a view of a team. `act` None: for every member of the team itself.

    A guest of one letter sees neither the team's people nor its other letters.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, team: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            found = Team.objects.filter(pk=team).first()
            if found is None or found not in teams_of(request.user):
                raise Http404
            roles = roles_in(request.user, found.pk)
            if not roles or (act is not None and not allows(roles, act)):
                return _refused(request, None)
            return view(request, found, *args, **kwargs)

        return signed_in(_needs(act or "member", guarded))

    return decorate


def host_page(view: View) -> View:
    """Decorator of a view for whoever runs the installation."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_host:
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(_needs("host", guarded))


def person_page(view: View) -> View:
    """Decorator of a view for everybody who signed in."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return signed_in(_needs("person", guarded))


def open_page(view: View) -> View:
    """Decorator of a view for everybody: whoever has its link comes in."""

    @wraps(view)
    def unguarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return _needs("nobody", unguarded)


def signed_in(view: View) -> View:
    """Decorator: for whoever signed in. Others sign in first, and nothing they sent is lost."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method in SAFE_METHODS:
            return redirect_to_login(request.get_full_path())
        return _signed_out(request)

    return guarded


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


def visible_letters(person: Person) -> QuerySet[Letter]:
    """Every letter that a person may see, newest first."""
    letters = Letter.objects.order_by("-created_at", "slug").defer("logo")
    if person.is_host:
        return letters
    whole_teams = person.memberships.filter(letter=None).values("team")
    guest_of = person.memberships.exclude(letter=None).values("letter")
    return letters.filter(Q(team__in=whole_teams) | Q(pk__in=guest_of, team__isnull=False))


def _needs(act: Act | str, view: View) -> View:
    view.act = act  # type: ignore[attr-defined]
    return view


def _signed_out(request: HttpRequest) -> HttpResponse:
    """The form comes back with what was typed, to be sent again after signing in elsewhere.

    Only to a browser that sent it from our own page: `website.origin` sees to that.
    """
    context = {
        "carried": [(name, value) for name, values in request.POST.lists() for value in values],
        "had_files": bool(request.FILES),
    }
    return render(request, "studio/signed_out.html", context, status=403)


def _refused(request: Any, letter: Letter | None) -> HttpResponse:
    return show(request, "refused.html", letter=letter, status=403)
