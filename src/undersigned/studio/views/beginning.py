"""The link that is printed at start: the first person makes their account here."""

from __future__ import annotations

from typing import Any

# Not documented; see studio.gate.
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from undersigned.letters.hosting import adopt_letters
from undersigned.studio.forms.accounts import BeginForm
from undersigned.studio.pages import open_page
from undersigned.teams.beginning import AlreadyBegun, is_good
from undersigned.teams.beginning import begin as begin_installation
from undersigned.teams.models import Person
from undersigned.website.languages import DEFAULT


@require_http_methods(["GET", "POST"])
@open_page
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """A form as long as the link is good. Nothing changes before it is sent."""
    if not is_good(token, timezone.now()):
        return _ended(request)
    form = BeginForm(request.POST or None)
    if not (request.method == "POST" and form.is_valid()):
        status = 422 if form.is_bound else 200
        return render(request, "studio/begin.html", {"form": form}, status=status)
    filled: dict[str, Any] = form.cleaned_data
    try:
        with transaction.atomic():
            person = begin_installation(
                token,
                name=filled["name"],
                email=filled["email"],
                password=filled["password"],
                team=filled["team"],
                language=get_language() or DEFAULT,
            )
            adopt_letters(person.memberships.get().team)
    except AlreadyBegun:
        return _ended(request)
    return sign_in_newcomer(request, person)


def sign_in_newcomer(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in who has just chosen a password, and go on to the second step."""
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    # They need not type it once more for what follows.
    record_authentication(request, person, "password", reauthenticated=True)
    return redirect("mfa_index")


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "studio/link_ended.html", {"why": "begun"}, status=410)
