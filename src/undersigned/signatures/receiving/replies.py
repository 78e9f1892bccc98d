"""What is mailed to whoever signed by mail. Nothing that the message said is repeated."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_noop

from undersigned.mail.outbox import Mail
from undersigned.signatures.letters_by_mail import Occasion, write_mail
from undersigned.signatures.rules import SHOWN

_HEADERS = {"Auto-Submitted": "auto-replied"}  # RFC 3834


def receipt(occasion: Occasion, *, visibility: str, held: str, own_url: str) -> Mail:
    """The signature was taken and is confirmed. `held`: why a person looks first, or empty."""
    context = {"is_shown": visibility in SHOWN, "is_held": bool(held), "own_url": own_url}
    return _reply("mail/received.txt", occasion, gettext_noop("You signed “%(title)s”"), context)


def not_taken(occasion: Occasion, *, is_closed: bool) -> Mail:
    """No signature was made of the message, because the letter is closed, or it says too little."""
    subject = gettext_noop("Your message did not sign “%(title)s”")
    return _reply("mail/not_taken.txt", occasion, subject, {"is_closed": is_closed})


def _reply(template: str, occasion: Occasion, subject: str, context: dict[str, object]) -> Mail:
    return replace(write_mail(template, occasion, subject, context), headers=dict(_HEADERS))
