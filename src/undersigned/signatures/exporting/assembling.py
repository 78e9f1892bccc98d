"""Put together what the PDF shows: the letter's text in a language, and who signed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from undersigned.letters.languages import own_name, words_language
from undersigned.letters.models import Letter
from undersigned.letters.queries import letter_words
from undersigned.letters.translating.assembling import Behind, places_behind
from undersigned.signatures.counting import read_counts
from undersigned.signatures.exporting.document import (
    Counts,
    Document,
    OnPaper,
    Organisation,
    Person,
    words_for,
)
from undersigned.signatures.exporting.paper_rows import read_paper
from undersigned.signatures.exporting.presets import Preset, allowed
from undersigned.signatures.exporting.prose import read_prose
from undersigned.signatures.exporting.rows import ReadRow, read_rows
from undersigned.signatures.folding import sort_for
from undersigned.signatures.models import Kind
from undersigned.signatures.worker_keys import WorkerKeys


class NotPublished(Exception):
    """The letter has no text yet that could be delivered."""


def assemble(
    letter: Letter,
    preset: Preset,
    language: str,
    keys: WorkerKeys,
    *,
    address: str,
    now: datetime,
    progress: Callable[[int], None] = lambda done: None,
) -> Document:
    """The document in a language, or in the letter's own where it has no text in that one.

    `address`: of the letter's page; `progress` is told how many signatures were read. Raises
    NotPublished, and vault.keys.KeyMissing where names for the addressee alone must be opened.
    """
    if letter.edition is None:
        raise NotPublished
    text = letter_words(letter, language).translation
    shown: list[ReadRow] = []
    for number, read in enumerate(read_rows(letter, preset.purpose, text.language, keys), 1):
        row = allowed(read.row, preset)
        if row is not None:
            shown.append(ReadRow(row, read.sorts_as, read.position))
        progress(number)
    counts = read_counts(letter)
    drafters = tuple(letter.drafters)
    featured = [read for read in shown if read.row.featured]
    others = [read for read in shown if not read.row.featured]
    ordered = sort_for(others, text.language, lambda read: read.sorts_as or read.row.name)
    paper = _paper(letter, preset, text.language)
    return Document(
        title=text.title,
        addressee=text.addressee,
        language=text.language,
        body=read_prose(text.body, _behind(text.behind), letter.source_language),
        drafters=drafters,
        as_of=now.date(),
        organisations=tuple(
            Organisation(read.row.name, _place(read, as_written=_is_own(letter, text.language)))
            for read in ordered
            if read.row.kind == Kind.ORGANISATION
        ),
        featured=tuple(map(_person, sorted(featured, key=lambda read: read.position))),
        people=tuple(map(_person, (read for read in ordered if read.row.kind == Kind.INDIVIDUAL))),
        edition_number=letter.edition.number,
        manifest_hash=bytes(letter.edition.manifest_hash).hex(),
        address=address,
        log=None,
        words=words_for(
            words_language(text.language),
            letter_language=text.language,
            counts=Counts(
                organisations=counts.organisations,
                people=counts.people,
                countries=counts.countries,
                unnamed=max(0, counts.total - len(shown)),
                paper=counts.paper,
            ),
            as_of=now.date(),
            published=_published(letter),
            drafters=drafters,
            edition_number=letter.edition.number,
            has_featured=bool(featured),
            log=None,
            original="" if _is_own(letter, text.language) else own_name(letter.source_language),
            behind=len(text.behind),
            has_paper=bool(paper),
        ),
        paper=paper,
    )


def _paper(letter: Letter, preset: Preset, language: str) -> tuple[OnPaper, ...]:
    read = (allowed(row, preset) for row in read_paper(letter, preset.purpose, language))
    ordered = sort_for(filter(None, read), language, lambda row: row.name)
    return tuple(OnPaper(row.name, row.country) for row in ordered)


def _behind(behind: Behind) -> dict[int, bool]:
    """Which blocks of the letter itself do not say what it says now, and whether they are missing.

    What stands around it on the page is not in the document.
    """
    places = places_behind(behind).items()
    return {place.number: missing for place, missing in places if place.field == "body"}


def _is_own(letter: Letter, language: str) -> bool:
    return language == letter.source_language


def _place(read: ReadRow, *, as_written: bool) -> str:
    """As on the page: the letter's own language shows places as their owners wrote them."""
    row = read.row
    return (row.place if as_written else "") or row.country or row.place


def _person(read: ReadRow) -> Person:
    return Person(read.row.name, read.row.title, read.row.affiliation)


def _published(letter: Letter) -> date | None:
    return letter.launched_at.date() if letter.launched_at else None
