"""An update and its mailing as the studio shows them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from undersigned.letters.models import MAILING_OPEN, Letter, Mailing, MailingState, Update
from undersigned.letters.time_zones import say_hour
from undersigned.letters.updates import text_for
from undersigned.signatures.mailing_reports import Report, report_of

_STATES = {
    MailingState.PLANNED: (pgettext_lazy("a mailing", "Planned"), "waiting"),
    MailingState.RUNNING: (pgettext_lazy("a mailing", "Being mailed"), "waiting"),
    MailingState.PAUSED: (pgettext_lazy("a mailing", "Paused"), "stop"),
    MailingState.DONE: (pgettext_lazy("a mailing", "Mailed"), "good"),
    MailingState.CANCELLED: (pgettext_lazy("a mailing", "Cancelled"), ""),
}
_FIGURES = (
    ("accepted", gettext_lazy("accepted by a mail server")),
    ("waiting", gettext_lazy("waiting for their turn")),
    ("deferred", gettext_lazy("put off by a mail server, tried again")),
    ("bounced", gettext_lazy("came back")),
    ("complained", gettext_lazy("reported as unwanted")),
    ("refused", gettext_lazy("given up")),
    ("stopped", gettext_lazy("stopped: no longer wanted")),
    ("unsubscribed", gettext_lazy("asked for no more updates")),
)


@dataclass(frozen=True)
class UpdateInView:
    """`tags`: (words, tone) pairs, see `studio/_tag.html`."""

    row: Update
    title: str
    language: str
    url: str
    tags: Sequence[tuple[str, str]]


def find_update(letter: Letter, number: int) -> Update:
    """With its texts and its letter; raises Http404."""
    update = letter.updates.filter(number=number).prefetch_related("texts").first()
    if update is None:
        raise Http404
    update.letter = letter
    return update


def last_mailing(update: Update) -> Mailing | None:
    mailing = update.mailings.order_by("-ordered_at").first()
    if mailing is not None:
        mailing.update = update
    return mailing


def not_published() -> str:
    return _("Publish the letter first: nobody can have signed it yet.")


def in_list(update: Update) -> UpdateInView:
    """Its texts and mailings were read with it."""
    text = text_for(update, update.letter.source_language)
    mailings = sorted(update.mailings.all(), key=lambda one: one.ordered_at)
    tags = [mailing_state(mailings[-1])] if mailings else []
    if update.published_at is not None:
        tags.append((_("On the letter's page"), "good"))
    return UpdateInView(
        row=update,
        title=text.title,
        language=text.language,
        url=reverse("studio-update", args=[update.letter.slug, update.number]),
        tags=tags or [(_("Draft"), "")],
    )


def mailing_state(mailing: Mailing) -> tuple[str, str]:
    words, tone = _STATES[MailingState(mailing.state)]
    return str(words), tone


def mailing_context(letter: Letter, mailing: Mailing) -> dict[str, Any]:
    """What the page of a mailing shows, and its moving part."""
    update, report = mailing.update, report_of(mailing.update)
    words, tone = mailing_state(mailing)
    where = [letter.slug, update.number]
    return {
        "update": update,
        "text": text_for(update, letter.source_language),
        "mailing": mailing,
        "job": {
            "label": words,
            "is_running": mailing.state == MailingState.RUNNING,
            "done": min(report.left, mailing.total),
            "total": mailing.total or None,
            "url": reverse("studio-mailing-progress", args=where),
            "outcome": words,
            "outcome_tone": tone,
        },
        "starts": say_hour(mailing.starts_at, letter.time_zone),
        "is_planned": mailing.state == MailingState.PLANNED,
        "may_pause": mailing.state == MailingState.RUNNING,
        "may_resume": mailing.state == MailingState.PAUSED,
        "may_cancel": mailing.state in MAILING_OPEN,
        "figures": figures_of(report, mailing),
    }


def figures_of(report: Report, mailing: Mailing) -> list[tuple[int, str]]:
    """Numbers with what they count; those that are nothing are left out, but for the first."""
    counted = [(getattr(report, name), str(label)) for name, label in _FIGURES]
    counted.append((mailing.passed_over, _("left out: their mail does not arrive")))
    return [counted[0], *(pair for pair in counted[1:] if pair[0])]
