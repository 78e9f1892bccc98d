"""An uploaded logo, made anew: small, without metadata, safe to serve.

What was uploaded is never served. It is decoded, of an animation the first picture, turned as the
camera said, brought to `LONGEST_SIDE`, and encoded again as PNG, or as WebP where that is what
makes it small. A drawing (SVG) can carry scripts and is refused: making it a picture would need a
renderer that is safe with strangers' files, and everybody who has one can save it as PNG.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import product
from typing import Any

from django.utils.translation import gettext
from PIL import Image, ImageOps

MOST_UPLOADED = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000  # decoded that is 100 MB
LONGEST_SIDE = 480
LEAST_SIDE = 16
MOST_BYTES = 60_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


class LogoRefused(Exception):
    """One sentence why a file cannot be the logo, and what to do."""


@dataclass(frozen=True)
class Logo:
    """A picture to store and serve. `media_type` is `image/png` or `image/webp`."""

    content: bytes
    media_type: str
    width: int
    height: int


def make_logo(uploaded: bytes) -> Logo:
    """The logo from the bytes of a file; raises LogoRefused whatever they are."""
    if len(uploaded) > MOST_UPLOADED:
        raise LogoRefused(
            gettext("This file is larger than 5 MB. Save the picture smaller and choose it again.")
        )
    if _is_drawing(uploaded):
        raise LogoRefused(
            gettext("SVG drawings are not taken. Save the logo as PNG and choose that file.")
        )
    try:
        return _encode(_decode(uploaded))
    except LogoRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:
        # Decoders meet made-up files with errors of every kind; none of them is the site's fault.
        raise LogoRefused(
            gettext(
                "This file cannot be read as a picture. Save the logo as PNG, JPEG, WebP or GIF "
                "and choose it again."
            )
        ) from error


def _is_drawing(uploaded: bytes) -> bool:
    """Whether it is SVG or other XML, packed or not: only then is there a better sentence."""
    start = uploaded[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<?xml", b"<svg", b"<!doctype svg", b"<!--")) or b"<svg" in start


def _decode(uploaded: bytes) -> Image.Image:
    """The picture at its final size, in RGB or RGBA. Its size is known before it is decoded."""
    with Image.open(BytesIO(uploaded), formats=FORMATS) as picture:
        _check_size(*picture.size)
        picture.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
        turned = ImageOps.exif_transpose(picture)
        if turned.mode.startswith("I"):
            # 16 bits of grey: brought to 8 bits, where Pillow would cut off all that is bright.
            turned = turned.convert("I").point(lambda grey: grey / 256).convert("L")
        plain = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
        plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
        return plain


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _too_many_pixels()
    if max(width, height) < LEAST_SIDE:
        raise LogoRefused(
            gettext("This picture is too small to be seen. Choose one at least 16 pixels wide.")
        )


def _too_many_pixels() -> LogoRefused:
    return LogoRefused(
        gettext(
            "This picture has more than 25 million pixels. Save it smaller, 480 pixels wide is "
            "enough, and choose it again."
        )
    )


def _encode(picture: Image.Image) -> Logo:
    """The best encoding that is small enough: exact, then by look, then smaller and smaller."""
    picture.info = {}  # PNG would carry the colour profile and comments over
    exact = _saved(picture, "PNG", optimize=True)
    if len(exact.content) <= MOST_BYTES:
        return exact
    tries = product((LONGEST_SIDE, 360, 240, 160), (90, 75, 60))
    found = (_lossy(picture, side, quality) for side, quality in tries)
    small_enough = (logo for logo in found if len(logo.content) <= MOST_BYTES)
    # Of 96 pixels even noise is.
    return next(small_enough, None) or _lossy(picture, 96, 60)


def _lossy(picture: Image.Image, side: int, quality: int) -> Logo:
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    # Not method 6: it searches for ten seconds in a transparency that is noise.
    return _saved(picture, "WEBP", quality=quality, alpha_quality=quality, method=4)


def _saved(picture: Image.Image, kind: str, **options: Any) -> Logo:
    content = BytesIO()
    picture.save(content, kind, **options)
    return Logo(content.getvalue(), f"image/{kind.lower()}", *picture.size)
