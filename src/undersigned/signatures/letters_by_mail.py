"""The mails that signing causes. None repeats what somebody typed into the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from undersigned.letters.languages import words_language
from undersigned.letters.models import Letter
from undersigned.letters.time_zones import say_hour
from undersigned.mail.outbox import Mail
from undersigned.signatures import telling


@dataclass(frozen=True)
class Invitation:
    """A signature that waits: the letter's title and the link that confirms."""

    title: str
    url: str


@dataclass(frozen=True)
class Occasion:
    """Who filled in which letter's form, in which language; or, `by_mail`, wrote to sign it."""

    to: str
    language: str
    title: str
    letter_url: str
    by_mail: bool = False


def confirm_please(
    occasion: Occasion, invitations: Sequence[Invitation], *, begun_before: bool
) -> Mail:
    """One link to confirm; `invitations` beyond the first are other letters that wait."""
    return write_mail(
        "mail/confirm.txt",
        occasion,
        _CONFIRM,
        {
            "begun_before": begun_before,
            "invitation": invitations[0],
            "others": invitations[1:],
        },
    )


def already_signed(
    occasion: Occasion, invitations: Sequence[Invitation], *, own_url: str = ""
) -> Mail:
    """Somebody used an address that has signed before; `invitations` are other letters.

    `own_url`: the signer's own page.
    """
    return write_mail(
        "mail/already_signed.txt",
        occasion,
        _ALREADY,
        {"others": invitations, "own_url": own_url},
    )


def own_pages(to: str, language: str, pages: Sequence[Invitation], *, site: str) -> Mail:
    """Which letters were signed with an address, if any: the links to its owner's own pages."""
    with translation.override(words_language(language)):
        return Mail(
            to=to,
            subject=gettext(_LINKS),
            text=render_to_string("mail/own_pages.txt", {"pages": pages, "site": site}),
            language=translation.get_language(),
        )


def partner_file(occasion: Occasion, *, url: str) -> Mail:
    """To a partner: a file waits. Nothing of who is in it."""
    subject = gettext_noop("A file is ready for you: %(title)s")
    return write_mail("mail/partner_file.txt", occasion, subject, {"url": url})


_CONFIRM = gettext_noop("One step left: confirm your signature of “%(title)s”")
_ALREADY = gettext_noop("You have already signed “%(title)s”")
_LINKS = gettext_noop("Your signatures of open letters")
_NOTICE_SUBJECTS = {
    telling.DECLINED: gettext_noop("About your signature of “%(title)s”"),
    telling.VOID: gettext_noop("About your signature of “%(title)s”"),
    telling.PROOF: gettext_noop("Please show that your organisation signs “%(title)s”"),
    telling.RENEW: gettext_noop("The text of “%(title)s” has changed: does your signature stay?"),
    telling.FOUNDERS: gettext_noop("“%(title)s” will be launched soon"),
}


# By the topic of a mail to somebody who signed.
_SUBJECTS = {
    **_NOTICE_SUBJECTS,
    "confirm": _CONFIRM,
    "again": _CONFIRM,
    "already": _ALREADY,
    "link": _LINKS,
    "links": _LINKS,
    "received": gettext_noop("You signed “%(title)s”"),
    "update": gettext_noop("Updates on this letter"),
}


def say_subject(topic: str, title: str) -> str:
    """What a mail was about that is not kept, in the language that is active; empty if not known.

    `title`: of the letter.
    """
    subject = _SUBJECTS.get(topic)
    return gettext(subject) % {"title": title} if subject else ""


def notice_mail(topic: str, occasion: Occasion, *, words: str, url: str, letter: Letter) -> Mail:
    """What an organiser's act, or a coming launch, says to one signer. See `telling` for topics.

    `words`: what the organisers add. `url`: the signer's own page, if there is a link to it.
    """
    with translation.override(words_language(occasion.language)):
        launch = letter.launch_at and say_hour(letter.launch_at, letter.time_zone)
    note = letter.edition.note if letter.edition else ""
    context: dict[str, object] = {
        "words": words,
        "url": url,
        "own_url": url,
        "launch": launch,
        "note": note,
        "letter": letter,
    }
    return write_mail(f"mail/notice_{topic}.txt", occasion, _NOTICE_SUBJECTS[topic], context)


def write_mail(template: str, occasion: Occasion, subject: str, context: dict[str, object]) -> Mail:
    """About a letter, in its reader's language. `subject`: a message with `title` in it."""
    letter = {
        "title": occasion.title,
        "letter_url": occasion.letter_url,
        "by_mail": occasion.by_mail,
    }
    with translation.override(words_language(occasion.language)):
        return Mail(
            to=occasion.to,
            # One line, whatever stands in a title: a subject of two is no mail at all.
            subject=" ".join((gettext(subject) % {"title": occasion.title}).split()),
            text=render_to_string(template, {**letter, **context}),
            language=translation.get_language(),
        )
