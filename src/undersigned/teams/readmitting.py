"""Let somebody in again who lost their second step, and the recovery codes too."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from undersigned.teams.models import Person, Team, TeamEvent
from undersigned.teams.writing import write_to


class NobodyThere(Exception):
    """No account has this address."""


@transaction.atomic
def forget_second_step(email: str, *, actor: str) -> Person:
    """End a person's second steps, recovery codes and sessions, and tell them by mail.

    They sign in with their password, or ask for a new one, and set a second step up. Whoever calls
    this has made sure that it is they who ask. Raises NobodyThere, or
    vault.seal.SealingKeyMissing before the installation has its keys.
    """
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise NobodyThere
    Authenticator.objects.filter(user=person).delete()
    sessions = UserSession.objects.filter(user=person)
    Session.objects.filter(session_key__in=sessions.values("session_key")).delete()
    sessions.delete()
    for team in Team.objects.filter(memberships__person=person).distinct():
        TeamEvent.objects.create(
            team=team, actor=actor, act="forget second step", details={"person": person.name}
        )
    with translation.override(person.language):
        subject = gettext("Set up a new second step for your account in the studio")
        words = {"name": person.name, "url": f"{settings.SITE_URL}/studio/account/login/"}
        text = render_to_string("mail/second_step_forgotten.txt", words)
    write_to(person.email, person.language, subject, text, topic="account")
    return person
