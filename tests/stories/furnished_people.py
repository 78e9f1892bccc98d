"""The people of a furnished studio, each signed in; what they sign in with, and invitations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from tests.studio.people import somebody, team_called
from tests.studio.signing_in_again import JustProved
from undersigned.letters.models import Letter
from undersigned.teams.beginning import new_owner_link
from undersigned.teams.inviting import Invited, invite
from undersigned.teams.models import Invitation, Membership, Person, Role, Team
from undersigned.vault.tokens import hash_token, new_token

PASSWORD = "four words that nobody joins"
HOST = "127.0.0.1"


@dataclass(frozen=True)
class People:
    """`ana` runs the site, `bo` is an owner too; the others have lesser roles, or none."""

    team: Team
    ana: Person
    bo: Person
    mo: Person
    vi: Person


def first_page(language: str) -> str:
    """What the link shows that is printed at start: only while there is nobody."""
    link = f"/studio/begin/{new_owner_link('test')}/"
    return Client(headers={"Accept-Language": language}, SERVER_NAME=HOST).get(link).text


def furnish_people() -> People:
    team = team_called("Coalition for Air and Water")
    ana, bo, mo, vi = (
        somebody(name, role, team)
        for name, role in (
            *(("Ana", Role.OWNER), ("Bo", Role.OWNER)),
            *(("Mo", Role.MODERATOR), ("Vi", Role.VIEWER)),
        )
    )
    somebody("Ed", Role.EDITOR, team)
    ana.is_host = True
    ana.set_password(PASSWORD)
    ana.save()
    _add_passkey(ana)
    RecoveryCodes.activate(ana)
    return People(team, ana, bo, mo, vi)


def invite_people(people: People, letter: Letter) -> dict[str, Any]:
    """Invitations to the team and to a letter, guests, and everybody's cookies."""
    somebody("Gil", Role.MODERATOR, people.team, letter=letter.pk)
    team, actor = people.team, people.ana.name
    invitation = invite(team, Invited("new@example.org", Role.EDITOR), actor=actor)
    invite(team, Invited("guest@example.org", Role.VIEWER, letter.pk, "Air"), actor=actor)
    newcomer = somebody("Nia")
    Authenticator.objects.filter(user=newcomer).delete()
    newcomer.set_unusable_password()
    newcomer.save()
    return {
        "member": Membership.objects.get(person=people.mo).pk,
        "invitation": invitation.pk,
        "token": _link(people.team, "somebody@example.org"),
        "token_of_ana": _link(people.team, people.ana.email, letter.pk),
        "uidb36": user_pk_to_url_str(people.ana),
        "key": default_token_generator.make_token(people.ana),
        "pk": Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk,
        "cookies": {
            "ana": _cookie(JustProved(people.ana)),
            "bo": _cookie(JustProved(people.bo)),
            "vi": _cookie(JustProved(people.vi)),
            "nia": _cookie(JustProved(newcomer)),
            "halfway": _cookie(_halfway("Hal", team)),
        },
    }


def _cookie(browser: Client) -> dict[str, str]:
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": browser.cookies[name].value}


def _halfway(name: str, team: Team) -> Client:
    """Somebody who typed the password, and is asked for the second step."""
    person = Person.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name)
    Membership.objects.create(person=person, team=team, role=Role.VIEWER)
    TOTP.activate(person, generate_totp_secret())
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME=HOST)
    browser.post("/studio/account/login/", {"login": person.email, "password": PASSWORD})
    return browser


def _link(team: Team, email: str, letter: UUID | None = None) -> str:
    """The secret of an invitation's link, which otherwise stands in a sealed mail only."""
    token = new_token()
    Invitation.objects.create(
        token_hash=hash_token(token),
        team=team,
        letter=letter,
        role=Role.EDITOR,
        email=email,
        invited_by="Bo",
        expires_at=timezone.now() + timedelta(days=1),
    )
    return token


def _add_passkey(person: Person) -> None:
    """As a browser hands it in. Nobody has the key."""
    public = ES256({1: 2, 3: -7, -1: 1, -2: b"\1" * 32, -3: b"\2" * 32})
    credential = AttestedCredentialData.create(Aaguid(bytes(16)), b"a passkey", public)
    seen = AuthenticatorData.create(
        bytes(32), AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP, 0, credential
    )
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={
            "name": "Ana’s telephone",
            "credential": {
                "id": websafe_encode(b"a passkey"),
                "rawId": websafe_encode(b"a passkey"),
                "response": {
                    "clientDataJSON": websafe_encode(
                        b'{"type": "webauthn.create", "challenge": "", "origin": ""}'
                    ),
                    "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
                },
                "type": "public-key",
                "clientExtensionResults": {"credProps": {"rk": True}},
            },
        },
    )
