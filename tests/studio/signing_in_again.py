"""A colleague who has just shown once more who they are, as grave acts ask for."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest

from tests.studio.people import Colleague


class JustProved(Colleague):
    """Signed in, and then again a moment ago."""

    def _set_login_cookies(self, request: HttpRequest) -> None:
        record_authentication(request, self.person, "password", reauthenticated=True)
        super()._set_login_cookies(request)
