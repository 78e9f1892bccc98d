"""What is forgotten when, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from undersigned.letters.models import Forgetting, Forgotten, Letter
from undersigned.signatures.keeping import Due
from undersigned.website.letter_page import written_date

WHAT: Mapping[str, str | Promise] = {
    Forgotten.UNCONFIRMED: gettext_lazy("Signatures that nobody confirmed"),
    Forgotten.UNASKED: gettext_lazy("Addresses of those who did not ask to hear more"),
    Forgotten.ALL: gettext_lazy("All addresses, with the letter’s key"),
}

_COUNTED = {
    "addresses": ngettext_lazy("%(n)d address", "%(n)d addresses", "n"),
    "unconfirmed": ngettext_lazy(
        "%(n)d unconfirmed signature", "%(n)d unconfirmed signatures", "n"
    ),
    "undecided": ngettext_lazy("%(n)d undecided signature", "%(n)d undecided signatures", "n"),
    "mails": ngettext_lazy("%(n)d mail", "%(n)d mails", "n"),
}


@dataclass(frozen=True)
class DueInView:
    what: str
    when: str
    count: int


@dataclass(frozen=True)
class WentInView:
    """`at`: when it was done; None while it is under way."""

    what: str
    at: datetime | None
    counts: str


def due_words(due: Due, letter: Letter, language: str) -> DueInView:
    """In the language that is active."""
    day = due.at and written_date(due.at, language)
    if due.what == Forgotten.UNCONFIRMED:
        when = _("14 days after the form; the next on %(day)s") % {"day": day} if day else ""
        when = when or _("14 days after the form")
    elif due.what == Forgotten.UNASKED and not letter.closed_at:
        when = _("30 days after the letter closes")
    else:
        when = day or ""
    return DueInView(str(WHAT[due.what]), when, due.count)


def went_words(run: Forgetting) -> WentInView:
    """In the language that is active; `counts` as they stand in `signatures.forgetting`."""
    found = {name: run.counts.get(name) for name in _COUNTED}
    said = [str(_COUNTED[name] % {"n": n}) for name, n in found.items() if n]
    return WentInView(str(WHAT[run.what]), run.ended_at, "; ".join(said) or "0")
