"""The first page, and a new letter."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.creating import SlugTaken
from undersigned.letters.creating import create as create_letter
from undersigned.letters.queries import letter_titles
from undersigned.studio.forms.letters import NewLetterForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import (
    StudioRequest,
    person_page,
    show,
    team_page,
    visible_letters,
)
from undersigned.studio.shell import LetterInView, letter_in_view
from undersigned.teams.models import Role, Team
from undersigned.teams.queries import team_roles, teams_of
from undersigned.teams.rules import Act, allows

PER_PAGE = 100


@require_safe
@person_page
def home(request: StudioRequest) -> HttpResponse:
    """Every team with its letters; whoever has one letter only finds it here too."""
    pages = Paginator(visible_letters(request.user), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    titles = letter_titles(page)
    letters: dict[UUID | None, list[LetterInView]] = {}
    for letter in page:
        in_view = letter_in_view(letter, titles[letter.pk])
        letters.setdefault(letter.team_id, []).append(in_view)
    roles = team_roles(request.user)
    if request.user.is_host:
        roles = {team.pk: frozenset({Role.OWNER}) for team in teams_of(request.user)}
    groups: list[dict[str, Any]] = [
        {
            "team": team,
            "letters": letters.get(team.pk, []),
            "is_member": team.pk in roles,
            "may_create": allows(roles.get(team.pk, frozenset()), Act.CREATE_LETTER),
        }
        for team in teams_of(request.user)
    ]
    # Put up from the command line: only whoever runs the installation sees these.
    orphans = letters.get(None)
    return show(request, "home.html", {"groups": groups, "orphans": orphans, "page": page})


@require_http_methods(["GET", "POST"])
@team_page(Act.CREATE_LETTER)
def create(request: StudioRequest, team: Team) -> HttpResponse:
    form = NewLetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            letter = create_letter(team, form.new_letter(), actor=request.user.name)
        except SlugTaken:
            form.add_error("slug", _("Another letter has this address. Choose another."))
        else:
            say_done(request, _("The letter is there, as a draft. Nobody but your team sees it."))
            return redirect("studio-overview", letter.slug)
    status = 422 if form.is_bound else 200
    return show(request, "letter_new.html", {"form": form}, team=team, status=status)
