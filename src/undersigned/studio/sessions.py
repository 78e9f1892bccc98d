"""Sessions that a stolen database does not hand over.

The table knows a session by its key. The cookie carries the key with a mark made with the web's
secret key, which stands outside the database; without the mark the key opens nothing. What a
session remembers (secrets while a second step is set up, forms that wait for a password) is sealed
in its row.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from undersigned.teams.installation import INSTALLATION
from undersigned.vault.open import CannotOpen
from undersigned.vault.tokens import open_under_token, seal_under_token

_SIGNER = "studio session"
_PURPOSE = "session"


class SessionStore(db.SessionStore):
    """Django's table of sessions, whose contents only the web can read."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        words = json.dumps(session_dict, separators=(",", ":")).encode()
        sealed = seal_under_token(settings.SECRET_KEY, INSTALLATION, _PURPOSE, words)
        return base64.b64encode(sealed).decode("ascii")

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """What was encoded; nothing, as for an ended session, if it cannot be opened."""
        try:
            sealed = base64.b64decode(session_data)
            words = open_under_token(settings.SECRET_KEY, INSTALLATION, _PURPOSE, sealed)
        except (CannotOpen, ValueError):
            return {}
        remembered: dict[str, Any] = json.loads(words)
        return remembered


class Sessions(SessionMiddleware):
    """Middleware: Django's, with a cookie that the web has marked."""

    def process_request(self, request: HttpRequest) -> None:
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = SessionStore(_key_in(cookie) if cookie else None)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: HttpResponse = super().process_response(request, response)
        cookie = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and cookie.value:
            marked = cookie_for(cookie.value)
            cookie.set(cookie.key, marked, marked)
        return answer


def cookie_for(key: str) -> str:
    """What a browser keeps for the session `key`."""
    return Signer(salt=_SIGNER).sign(key)


def _key_in(cookie: str) -> str | None:
    try:
        return Signer(salt=_SIGNER).unsign(cookie)
    except BadSignature:
        return None
