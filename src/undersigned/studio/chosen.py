"""What an organiser ticked in a list, as whom they decide on it, and where they go on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from undersigned.letters.models import Letter
from undersigned.signatures.deciding import MOST_AT_ONCE, By
from undersigned.studio.pages import StudioRequest


def by(request: StudioRequest, letter: Letter) -> By:
    return By(letter, request.user.name, request.user.pk)


def chosen_in(request: StudioRequest) -> list[UUID]:
    """The signatures that were ticked, as many as one decision takes."""
    sent = request.POST if request.method == "POST" else request.GET
    return ids_in(sent.getlist("chosen"))[:MOST_AT_ONCE]


def ids_in(sent: Sequence[str]) -> list[UUID]:
    """Each once, in order; what is no id is nobody's tick, and left out."""
    found = []
    for text in sent:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def back(request: StudioRequest, letter: Letter) -> HttpResponse:
    """To where the form says, if that is in the studio; else to the list."""
    return redirect(asked_back(request) or reverse("studio-signatures", args=[letter.slug]))


def asked_back(request: StudioRequest) -> str:
    """Where the form says to go on; nothing if that is not in the studio."""
    there = (request.POST if request.method == "POST" else request.GET).get("back", "")
    is_ours = there.startswith("/studio/") and url_has_allowed_host_and_scheme(there, None)
    return there if is_ours else ""
