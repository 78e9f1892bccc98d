"""Why a file was not written, in a code that fits its column."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.exporting.failing import FONTS, fonts_missing, read_fonts_missing
from undersigned.signatures.exporting.fonts import FontMissing
from undersigned.signatures.models import Export


def told(code: str) -> tuple[list[str], str]:
    first, _, rest = code.partition("|")
    assert first == FONTS
    return read_fonts_missing(rest)


def test_missing_fonts_are_kept_by_script_with_the_signs_of_none() -> None:
    code = fonts_missing(FontMissing("☭ကไ|"))
    assert code == "fonts missing|Mymr,Thai,Zyyy||☭"
    assert told(code) == (["Mymr", "Thai", "Zyyy"], "|☭")


@given(st.text(min_size=1))
def test_whatever_is_missing_can_be_told(characters: str) -> None:
    missing = FontMissing(characters)
    scripts, signs = told(fonts_missing(missing))
    assert scripts == [*missing.scripts[:40]]
    assert signs == missing.signs[:60]


def test_it_fits_its_column() -> None:
    everything = FontMissing(map(chr, range(0x20, 0x1FFFF)))
    assert len(everything.scripts) > 100
    assert len(fonts_missing(everything)) <= (Export._meta.get_field("outcome").max_length or 0)
