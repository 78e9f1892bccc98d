"""Fonts for every script: which the PDF is set in, and which characters none of them has.

Typst brings fonts for Latin, Greek and Cyrillic; all others are the system's. What is missing is
found by Typst itself: with PDF/UA asked for, it refuses each character that would be a box. So the
answer cannot differ from what is printed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from undersigned.signatures.exporting.scripts import SIGNS, script_name, script_of
from undersigned.signatures.exporting.typesetting import NoGlyph, all_fonts, typeset

_PROBE = Path(__file__).parent / "typst" / "probe.typ"
# The letter's face; it comes with Typst.
SERIF = "Libertinus Serif"
# Faces that go with it, by script, the better one first. For what is not here Typst looks through
# all fonts there are.
_FACES = {
    "Arab": ("Noto Naskh Arabic", "Noto Sans Arabic"),
    "Armn": ("Noto Serif Armenian", "Noto Sans Armenian"),
    "Beng": ("Noto Serif Bengali", "Noto Sans Bengali"),
    "Cyrl": ("Noto Serif", "Noto Sans"),
    "Deva": ("Noto Serif Devanagari", "Noto Sans Devanagari"),
    "Ethi": ("Noto Serif Ethiopic", "Noto Sans Ethiopic"),
    "Geor": ("Noto Serif Georgian", "Noto Sans Georgian"),
    "Gujr": ("Noto Serif Gujarati", "Noto Sans Gujarati"),
    "Guru": ("Noto Serif Gurmukhi", "Noto Sans Gurmukhi"),
    "Hebr": ("Noto Serif Hebrew", "Noto Sans Hebrew"),
    "Khmr": ("Noto Serif Khmer", "Noto Sans Khmer"),
    "Knda": ("Noto Serif Kannada", "Noto Sans Kannada"),
    "Laoo": ("Noto Serif Lao", "Noto Sans Lao"),
    "Latn": ("Noto Serif", "Noto Sans"),
    "Mlym": ("Noto Serif Malayalam", "Noto Sans Malayalam"),
    "Mymr": ("Noto Serif Myanmar", "Noto Sans Myanmar"),
    "Sinh": ("Noto Serif Sinhala", "Noto Sans Sinhala"),
    "Taml": ("Noto Serif Tamil", "Noto Sans Tamil"),
    "Telu": ("Noto Serif Telugu", "Noto Sans Telugu"),
    "Thai": ("Noto Serif Thai", "Noto Sans Thai"),
    "Tibt": ("Noto Serif Tibetan", "Noto Sans Tibetan"),
}
# One code point may look different in each of these; `Hani` is for names in other letters.
_HAN_FACES = {
    "Jpan": "Noto Serif CJK JP",
    "Kore": "Noto Serif CJK KR",
    "Hant": "Noto Serif CJK TC",
    "Hans": "Noto Serif CJK SC",
}
_HAN_SCRIPTS = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})
_PACKAGES = {SIGNS: "fonts-noto-color-emoji"} | dict.fromkeys(_HAN_SCRIPTS, "fonts-noto-cjk")
_PACKAGE = "fonts-noto-core"

type Face = str | dict[str, str]


class FontMissing(Exception):
    """No font here has some characters; `scripts` are theirs (ISO 15924), in order."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = "".join(sorted(set(characters)))
        self.scripts = tuple(sorted({script_of(character) for character in self.characters}))
        self.signs = "".join(one for one in self.characters if script_of(one) == SIGNS)
        super().__init__(", ".join(self.scripts))

    def sentences(self, language: str) -> list[str]:
        """What is missing and what to install, a sentence for each script."""
        return missing_sentences(self.scripts, self.signs, language)


def missing_sentences(scripts: Iterable[str], signs: str, language: str) -> list[str]:
    """What to install, a sentence for each script (ISO 15924); `signs` belong to SIGNS."""
    with override(language):
        return [
            _missing_signs(signs)
            if script == SIGNS
            else _("No font here has %(script)s characters; install %(package)s.")
            % {
                "script": script_name(script, language),
                "package": _PACKAGES.get(script, _PACKAGE),
            }
            for script in scripts
        ]


def _missing_signs(signs: str) -> str:
    return _("No font here has these signs: %(signs)s. Install %(package)s.") % {
        "signs": " ".join(signs),
        "package": f"{_PACKAGE} {_PACKAGES[SIGNS]}",
    }


def faces_for(characters: Iterable[str], script: str) -> list[Face]:
    """The faces to try, in order, for a text in `script` that has these characters."""
    good = _well_marked_families()
    scripts = sorted({script_of(character) for character in characters})
    faces: list[Face] = []
    if script in _HAN_FACES and _HAN_FACES[script] in good:
        # Latin names in a Japanese letter keep the letter's face; its quotation marks do not.
        faces += [{"name": SERIF, "covers": "latin-in-cjk"}, _HAN_FACES[script]]
    faces.append(SERIF)
    for code in scripts:
        faces += [face for face in _FACES.get(code, ()) if face in good][:1]
    if not _HAN_SCRIPTS.isdisjoint(scripts):
        faces += [face for face in _HAN_FACES.values() if face in good and face not in faces]
    return faces


def _well_marked_families() -> set[str]:
    """Those whose regular face is one font. In some releases a bold one says that it is regular."""
    regular = Counter(
        font.family
        for font in all_fonts().fonts()
        if (font.style, font.weight, font.stretch) == ("normal", 400, 1.0)
    )
    return {family for family, count in regular.items() if count == 1}


def check_fonts(characters: Iterable[str], faces: list[Face]) -> None:
    """Raises FontMissing if some of the characters would be boxes."""
    inputs = {
        "fonts": json.dumps(faces),
        "characters": json.dumps(sorted(set(characters)), ensure_ascii=False),
    }
    try:
        typeset(_PROBE, inputs)
    except NoGlyph as found:
        raise FontMissing(found.characters) from None
