"""A document as the data that the PDF's template reads: JSON, each text ready to be shown.

Names stand in bidi isolates, so that one in another direction disturbs nothing around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Any

from undersigned.signatures.exporting.directions import in_line, isolated, one_line
from undersigned.signatures.exporting.document import Document, Organisation, Person
from undersigned.signatures.exporting.prose import (
    LINE_BREAK,
    Block,
    Heading,
    Items,
    Mark,
    Paragraph,
    Quotation,
    Run,
)
from undersigned.signatures.exporting.scripts import Writing, writing_of

# Where lines end evenly without rivers: words can be broken, or there are none.
_JUSTIFIED = frozenset({"Cyrl", "Grek", "Latn", "Hans", "Hant", "Jpan", "Kore"})
# Leading in em. Scripts that stack letters and marks need more than Latin.
_LEADING = {"Mymr": 0.95, "Khmr": 0.95, "Tibt": 0.8} | dict.fromkeys(
    ("Arab", "Thai", "Laoo", "Deva", "Beng", "Mlym", "Taml", "Telu", "Knda", "Sinh", "Gujr"), 0.7
)
_LATIN_LEADING = 0.55

_ARABIC = re.compile("[\u0600-\u06ff]")


def lay_out(document: Document) -> str:
    """The JSON; typst/letter.typ reads it."""
    writing = writing_of(document.language)
    around = writing.direction
    ours = writing_of(document.words.language)
    words = document.words
    return json.dumps(
        {
            "title": one_line(document.title) or document.address,  # PDF/UA asks for one
            "drafters": [one_line(name) for name in document.drafters],
            "date": {
                "year": document.as_of.year,
                "month": document.as_of.month,
                "day": document.as_of.day,
            },
            "timestamp": int(datetime.combine(document.as_of, time(), UTC).timestamp()),
            "language": _language(writing),
            "direction": writing.direction,
            "script": writing.script,
            "digits": writing.digits,
            "justify": writing.script in _JUSTIFIED,
            "leading": leading_of(document.language),
            "dateline": [
                text for text in (isolated(document.addressee, around), words.dateline) if text
            ],
            "body": [_block(block) for block in document.body],
            "organisations": _organisations(document.organisations, around),
            "featured": _people(document.featured, around),
            "people": _people(document.people, around),
            "people_columns": _people_columns(document.people),
            "paper": _entries(((one.name, one.country) for one in document.paper), around),
            "hash": _grouped(document.manifest_hash),
            "log": _grouped(document.log.root) if document.log else None,
            "address": document.address,
            "words": {
                "language": _language(ours),
                "direction": ours.direction,
                "drafted_by": words.drafted_by,
                "signatories": words.signatories,
                "counts": words.counts,
                "among": words.among,
                "organisations": words.organisations,
                "people": words.people,
                "on_paper": words.on_paper,
                "about": words.about,
                "edition": words.edition,
                "hash": words.hash,
                "log": words.log,
                "original": words.original,
                "behind": words.behind,
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def leading_of(language: str) -> float:
    """In em."""
    return _LEADING.get(writing_of(language).script, _LATIN_LEADING)


def _language(writing: Writing) -> dict[str, str | None]:
    # Not its script: Typst would shape names in other scripts by its rules.
    return {"lang": writing.language, "region": writing.region or None}


def _organisations(organisations: Sequence[Organisation], around: str) -> list[list[str]]:
    return _entries(((one.name, one.place) for one in organisations), around)


def _people(people: Sequence[Person], around: str) -> list[list[str]]:
    return _entries(((one.name, _beside(one.title, one.affiliation)) for one in people), around)


def _entries(entries: Iterable[tuple[str, str]], around: str) -> list[list[str]]:
    """Name, and what stands beside it if anything does; nothing where there is no name to show."""
    lines = (
        [part for part in (isolated(name, around), isolated(beside, around)) if part]
        for name, beside in entries
        if one_line(name)
    )
    return list(lines)


def _beside(title: str, affiliation: str) -> str:
    """`Teacher, Example School`, with the comma of the script that it is written in."""
    comma = "، " if _ARABIC.search(title) else ", "
    return comma.join(part for part in (title, affiliation) if part)


def _people_columns(people: Sequence[Person]) -> int:
    """Two where most entries are more than a name."""
    long = sum(bool(one.title or one.affiliation) for one in people)
    return 2 if long * 2 > len(people) else 3


def _grouped(digits: str) -> str:
    """Eight by eight, to be read aloud and compared."""
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(runs, mark):
            return {"kind": "paragraph", "runs": [_run(run) for run in runs], **_mark(mark)}
        case Heading(level, runs, mark):
            words = [_run(run) for run in runs]
            return {"kind": "heading", "level": level, "runs": words, **_mark(mark)}
        case Items(ordered, start, items):
            return {
                "kind": "list",
                "ordered": ordered,
                "start": start,
                "items": [[_block(inner) for inner in item] for item in items],
            }
        case Quotation(blocks):
            return {"kind": "quote", "blocks": [_block(inner) for inner in blocks]}
        case _:  # a rule
            return {"kind": "rule"}


def _mark(mark: Mark | None) -> dict[str, Any]:
    if mark is None:
        return {}
    writing = writing_of(mark.language) if mark.language else None
    if writing is None:
        return {"behind": {}}
    return {"behind": {**_language(writing), "direction": writing.direction}}


def _run(run: Run) -> dict[str, Any]:
    """Only what is set: the template takes the rest as plain."""
    if run.text == LINE_BREAK:
        return {"text": LINE_BREAK}
    styles = {"strong": run.strong, "emphasis": run.emphasis, "link": run.link}
    return {"text": in_line(run.text)} | {name: value for name, value in styles.items() if value}
