"""The mails that signing causes. None repeats what somebody typed into the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from undersigned.mail.outbox import Mail


@dataclass(frozen=True)
class Invitation:
    """A signature that waits: the letter's title and the link that confirms."""

    title: str
    url: str


def confirm_please(
    *,
    to: str,
    language: str,
    title: str,
    letter_url: str,
    begun_before: bool,
    invitations: Sequence[Invitation],
) -> Mail:
    """One link to confirm; `invitations` beyond the first are other letters that wait."""
    with translation.override(_words_language(language)):
        subject = gettext("One step left: confirm your signature of “%(title)s”") % {"title": title}
        return _mail(
            "mail/confirm.txt",
            to,
            subject,
            {
                "title": title,
                "letter_url": letter_url,
                "begun_before": begun_before,
                "invitation": invitations[0],
                "others": invitations[1:],
            },
        )


def already_signed(
    *,
    to: str,
    language: str,
    title: str,
    letter_url: str,
    begun_before: bool,
    invitations: Sequence[Invitation],
) -> Mail:
    """Somebody filled in the form with an address that has signed before."""
    del begun_before  # of no matter here
    with translation.override(_words_language(language)):
        subject = gettext("You have already signed “%(title)s”") % {"title": title}
        return _mail(
            "mail/already_signed.txt",
            to,
            subject,
            {"title": title, "letter_url": letter_url, "others": invitations},
        )


def _words_language(language: str) -> str:
    """The language of our own words beside a letter in `language`."""
    try:
        return translation.get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE


def _mail(template: str, to: str, subject: str, context: dict[str, object]) -> Mail:
    text = render_to_string(template, context)
    return Mail(to=to, subject=subject, text=text, language=translation.get_language())
