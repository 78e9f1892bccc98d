"""How django-allauth fits this site: no open sign-up, mail through our outbox, no IP addresses."""

from __future__ import annotations

import base64
import datetime
import hmac
import ipaddress
import logging
import secrets
from typing import Any
from urllib.parse import quote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from undersigned.teams.installation import INSTALLATION
from undersigned.teams.models import Person
from undersigned.teams.writing import write_to
from undersigned.vault.open import CannotOpen
from undersigned.vault.seal import SealingKeyMissing
from undersigned.vault.tokens import open_under_token, seal_under_token

log = logging.getLogger(__name__)

_DOCUMENTATION = ipaddress.ip_network("2001:db8::/32")  # RFC 3849: no machine has these
_PURPOSE = "second factor"
# What is sealed of a second step. A passkey has no secret here.
_SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """People come by invitation only (`studio.views.joining`)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the site's own address, whatever host and port the request named."""
        names = {"uidb36": "UID", "key": "KEY"}
        path = reverse("account_reset_password_from_key", kwargs=names)
        return settings.SITE_URL + path.replace("UID-KEY", quote(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail to a member of staff; sealed, like every other."""
        person = Person.objects.filter(email=email.lower()).first()
        if person is None:
            return
        words = {
            **context,
            "email": email,
            "request": allauth_context.request,
            "person": person,
            # The site's own, whatever host and port the request named.
            "host": urlsplit(settings.SITE_URL).netloc,
        }
        with translation.override(person.language):
            subject = render_to_string(f"{template_prefix}_subject.txt", words).strip()
            text = render_to_string(f"{template_prefix}_message.txt", words)
        try:
            write_to(person.email, person.language, subject, text, topic="account")
        except SealingKeyMissing:
            # What the mail is about has happened; it must not look as if it had not.
            log.error("A mail to staff was not queued: run `undersigned setup` to make its key.")

    def get_client_ip(self, request: HttpRequest) -> str:
        """A stand-in for today: attempts can be counted, and no address is ever stored."""
        address = get_client_ip(request) or ""
        key = f"{settings.SECRET_KEY}{datetime.date.today()}".encode()  # noqa: DTZ011  any day will do
        mark = int.from_bytes(hmac.digest(key, address.encode(), "sha256")[:12])
        return str(_DOCUMENTATION[mark])


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """How second factors name this site and its people."""

    def encrypt(self, text: str) -> str:
        """Secrets of authenticator apps: a stolen database must not be enough to make codes."""
        sealed = seal_under_token(settings.SECRET_KEY, INSTALLATION, _PURPOSE, text.encode())
        return base64.b64encode(sealed).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """What cannot be opened becomes a secret that nobody has: every code is wrong then."""
        try:
            return _open(encrypted_text)
        except CannotOpen:
            log.error(
                "A second step cannot be read: the web's secret key is another one. Put the old "
                "one back, or run `undersigned owner --forget-second-step ADDRESS` for whoever "
                "cannot sign in any more."
            )
            return base64.b32encode(secrets.token_bytes(20)).decode("ascii")

    def get_totp_label(self, user: Person) -> str:
        return user.email

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = urlsplit(settings.SITE_URL).hostname or ""
        return {"id": host, "name": host}


def is_readable(step: Authenticator) -> bool:
    """Whether an app or recovery codes were sealed under the secret key that the web has now."""
    try:
        _open(step.data[_SEALED[step.type]])
    except CannotOpen:
        return False
    return True


def _open(sealed: str) -> str:
    """Raises CannotOpen once the site's secret key is another one, or if it was altered."""
    try:
        content = base64.b64decode(sealed)
    except ValueError:
        raise CannotOpen from None
    return open_under_token(settings.SECRET_KEY, INSTALLATION, _PURPOSE, content).decode()
