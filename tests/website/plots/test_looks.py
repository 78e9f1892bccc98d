"""Plots in a browser: for everybody, on every screen, in the light and in the dark."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template import engines
from django.utils import translation

from tests.browser import OpenPage
from undersigned.letters.places import country_names
from undersigned.website.assets import FOLDER
from undersigned.website.plots.bars import Part
from undersigned.website.plots.periods import days_of

PAGE = """{% load plots i18n %}<!doctype html><html lang={{ LANGUAGE_CODE }} dir={{ direction }}>
<meta charset=utf-8><meta name=viewport content="width=device-width"><title>Plots</title>
<style>{{ style|safe }}</style><main><h1>Plots</h1>{% growth_plot days "growth" %}
{% pace_plot days "pace" %}{% growth_plot year "year" %}{% pace_plot year "weeks" %}
{% world_plot counts "world" %}{% bars_plot parts "parts" "By country" 3 %}
{% funnel_plot parts "funnel" "Steps" %}{% growth_plot none "none" %}</main>"""
COUNTS = {"ES": 10_000_000, "FR": 44, "PS": 12, "CD": 7, "BA": 3, "MT": 1}


def style() -> str:
    sheets = [FOLDER / "css" / "base.css", FOLDER / "css" / "layout.css", FOLDER / "plots.css"]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def page_in(language: str, direction: str) -> str:
    first = date(2026, 11, 13)
    with translation.override(language):
        names = country_names(language)
        return (
            engines["django"]
            .from_string(PAGE)
            .render(
                {
                    "LANGUAGE_CODE": language,
                    "direction": direction,
                    "style": style(),
                    "days": days_of((first + timedelta(i), i * i) for i in range(9)),
                    "year": days_of((first + timedelta(i), i % 83 * 2_000) for i in range(365)),
                    "none": None,
                    "counts": COUNTS,
                    "parts": [Part(names[code], count) for code, count in COUNTS.items()],
                }
            )
        )


@pytest.mark.browser
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("es", "ltr")])
def test_plots_are_for_everybody(
    open_page: OpenPage, language: str, direction: str, colours: str
) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, color_scheme=colours)
    page.set_content(page_in(language, direction))
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    cut = """() => [...document.querySelectorAll('.curve text')].filter(text => {
        const [label, plot] = [text, text.ownerSVGElement].map(one => one.getBoundingClientRect())
        return label.left < plot.left - 1 || label.right > plot.right + 1
    }).map(text => text.textContent)"""
    assert page.evaluate(cut) == []


@pytest.mark.browser
def test_bars_and_words_begin_on_the_same_side(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    for language, direction, side in (("en", "ltr", "left"), ("ar", "rtl", "right")):
        page.set_content(page_in(language, direction))
        for table in page.locator(".bars").all()[:1]:
            edges = [
                table.locator(f"tbody tr:nth-child(2) {one}").evaluate(
                    f"one => Math.round(one.getBoundingClientRect().{side})"
                )
                for one in ("th", "rect")
            ]
            assert edges[0] == edges[1]


def _colours(css: str) -> dict[str, tuple[float, float, float]]:
    return {
        name: tuple(
            int(one * (6 // len(digits)), 16) / 255
            for one in re.findall("." * (len(digits) // 3), digits)
        )
        for name, digits in re.findall(r"--([a-z-]+): #([0-9a-f]{6}|[0-9a-f]{3})\b", css)
    }


def _luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance, WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_lines_and_shades_can_be_told_apart(scheme: int) -> None:
    base = (FOLDER / "css" / "base.css").read_text(encoding="utf-8")
    colours = _colours(base.split("prefers-color-scheme: dark")[scheme])
    paper, accent = colours["paper"], colours["accent"]
    assert _contrast(accent, paper) >= 3
    assert _contrast(colours["edge"], paper) >= 3
    assert _contrast(colours["soft"], paper) >= 4.5
    parts = [
        int(part) / 100
        for part in re.findall(
            r"\.c\d \{ --shade: color-mix\(in srgb, var\(--accent\) (\d+)%, var\(--paper\)\)",
            (FOLDER / "plots.css").read_text(encoding="utf-8"),
        )
    ]
    assert len(parts) == 4
    shades = [
        tuple(part * a + (1 - part) * p for a, p in zip(accent, paper, strict=True))
        for part in [*parts, 1]
    ]
    for fainter, stronger in zip([paper, *shades], shades, strict=False):
        assert _contrast(stronger, paper) > _contrast(fainter, paper)
        assert _contrast(fainter, stronger) >= 1.2
