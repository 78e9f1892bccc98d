"""Plots in templates: `{% load plots %}{% growth_plot days "growth" %}`.

Each tag draws a figure with its sentence and its table. `name` is the figure's id: different plots
on one page need different names. Labels and dates are in the active language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import icu
from django import template
from django.utils.translation import get_language, get_language_bidi

from undersigned.letters import formatting
from undersigned.letters.places import country_names
from undersigned.website.plots.axes import Time, Unit
from undersigned.website.plots.bars import Part, draw_bars
from undersigned.website.plots.funnel import draw_funnel
from undersigned.website.plots.growth import HEIGHT, WIDTH, draw_growth
from undersigned.website.plots.pace import draw_pace
from undersigned.website.plots.periods import Days, Length, Period
from undersigned.website.plots.world import draw_world

MARGIN = 18  # pixels above and below a curve, for what is written there
_LABELS = {
    Unit.DAY: formatting.day_of_month,
    Unit.MONTH: formatting.short_month,
    Unit.YEAR: formatting.year,
}

register = template.Library()


@register.inclusion_tag("plots/growth.html")
def growth_plot(days: Days | None, name: str, title: str = "") -> dict[str, Any]:
    """All signatures so far, as a curve. `days`: see `plots.periods.days_of`."""
    return _frame(name, title, draw_growth(days) if days else None)


@register.inclusion_tag("plots/pace.html")
def pace_plot(days: Days | None, name: str, title: str = "") -> dict[str, Any]:
    """The new signatures of each day, or of each week, month or year where there are many."""
    return _frame(name, title, draw_pace(days) if days else None)


@register.inclusion_tag("plots/bars.html")
def bars_plot(parts: Iterable[Part], name: str, title: str, most: int = 10) -> dict[str, Any]:
    """How a count is made up; each part with its share. A table by itself, with bars in it."""
    return {**_frame(name, title, draw_bars(parts, most)), "mirrored": get_language_bidi()}


@register.inclusion_tag("plots/funnel.html")
def funnel_plot(parts: Sequence[Part], name: str, title: str) -> dict[str, Any]:
    """How many came through each step. A table by itself, with bars in it."""
    return {**_frame(name, title, draw_funnel(parts)), "mirrored": get_language_bidi()}


@register.inclusion_tag("plots/world.html")
def world_plot(counts: Mapping[str, int], name: str, title: str = "") -> dict[str, Any]:
    """A map with the countries of `counts` (by ISO 3166-1 alpha-2 code) in steps of colour."""
    language = _language()
    world = draw_world(counts)
    names = country_names(language)
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag(language))
    rows = sorted(
        ((country, names[country.code]) for country in world.countries),
        key=lambda row: (-row[0].count, collator.getSortKey(row[1])),
    )
    return {**_frame(name, title, world), "rows": rows}


@register.filter
def long_date(day: date) -> str:
    return formatting.long_day(day, _language())


@register.filter
def short_number(value: int) -> str:
    """For an axis: 120, 1,500, 20K, 10M."""
    if value < 10_000:
        return formatting.number(value, _language())
    return _isolated(formatting.compact_number(value, _language()))


@register.filter
def share(part: float) -> str:
    """0.57 as 57%; what is little and not nothing as less than 1%."""
    percent = formatting.percent(max(part, 0.01) if part else 0, _language())
    return f"< {percent}" if 0 < part < 0.01 else percent


@register.filter
def time_label(time: Time) -> str:
    """21 Nov, Nov 2026 or 2026, as the page's language writes it."""
    return _isolated(_LABELS[time.unit](time.day, _language()))


@register.filter
def period_label(period: Period, length: Length) -> str:
    """21 November 2026; 16–22 Nov 2026; November 2026; 2026."""
    if period.first == period.last:
        return long_date(period.first)
    if length is Length.WEEK:
        return formatting.days_between(period.first, period.last, _language())
    write = formatting.month if length is Length.MONTH else formatting.year
    return write(period.first, _language())


def _isolated(label: str) -> str:
    """Curves run from left to right in every language, but words in them keep their direction."""
    return f"\u2067{label}\u2069" if get_language_bidi() else label


def _frame(name: str, title: str, drawing: object) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "plot": drawing,
        "width": WIDTH,
        "height": HEIGHT,
        "margin": MARGIN,
    }


def _language() -> str:
    return get_language() or "en"
