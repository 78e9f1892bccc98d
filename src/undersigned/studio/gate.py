"""What stands before every page of the studio: a session that is in use, and a second factor."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from undersigned.teams.models import Person
from undersigned.website.languages import known_language

STUDIO = "/studio/"
# The pages where somebody signs in, or sets up what signing in needs.
ENTRANCE = ("/studio/account/", "/studio/begin/", "/studio/join/")
_SEEN = "seen_at"
_NOTE_EVERY_SECONDS = 60


class Gate:
    """Middleware for `/studio/`: signs idle sessions out, insists on a second factor, no caching.

    Which pages somebody may see is said by each page (`studio.pages`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(STUDIO):
            return self.get_response(request)
        person = request.user
        if isinstance(person, Person) and not self._is_in_use(request):
            logout(request)
            messages.info(request, _("You were signed out because nothing happened for a while."))
            if request.method in {"GET", "HEAD"}:
                return redirect(f"{reverse('account_login')}?next={request.get_full_path()}")
        with translation.override(_language(request)):
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        at_entrance = request.path_info.startswith(ENTRANCE)
        if isinstance(person, Person) and not at_entrance and not has_second_factor(person):
            return redirect("mfa_index")
        response = self.get_response(request)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    def _is_in_use(self, request: HttpRequest) -> bool:
        """Whether the session was used lately; notes that it is."""
        now = int(time.time())
        seen = request.session.get(_SEEN, now)
        if now - seen > settings.SIGN_OUT_WHEN_IDLE_SECONDS:
            return False
        if seen == now or now - seen > _NOTE_EVERY_SECONDS:
            request.session[_SEEN] = now
            UserSession.objects.create_from_request(request)
        return True


def has_second_factor(person: Person) -> bool:
    """A passkey, or an authenticator app; recovery codes alone are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=person, type__in=kinds).exists())


def _language(request: HttpRequest) -> str:
    """The person's own, or the browser's before somebody signed in."""
    if isinstance(request.user, Person) and known_language(request.user.language):
        return request.user.language
    return translation.get_language_from_request(request)
