"""The colour that a letter may choose for its lines, its buttons and the words of errors.

Contrast is measured as WCAG 2.2 does (1.4.3, level AA: 4.5 to 1). A colour that is hard to read
is refused, with the nearest one that is not. For dark screens a lighter shade is derived. Shades
keep their hue: they are found in OKLCH (CSS Color 4), with less chroma where a screen cannot show
as much.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext

LEAST_CONTRAST = 4.5
# From website/assets/css/base.css: what the accent stands on, and the words that stand on it.
LIGHT_GROUNDS = ("#fbf9f4", "#ffffff", "#f2ece0")
LIGHT_ON_ACCENT = "#ffffff"
DARK_GROUNDS = ("#181613", "#211e1a", "#242019")
DARK_ON_ACCENT = "#181613"


class AccentRefused(Exception):
    """A sentence why a colour cannot be the accent."""


class ColourUnreadable(AccentRefused):
    """It is not written as a colour."""


class AccentTooFaint(AccentRefused):
    """Words in it, or on it, would be hard to read. `nearest` is a colour that is fine."""

    def __init__(self, message: str, nearest: str) -> None:
        super().__init__(message)
        self.nearest = nearest


@dataclass(frozen=True)
class Accent:
    """A colour as `#rrggbb` on light screens and on dark ones."""

    light: str
    dark: str


def choose_accent(text: str) -> Accent:
    """The accent that somebody typed as `#rrggbb`; raises AccentRefused."""
    typed = text.strip().lower()
    if not _HEX.fullmatch(typed):
        raise ColourUnreadable(
            gettext("Write the colour as # and six digits or letters from a to f, like #9c2a1c.")
        )
    colour = "#" + typed.removeprefix("#")
    contrast = _least_contrast(colour, LIGHT_GROUNDS, LIGHT_ON_ACCENT)
    if contrast < LEAST_CONTRAST:
        nearest = _nearest(colour, LIGHT_GROUNDS, LIGHT_ON_ACCENT)
        message = gettext(
            "This colour is too pale: its contrast is %(contrast)s to 1, and words need "
            "%(least)s to 1. The nearest colour that can be read is %(colour)s."
        )
        # Rounded down, so that 4.49 is not said to be 4.5.
        shown = number_format(math.floor(contrast * 10) / 10, 1)
        least = number_format(LEAST_CONTRAST, 1)
        raise AccentTooFaint(
            message % {"contrast": shown, "least": least, "colour": nearest}, nearest
        )
    return Accent(light=colour, dark=_nearest(colour, DARK_GROUNDS, DARK_ON_ACCENT))


_HEX = re.compile(r"#?[0-9a-f]{6}", re.ASCII)


def contrast_ratio(first: str, second: str) -> float:
    """From 1 (the same) to 21 (black on white); colours as `#rrggbb`."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _least_contrast(colour: str, grounds: tuple[str, ...], on_accent: str) -> float:
    return min(contrast_ratio(colour, other) for other in (*grounds, on_accent))


def _nearest(colour: str, grounds: tuple[str, ...], on_accent: str) -> str:
    """The shade with as little more, or less, light as makes an unreadable colour readable.

    No colour can be read on light and on dark screens: what is fine on one is not on the other.
    """
    lightness, a, b = _to_oklab(colour)
    extreme = 1.0 if _luminance(grounds[0]) < _luminance("#777777") else 0.0
    readable = _shade(extreme, a, b)
    step = (extreme - lightness) / 2
    while abs(step) > _FINEST:
        tried = _shade(lightness + step, a, b)
        if _least_contrast(tried, grounds, on_accent) >= LEAST_CONTRAST:
            readable = tried
        else:
            lightness += step
        step /= 2
    return readable


# Of lightness, which goes from 0 to 1: finer than a step of one of the 256 levels.
_FINEST = 1 / 1024


def _shade(lightness: float, a: float, b: float) -> str:
    """A colour of this lightness and hue, with as much of the chroma as a screen can show."""
    least, most = 0.0, 1.0
    while most - least > _FINEST:
        share = (least + most) / 2
        if _is_shown(_to_linear(lightness, a * share, b * share)):
            least = share
        else:
            most = share
    channels = _to_linear(lightness, a * least, b * least)
    return "#" + "".join(f"{round(255 * _encode(channel)):02x}" for channel in channels)


def _is_shown(channels: tuple[float, float, float]) -> bool:
    return all(-_FINEST < channel < 1 + _FINEST for channel in channels)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2), from 0 to 1."""
    red, green, blue = _linear_channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear_channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_decode(byte / 255) for byte in bytes.fromhex(colour[1:]))
    return red, green, blue


def _decode(value: float) -> float:
    """A channel of sRGB as an amount of light (IEC 61966-2-1), both from 0 to 1."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _encode(light: float) -> float:
    """The reverse of `_decode`; what a screen cannot show is cut off."""
    light = min(max(light, 0.0), 1.0)
    return light * 12.92 if light <= 0.0031308 else 1.055 * float(light ** (1 / 2.4)) - 0.055


def _to_oklab(colour: str) -> tuple[float, float, float]:
    """Lightness, a and b (Björn Ottosson, https://bottosson.github.io/posts/oklab/)."""
    red, green, blue = _linear_channels(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _to_linear(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    """Red, green and blue light of a colour in OKLab."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
