"""What makes a letter's pages look like its own: a colour and a logo, each a file of its own.

Their addresses change with their content, so that they may be kept for ever.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from undersigned.letters.accents import (
    DARK_ON_ACCENT,
    LIGHT_ON_ACCENT,
    AccentRefused,
    choose_accent,
)
from undersigned.letters.models import Letter


@dataclass(frozen=True)
class File:
    """`name` is the end of its address. Sizes are in pixels; 0 for what is no picture."""

    name: str
    content: bytes
    content_type: str
    width: int = 0
    height: int = 0

    def url(self, letter: Letter) -> str:
        return f"/{letter.slug}/{self.name}"


def accent_sheet(letter: Letter) -> File | None:
    """The style sheet with the letter's colour, if it chose one.

    In the layer of our own palette, and after it: so print goes on being black.
    """
    try:
        accent = choose_accent(letter.accent)
    except AccentRefused:
        return None
    light = f"--accent:{accent.light};--on-accent:{LIGHT_ON_ACCENT}"
    dark = f"--accent:{accent.dark};--on-accent:{DARK_ON_ACCENT}"
    style = (
        f"@layer base{{:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}}}"
    ).encode()
    return File(f"accent-{_digest(style)}.css", style, "text/css; charset=utf-8")


def logo_file(letter: Letter) -> File | None:
    """The letter's logo, if it has one."""
    if not letter.logo:
        return None
    content = bytes(letter.logo)
    # Only its head is read; the site encoded it itself (letters/logos.py).
    with Image.open(BytesIO(content)) as picture:
        ending = (picture.format or "").lower()
        width, height = picture.size
    return File(f"logo-{_digest(content)}.{ending}", content, f"image/{ending}", width, height)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
