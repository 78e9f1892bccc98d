"""Reading the rows of a table whose columns have names."""

from collections.abc import Sequence

from undersigned.signatures.importing.addresses import take_mail
from undersigned.signatures.importing.entries import Line
from undersigned.signatures.importing.flags import Code, Flag
from undersigned.signatures.importing.furniture import furniture
from undersigned.signatures.importing.gathering import Gathered
from undersigned.signatures.importing.kinds import kind_of
from undersigned.signatures.importing.marks import is_and_more, is_footer
from undersigned.signatures.importing.names import sorting_name
from undersigned.signatures.importing.placing import Placing, place_label, unknown_label
from undersigned.signatures.importing.rows import native_part
from undersigned.signatures.importing.signatories import Individual, Kind, Organisation
from undersigned.signatures.importing.tables import Header, find_header


def read_table(
    gathered: Gathered, lines: Sequence[Line], kind: Kind | None, *, featured: bool
) -> tuple[list[Line], int]:
    """Read the rows of a table into `gathered`; return the lines that are none, and the count.

    A table of names and places alone is left to the readers of other lists.
    """
    start = next((n for n, line in enumerate(lines) if _header(line)), None)
    header = _header(lines[start]) if start is not None else None
    if start is None or header is None:
        return list(lines), 0
    gathered.ignore(lines[start], "names of columns")
    rest = list(lines[:start])
    unsure: list[Line] = []
    read = 0
    for line in lines[start + 1 :]:
        cells = header.read(line.text) if _is_row(line.text.strip()) else None
        if cells and (cells.get("name") or cells.get("organisation")):
            _read_row(gathered, header, cells, line, kind, featured=featured)
            read += 1
            continue
        rest.append(line)
        if _is_row(line.text.strip()):
            unsure.append(line)
    if unsure:
        gathered.flags.append(_columns_unsure(unsure))
    return rest, read


def _header(line: Line) -> Header | None:
    header = find_header(line.text)
    if header is None or {"organisation", "surname", "given"}.isdisjoint(header.roles):
        return header if header and {"affiliation", "title"} & set(header.roles) else None
    return header


def _is_row(text: str) -> bool:
    return bool(text) and not (is_and_more(text) or is_footer(text) or furniture(text))


def _read_row(
    gathered: Gathered,
    header: Header,
    cells: dict[str, str],
    line: Line,
    kind: Kind | None,
    *,
    featured: bool,
) -> None:
    cells = {role: take_mail(cell)[0].strip() for role, cell in cells.items()}
    placing = _placing(cells.get("country", ""), cells.get("city", ""))
    chosen = kind or _kind(header, cells)
    if chosen is Kind.ORGANISATION:
        row = f"organisation-{next(gathered.organisation_numbers)}"
        _add_organisation(gathered, row, cells, placing, line)
    else:
        row = f"individual-{next(gathered.person_numbers)}"
        _add_individual(gathered, row, cells, placing, line, featured=featured)
    gathered.flags += placing.flag(row, f"{chosen.value}s", (line.number,))
    gathered.account((line.number,), chosen.value)


def _kind(header: Header, cells: dict[str, str]) -> Kind:
    """The first column says who signs: "Organisation, Signed by", or "Name, Organisation"."""
    if not cells.get("name"):
        return Kind.ORGANISATION
    roles = header.roles
    leading = next(role for role in roles if role in {"name", "given", "surname", "organisation"})
    if leading == "organisation" and cells.get("organisation"):
        return Kind.ORGANISATION
    alone = not any(cells.get(role) for role in ("organisation", "affiliation", "title"))
    if alone and kind_of(cells["name"]) is Kind.ORGANISATION:
        return Kind.ORGANISATION
    return Kind.INDIVIDUAL


def _placing(country: str, city: str) -> Placing:
    if not country:
        return (place_label(city) or unknown_label(city)) if city else Placing("")
    found = place_label(country, codes=True) or unknown_label(country)
    return Placing(found.place, found.country, city or found.city, found.code, found.guess)


def _add_organisation(
    gathered: Gathered, row: str, cells: dict[str, str], placing: Placing, line: Line
) -> None:
    person = ", ".join(cell for role in ("name", "title") if (cell := cells.get(role, "")))
    name = cells.get("organisation") or cells["name"]
    gathered.organisations.append(
        Organisation(
            id=row,
            name=name,
            place=placing.place,
            country=placing.country,
            city=placing.city,
            native_name=native_part(name),
            website=cells.get("website", ""),
            representative=person if cells.get("organisation") else "",
            lines=(line.number,),
            source=line.text.strip(),
        )
    )


def _add_individual(
    gathered: Gathered,
    row: str,
    cells: dict[str, str],
    placing: Placing,
    line: Line,
    *,
    featured: bool,
) -> None:
    name = cells.get("name") or cells["organisation"]
    works = [cells.get("affiliation", ""), cells.get("organisation", "") if cells["name"] else ""]
    gathered.people.append(
        Individual(
            id=row,
            name=name,
            title=cells.get("title", ""),
            affiliation=", ".join(dict.fromkeys(work for work in works if work)),
            country=placing.country,
            place=placing.place,
            city=placing.city,
            website=cells.get("website", ""),
            sorting_name=sorting_name(name),
            featured=featured,
            lines=(line.number,),
            source=line.text.strip(),
        )
    )


def _columns_unsure(lines: Sequence[Line]) -> Flag:
    first = lines[0]
    return Flag(
        id=f"{Code.COLUMNS_UNSURE}:{first.number}",
        code=Code.COLUMNS_UNSURE,
        where="signatories",
        reason=f"‘{first.text.strip()[:80]}’ does not fit the columns of the table"
        + (f", and neither do {len(lines) - 1} more rows." if len(lines) > 1 else "."),
        suggestion="Keep what could be read without them?",
        lines=tuple(line.number for line in lines),
    )
