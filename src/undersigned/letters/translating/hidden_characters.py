"""Characters that nobody sees, and that make words say something else than they seem to.

What scripts need stays: joiners and non-joiners (Persian, Hindi, Sinhala), zero-width spaces
(Khmer, Thai, Burmese), soft hyphens, marks of direction, and isolates that are closed again.
"""

from __future__ import annotations

import re

# Bidirectional embeddings, overrides and their end (UAX #9).
_OVERRIDES = "\u202a-\u202e"
# Line ends and the tab are the only controls in a text.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
# Invisible operators, deprecated formats, interlinear notes, byte order marks, shorthand, music.
_FORMATS = "\u2061-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
# Letters by name that show nothing: fillers of Hangul, blank Braille.
_BLANKS = "\u3164\uffa0\u2800"
_NO_CHARACTERS = "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff"
_HIDDEN = re.compile(
    f"[{_OVERRIDES}{_CONTROLS}{_FORMATS}{_BLANKS}{_NO_CHARACTERS}"
    # Variants beyond those of emoji, and tags, which can spell out any hidden text.
    "\U000e0000-\U000e01ef]"
)
# Tags are the letters of a region's flag (UTS #51), variants those of an ideograph (UTS #37).
_IN_THEIR_PLACE = re.compile(
    "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f"
    "|[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd][\U000e0100-\U000e01ef]"
)
_OPENS = frozenset("\u2066\u2067\u2068")
_CLOSES = "\u2069"


def hidden_characters(text: str) -> list[str]:
    """What has no place in a text, as `U+202E`, each once, in the order of the text."""
    found = _HIDDEN.findall(_IN_THEIR_PLACE.sub("", text)) + _unpaired(text)
    return [f"U+{ord(character):04X}" for character in dict.fromkeys(found)]


def _unpaired(text: str) -> list[str]:
    """Isolates that nothing closes, or ends of none: they turn around what stands beside them."""
    opened: list[str] = []
    unpaired: list[str] = []
    for character in text:
        if character in _OPENS:
            opened.append(character)
        elif character == _CLOSES:
            if opened:
                opened.pop()
            else:
                unpaired.append(character)
    return unpaired + opened
