"""Which column of a sheet holds what, by its name and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from django.utils.translation import gettext_noop

from undersigned.signatures.importing.column_words import PHRASES, WORDS
from undersigned.signatures.importing.places import Sort, find_code, find_place
from undersigned.signatures.importing.text import fold


class Holds(StrEnum):
    """What a column holds. Values are stable: forms and stored imports rely on them."""

    NOTHING = ""
    KIND = "kind"
    NAME = "name"
    GIVEN = "given"
    SURNAME = "surname"
    ORGANISATION = "organisation"
    NATIVE_NAME = "native_name"
    TITLE = "title"
    AFFILIATION = "affiliation"
    PLACE = "place"
    COUNTRY = "country"
    CITY = "city"
    WEBSITE = "website"
    EMAIL = "email"
    LANGUAGE = "language"
    DATE = "date"
    FEATURED = "featured"
    CONSENT_PUBLICATION = "consent_publication"
    CONSENT_UPDATES = "consent_updates"


NAMES = frozenset({Holds.NAME, Holds.GIVEN, Holds.SURNAME, Holds.ORGANISATION})
Mapping = tuple[Holds, ...]


class MappingNotUsable(ValueError):
    """The columns chosen cannot be read: what is wrong, and what to do, in one sentence.

    `sentence` is untranslated and may name what `holds` is: something that two columns are said to
    hold. `str` gives it in English, studio.import_words in the reader's language.
    """

    def __init__(self, sentence: str, holds: Holds = Holds.NOTHING) -> None:
        super().__init__(sentence % {"holds": holds.replace("_", " ")})
        self.sentence, self.holds = sentence, holds


def check_mapping(mapping: Sequence[str], width: int) -> Mapping:
    """Return what a person chose for each column; raises MappingNotUsable."""
    try:
        chosen = tuple(Holds(value) for value in mapping)
    except ValueError:
        # No form lets this one or the next one through: they are not translated.
        raise MappingNotUsable("Choose what each column holds from the list.") from None
    if len(chosen) != width:
        raise MappingNotUsable(
            f"The sheet has {width} columns, and {len(chosen)} were described: choose again."
        )
    told = [holds for holds in chosen if holds]
    for holds in told:
        if told.count(holds) > 1:
            raise MappingNotUsable(
                gettext_noop(
                    "Two columns are said to hold the same (%(holds)s): keep the one that should "
                    "be read."
                ),
                holds,
            )
    if not NAMES & set(told):
        raise MappingNotUsable(
            gettext_noop(
                "No column holds names: say which one has the names of people or organisations."
            )
        )
    return chosen


def guess_columns(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Mapping:
    """Return what each column seems to hold, by its name first, then by up to 200 `rows`.

    Nothing is held twice, and what cannot be told holds nothing. Without any header that tells,
    and with one column of words, that column has the names.
    """
    looked_at = [row for row, _ in zip(rows, range(200), strict=False)]
    columns = [
        [cell for row in looked_at if index < len(row) and (cell := row[index])]
        for index in range(len(header))
    ]
    guessed = [Holds.NOTHING] * len(header)
    _fill(guessed, [_by_word(name) for name in header])
    _fill(guessed, [_by_phrase(name) for name in header])
    _fill(guessed, [_by_content(cells) for cells in columns])
    if not NAMES & set(guessed):
        wordy = [
            index
            for index, cells in enumerate(columns)
            if guessed[index] is Holds.NOTHING and _are_words(cells)
        ]
        if wordy:
            guessed[wordy[0]] = Holds.NAME
    return tuple(guessed)


def find_header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the row that names the columns, among the first twenty, or None."""
    best, best_score = None, 0
    first = next((index for index, row in enumerate(rows) if any(row)), 0)
    for index, row in enumerate(rows[:20]):
        cells = [cell for cell in row if cell]
        exact = sum(_by_word(cell) is not None for cell in cells)
        told = sum(_label(cell) is not None for cell in cells)
        questions = index == first and any(cell.endswith(("?", ":", "*")) for cell in cells)
        enough = exact >= 2 or (told * 2 >= len(cells) and (exact or questions))
        if enough and told and exact * 10 + told > best_score:
            best, best_score = index, exact * 10 + told
    return best


def _fill(guessed: list[Holds], found: list[Holds | None]) -> None:
    for index, holds in enumerate(found):
        if holds and guessed[index] is Holds.NOTHING and holds not in guessed:
            guessed[index] = holds


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST_NAME = 200


def _by_word(name: str) -> Holds | None:
    """ "Name", "Nom *", "Organisation (in full):"."""
    if len(name) > _LONGEST_NAME:
        return None
    found = WORDS.get(fold(name)) or WORDS.get(fold(_BRACKETS.sub(" ", name)))
    return Holds(found) if found else None


def _by_phrase(name: str) -> Holds | None:
    """ "What is the name of your organisation?"."""
    folded = f" {fold(name[:_LONGEST_NAME])} "
    for holds, phrases in PHRASES:
        if any(phrase in folded for phrase in phrases):
            return Holds(holds)
    return None


def _label(cell: str) -> Holds | None:
    return _by_word(cell) or (_by_phrase(cell) if len(cell) <= 120 else None)


_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_WEBSITE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ,].*)?")


def _by_content(cells: Sequence[str]) -> Holds | None:
    for holds, shape in ((Holds.EMAIL, _MAIL), (Holds.WEBSITE, _WEBSITE), (Holds.DATE, _DATE)):
        if _most(cells, [shape.fullmatch(cell) is not None for cell in cells]):
            return holds
    if _most(cells, [_is_country(cell) for cell in cells]):
        return Holds.COUNTRY
    return None


def _is_country(cell: str) -> bool:
    found = find_place(cell)
    return find_code(cell) is not None or (found is not None and found.sort is Sort.COUNTRY)


def _most(cells: Sequence[str], fits: list[bool]) -> bool:
    return bool(cells) and sum(fits) * 5 >= len(cells) * 4


def _are_words(cells: Sequence[str]) -> bool:
    return _most(cells, [any(letter.isalpha() for letter in cell) for cell in cells])
