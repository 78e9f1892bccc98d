"""Times, browsers and drawings on the studio's pages."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone, translation

from undersigned.studio.templatetags.studio import ago, browser, drawing, moment, of

AT = datetime.datetime(2026, 11, 23, 8, 5, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "23 Nov 2026, 08:05"), ("es", "23 nov 2026, 08:05"), (None, "23 Nov 2026, 08:05")],
)
def test_a_moment_is_written_as_in_the_language_of_the_page(language: str, shown: str) -> None:
    with translation.override(language):
        assert (
            moment(AT)
            == f'<time datetime="2026-11-23T08:05:00+00:00">{shown} <small>UTC</small></time>'
        )


def test_a_moment_is_told_in_the_time_zone_in_use() -> None:
    with timezone.override("Africa/Nairobi"):
        assert "23 Nov 2026, 11:05 <small>EAT</small>" in moment(AT)


@pytest.mark.parametrize(
    ("delta", "shown"),
    [
        (datetime.timedelta(hours=-3, seconds=-5), "3 hours ago"),
        (datetime.timedelta(days=2, seconds=5), "in 2 days"),
    ],
)
def test_a_time_is_told_from_now_with_the_exact_one_on_hovering(
    delta: datetime.timedelta, shown: str
) -> None:
    at = timezone.now() + delta
    element = ago(at)
    assert element.endswith(f">{shown}</time>")
    assert f'title="{at.day} ' in element


def test_a_browser_is_named() -> None:
    assert browser("Firefox/140.0 Linux") == "Firefox on Linux"


def test_a_drawing_becomes_an_element_of_the_page() -> None:
    svg = "<?xml version='1.0' encoding='UTF-8'?>\n<svg xmlns='…'><path d='M0'/></svg>"
    assert drawing(svg) == "<svg xmlns='…'><path d='M0'/></svg>"


def test_a_role_has_a_name_and_what_has_none_is_shown_as_it_is() -> None:
    assert of({"owner": "Owner"}, "owner") == "Owner"
    assert of({"owner": "Owner"}, "guest") == "guest"
