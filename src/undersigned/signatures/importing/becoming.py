"""From a row of a list to an entry that can be stored, and what stands in its way."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from undersigned.letters.places import COUNTRY_CODES
from undersigned.signatures.enrolling import Enrolled
from undersigned.signatures.importing.names import sorting_name
from undersigned.signatures.importing.signatories import Individual, Organisation, Row
from undersigned.signatures.models import Kind, Signature
from undersigned.signatures.rules import NameFault, NameRefused, clean_name, clean_text


class WebsiteFault(StrEnum):
    """Why the address of a website is not taken."""

    NOT_A_WEBSITE = "not a website"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be stored as it is: which part of it, and what is wrong with that."""

    part: str
    fault: NameFault | WebsiteFault


LENGTHS: dict[str, int] = {
    part: int(getattr(Signature._meta.get_field(part), "max_length", 0))
    for part in ("name", "title", "affiliation", "place", "website")
}


def as_enrolled(row: Row) -> Enrolled:
    """Return the entry for a row as it was read."""
    if isinstance(row, Organisation):
        return Enrolled(
            kind=Kind.ORGANISATION,
            name=row.name,
            place=_place(row.city, row.place),
            country=row.country or "",
            website=row.website,
        )
    return Enrolled(
        kind=Kind.INDIVIDUAL,
        name=row.name,
        sorts_as=row.sorting_name if row.sorting_name != row.name else "",
        title=row.title,
        affiliation=row.affiliation,
        place=_place(row.city, row.place),
        country=row.country or "",
        is_featured=row.featured,
    )


def edit_row(row: Row, edit: dict[str, str]) -> Row:
    """Return the row with what was changed by hand (see `choices.EDITABLE`)."""
    kept = {field.name for field in fields(Individual)} & {field.name for field in fields(row)}
    same = {name: getattr(row, name) for name in kept}
    values = {**same, **edit, "country": edit.get("country", row.country or "") or None}
    if "place" in edit:
        values["city"] = ""  # what is written by hand is the whole place
    kind = values.pop("kind", "")
    if kind == Kind.ORGANISATION or (not kind and isinstance(row, Organisation)):
        told = {field.name for field in fields(Organisation)}
        return Organisation(**{name: value for name, value in values.items() if name in told})
    values["sorting_name"] = sorting_name(str(values["name"]))
    return Individual(**values)


def tidy(entry: Enrolled) -> tuple[Enrolled, tuple[Fault, ...]]:
    """Return the entry as it would be stored, and what stands in its way.

    The rules are those of the form on the letter's page: see `signatures.rules`.
    """
    faults: list[Fault] = []
    clean: dict[str, str] = {}
    for part in ("name", "title", "affiliation", "place"):
        text = getattr(entry, part)
        try:
            if part == "name":
                clean[part] = clean_name(text, kind=entry.kind, length=LENGTHS[part])
            else:
                clean[part] = clean_text(text, length=LENGTHS[part])
        except NameRefused as refusal:
            faults.append(Fault(part, refusal.fault))
    website = find_website(entry.website)
    if website is None:
        faults.append(Fault("website", WebsiteFault.NOT_A_WEBSITE))
    country = entry.country if entry.country in COUNTRY_CODES else ""
    sorts_as = entry.sorts_as[: LENGTHS["name"]]
    cleaned = replace(
        entry,
        name=clean.get("name", entry.name),
        title=clean.get("title", entry.title),
        affiliation=clean.get("affiliation", entry.affiliation),
        place=clean.get("place", entry.place),
        country=country,
        sorts_as=sorts_as,
        website=website or "",
    )
    return cleaned, tuple(faults)


_WEBSITE = re.compile(
    r"(?:https?://)?(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}(?::\d{1,5})?(?:[/?#][^\s<>\"'\\]*)?",
    re.IGNORECASE,
)


def find_website(text: str) -> str | None:
    """Return the address of a website that a link may lead to, "" for nothing, None for a fault."""
    text = text.strip()
    if not text:
        return ""
    if not _WEBSITE.fullmatch(text) or not text.isprintable():
        return None
    website = text if re.match(r"https?://", text, re.IGNORECASE) else f"https://{text}"
    return website if len(website) <= LENGTHS["website"] else None


def _place(city: str, place: str) -> str:
    """A city alone is its own place."""
    return f"{city}, {place}" if city and place and city != place else place or city
