"""Mail in scripts that run from right to left, for programs that take everything for the other way.

Plain text has no direction of its own, and most programs begin at the left: a full stop then stands
before its sentence. An invisible mark behind it (U+200F) puts it where it belongs; and beside the
text goes the same as a page, which can say how it runs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import icu
from django.utils.html import escape

MARK = "\u200f"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_STRONG = frozenset({"L", *_RIGHT_TO_LEFT})
_ADDRESS = re.compile(r"https?://\S+")
_PAGE = """<!doctype html>
<html lang="{language}" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body>
{paragraphs}
</body>
</html>
"""


@lru_cache(maxsize=64)
def runs_from_the_right(language: str) -> bool:
    """Whether a language, by its code, is written so."""
    try:
        locale = icu.Locale.forLanguageTag(language)
    except icu.ICUError:  # no language tag at all
        return False
    locale.addLikelySubtags()
    return bool(icu.Script(icu.Script.getCode(locale.getScript())[0]).isRightToLeft())


def marked(text: str) -> str:
    """Each line of the script whose end says nothing of its direction, with the mark behind it."""
    return "\n".join(_marked_line(line) for line in text.split("\n"))


def page_of(text: str, language: str) -> str:
    """The same words as a page: paragraphs, lines, and addresses that can be opened."""
    paragraphs = [part for part in text.strip("\n").split("\n\n") if part.strip()]
    shown = "\n".join(
        f"<p>{'<br>\n'.join(_shown(line) for line in part.strip('\n').split('\n'))}</p>"
        for part in paragraphs
    )
    return _PAGE.format(language=escape(language), paragraphs=shown)


def _marked_line(line: str) -> str:
    directions = [unicodedata.bidirectional(letter) for letter in line]
    first = next((one for one in directions if one in _STRONG), "")
    ends_openly = bool(directions) and directions[-1] not in _STRONG
    return line + MARK if first in _RIGHT_TO_LEFT and ends_openly else line


def _shown(line: str) -> str:
    pieces: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(line):
        address = escape(found.group())
        pieces.append(escape(line[end : found.start()]))
        pieces.append(f'<a href="{address}" dir="ltr">{address}</a>')
        end = found.end()
    return "".join([*pieces, escape(line[end:])])
