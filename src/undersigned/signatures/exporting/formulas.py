"""Cells that a spreadsheet program will not take for formulas.

Spreadsheet programs run what begins with `=`, `+`, `-` or `@`, also after blanks and in full-width
letters, and in some languages part a CSV file at semicolons or tabs whatever its real separator
is, so that a formula in the middle of a cell comes to stand at the start of one. The rule is
OWASP's on CSV injection: an apostrophe goes before it. The JSON files are left as they are.
"""

from __future__ import annotations

import re
import unicodedata

# Blanks, and characters that cannot be seen: controls, zero-width ones, bidi marks, fillers.
_UNSEEN = (
    r"[\s\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# The four signs, and those that Unicode says are forms of them (full-width, small, raised, sunk);
# LibreOffice reads U+2212 as a minus.
_SIGNS = "=+\\-@" + "".join(
    chr(code)
    for code in range(0x80, 0x10000)
    if unicodedata.normalize("NFKC", chr(code))[:1] in {"=", "+", "-", "@", "\u2212"}
)
_STARTS = re.compile(f"(?:{_UNSEEN})*[{_SIGNS}]")
_STARTS_AFTER_SEPARATOR = re.compile(f"([;,|](?:{_UNSEEN})*)(?=[{_SIGNS}])")
_LINE_ENDS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
# What XML 1.0 cannot hold: it would make the whole file unreadable.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\ufffe\uffff\ud800-\udfff]")


def starts_formula(text: str) -> bool:
    """Tell whether a spreadsheet program could run `text`."""
    return bool(_STARTS.match(text))


def harmless(text: str) -> str:
    """Return `text` on one line and with an apostrophe wherever a formula could start.

    >>> harmless("=1+1")
    "'=1+1"
    """
    text = _LINE_ENDS.sub(" ", _NOT_IN_XML.sub("", text))
    if not text.isascii() or any(sign in text for sign in "=+-@"):
        text = _STARTS_AFTER_SEPARATOR.sub(r"\1'", text)
        if starts_formula(text):
            return f"'{text}"
    return text


def harmless_address(address: str) -> str:
    """Return an e-mail address that starts no formula and still leads to the same mailbox.

    An apostrophe would make it another mailbox; RFC 5321 (4.1.2) lets the local part be quoted.
    """
    if not starts_formula(address):
        return address
    local, at, domain = address.rpartition("@")
    return f'"{local}"{at}{domain}'
