"""What is held of a person, in words: for the page, and for a text to send to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from undersigned.letters import formatting
from undersigned.letters.places import country_names
from undersigned.signatures.models import Purpose
from undersigned.studio.signature_words import KINDS, NOTICES, SOURCES, STATES, VISIBILITIES
from undersigned.website.languages import own_name

Facts = list[tuple[str, str]]

MAIL_STATES: dict[str, str | Promise] = {
    "queued": pgettext_lazy("a mail", "waits to be sent"),
    "sent": pgettext_lazy("a mail", "sent"),
    "failed": pgettext_lazy("a mail", "could not be delivered"),
}
MAIL_TOPICS: dict[str, str | Promise] = {
    "confirm": gettext_lazy("The link to confirm"),
    "again": gettext_lazy("A new link to confirm"),
    "already": gettext_lazy("That they have signed already"),
    **NOTICES,
}


def facts_of(held: Mapping[str, Any]) -> Facts:
    """Terms and values of one signature as `signatures.held_data` describes it."""
    names = country_names(get_language() or "en")
    return [
        (_("Letter"), held["letter"]),
        (_("State"), str(STATES[held["state"]][0])),
        (_("Who"), str(KINDS[held["kind"]])),
        (_("Name"), held["name"]),
        (_("Real name"), held.get("real_name", "")),
        (_("E-mail address"), held["address"]),
        (pgettext("person", "Title"), held["title"]),
        (_("Affiliation"), held["affiliation"]),
        (_("Role in the organisation"), held["role"]),
        (_("Website"), held["website"]),
        (_("Place"), held["place"]),
        (_("Country"), names.get(held["country"], held["country"])),
        (_("How it is shown"), str(VISIBILITIES[held["visibility"]])),
        (_("Language of the page"), own_name(held["language"])),
        (_("From where"), str(SOURCES[held["source"]])),
        (_("Edition that was signed"), str(held["edition"])),
        (_("Came in"), _time(held["signed_at"])),
        (_("Confirmed"), _time(held["confirmed_at"])),
        *[(_("Consent"), _consent(consent)) for consent in held["consents"]],
        *[(_("Consent"), _partner(consent)) for consent in held.get("partners", ())],
        *[(_("Mail"), _mail(mail)) for mail in held["mails"]],
    ]


def as_text(answer: Mapping[str, Any]) -> str:
    """Everything as plain text, to be sent to whoever asked."""
    return "\n\n".join(
        "\n".join(f"{term}: {value}" for term, value in facts_of(held) if value)
        for held in answer["signatures"]
    )


def sentences_before(will: Mapping[str, int]) -> list[str]:
    """What an erasure will do, counted; `will` as `signatures.erasing.Erasure`."""
    return _counted(will, _BEFORE)


def sentences_after(done: Mapping[str, int]) -> list[str]:
    """What an erasure did, counted."""
    return _counted(done, _AFTER)


# By fate, for one and for several. The numbers are put in by _counted.
_BEFORE = {
    "nameless": lambda n: ngettext(
        "%(n)s name leaves the list, and goes on being counted without a name.",
        "%(n)s names leave the list, and go on being counted without a name.",
        n,
    ),
    "organisations": lambda n: ngettext(
        "%(n)s organisation stays on the list; who signed for it is forgotten.",
        "%(n)s organisations stay on the list; who signed for them is forgotten.",
        n,
    ),
    "withdrawn": lambda n: ngettext(
        "%(n)s signature that waits is withdrawn.",
        "%(n)s signatures that wait are withdrawn.",
        n,
    ),
    "deleted": lambda n: ngettext(
        "%(n)s signature that was never confirmed is deleted.",
        "%(n)s signatures that were never confirmed are deleted.",
        n,
    ),
    "emptied": lambda n: ngettext(
        "%(n)s signature that had ended before is emptied.",
        "%(n)s signatures that had ended before are emptied.",
        n,
    ),
}
_AFTER = {
    "nameless": lambda n: ngettext(
        "%(n)s name has left the list, and goes on being counted without a name.",
        "%(n)s names have left the list, and go on being counted without a name.",
        n,
    ),
    "organisations": lambda n: ngettext(
        "%(n)s organisation stays on the list; who signed for it is forgotten.",
        "%(n)s organisations stay on the list; who signed for them is forgotten.",
        n,
    ),
    "withdrawn": lambda n: ngettext(
        "%(n)s signature that waited is withdrawn.",
        "%(n)s signatures that waited are withdrawn.",
        n,
    ),
    "deleted": lambda n: ngettext(
        "%(n)s signature that was never confirmed is deleted.",
        "%(n)s signatures that were never confirmed are deleted.",
        n,
    ),
    "emptied": lambda n: ngettext(
        "%(n)s signature that had ended before is emptied.",
        "%(n)s signatures that had ended before are emptied.",
        n,
    ),
}


def _counted(numbers: Mapping[str, int], words: Mapping[str, Any]) -> list[str]:
    return [
        sentence(numbers[fate]) % {"n": numbers[fate]}
        for fate, sentence in words.items()
        if numbers.get(fate)
    ]


def _consent(consent: Mapping[str, Any]) -> str:
    given = _("yes") if consent["given"] else _("no")
    words = consent["words"]
    if consent["purpose"] == Purpose.DELIVERY:
        # The one that is chosen with how to appear, beside words that are the same everywhere.
        words = _("Name me in the copy that is handed to those the letter is addressed to")
    return f"{words}: {given}" if words else given


def _partner(consent: Mapping[str, Any]) -> str:
    given = _("no") if consent["taken_back_at"] else _("yes")
    return f"{consent['partner']}: {consent['words']}: {given}"


def _mail(mail: Mapping[str, Any]) -> str:
    topic = str(MAIL_TOPICS.get(mail["topic"], mail["topic"]))
    state = str(MAIL_STATES[mail["state"]])
    return f"{topic}, {state}, {_time(mail['sent_at'] or mail['queued_at'])}"


def _time(at: str | None) -> str:
    if not at:
        return ""
    local = timezone.localtime(datetime.fromisoformat(at))
    return f"{formatting.moment(local, get_language() or 'en')} {local.tzname()}"
