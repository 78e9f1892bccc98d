"""A letter's figures: who signs when, from where, by which way; what became of mail."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from undersigned.letters.models import Letter
from undersigned.signatures import figures
from undersigned.signatures.paper import count_on_paper
from undersigned.studio.breakdowns import (
    country_parts,
    funnel_parts,
    kind_parts,
    language_parts,
    source_parts,
)
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.teams.rules import Act
from undersigned.website.plots.periods import days_of

# What the address says, how many days that is, and what it is called.
PERIODS = (
    ("", None, _("All")),
    ("month", 30, _("Last 30 days")),
    ("week", 7, _("Last 7 days")),
)


@require_safe
@letter_page(Act.SEE_LETTER)
def show_figures(request: StudioRequest, letter: Letter) -> HttpResponse:
    period = request.GET.get("period", "")
    today = timezone.now().astimezone(UTC).date()
    since = _since(period, today)
    language = get_language() or "en"
    days = figures.listed_by_day(letter, since)
    parts = figures.parts_of(letter, since)
    countries = figures.countries_of(letter, since)
    context = {
        "tabs": _tabs(period),
        "is_all": since is None,
        "days": days_of(days, until=today),
        "total": sum(count for _, count in days),
        "countries": countries,
        "country_parts": country_parts(countries, language),
        "language_parts": language_parts(parts.languages, language),
        "source_parts": source_parts(parts.sources),
        "paper": count_on_paper(letter, since),
        "kind_parts": kind_parts(parts.kinds),
        "funnel_parts": funnel_parts(figures.funnel_of(letter, since)),
        "mail": figures.mail_of(letter),
        "queue": figures.queue_of(letter),
    }
    return show(request, "figures.html", context, letter=letter, part="figures")


def _since(period: str, today: date) -> date | None:
    """The first day of a period; None for all, and for a period that there is not."""
    length = next((days for key, days, _ in PERIODS if key == period), None)
    return None if length is None else today - timedelta(length - 1)


def _tabs(period: str) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "url": f"?period={key}" if key else "?",
            "is_current": key == period,
            "count": None,
        }
        for key, _, label in PERIODS
    ]
