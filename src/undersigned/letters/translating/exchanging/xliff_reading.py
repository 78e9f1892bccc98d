"""XLIFF 2 back in, from whatever tool: nothing in it is loaded, resolved or expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.utils.dateparse import parse_datetime
from lxml import etree

from undersigned.letters.translating.exchanging.decoding import decode
from undersigned.letters.translating.exchanging.entries import Entry, TranslationFile
from undersigned.letters.translating.exchanging.refusals import (
    FileBroken,
    FileDeclaresEntities,
    FileOfAnotherKind,
    FileOfOldXliff,
    FileTooLarge,
)
from undersigned.letters.translating.exchanging.xliff import EXPORTED, METADATA, PREVIOUS_SOURCE

_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z0-9_:.-]+)")
_DECLARED = re.compile(r"\s*<\?xml\b[^>]*\?>")
_NAMESPACE = re.compile(r"\{(urn:oasis:names:tc:xliff:document:2\.\d)\}xliff")
# Inline elements that stand around words; all others stand for something that has none.
_AROUND = ("pc", "mrk")


def read_xliff(raw: bytes, *, most: int) -> TranslationFile:
    """Raises FileUndecodable, FileBroken, FileDeclaresEntities, FileOfOldXliff, FileOfAnotherKind,
    or FileTooLarge where there are more than `most` units."""
    root = _parse(decode(raw, _DECLARATION))
    namespace = _NAMESPACE.fullmatch(str(root.tag))
    if namespace is None or not root.get("version", "2").startswith("2"):
        is_old = etree.QName(root).localname == "xliff"
        raise FileOfOldXliff if is_old else FileOfAnotherKind
    reading = _Reading(f"{{{namespace[1]}}}")
    units = list(root.iter(reading.name("unit")))
    if len(units) > most:
        raise FileTooLarge
    file = root.find(reading.name("file"))
    return TranslationFile(
        letter=file.get("original", "") if file is not None else "",
        language=root.get("trgLang", ""),
        source_language=root.get("srcLang", ""),
        exported_at=_moment(root),
        entries=tuple(reading.entry(unit) for unit in units),
    )


def _parse(text: str) -> etree._Element:
    if "<!DOCTYPE" in text:
        raise FileDeclaresEntities
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(_DECLARED.sub("", text, count=1), parser)
    except etree.XMLSyntaxError as failure:
        raise FileBroken(str(failure.lineno or "")) from None
    except ValueError:
        # A second declaration of the encoding.
        raise FileBroken from None


def _moment(root: etree._Element) -> datetime | None:
    for meta in root.iter(f"{{{METADATA}}}meta"):
        if meta.get("type") == EXPORTED:
            try:
                found = parse_datetime((meta.text or "").strip())
            except ValueError:
                continue
            if found is not None and found.tzinfo is not None:
                return found
    return None


class _Reading:
    """`namespace`: of this version of XLIFF 2, in braces."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def name(self, local: str) -> str:
        return self._namespace + local

    def entry(self, unit: etree._Element) -> Entry:
        """A unit; one that a tool cut into segments is put together again."""
        sources, targets = [], []
        is_finished = True
        for part in unit.iterchildren(self.name("segment"), self.name("ignorable")):
            source, target = part.find(self.name("source")), part.find(self.name("target"))
            sources.append(self._words(source))
            if part.tag == self.name("segment"):
                targets.append(self._words(target))
                is_finished &= target is not None and part.get("state") != "initial"
            else:
                targets.append(self._words(source if target is None else target))
        text = "".join(targets)
        return Entry(
            key=unit.get("id", ""),
            source="".join(sources),
            text=text if text.strip() else "",
            is_finished=is_finished or not text.strip(),
            before=self._note(unit, PREVIOUS_SOURCE),
            note=self._note(unit, None),
        )

    def _note(self, unit: etree._Element, category: str | None) -> str:
        notes = unit.iterfind(f"{self.name('notes')}/{self.name('note')}")
        return next((note.text or "" for note in notes if note.get("category") == category), "")

    def _words(self, element: etree._Element | None) -> str:
        return "".join(self._pieces(element)) if element is not None else ""

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            # Comments and instructions have no name.
            local = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if local == "cp":
                yield _character(child.get("hex", ""))
            elif local in _AROUND:
                yield from self._pieces(child)
            yield child.tail or ""


def _character(hexadecimal: str) -> str:
    try:
        return chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return ""
