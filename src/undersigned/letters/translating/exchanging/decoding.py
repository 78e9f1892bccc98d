"""The text of a file in the encoding that it declares."""

from __future__ import annotations

import codecs
import re

from undersigned.letters.translating.exchanging.refusals import FileUndecodable

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python reads as text much that is none: escapes, base64, domain names.
_ENCODINGS = re.compile(
    r"utf-(8|16)(-le|-be)?|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|big5(hkscs)?|gb(2312|k|18030)"
    r"|euc_(jp|kr)|shift_jis|tis-620|mac-\w+|hz|johab|ptcp154|kz1048"
)
_UNDECLARED = "utf-8"


def decode(raw: bytes, declaration: re.Pattern[bytes]) -> str:
    """The text without a byte order mark. `declaration`: finds the encoding's name, its group 1.

    A byte order mark says more than a declaration. Raises FileUndecodable.
    """
    marked = next((code for mark, code in _MARKS if raw.startswith(mark)), None)
    declared = declaration.search(raw[:10_000])
    name = marked or (declared[1].decode("ascii") if declared else _UNDECLARED)
    try:
        # A template's placeholder for an encoding stands there where no tool filled it in.
        codec = codecs.lookup(_UNDECLARED if name == "CHARSET" else name).name
        if marked is None and not _ENCODINGS.fullmatch(codec):
            raise FileUndecodable(name)
        return raw.decode(codec)
    except (LookupError, UnicodeError, ValueError):
        raise FileUndecodable(name) from None
