from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import translation

from undersigned.website.templatetags.words import beside, duration, named, number, prose, summary


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "1,234,567"), ("es", "1.234.567"), ("ar", "1,234,567")]
)
def test_a_number_is_written_as_in_the_language_of_the_page(language: str, shown: str) -> None:
    with translation.override(language):
        assert number(1_234_567) == shown


@pytest.mark.parametrize(
    ("language", "minutes", "shown"),
    [
        ("en", 5, "5 minutes"),
        ("en", 60, "1 hour"),
        ("en", 480, "8 hours"),
        ("en", 1440, "1 day"),
        ("es", 20, "20 minutos"),
        ("ar", 120, "ساعتان"),
    ],
)
def test_a_time_is_written_as_in_the_language_of_the_page(
    language: str, minutes: int, shown: str
) -> None:
    with translation.override(language):
        assert duration(timedelta(minutes=minutes)) == shown


def test_a_time_can_be_written_in_every_language() -> None:
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            assert duration(timedelta(minutes=30))


def test_outside_any_language_numbers_are_written_in_ours() -> None:
    with translation.override(None):
        assert number(1234) == "1,234"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "<bdi>Ana</bdi>, <bdi>Bo</bdi> and <bdi>Chi</bdi>"),
        ("es", "<bdi>Ana</bdi>, <bdi>Bo</bdi> y <bdi>Chi</bdi>"),
        ("ar", "<bdi>Ana</bdi> و<bdi>Bo</bdi> و<bdi>Chi</bdi>"),
    ],
)
def test_names_are_listed_as_in_the_language_of_the_page(language: str, shown: str) -> None:
    with translation.override(language):
        assert named(["Ana", "Bo", "Chi"]) == shown


def test_a_name_cannot_bring_elements_along() -> None:
    assert named(["<script>"]) == "<bdi>&lt;script&gt;</bdi>"


@pytest.mark.parametrize(
    ("title", "affiliation", "shown"),
    [
        ("Teacher", "Example School", "Teacher, Example School"),
        ("أستاذة", "جامعة مثال", "أستاذة، جامعة مثال"),
        ("Teacher", "", "Teacher"),
        ("", "Example School", "Example School"),
        ("", "", ""),
    ],
)
def test_a_title_stands_beside_an_affiliation(title: str, affiliation: str, shown: str) -> None:
    assert beside(title, affiliation) == shown


def test_organisers_text_becomes_elements() -> None:
    assert prose("One *word*.") == "<p>One <em>word</em>.</p>\n"


def test_a_summary_is_plain_text() -> None:
    assert summary('One *word* & "another".\n\nMore.') == "One word & “another”. More."


def test_a_summary_of_a_long_text_stops_at_200_characters() -> None:
    assert summary("a" * 500) == "a" * 199 + "…"


def test_organisers_text_brings_no_scripts_along() -> None:
    assert (
        prose("<script>x</script> [ask](javascript:x)")
        == "<p>&lt;script&gt;x&lt;/script&gt; [ask](javascript:x)</p>\n"
    )
