"""The link that is printed at start: the first person makes their account here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from undersigned.studio.forms.accounts import BeginForm
from undersigned.teams.beginning import AlreadyBegun, is_good
from undersigned.teams.beginning import begin as begin_installation


@require_http_methods(["GET", "POST"])
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
        person = begin_installation(
            token,
            name=filled["name"],
            email=filled["email"],
            password=filled["password"],
            team=filled["team"],
        )
    except AlreadyBegun:
        return _ended(request)
    login(request, person, backend=BACKEND)
    return redirect("mfa_index")


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "studio/link_ended.html", {"why": "begun"}, status=410)
