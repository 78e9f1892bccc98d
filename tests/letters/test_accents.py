"""A letter's colour is one that everybody can read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned import website
from undersigned.letters.accents import (
    DARK_GROUNDS,
    DARK_ON_ACCENT,
    LEAST_CONTRAST,
    LIGHT_GROUNDS,
    LIGHT_ON_ACCENT,
    Accent,
    AccentTooFaint,
    ColourUnreadable,
    choose_accent,
    contrast_ratio,
)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_as_wcag_has_it(first: str, second: str, ratio: float) -> None:
    assert round(contrast_ratio(first, second), 2) == ratio
    assert contrast_ratio(first, second) == contrast_ratio(second, first)


@pytest.mark.parametrize(
    ("typed", "light", "dark"),
    [
        ("#9c2a1c", "#9c2a1c", "#d96351"),
        (" 0055AA ", "#0055aa", "#4188e1"),
        ("#000000", "#000000", "#878787"),
        ("#0000ff", "#0000ff", "#4a81ff"),
    ],
)
def test_a_readable_colour_is_taken_and_has_a_lighter_one_for_dark_screens(
    typed: str, light: str, dark: str
) -> None:
    assert choose_accent(typed) == Accent(light, dark)


@pytest.mark.parametrize(
    ("typed", "contrast", "nearest"),
    [
        ("#ffffff", "1.0", "#6b6b6b"),
        ("#ffcc00", "1.2", "#846800"),
        ("#1e90ff", "2.7", "#006bc8"),
        ("#717171", "4.1", "#6b6b6b"),
    ],
)
def test_a_pale_colour_is_refused_with_one_that_can_be_read(
    typed: str, contrast: str, nearest: str
) -> None:
    with pytest.raises(AccentTooFaint) as refusal:
        choose_accent(typed)

    assert str(refusal.value) == (
        f"This colour is too pale: its contrast is {contrast} to 1, and words need 4.5 to 1. "
        f"The nearest colour that can be read is {nearest}."
    )
    assert refusal.value.nearest == nearest


@pytest.mark.parametrize(
    "typed", ["", "red", "#fff", "#12345g", "#1234567", "#１２３４５６", "url(x)"]
)
def test_what_is_no_colour_is_refused(typed: str) -> None:
    with pytest.raises(ColourUnreadable, match="Write the colour as # and six digits or letters"):
        choose_accent(typed)


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_leads_to_one_that_can_be_read(number: int) -> None:
    try:
        accent = choose_accent(f"#{number:06x}")
    except AccentTooFaint as refusal:
        accent = choose_accent(refusal.nearest)

    grounds = [
        (accent.light, (*LIGHT_GROUNDS, LIGHT_ON_ACCENT)),
        (accent.dark, (*DARK_GROUNDS, DARK_ON_ACCENT)),
    ]
    assert all(
        contrast_ratio(colour, other) >= LEAST_CONTRAST
        for colour, others in grounds
        for other in others
    )


def test_it_is_measured_on_the_colours_of_our_pages() -> None:
    css = (Path(website.__file__).parent / "assets" / "css" / "base.css").read_text()
    found: dict[str, list[str]] = {}
    for name, colour in re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", css):
        found.setdefault(name, []).append(
            colour.replace("#fff", "#ffffff") if len(colour) == 4 else colour
        )

    light, dark = (
        zip(found["paper"], found["field"], found["tint"], strict=True),
        found["on-accent"],
    )
    assert [*light] == [LIGHT_GROUNDS, DARK_GROUNDS]
    assert dark == [LIGHT_ON_ACCENT, DARK_ON_ACCENT]
