"""Fonts are looked for before anything is printed; what is missing is said in a sentence."""

from __future__ import annotations

import pytest
import typst

from undersigned.signatures.exporting import fonts, typesetting
from undersigned.signatures.exporting.fonts import (
    SERIF,
    FontMissing,
    check_fonts,
    faces_for,
)

LATIN_GREEK_CYRILLIC = "Łąka Ðặng ĵ ʻŌlelo Αθήνα Київ ѓ – „“ … €"


@pytest.fixture
def python_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that has no fonts but those that come with Typst."""
    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(typesetting, "all_fonts", lambda: bare)
    monkeypatch.setattr(fonts, "all_fonts", lambda: bare)


def families(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """A host that has these families; a name given twice has a bold face that says regular."""

    class Font:
        style, weight, stretch = "normal", 400, 1.0

        def __init__(self, family: str) -> None:
            self.family = family

    class Some:
        def fonts(self) -> list[Font]:
            return [Font(name) for name in names]

    monkeypatch.setattr(fonts, "all_fonts", Some)


@pytest.mark.usefixtures("python_only")
def test_a_host_with_only_python_prints_latin_greek_and_cyrillic() -> None:
    check_fonts(LATIN_GREEK_CYRILLIC, faces_for(LATIN_GREEK_CYRILLIC, "Latn"))


@pytest.mark.usefixtures("python_only")
def test_what_no_font_has_is_said_by_script_with_the_package_that_brings_it() -> None:
    text = 'Ana 山 さ က \u0dbd 😀 "\\'
    with pytest.raises(FontMissing) as caught:
        check_fonts(text, faces_for(text, "Latn"))
    assert caught.value.scripts == ("Hani", "Hira", "Mymr", "Sinh", "Zyyy")
    assert caught.value.characters == "\u0dbdကさ山😀"
    assert caught.value.sentences("en") == [
        "No font here has Han characters; install fonts-noto-cjk.",
        "No font here has Hiragana characters; install fonts-noto-cjk.",
        "No font here has Myanmar characters; install fonts-noto-core.",
        "No font here has Sinhala characters; install fonts-noto-core.",
        "No font here has these signs: 😀. Install fonts-noto-core fonts-noto-color-emoji.",
    ]


def test_the_letters_face_comes_first_then_one_for_each_script(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    families(monkeypatch, SERIF, "Noto Naskh Arabic", "Noto Sans Arabic", "Noto Serif Thai")
    assert faces_for("Ana محمد", "Latn") == [SERIF, "Noto Naskh Arabic"]


def test_a_family_whose_bold_face_says_that_it_is_regular_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    families(monkeypatch, "Noto Serif Myanmar", "Noto Serif Myanmar", "Noto Sans Myanmar")
    assert faces_for("အောင်", "Mymr") == [SERIF, "Noto Sans Myanmar"]


def test_a_japanese_letter_has_japanese_forms_and_latin_names_in_the_letters_face(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    families(monkeypatch, "Noto Serif CJK JP", "Noto Serif CJK SC")
    assert faces_for("直", "Jpan") == [
        {"name": SERIF, "covers": "latin-in-cjk"},
        "Noto Serif CJK JP",
        SERIF,
        "Noto Serif CJK SC",
    ]


def test_a_japanese_letter_without_japanese_fonts_still_has_a_face(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    families(monkeypatch)
    assert faces_for("直", "Jpan") == [SERIF]


def test_a_mark_without_a_letter_is_no_box() -> None:
    check_fonts("\u0301a", faces_for("\u0301a", "Latn"))
