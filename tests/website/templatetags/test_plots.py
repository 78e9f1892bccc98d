"""Plots as a reader meets them: sentence, picture, table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import brotli
import pytest
from django.template import engines
from django.utils import translation
from lxml import html

from undersigned.website.plots.axes import Time, Unit
from undersigned.website.plots.bars import Part
from undersigned.website.plots.periods import Days, Length, Period, days_of
from undersigned.website.templatetags.plots import (
    long_date,
    period_label,
    share,
    short_number,
    time_label,
)

FIRST = date(2026, 11, 13)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def days(*counts: int) -> Days:
    found = days_of((FIRST + timedelta(i), count) for i, count in enumerate(counts))
    assert found is not None
    return found


def draw(tag: str, **context: Any) -> str:
    return engines["django"].from_string("{% load plots %}{% " + tag + " %}").render(context)


def elements(page: str, path: str) -> list[html.HtmlElement]:
    """By a step of XPath: `figcaption`, `table[1]//tr`."""
    return html.fromstring(page).xpath(f"descendant-or-self::{path}")


def texts(page: str, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in elements(page, path)]


def rows(page: str, table: str = "table") -> list[list[str]]:
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th | td")]
        for row in elements(page, f"{table}//tr")
    ]


def test_growth_says_how_many_since_when_and_the_best_day() -> None:
    page = draw('growth_plot days "growth"', days=days(5, 0, 120, 187))
    assert texts(page, "figcaption") == [
        (
            "Signatures so far 312 signatures from 13 November 2026 to 16 November 2026. "
            "The most on one day: 187, on 16 November 2026."
        )
    ]
    assert rows(page) == [
        ["Day", "New", "In all"],
        ["13 November 2026", "5", "5"],
        ["14 November 2026", "0", "5"],
        ["15 November 2026", "120", "125"],
        ["16 November 2026", "187", "312"],
    ]
    assert texts(page, "text") == [
        "100",
        "200",
        "300",
        "400",
        "13 Nov",
        "14 Nov",
        "15 Nov",
        "16 Nov",
    ]


@pytest.mark.parametrize("tag", ['growth_plot days "one"', 'pace_plot days "one"'])
def test_the_picture_is_named_by_the_sentence(tag: str) -> None:
    page = draw(tag, days=days(5, 7))
    (picture,) = elements(page, "svg[@role='img']")
    name = picture.get("aria-labelledby")
    assert texts(page, f"p[@id='{name}']")
    assert elements(page, "figure[@id='one']")


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        ('growth_plot days "g"', "Signatures so far"),
        ('pace_plot days "g"', "New signatures each day"),
    ],
)
@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "1 signature, on 13 November 2026."),
        (2_000, "2,000 signatures, all on 13 November 2026."),
    ],
)
def test_one_day_is_a_sentence_and_no_picture(
    tag: str, title: str, count: int, sentence: str
) -> None:
    page = draw(tag, days=days(count))
    assert texts(page, "figure") == [f"{title} {sentence}"]
    assert "<svg" not in page


@pytest.mark.parametrize("tag", ['growth_plot days "g"', 'pace_plot days "g"'])
def test_before_the_first_signature_it_says_so(tag: str) -> None:
    page = draw(tag, days=None)
    assert "No signatures yet." in texts(page, "figure")[0]
    assert "<svg" not in page


def test_pace_names_the_best_period() -> None:
    page = draw('pace_plot days "pace"', days=days(5, 120))
    assert texts(page, "figcaption") == [
        "New signatures each day The most on one day: 120, on 14 November 2026."
    ]


@pytest.mark.parametrize(
    ("count", "title", "sentence", "heading", "last"),
    [
        (
            130,
            "New signatures each week",
            "The most in one week: 7 (16–22 Nov 2026).",
            "Week",
            ["22 March 2027", "1", "130"],
        ),
        (
            900,
            "New signatures each month",
            "The most in one month: 31 (December 2026).",
            "Month",
            ["April 2029", "30", "900"],
        ),
        (
            4_000,
            "New signatures each year",
            "The most in one year: 366 (2028).",
            "Year",
            ["2037", "298", "4,000"],
        ),
    ],
)
def test_many_days_become_weeks_months_or_years(
    count: int, title: str, sentence: str, heading: str, last: list[str]
) -> None:
    page = draw('pace_plot days "pace"', days=days(*[1] * count))
    assert texts(page, "figcaption") == [f"{title} {sentence}"]
    table = rows(page)
    assert table[0] == [heading, "New", "In all"]
    assert table[-1] == last


def test_a_plot_may_have_a_title_of_its_own() -> None:
    assert texts(draw('pace_plot days "p" "Mails"', days=days(1, 2)), "b") == ["Mails"]
    assert texts(draw('growth_plot days "g" "Mails"', days=days(1, 2)), "b") == ["Mails"]
    assert texts(draw('world_plot counts "w" "Readers"', counts={"FR": 1}), "b") == ["Readers"]


def test_bars_are_a_table_from_the_largest() -> None:
    parts = [Part("Spain", 6), Part("<b>Chad</b>", 3), Part("Mali", 2), Part("Benin", 1)]
    page = draw('bars_plot parts "countries" "By country" most=2', parts=parts)
    assert rows(page, "figure/table") == [
        ["Which", "Signatures", "Share"],
        ["Spain", "6", "50%"],
        ["<b>Chad</b>", "3", "25%"],
        ["2 others", "3", "25%"],
    ]
    assert [row[0] for row in rows(page, "details/table")] == [
        "Which",
        "Spain",
        "<b>Chad</b>",
        "Mali",
        "Benin",
    ]
    assert texts(page, "b") == ["By country"]
    assert '<rect width="50.0%"' in page


def test_all_bars_at_once_hide_nothing() -> None:
    page = draw('bars_plot parts "kinds" "By kind"', parts=[Part("People", 1)])
    assert "<details" not in page
    assert 'width="100.0%"' in page


def test_without_parts_bars_say_so() -> None:
    page = draw('bars_plot parts "kinds" "By kind"', parts=[])
    assert texts(page, "figure") == ["By kind No signatures yet."]


def test_a_funnel_shows_what_came_through_each_step() -> None:
    parts = [Part("Signed", 400), Part("Confirmed", 300), Part("Listed", 1)]
    page = draw('funnel_plot parts "funnel" "From signed to listed"', parts=parts)
    assert rows(page) == [
        ["Step", "Signatures", "Of the step before"],
        ["Signed", "400", ""],
        ["Confirmed", "300", "75%"],
        ["Listed", "1", "< 1%"],
    ]


def test_bars_grow_from_where_the_line_begins() -> None:
    parts = [Part("ألف", 4), Part("باء", 1)]
    with translation.override("ar"):
        page = draw('bars_plot parts "b" "ج"', parts=parts)
        funnel = draw('funnel_plot parts "f" "ج"', parts=parts)
    for drawn in (page, funnel):
        assert re.findall('<rect x="([0-9.]+)%" width="([0-9.]+)%"', drawn) == [
            ("0.0", "100.0"),
            ("75.0", "25.0"),
        ]


def test_a_map_names_its_countries_in_the_order_of_the_language() -> None:
    counts = {"DE": 2, "FR": 12, "AT": 2, "MT": 1, "": 3}
    page = draw('world_plot counts "world"', counts=counts)
    assert texts(page, "figcaption") == [
        "Signatures by country Signatures from 4 countries; the most from one country: France, 12."
    ]
    assert rows(page) == [
        ["Country", "Signatures"],
        ["France", "12"],
        ["Austria", "2"],
        ["Germany", "2"],
        ["Malta", "1"],
    ]
    assert texts(page, "li") == ["1", "2 to 4", "5 to 9", "10 or more"]
    assert texts(page, "title") == ["France: 12", "Austria: 2", "Germany: 2", "Malta: 1"]
    assert "3 signatures name no country." in texts(page, "p[@class='hint']")[0]
    with translation.override("es"):
        assert rows(draw('world_plot counts "world"', counts=counts))[2][0] == "Alemania"


def test_a_map_of_one_country_names_it() -> None:
    page = draw('world_plot counts "world"', counts={"PS": 1})
    assert "Signatures from 1 country: Palestine, 1." in texts(page, "figcaption")[0]
    assert texts(page, "li") == ["1 or more"]
    assert "no country" not in page


def test_without_countries_the_map_is_a_sentence() -> None:
    page = draw('world_plot counts "world"', counts={"": 3})
    assert texts(page, "figure") == ["Signatures by country No signatures with a country yet."]
    assert "<svg" not in page


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize(
    "tag",
    [
        'growth_plot days "p"',
        'pace_plot days "p"',
        'world_plot counts "p"',
        'bars_plot parts "p" "P"',
        'funnel_plot parts "p" "P"',
    ],
)
def test_drawings_need_no_inline_style_and_are_the_same_in_every_language(
    tag: str, language: str
) -> None:
    context = {
        "days": days(5, 0, 1_234_567),
        "counts": {"FR": 12_345, "MT": 1},
        "parts": [Part("a", 7), Part("b", 3)],
    }
    with translation.override(language):
        page = draw(tag, **context)
    assert "style" not in page
    assert "<script" not in page
    # No decimal comma, no thousands separator in what a browser measures by.
    for value in re.findall(r' (?:d|x|y|y1|y2|width|height|viewBox)="?([^" >]*|[^">]*(?="))', page):
        assert re.fullmatch(r"[-0-9. MlVHhz%]*", value), value
    drawn = re.findall(r' d="([^"]*)"', page)
    assert drawn == re.findall(r' d="([^"]*)"', draw(tag, **context))


def test_the_curve_of_a_year_is_light() -> None:
    year = days(*(i * 7919 % 83 for i in range(1, 366)))
    page = draw('growth_plot days "g"', days=year)
    picture = page[page.index("<svg") : page.index("<details")]
    assert len(brotli.compress(picture.encode())) < 1_000
    assert len(brotli.compress(page.encode())) < 2_000


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "21 November 2026"), ("es", "21 de noviembre de 2026"), (None, "21 November 2026")],
)
def test_dates_are_written_in_the_language_of_the_page(language: str | None, shown: str) -> None:
    with translation.override(language):
        assert long_date(date(2026, 11, 21)) == shown


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        (120, "en", "120"),
        (1_500, "en", "1,500"),
        (20_000, "en", "20K"),
        (2_500_000, "en", "2.5M"),
        (2_500_000, "es", "2,5\xa0M"),
        (20_000, "ar", "\u206720\xa0ألف\u2069"),
    ],
)
def test_values_at_the_side_are_short(value: int, language: str, shown: str) -> None:
    with translation.override(language):
        assert short_number(value) == shown


@pytest.mark.parametrize(
    ("unit", "language", "shown"),
    [
        (Unit.DAY, "en", "21 Nov"),
        (Unit.MONTH, "en", "Nov 2026"),
        (Unit.YEAR, "en", "2026"),
        (Unit.DAY, "ar", "\u206721 نوفمبر\u2069"),
    ],
)
def test_dates_below_are_short(unit: Unit, language: str, shown: str) -> None:
    with translation.override(language):
        assert time_label(Time(date(2026, 11, 21), unit, 50)) == shown


@pytest.mark.parametrize(
    ("length", "last", "shown"),
    [
        (Length.WEEK, date(2026, 11, 16), "16 November 2026"),
        (Length.WEEK, date(2026, 11, 22), "16–22 Nov 2026"),
        (Length.WEEK, date(2026, 12, 2), "16 Nov – 2 Dec 2026"),
        (Length.MONTH, date(2026, 11, 30), "November 2026"),
        (Length.YEAR, date(2026, 12, 31), "2026"),
    ],
)
def test_periods_are_named(length: Length, last: date, shown: str) -> None:
    found = period_label(Period(date(2026, 11, 16), last, 0, 0), length)
    assert found.replace("\u2009", " ") == shown


@pytest.mark.parametrize(
    ("part", "shown"), [(0, "0%"), (0.004, "< 1%"), (0.01, "1%"), (0.57, "57%"), (1, "100%")]
)
def test_a_share_is_never_less_than_it_seems(part: float, shown: str) -> None:
    assert share(part) == shown
