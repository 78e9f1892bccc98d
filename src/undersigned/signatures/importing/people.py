"""Individuals: a name, and where the list has them, a title, an affiliation, a place."""

import re
from dataclasses import dataclass, replace

from undersigned.signatures.importing.addresses import (
    mail_flag,
    number_flag,
    take_mail,
    take_number,
    take_website,
)
from undersigned.signatures.importing.brackets import (
    at_columns,
    at_commas,
    at_dashes,
    split_last_bracket,
    trim,
)
from undersigned.signatures.importing.flags import Alter, Code, Flag, Swap
from undersigned.signatures.importing.names import (
    is_suffix,
    looks_like_a_name,
    looks_like_a_title,
    sorting_name,
    split_at_colon,
    split_title_from_name,
    starts_with_title,
)
from undersigned.signatures.importing.people_in_row import find_people
from undersigned.signatures.importing.place_names import US_STATE_CODES
from undersigned.signatures.importing.placing import Placing, near_label, place_label
from undersigned.signatures.importing.rows import Entry
from undersigned.signatures.importing.signatories import Individual

WHERE = "individuals"


@dataclass(frozen=True, slots=True)
class _Parts:
    """A row taken apart at its commas, dashes or columns; the last bracket may be a place."""

    segments: list[str]
    placing: Placing
    two_brackets: bool = False


def read_individual(
    entry: Entry, row: str, *, featured: bool = False, alone: bool = False
) -> tuple[Individual, tuple[Flag, ...]]:
    """Read one person. `alone`: the row is already a part of one that was taken apart."""
    text, website = take_website(entry.text)
    text, had_mail = take_mail(text)
    text, number = take_number(text)
    parts = _take_apart(text, entry.group)
    person = _compose(parts, entry, row, featured=featured, website=website)
    flags = list(parts.placing.flag(row, WHERE, entry.lines))
    if had_mail:
        flags += mail_flag(row, WHERE, entry.lines)
    flags += number_flag(row, WHERE, entry.lines, person.name, number)
    if parts.two_brackets:
        flags.append(_two_brackets(person, entry))
    separated = _separated(person, parts.segments)
    if separated:
        flags.append(separated)
    elif not alone and len(starts := find_people(parts.segments)) > 1:
        flags.append(_joined(person, parts, starts, entry))
    if parts.two_brackets:
        person = replace(person, place="", country=None, affiliation=_whole_affiliation(text))
    return person, tuple(flags)


def _take_apart(text: str, group: str) -> _Parts:
    text = trim(text)
    placing = Placing("")
    two_brackets = False
    bracket = split_last_bracket(text)
    found = place_label(bracket[1]) or near_label(bracket[1]) if bracket else None
    if bracket and found and bracket[0]:
        text, placing = trim(bracket[0]), found
        two_brackets = split_last_bracket(text) is not None
    segments = _segments(text)
    if not placing.place and len(segments) > 1:
        segments, placing = _place_at_end(segments)
    if not placing.place and group:
        placing = place_label(group) or Placing(group)
    return _Parts(segments, placing, two_brackets)


def _segments(text: str) -> list[str]:
    """Columns, then commas; the first may hold a dash, a colon or a bracket after the name."""
    cells = at_columns(text)
    if len(cells) == 1:
        cells = at_commas(text)
    if not cells:
        return [text]
    first, *rest = cells
    name, *more = at_dashes(first)
    if not more and (bracket := split_last_bracket(first)) and bracket[0]:
        # "Jane Doe (University of X)"; a short form of the name stays: "Robert (Bob)"
        name, more = (bracket[0], [bracket[1]]) if looks_like_a_name(bracket[0]) else (first, [])
    if not more and (colon := split_at_colon(first)):
        name, more = colon[0], [colon[1]]
    if not more and (behalf := _BEHALF.search(first)):
        name, more = first[: behalf.start()], [first[behalf.end() :]]
    names = [name]
    while rest and not more and is_suffix(rest[0]):
        names.append(rest.pop(0))
    rest = [_BEHALF_START.sub("", part) for part in rest]
    if not more and len(rest) == 1:
        rest = at_dashes(rest[0])
    return [", ".join(names), *_from_brackets(more), *rest]


def _from_brackets(parts: list[str]) -> list[str]:
    return [cell for part in parts for cell in at_commas(part)]


_ON_BEHALF = (
    r"(?:(?:signing )?(?:for and )?on behalf of|au nom de|en nombre de|en representación de|"
    r"em nome de|im namen (?:von|der|des)|a nome di|namens|in representation of)"
)
_BEHALF = re.compile(rf"\s+{_ON_BEHALF}\s+(?=\S)", re.IGNORECASE)
_BEHALF_START = re.compile(rf"^{_ON_BEHALF}\s+(?=\S)", re.IGNORECASE)


def _place_at_end(segments: list[str]) -> tuple[list[str], Placing]:
    """The last part is a place only if it is a country or a part of one that is sure."""
    last = segments[-1]
    if len(segments) > 2 and last in US_STATE_CODES:
        return segments[:-2], place_label(f"{segments[-2]}, {last}") or Placing("")
    placing = place_label(last) or near_label(last)
    if not placing or looks_like_a_title(last):
        return segments, Placing("")
    if not placing.country and placing.code in {None, Code.PLACE_SEVERAL}:
        return segments, Placing("")  # "Amnesty, International" and "Greenpeace, Europe"
    if len(segments) == 2 and placing.country and " " not in segments[0].strip():
        doubt = Placing(last, None, "", Code.PLACE_AMBIGUOUS, placing.country)
        return segments[:1], doubt  # "Michael, Jordan"
    rest = segments[:-1]
    if len(rest) > 2 and not placing.city:
        city = place_label(rest[-1])
        if city and city.code is Code.PLACE_IS_CITY:
            return rest[:-1], replace(placing, city=rest[-1])
    return rest, placing


def _compose(parts: _Parts, entry: Entry, row: str, *, featured: bool, website: str) -> Individual:
    name, *rest = parts.segments
    title, affiliation = title_and_affiliation(rest)
    return Individual(
        id=row,
        name=name or entry.text,
        title=title,
        affiliation=affiliation,
        country=parts.placing.country,
        place=parts.placing.place,
        city=parts.placing.city,
        website=website,
        sorting_name=sorting_name(name),
        featured=featured,
        lines=entry.lines,
        source=entry.text,
    )


def title_and_affiliation(segments: list[str]) -> tuple[str, str]:
    """Return what the parts after a name say: a title, an affiliation, or both."""
    if not segments:
        return "", ""
    first, *rest = segments
    if not looks_like_a_title(first):
        # "Jane Doe, University of X, Professor"
        if len(rest) == 1 and looks_like_a_title(rest[0]):
            return rest[0], first
        return "", ", ".join(segments)
    titles = [first]
    while rest and starts_with_title(rest[0]):
        titles.append(rest.pop(0))
    if not rest and len(titles) == 1 and (at := _AT.search(first)):
        return first[: at.start()].strip(), first[at.end() :].strip()
    return ", ".join(titles), ", ".join(rest)


_AT = re.compile(r"\s+(?:at|@|bei|chez)\s+(?=(?:the\s+)?[^\W\d_a-z])")


def _two_brackets(person: Individual, entry: Entry) -> Flag:
    return Flag(
        id=f"{Code.TWO_BRACKETS}:{person.id}",
        code=Code.TWO_BRACKETS,
        where=WHERE,
        reason=f"‘{entry.text}’ ends in two brackets; only the last one can be a place.",
        suggestion=(
            f"Read ‘{person.affiliation}’ as the affiliation and ‘{person.place}’ as the place?"
        ),
        rows=(person.id,),
        lines=entry.lines,
        changes=(
            Alter(
                person.id,
                (
                    ("affiliation", person.affiliation),
                    ("place", person.place),
                    ("country", person.country),
                ),
            ),
        ),
    )


def _whole_affiliation(text: str) -> str:
    return title_and_affiliation(_segments(trim(text))[1:])[1]


def _separated(person: Individual, segments: list[str]) -> Flag | None:
    """ "Sandra Avila Professor": the comma before the title is missing."""
    found = split_title_from_name(segments[0])
    if not found:
        return None
    name, title = found
    also, affiliation = title_and_affiliation(segments[1:])
    title = ", ".join(part for part in (title, also) if part)
    return Flag(
        id=f"{Code.TITLE_NOT_SEPARATED}:{person.id}",
        code=Code.TITLE_NOT_SEPARATED,
        where=WHERE,
        reason=f"‘{segments[0]}’ seems to be a name and a title without a comma between them.",
        suggestion=f"Read ‘{name}’ as the name and ‘{title}’ as the title?",
        rows=(person.id,),
        lines=person.lines,
        changes=(
            Alter(
                person.id,
                (
                    ("name", name),
                    ("sorting_name", sorting_name(name)),
                    ("title", title),
                    ("affiliation", affiliation),
                ),
            ),
        ),
    )


def _joined(person: Individual, parts: _Parts, starts: list[int], entry: Entry) -> Flag:
    ends = [*starts[1:], len(parts.segments)]
    pieces: list[str] = []
    for start, end in zip(starts, ends, strict=True):
        piece = ", ".join(parts.segments[start:end])
        piece = re.sub(r"^(?:and|et|y|e|und|&)\s+", "", piece)
        last = len(starts) == len(parts.segments) and end == len(parts.segments)
        pieces += re.split(r"\s+(?:and|et|y|e|und|&)\s+", piece) if last else [piece]
    people = [
        read_individual(
            Entry(piece, entry.lines, entry.group),
            f"{person.id}.{number}",
            featured=person.featured,
            alone=True,
        )[0]
        for number, piece in enumerate(pieces, start=1)
    ]
    if parts.placing.place and not entry.group:
        last_one = replace(people[-1], place=parts.placing.place, country=parts.placing.country)
        people = [*people[:-1], last_one]
    names = ", ".join(f"‘{one.name}’" for one in people)
    return Flag(
        id=f"{Code.PEOPLE_JOINED}:{person.id}",
        code=Code.PEOPLE_JOINED,
        where=WHERE,
        reason=f"One row seems to name {len(people)} people: {names}.",
        suggestion=f"Read them as {len(people)} people?",
        rows=(person.id,),
        lines=entry.lines,
        changes=(Swap((person.id,), tuple(people)),),
    )
