"""People of the studio for tests: an owner, a member, an outsider, each signed in and ready.

ana = somebody("Ana", Role.OWNER, team)      a person with a second factor, in a team
browser = signed_in(ana)                     a Django test client of hers
"""

from __future__ import annotations

import uuid

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from undersigned.studio.sessions import cookie_for
from undersigned.teams.models import Membership, Person, Team


class Colleague(Client):
    """A client that sends what a browser sends with a form of our own pages."""

    def __init__(self, person: Person) -> None:
        super().__init__(headers={"Sec-Fetch-Site": "same-origin"})
        self.person = person
        self.force_login(person)

    def _set_login_cookies(self, request: HttpRequest) -> None:
        """As after a password and a second step, with a cookie as the web makes it."""
        record_authentication(request, self.person, "mfa", type=Authenticator.Type.TOTP)
        request.session.save()
        super()._set_login_cookies(request)  # type: ignore[misc]
        self.cookies[settings.SESSION_COOKIE_NAME] = cookie_for(request.session.session_key or "")


def team_called(name: str = "Coalition") -> Team:
    return Team.objects.create(name=name)


def somebody(
    name: str, role: str | None = None, team: Team | None = None, *, letter: uuid.UUID | None = None
) -> Person:
    """A person with an authenticator app; without a role, an outsider."""
    person = Person.objects.create(email=f"{name.lower()}@example.org", name=name)
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": "none of anybody's"}
    )
    if role is not None and team is not None:
        Membership.objects.create(person=person, team=team, role=role, letter=letter)
    return person


def signed_in(person: Person) -> Colleague:
    return Colleague(person)
