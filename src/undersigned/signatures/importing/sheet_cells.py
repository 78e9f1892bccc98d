"""From the cells of one row to a signatory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from undersigned.signatures.importing.addresses import mail_flag, take_mail
from undersigned.signatures.importing.flags import Flag
from undersigned.signatures.importing.names import sorting_name
from undersigned.signatures.importing.places import find_code
from undersigned.signatures.importing.placing import Placing, place_label, unknown_label
from undersigned.signatures.importing.rows import native_part
from undersigned.signatures.importing.sheet_columns import Holds, Mapping
from undersigned.signatures.importing.signatories import Individual, Kind, Organisation, Row


@dataclass(frozen=True, slots=True)
class Told:
    """A row before it is read: its number in the file, what is in which column, and all of it."""

    number: int
    cells: dict[Holds, str]
    text: str

    @property
    def name(self) -> str:
        """Whose row it seems to be."""
        return self.cells.get(Holds.NAME) or self.cells[Holds.ORGANISATION]


def read_cells(mapping: Mapping, cells: Sequence[str]) -> dict[Holds, str]:
    """Return the filled cells by what they hold; given name and surname make a name."""
    found = {holds: cell for holds, cell in zip(mapping, cells, strict=True) if holds and cell}
    parts = [found.get(holds, "") for holds in (Holds.GIVEN, Holds.SURNAME)]
    if any(parts):
        # "Name" beside "First name" is the surname.
        parts[1] = parts[1] or (found.get(Holds.NAME, "") if Holds.SURNAME not in mapping else "")
        found[Holds.NAME] = " ".join(part for part in parts if part)
    for holds in (Holds.NAME, Holds.ORGANISATION):
        # A dash or an e-mail address is no name.
        if not any(letter.isalnum() for letter in _without_mail(found.get(holds, ""))):
            found.pop(holds, None)
    return found


def has_name(told: Told) -> bool:
    """Tell whether a row names somebody."""
    return Holds.NAME in told.cells or Holds.ORGANISATION in told.cells


def row_from_cells(row: str, kind: Kind, told: Told, *, featured: bool) -> Row:
    """Return the signatory that the cells describe. `row` is its identity."""
    cells = told.cells
    placing = placing_of(told)
    name, title = _without_mail(told.name), _without_mail(cells.get(Holds.TITLE, ""))
    if kind is Kind.ORGANISATION:
        return _organisation(row, told, placing, title)
    works = [cells.get(Holds.AFFILIATION, "")]
    if Holds.NAME in cells:
        works.append(cells.get(Holds.ORGANISATION, ""))
    return Individual(
        id=row,
        name=name,
        title=title,
        affiliation=", ".join(dict.fromkeys(_without_mail(work) for work in works if work)),
        country=placing.country,
        place=placing.place,
        city=placing.city,
        website=cells.get(Holds.WEBSITE, ""),
        sorting_name=sorting_name(name),
        featured=featured,
        lines=(told.number,),
        source=told.text,
    )


def _organisation(row: str, told: Told, placing: Placing, title: str) -> Organisation:
    cells = told.cells
    name = _without_mail(cells.get(Holds.ORGANISATION) or told.name)
    person = _without_mail(cells.get(Holds.NAME, "")) if Holds.ORGANISATION in cells else ""
    return Organisation(
        id=row,
        name=name,
        place=placing.place,
        country=placing.country,
        city=placing.city,
        native_name=cells.get(Holds.NATIVE_NAME, "") or native_part(name),
        website=cells.get(Holds.WEBSITE, ""),
        representative=", ".join(part for part in (person, title) if part),
        lines=(told.number,),
        source=told.text,
    )


def doubts_of(row: Row, told: Told) -> tuple[Flag, ...]:
    """Return the flags that the cells of one row raise by themselves."""
    where = "organisations" if isinstance(row, Organisation) else "individuals"
    shown = (Holds.NAME, Holds.ORGANISATION, Holds.TITLE, Holds.AFFILIATION)
    mail = any(take_mail(told.cells.get(holds, ""))[1] for holds in shown)
    flags = placing_of(told).flag(row.id, where, (told.number,))
    return (*flags, *mail_flag(row.id, where, row.lines)) if mail else flags


def placing_of(told: Told) -> Placing:
    """Return place, country and city; a code of a country is shown as the country's name."""
    cells = told.cells
    return _place(
        cells.get(Holds.PLACE, ""), cells.get(Holds.COUNTRY, ""), cells.get(Holds.CITY, "")
    )


@lru_cache(maxsize=8192)
def _place(label: str, country: str, city: str) -> Placing:
    named = country or label
    if not named:
        return (place_label(city) or unknown_label(city)) if city else Placing("")
    found = place_label(named, codes=True) or unknown_label(named)
    place = label or found.place
    if place and find_code(place):
        place = ""
    return Placing(place, found.country, city or found.city, found.code, found.guess)


def _without_mail(text: str) -> str:
    """A public list shows no addresses."""
    return take_mail(text)[0].strip()
