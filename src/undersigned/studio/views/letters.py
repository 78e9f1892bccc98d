"""The first page, and a new letter."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.creating import SlugTaken
from undersigned.letters.creating import create as create_letter
from undersigned.letters.models import Letter
from undersigned.studio.forms.letters import NewLetterForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import (
    StudioRequest,
    letter_page,
    person_page,
    show,
    team_page,
    visible_letters,
)
from undersigned.studio.shell import letter_in_view
from undersigned.teams.models import Team
from undersigned.teams.queries import may, teams_of
from undersigned.teams.rules import Act


@require_safe
@person_page
def home(request: StudioRequest) -> HttpResponse:
    """Every team with its letters; whoever has one letter only finds it here too."""
    groups = [
        {
            "team": team,
            "letters": [letter_in_view(letter) for letter in visible_letters(request.user, team)],
            "may_create": may(request.user, Act.CREATE_LETTER, team.pk),
        }
        for team in teams_of(request.user)
    ]
    return show(request, "home.html", {"groups": groups})


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


@require_safe
@letter_page(Act.SEE_LETTER)
def overview(request: StudioRequest, letter: Letter) -> HttpResponse:
    return show(request, "overview.html", letter=letter, part="overview")
