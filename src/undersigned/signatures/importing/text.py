"""Reading a file safely, and cleaning what it says.

Files come out of mail programs, browsers and word processors, so three encodings are read: UTF-8,
UTF-16 with or without its mark, and Windows-1252. Anything else is refused with a sentence that
says what to do: a wrong guess would put wrong names on a public page.
"""

import re
import stat
import unicodedata
from pathlib import Path

LARGEST_PAGE = 20_000_000
"""Bytes. A page with 100,000 signatories is about 6,000,000."""

_DOCUMENTS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word, spreadsheet or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "a rich text file",
}
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class PageNotReadable(Exception):
    """A file cannot be read as the text of a page; the message is one sentence for a person."""


class PageMissing(PageNotReadable):
    """No file has this name."""


class PageIsNotAFile(PageNotReadable):
    """The name belongs to a folder or a device."""


class PageForbidden(PageNotReadable):
    """The system does not let us read the file."""


class PageEmpty(PageNotReadable):
    """The file has no text in it."""


class PageTooLarge(PageNotReadable):
    """The file is larger than `LARGEST_PAGE`."""


class PageBinary(PageNotReadable):
    """The file is a document, a picture or a program."""


class PageIsMarkup(PageNotReadable):
    """The file is the HTML source of a page."""


class PageUndecodable(PageNotReadable):
    """The file is in an encoding that cannot be told with certainty."""


def read_page(path: str | Path) -> str:
    """Return the cleaned text of the file at `path`.

    At most `LARGEST_PAGE` + 1 bytes are ever read. Raises a `PageNotReadable`.
    """
    file = Path(path)
    raw = _read_bytes(file)
    text = clean(_decode(raw, file.name))
    if not text.strip():
        raise PageEmpty(f"‘{file.name}’ is empty: copy the text of the page into it and try again.")
    if re.match(r"\s*<(?:!doctype|html|\?xml)", text[:2000], re.IGNORECASE):
        raise PageIsMarkup(
            f"‘{file.name}’ is the source of a web page: open it in a browser, select everything, "
            "and save the copied text as a plain text file."
        )
    return text


def _read_bytes(file: Path) -> bytes:
    try:
        found = file.stat()
        if stat.S_ISDIR(found.st_mode):
            raise PageIsNotAFile(f"‘{file.name}’ is a folder: name the text file inside it.")
        if not stat.S_ISREG(found.st_mode):
            raise PageIsNotAFile(f"‘{file.name}’ is not a file: name a plain text file.")
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_PAGE + 1)
    except PermissionError as refusal:
        raise PageForbidden(
            f"‘{file.name}’ may not be read by this user: change its permissions and try again."
        ) from refusal
    except (OSError, ValueError) as refusal:
        raise PageMissing(
            f"There is no file ‘{file.name}’: check the name and try again."
        ) from refusal
    if len(raw) > LARGEST_PAGE:
        raise PageTooLarge(
            f"‘{file.name}’ is larger than {LARGEST_PAGE // 1_000_000} MB: "
            "keep only the text of the letter and its signatories."
        )
    return raw


def _decode(raw: bytes, name: str) -> str:
    for start, document in _DOCUMENTS.items():
        if raw.startswith(start):
            raise PageBinary(
                f"‘{name}’ is {document}, not text: open it, copy its text, "
                "and save that as a plain text file."
            )
    encoding = next((code for mark, code in _MARKS if raw.startswith(mark)), None)
    encoding = encoding or _unmarked_utf16(raw) or "utf-8"
    if encoding == "utf-8" and b"\x00" in raw:
        raise PageBinary(
            f"‘{name}’ is not text: save the text of the page as a plain text file (UTF-8)."
        )
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as refusal:
        text = _decode_windows_1252(raw) if encoding == "utf-8" else None
        if text is None:
            raise PageUndecodable(
                f"The letters in ‘{name}’ cannot be told with certainty: "
                "save the file as plain text in UTF-8 and try again."
            ) from refusal
        return text


def _unmarked_utf16(raw: bytes) -> str | None:
    """UTF-16 without its mark shows as a zero in nearly every second byte of its line ends."""
    if len(raw) % 2 or b"\x00" not in raw:
        return None
    little, big = raw.count(b"\n\x00"), raw.count(b"\x00\n")
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    if odd > 4 * even and (little or odd > len(raw) // 4):
        return "utf-16-le"
    if even > 4 * odd and (big or even > len(raw) // 4):
        return "utf-16-be"
    return None


def _decode_windows_1252(raw: bytes) -> str | None:
    """Windows-1252, if the text then looks Western: few accented letters, no control characters.

    A Cyrillic, Greek or East Asian encoding read this way is mostly accented letters.
    """
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None
    letters = sum(letter.isalpha() for letter in text)
    foreign = sum(letter.isalpha() and letter > "\x7f" for letter in text)
    controls = sum(letter < " " and letter not in "\t\r\n\f\v" for letter in text)
    return text if foreign * 4 <= letters and not controls else None


_NEWLINES = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f"  # controls
    "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi marks and overrides
    "\ufff9-\ufffb\ud800-\udfff]"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def clean(text: str) -> str:
    """Return `text` in NFC with `\\n` line ends, plain spaces, and no invisible characters.

    The zero-width joiner and non-joiner stay: Persian, Hindi and Burmese names need them.
    """
    text = _NEWLINES.sub("\n", text)
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    # Longer gaps say no more, and would make patterns slow
    text = re.sub("\t{9,}", "\t" * 8, re.sub(" {3,}", "  ", text))
    return unicodedata.normalize("NFC", text)


def word_set(listed: str) -> frozenset[str]:
    """Return the words of `listed`, parted by spaces and line ends."""
    return frozenset(listed.split())


class _Folding(dict[int, str | None]):
    """Character by character: letters, digits and their marks stay, everything else parts words."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        kind = unicodedata.category(letter)
        kept: str | None = " "
        if 0x300 <= code <= 0x36F or 0x64B <= code <= 0x655 or kind == "Cf" or code == 0x640:
            kept = None
        elif kind[0] in "LMN":
            kept = letter
        self[code] = kept
        return kept


_FOLDING = _Folding({ord(mark): None for mark in "'’‘ʼʻ`´."})
_FOLDING.update(
    {
        ord(letter): plain
        for letter, plain in {
            **dict(zip("øłđıىةؤئ", "oldiيهوي", strict=True)),
            "&": " and ",
            "æ": "ae",
            "œ": "oe",
        }.items()
    }
)


def fold(text: str) -> str:
    """Return `text` for comparing: case, accents, apostrophes, dots and punctuation do not count.

    Marks that are letters in their script (Devanagari vowels, Thai tones) stay.
    """
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_FOLDING)
    return " ".join(unicodedata.normalize("NFC", folded).split())
