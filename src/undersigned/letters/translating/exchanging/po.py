"""Gettext's PO: one entry a block, in the dialect that `msgfmt -c` checks.

translate-toolkit writes and reads it; Babel knows how many plural forms a language has. They are
imported on first use: few processes ever need their 15 MB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.dateparse import parse_datetime

from undersigned.letters.translating.exchanging.decoding import decode
from undersigned.letters.translating.exchanging.entries import Entry, TranslationFile
from undersigned.letters.translating.exchanging.languages_in_files import po_code
from undersigned.letters.translating.exchanging.refusals import FileBroken, FileTooLarge

if TYPE_CHECKING:
    from translate.storage.pypo import pofile, pounit

_CHARSET = re.compile(rb"Content-Type:[^\"\r\n]*charset=[ \t]*([\w:.-]+)", re.IGNORECASE)
_CHARSET_NAME = re.compile(r"(Content-Type:[^\"\n]*charset=[ \t]*)[\w:.-]+", re.IGNORECASE)
# An old convention reads what follows as a comment, and would lose it; a backslash hides it.
_COMMENT_IN_WORDS = re.compile(r'^([ \t]*(?:msgid[ \t]+)?")_:', re.MULTILINE)
_LINE = re.compile(r"on line (\d+)")
# Of an entry, with its comments and wrapped; one of them may well have more.
_LINES = 20
# What translate-toolkit raises on files that break the rules.
_BROKEN = (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError)


def write_po(file: TranslationFile) -> bytes:
    """UTF-8 with line feeds, the header first."""
    from translate.storage.pypo import pofile

    store = pofile()
    store.updateheader(add=True, **_header(file))
    for entry in file.entries:
        unit = store.addsourceunit(entry.source)
        unit.setcontext(entry.key)
        unit.target = entry.text
        unit.addnote(entry.note, origin="developer")
        if entry.before:
            unit.prev_source = entry.before
        if not entry.is_finished:
            unit.markfuzzy()
    return bytes(store)


def read_po(raw: bytes, *, most: int) -> TranslationFile:
    """Whatever is no entry of a block (plurals, obsolete ones, those without context) is left out.

    Raises FileUndecodable, FileBroken, FileTooLarge where there are more than `most` entries.
    """
    text = decode(raw, _CHARSET).replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\nmsgid") > most or text.count("\n") > most * _LINES:
        raise FileTooLarge
    try:
        return _read(_COMMENT_IN_WORDS.sub(r"\1\\_:", text))
    finally:
        _forget()


def _read(text: str) -> TranslationFile:
    store = _parse(text)
    header = store.parseheader()
    return TranslationFile(
        letter=header.get("X-Undersigned-Letter", ""),
        language=header.get("Language", ""),
        source_language=header.get("X-Source-Language", ""),
        exported_at=_moment(header),
        entries=tuple(_entries(store)),
    )


def _header(file: TranslationFile) -> dict[str, str]:
    at = file.exported_at.strftime("%Y-%m-%d %H:%M%z") if file.exported_at else ""
    from babel.core import UnknownLocaleError
    from babel.messages.plurals import get_plural

    try:
        plurals = get_plural(po_code(file.language)).plural_forms
    except (UnknownLocaleError, ValueError):
        plurals = "nplurals=1; plural=0;"
    return {
        "Project-Id-Version": file.letter,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": at,
        "PO-Revision-Date": at,
        "Last-Translator": "",
        "Language-Team": po_code(file.language),
        "Language": po_code(file.language),
        "Plural-Forms": plurals,
        "X-Generator": "Undersigned",
        "X-Source-Language": po_code(file.source_language),
        "X-Undersigned-Letter": file.letter,
        "X-Undersigned-Exported": file.exported_at.isoformat() if file.exported_at else "",
    }


def _parse(text: str) -> pofile:
    from translate.storage import pypo

    store = pypo.pofile()
    try:
        # The encoding that the header names is no longer the one that we hand over.
        store.parse(_CHARSET_NAME.sub(r"\1UTF-8", text, count=1).encode())
    except _BROKEN as failure:
        line = _LINE.search(str(failure))
        raise FileBroken(line[1] if line else "") from None
    return store


def _forget() -> None:
    """The parser keeps the last 2,048 texts that it read, however long."""
    from translate.storage import pypo

    pypo._unquotefrompo.cache_clear()  # noqa: SLF001  nothing public does


def _moment(header: Mapping[str, str]) -> datetime | None:
    """When we wrote it; from a header of the standard, by the minute, where a tool dropped ours."""
    for name in ("X-Undersigned-Exported", "POT-Creation-Date"):
        try:
            found = parse_datetime(header.get(name, "").strip())
        except ValueError:
            continue
        if found is not None and found.tzinfo is not None:
            return found
    return None


def _entries(store: pofile) -> Iterator[Entry]:
    for unit in store.unit_iter():
        if unit.getcontext() and not unit.hasplural():
            yield _entry(unit)


def _entry(unit: pounit) -> Entry:
    return Entry(
        key=unit.getcontext(),
        source=unit.source,
        text=unit.target,
        is_finished=not unit.isfuzzy(),
        before=unit.prev_source,
        note=unit.getnotes(origin="developer"),
    )
