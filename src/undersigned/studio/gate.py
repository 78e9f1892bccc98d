"""What stands before every page of the studio: a session that is in use, and a second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records

# Not documented, and the one function that notes how somebody showed who they are.
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from undersigned.teams.models import Person

STUDIO = "/studio/"
# Where somebody who signed in sets up what signing in needs; all that a password alone opens.
SETTING_UP = "/studio/account/"
_SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
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
        with translation.override(_language(request)):
            response = self._answer(request)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, Person):
            has_factor = has_second_factor(person)
            if not _is_in_use(request):
                why = _("You were signed out because nothing happened for a while.")
                _sign_out(request, why)
            elif has_factor and not showed_second_factor(request, person):
                # Signed in when a password was still enough, or somebody who has only that.
                _sign_out(request, _("Please sign in again, with your second step."))
            elif not has_factor and not request.path_info.startswith(SETTING_UP):
                return redirect("mfa_index")
        return self.get_response(request)


def has_second_factor(person: Person) -> bool:
    """A passkey, or an authenticator app; recovery codes alone are none."""
    factors = Authenticator.objects.filter(user=person, type__in=_SECOND_FACTORS)
    return bool(factors.exists())


def showed_second_factor(request: HttpRequest, person: Person) -> bool:
    """Whether this session was begun, or gone on with, by more than a password."""
    records = get_authentication_records(request, person)
    return any(record.get("method") == "mfa" for record in records)


def note_new_factor(
    sender: object, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any
) -> None:
    """Receiver: whoever sets up a second factor has just shown it."""
    if authenticator.type in _SECOND_FACTORS:
        record_authentication(request, user, "mfa", type=authenticator.type)


def _is_in_use(request: HttpRequest) -> bool:
    """Whether the session was used lately; notes that it is."""
    now = int(time.time())
    seen = request.session.get(_SEEN, 0)
    if seen and now - seen > settings.SIGN_OUT_WHEN_IDLE_SECONDS:
        return False
    if now - seen > _NOTE_EVERY_SECONDS:
        request.session[_SEEN] = now
        UserSession.objects.create_from_request(request)
    return True


def _sign_out(request: HttpRequest, why: str) -> None:
    """The page itself then says where to sign in, and keeps what was sent (`pages.signed_in`)."""
    logout(request)
    messages.info(request, why)


def _language(request: HttpRequest) -> str:
    """The person's own, or else the browser's, of those that the studio speaks."""
    own = request.user.language if isinstance(request.user, Person) else ""
    found = (own, translation.get_language_from_request(request))
    spoken = [code for code in found if code in settings.STUDIO_LANGUAGES]
    return spoken[0] if spoken else settings.LANGUAGE_CODE
