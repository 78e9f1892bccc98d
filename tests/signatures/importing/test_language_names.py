"""Names of languages, also of those that ICU leaves out."""

from __future__ import annotations

from undersigned.signatures.importing.language_names import language_codes, names_in, own_names


def test_codes_are_those_of_cldr() -> None:
    codes = language_codes()

    assert codes >= {"en", "ar", "fil", "tl", "gn", "crk", "sh"}
    assert "xx" not in codes
    assert {len(code) for code in codes} == {2, 3}


def test_names_in_a_language() -> None:
    assert dict(names_in("fr"))["es"] == "espagnol"
    assert dict(names_in("en"))["gn"] == "Guarani"
    # What a language has no name for is left out, not called by its code.
    assert {code for code, name in names_in("ar") if code == name} == set()


def test_own_names() -> None:
    named = dict(own_names())

    assert [named[code] for code in ("es", "ar", "my", "gn", "nv")] == [
        "español",
        "العربية",
        "မြန်မာ",
        "avañe’ẽ",
        "Diné Bizaad",
    ]
    assert list(named) == sorted(named)
