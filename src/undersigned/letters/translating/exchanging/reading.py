"""A file from a translator's tool, whichever format it is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from undersigned.letters.translating.exchanging.entries import TranslationFile
from undersigned.letters.translating.exchanging.po import read_po, write_po
from undersigned.letters.translating.exchanging.refusals import (
    FileEmpty,
    FileOfAnotherKind,
    FileTooLarge,
)
from undersigned.letters.translating.exchanging.xliff import write_xliff
from undersigned.letters.translating.exchanging.xliff_reading import read_xliff

# Bytes; a letter of 20,000 words with its translation is a quarter of it.
LARGEST = 2_000_000
# A letter of so many blocks could not be worked on in a browser either.
MOST_ENTRIES = 5_000
# By the ending of the file's name.
WRITERS: Mapping[str, Callable[[TranslationFile], bytes]] = {"po": write_po, "xlf": write_xliff}
MEDIA_TYPES = {"po": "text/x-gettext-translation; charset=utf-8", "xlf": "application/xliff+xml"}
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")
_PO = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:#|msgid|msgctxt)|^\s*msgid[ \t]*\"", re.MULTILINE)


def read_file(raw: bytes) -> TranslationFile:
    """By what is in it, not by its name. Raises a `refusals.FileRefused`."""
    if len(raw) > LARGEST:
        raise FileTooLarge
    if not raw.strip():
        raise FileEmpty
    if _MARKUP.match(raw):
        return read_xliff(raw, most=MOST_ENTRIES)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or _PO.search(raw):
        return read_po(raw, most=MOST_ENTRIES)
    raise FileOfAnotherKind
