"""The mails that signing causes. None repeats what somebody typed into the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from undersigned.mail.outbox import Mail


@dataclass(frozen=True)
class Invitation:
    """A signature that waits: the letter's title and the link that confirms."""

    title: str
    url: str


@dataclass(frozen=True)
class Occasion:
    """Who filled in which letter's form, in which language."""

    to: str
    language: str
    title: str
    letter_url: str


def confirm_please(
    occasion: Occasion, invitations: Sequence[Invitation], *, begun_before: bool
) -> Mail:
    """One link to confirm; `invitations` beyond the first are other letters that wait."""
    return _mail(
        "mail/confirm.txt",
        occasion,
        gettext_noop("One step left: confirm your signature of “%(title)s”"),
        {
            "begun_before": begun_before,
            "invitation": invitations[0],
            "others": invitations[1:],
        },
    )


def already_signed(occasion: Occasion, invitations: Sequence[Invitation]) -> Mail:
    """Somebody used an address that has signed before; `invitations` are other letters."""
    return _mail(
        "mail/already_signed.txt",
        occasion,
        gettext_noop("You have already signed “%(title)s”"),
        {"others": invitations},
    )


def _mail(template: str, occasion: Occasion, subject: str, context: dict[str, object]) -> Mail:
    letter = {"title": occasion.title, "letter_url": occasion.letter_url}
    with translation.override(_words_language(occasion.language)):
        return Mail(
            to=occasion.to,
            subject=gettext(subject) % {"title": occasion.title},
            text=render_to_string(template, {**letter, **context}),
            language=translation.get_language(),
        )


def _words_language(language: str) -> str:
    """The language of our own words beside a letter in `language`."""
    try:
        return translation.get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE
