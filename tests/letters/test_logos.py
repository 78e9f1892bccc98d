"""Whatever is uploaded as a logo, what is served is a small plain picture."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from undersigned.letters.logos import MOST_BYTES, MOST_UPLOADED, Logo, LogoRefused, make_logo


def file(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    content = BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def opened(logo: Logo) -> Image.Image:
    return Image.open(BytesIO(logo.content))


def plain(
    size: tuple[int, int] = (40, 20), colour: Any = (200, 30, 30), mode: str = "RGB"
) -> Image.Image:
    return Image.new(mode, size, colour)


def noise(side: int) -> Image.Image:
    return Image.frombytes("RGBA", (side, side), random.Random(1).randbytes(4 * side * side))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_small_picture_becomes_a_png_of_its_size(kind: str) -> None:
    logo = make_logo(file(plain(), kind))

    assert (logo.media_type, logo.width, logo.height) == ("image/png", 40, 20)
    assert (opened(logo).format, opened(logo).size) == ("PNG", (40, 20))


def test_a_large_picture_is_made_small() -> None:
    logo = make_logo(file(plain((1200, 600))))

    assert (logo.width, logo.height) == (480, 240)


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (plain(mode="L", colour=90), (90, 90, 90)),
        (plain(mode="1", colour=1), (255, 255, 255)),
        (plain(mode="I;16", colour=40000), (156, 156, 156)),
        (plain(mode="P", colour=0), (0, 0, 0)),
        (plain(mode="RGBA", colour=(200, 30, 30, 128)), (200, 30, 30, 128)),
        (plain(mode="LA", colour=(90, 128)), (90, 90, 90, 128)),
    ],
)
def test_colours_and_transparency_stay(picture: Image.Image, expected: tuple[int, ...]) -> None:
    assert opened(make_logo(file(picture))).getpixel((5, 5)) == expected


def test_a_photograph_becomes_webp_and_the_worst_of_them_small() -> None:
    gradient = Image.merge("RGB", [Image.radial_gradient("L").resize((700, 700))] * 3)
    photograph = Image.blend(gradient, noise(700).convert("RGB"), 0.1)

    logo, worst = make_logo(file(photograph, "JPEG")), make_logo(file(noise(480)))

    assert (logo.media_type, logo.width) == ("image/webp", 480)
    assert (worst.media_type, worst.width < 480) == ("image/webp", True)
    assert max(len(logo.content), len(worst.content)) <= MOST_BYTES


def test_of_an_animation_the_first_picture_is_taken() -> None:
    frames = [plain(colour=(200, 30, 30)), plain(colour=(30, 200, 30))]

    logo = make_logo(file(frames[0], "GIF", save_all=True, append_images=frames[1:]))

    assert getattr(opened(logo), "n_frames", 1) == 1
    assert opened(logo).convert("RGB").getpixel((5, 5)) == (200, 30, 30)


def test_a_picture_is_turned_and_says_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "Example Street"
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "Example Street")
    uploaded = [
        file(plain(), "JPEG", exif=exif, comment=b"Example Street", icc_profile=b"Example Street"),
        file(plain(), "PNG", exif=exif, pnginfo=text, icc_profile=b"Example Street"),
    ]
    assert all(b"Example" in content or b"iCCP" in content for content in uploaded)

    for content in uploaded:
        logo = make_logo(content)
        assert (logo.width, logo.height) == (20, 40)
        assert not opened(logo).info
        assert b"Example" not in logo.content


@pytest.mark.parametrize(
    "uploaded",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'\xef\xbb\xbf<?xml version="1.0"?><svg/>',
        '<?xml version="1.0" encoding="utf-16"?><svg/>'.encode("utf-16"),
        b"<!-- made with a program --><svg/>",
        b"\n<!DOCTYPE svg><svg/>",
        b"words <SVG onload=alert(1)>",
    ],
)
def test_a_drawing_is_refused(uploaded: bytes) -> None:
    with pytest.raises(LogoRefused) as refusal:
        make_logo(uploaded)

    assert (
        str(refusal.value)
        == "SVG drawings are not taken. Save the logo as PNG and choose that file."
    )


def declared(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it is so large; it has no pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + header
        + struct.pack(">I", zlib.crc32(header))
    )


@pytest.mark.parametrize("size", [(5001, 5000), (10_000, 10_000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_it_goes_off(size: tuple[int, int]) -> None:
    with pytest.raises(LogoRefused, match=r"^This picture has more than 25 million pixels\."):
        make_logo(declared(*size) + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", 0))


def test_a_speck_is_refused() -> None:
    with pytest.raises(LogoRefused, match=r"^This picture is too small to be seen\."):
        make_logo(file(plain((15, 1))))


def test_a_large_file_is_refused_unread() -> None:
    with pytest.raises(LogoRefused, match=r"^This file is larger than 5 MB\."):
        make_logo(bytes(MOST_UPLOADED + 1))


PICTURES = [file(plain(), kind) for kind in ("PNG", "JPEG", "WEBP", "GIF")]


@pytest.mark.parametrize(
    "uploaded", [b"", b"%PDF-1.7", *(content[: len(content) // 2] for content in PICTURES)]
)
def test_what_is_no_whole_picture_is_refused(uploaded: bytes) -> None:
    with pytest.raises(LogoRefused) as refusal:
        make_logo(uploaded)

    assert str(refusal.value) == (
        "This file cannot be read as a picture. Save the logo as PNG, JPEG, WebP or GIF "
        "and choose it again."
    )


@given(st.sampled_from(PICTURES), st.data())
def test_no_bytes_do_anything_worse(picture: bytes, data: st.DataObject) -> None:
    broken = bytearray(picture)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))

    try:
        found = len(make_logo(bytes(broken)).content)
    except LogoRefused:
        found = 0
    assert found <= MOST_BYTES


@given(st.binary(max_size=200))
@example(b"\x89PNG\r\n\x1a\n")
@example(b"GIF89a")
def test_any_bytes_are_answered_with_a_sentence(uploaded: bytes) -> None:
    with pytest.raises(LogoRefused, match=r"\.$"):
        make_logo(uploaded)
