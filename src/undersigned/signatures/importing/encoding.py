"""Which encoding the bytes of a text are in: UTF-8, UTF-16, UTF-32 or Windows-1252.

Nothing else is guessed: a wrong guess would put wrong names on a public page.
"""

from __future__ import annotations

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Undecodable(ValueError):
    """The encoding cannot be told with certainty."""


class NotText(ValueError):
    """The bytes are no text in any encoding."""


def decode(raw: bytes) -> str:
    """Return the text without its byte order mark. Raises Undecodable and NotText."""
    encoding = next((code for mark, code in _MARKS if raw.startswith(mark)), None)
    encoding = encoding or _unmarked_utf16(raw) or "utf-8"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8" or b"\x00" in raw:
            raise NotText from None
        return _decode_windows_1252(raw)
    if "\x00" in text:
        raise NotText
    return text


def _unmarked_utf16(raw: bytes) -> str | None:
    """Without its mark, UTF-16 shows as a zero in nearly every second byte."""
    if len(raw) % 2 or b"\x00" not in raw:
        return None
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    enough = len(raw) // 8  # names in other scripts have no zeros; separators and blanks do
    if odd > max(4 * even, enough, 1):
        return "utf-16-le"
    if even > max(4 * odd, enough, 1):
        return "utf-16-be"
    return None


def _decode_windows_1252(raw: bytes) -> str:
    """Windows-1252, if the text then looks Western: few accented letters, no control characters.

    A Cyrillic, Greek or East Asian encoding read this way is mostly accented letters.
    """
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise Undecodable from None
    letters = sum(letter.isalpha() for letter in text)
    foreign = sum(letter.isalpha() and letter > "\x7f" for letter in text)
    controls = any(letter < " " and letter not in "\t\r\n\f\v" for letter in text)
    if foreign * 4 > letters or controls:
        raise Undecodable
    return text
