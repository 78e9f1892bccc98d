"""XLIFF 2.0 (ISO 21720:2017): one unit a block, with one segment.

Written here, with lxml: translate-toolkit's module for it puts notes where the standard does not
allow them, and knows neither metadata nor what belongs to no segment. It reads what we write.
"""

from __future__ import annotations

import re

from lxml import etree

from undersigned.letters.translating.exchanging.entries import Entry, TranslationFile
from undersigned.letters.translating.exchanging.languages_in_files import xliff_code

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
# Of our own lines in a file's metadata, and of notes.
CATEGORY = "undersigned"
EXPORTED = "exported"
PREVIOUS_SOURCE = "previous-source"
# The state is "initial" of what nobody says is right; this tells drafts from what is missing.
DRAFT = f"{CATEGORY}:draft"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What XML 1.0 has no way to write.
_NOT_XML = re.compile("([^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")

type Words = list[tuple[etree._Element, str]]  # noqa: SLF001  lxml calls it so


def write_xliff(file: TranslationFile) -> bytes:
    """UTF-8, with a line for each element."""
    root = etree.Element(
        _name("xliff"),
        {
            "version": "2.0",
            "srcLang": xliff_code(file.source_language),
            "trgLang": xliff_code(file.language),
        },
        nsmap={None: NAMESPACE, "mda": METADATA},
    )
    # A block is translated as a whole: tools are not to cut it into sentences.
    within = _add(root, "file", id="letter", original=file.letter, canResegment="no")
    words: Words = []
    if file.exported_at:
        metadata = etree.SubElement(within, f"{{{METADATA}}}metadata")
        group = etree.SubElement(metadata, f"{{{METADATA}}}metaGroup", {"category": CATEGORY})
        moment = etree.SubElement(group, f"{{{METADATA}}}meta", {"type": EXPORTED})
        moment.text = file.exported_at.isoformat()
    for entry in file.entries:
        words += _add_unit(within, entry)
    # Indented first: blanks around words would be words.
    etree.indent(root)
    for element, text in words:
        _write(element, text)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _add_unit(within: etree._Element, entry: Entry) -> Words:
    unit = _add(within, "unit", id=entry.key)
    unit.set(_SPACE, "preserve")
    words: Words = []
    if entry.note or entry.before:
        notes = _add(unit, "notes")
        if entry.note:
            _add(notes, "note").text = _NOT_XML.sub("", entry.note)
        if entry.before:
            _add(notes, "note", category=PREVIOUS_SOURCE).text = _NOT_XML.sub("", entry.before)
    state = {"state": "translated"} if entry.text else {}
    if not entry.is_finished:
        state = {"state": "initial", "subState": DRAFT}
    segment = _add(unit, "segment", **state)
    words.append((_add(segment, "source"), entry.source))
    if entry.text:
        words.append((_add(segment, "target"), entry.text))
    return words


def _write(element: etree._Element, text: str) -> None:
    """Text, with what XML cannot write as `<cp hex="0007"/>`."""
    first, *rest = _NOT_XML.split(text)
    element.text = first
    for character, after in zip(rest[::2], rest[1::2], strict=True):
        _add(element, "cp", hex=f"{ord(character):04X}").tail = after


def _add(within: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(within, _name(name), attributes)


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
