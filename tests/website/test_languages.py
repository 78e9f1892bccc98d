"""Languages of the public pages."""

from __future__ import annotations

from undersigned.website.languages import direction, own_name


def test_a_languages_name_is_its_own() -> None:
    names = [own_name(code) for code in ("en", "es", "ar", "my")]
    assert names == ["English", "Español", "العربية", "မြန်မာ"]


def test_directions() -> None:
    assert [direction(code) for code in ("en", "ar", "fa", "ckb", "my", "ku-arab")] == [
        "ltr", "rtl", "rtl", "rtl", "ltr", "rtl",
    ]  # fmt: skip
