"""A message's answers as an entry, by the rules of the form on the page."""

from __future__ import annotations

from undersigned.letters.asking import Ask, asked_by
from undersigned.letters.languages import words_language
from undersigned.letters.models import Letter
from undersigned.signatures.models import Kind, Visibility
from undersigned.signatures.receiving.countries import country_named
from undersigned.signatures.receiving.lines import Typed
from undersigned.signatures.receiving.reading import Received
from undersigned.signatures.rules import Details, NameRefused, clean_name, clean_text
from undersigned.signatures.signing import Entry

_ROLE_LENGTH = 120
_BROKEN = "\ufffd"  # what became of bytes that are no text in their charset


class NotUnderstood(Exception):
    """No entry can be made of this message. Says nothing of what was typed."""


def read_entry(letter: Letter, mail: Received, typed: Typed) -> Entry:
    """What a message signs. Raises NotUnderstood.

    A name is published only if it was typed behind its label and the message says yes. Without
    such a line the author's name, as the mail program shows it, signs, and is counted only.
    """
    kind = Kind.ORGANISATION if typed.organisation else Kind.INDIVIDUAL
    allowed = letter.organisations_may_sign if typed.organisation else letter.people_may_sign
    given = typed.organisation or typed.name
    asks = asked_by(letter)
    if not allowed:
        raise NotUnderstood
    try:
        name = _clean_name(given or mail.shown_name, kind)
        role = _clean_role(typed.role) if typed.organisation else ""
    except NameRefused:
        raise NotUnderstood from None
    if typed.organisation and not role and asks["role"] is Ask.REQUIRED:
        raise NotUnderstood
    shown = bool(given) and typed.publishes
    return Entry(
        kind=kind,
        address=mail.sender,
        details=Details(name=name, role="" if asks["role"] is Ask.HIDDEN else role),
        visibility=Visibility.PUBLIC if shown else Visibility.COUNTED,
        language=typed.language(words_language(letter.source_language)),
        country="" if asks["country"] is Ask.HIDDEN else country_named(typed.country),
        consent_publication=shown,
        consent_updates=False,
    )


def _clean_name(text: str, kind: str) -> str:
    if _BROKEN in text:
        raise NotUnderstood
    return clean_name(text, kind=kind)


def _clean_role(text: str) -> str:
    if _BROKEN in text:
        raise NotUnderstood
    return clean_text(text, length=_ROLE_LENGTH)
