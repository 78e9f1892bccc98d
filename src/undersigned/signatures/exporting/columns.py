"""The rows of an export, and the columns they are written in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.functional import Promise

from undersigned.signatures.importing.names import sorting_name
from undersigned.signatures.importing.vocabulary import PARTICLES
from undersigned.signatures.models import Kind

Cell = str | date | bool
# Where a name on a sheet of paper is from: no source of a signature, which a mailbox confirms.
PAPER = "paper"


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One signature as it may be written into a file.

    `kind`, `state`, `visibility` and `source` are the values of the models, or `source` is PAPER
    and there is no state; `country` is the country's name and `country_code` its ISO 3166-1 code;
    `edition` says which text was signed.
    `email` is empty unless the export may hold addresses; `updates_wording` is the sentence that
    its owner agreed to.
    """

    kind: str
    name: str = ""
    native_name: str = ""
    title: str = ""
    affiliation: str = ""
    website: str = ""
    place: str = ""
    country_code: str = ""
    country: str = ""
    city: str = ""
    language: str = ""
    signed_on: date | None = None
    confirmed_on: date | None = None
    state: str = ""
    visibility: str = ""
    source: str = ""
    edition: str = ""
    featured: bool = False
    consent_publication: bool = False
    consent_updates: bool = False
    updates_wording: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names it in JSON, `header` in the first row of a sheet, perhaps in its language."""

    key: str
    header: str | Promise
    value: Callable[[ExportRow], Cell]


def own(field: str, header: str) -> Column:
    """A column with a field of the row, under the name that a service knows it by."""
    return Column(header, header, _value_of(field))


def titled(field: str, header: Promise) -> Column:
    """A column with a field of the row; its header is for people, and JSON keeps its name."""
    return Column(field, header, _value_of(field))


def _value_of(field: str) -> Callable[[ExportRow], Cell]:
    def value(row: ExportRow) -> Cell:
        found: Cell | None = getattr(row, field)
        return "" if found is None else found

    return value


def given_name(row: ExportRow) -> str:
    """What stands before a person's last name; see `part_name`."""
    return part_name(row.name)[0] if row.kind == Kind.INDIVIDUAL else ""


def family_name(row: ExportRow) -> str:
    """A person's last name; see `part_name`."""
    return part_name(row.name)[1] if row.kind == Kind.INDIVIDUAL else ""


def organisation_name(row: ExportRow) -> str:
    """The organisation itself, or the one a person belongs to."""
    return row.name if row.kind == Kind.ORGANISATION else row.affiliation


@lru_cache(maxsize=4096)
def part_name(name: str) -> tuple[str, str]:
    """Part a person's name as programs for mailings want it, into given and family name.

    A guess, for most names of the world cannot be parted by rule: the last word, with the small
    words before it ("van der Berg"), is the family name, and a name of one word is all given name,
    so that a greeting reads naturally. Honorifics and degrees are left out.
    """
    words = sorting_name(name).split()
    last = len(words) - 1
    while last > 1 and words[last - 1].lower() in PARTICLES and words[last - 1][0].islower():
        last -= 1
    if last < 1:
        return " ".join(words), ""
    return " ".join(words[:last]), " ".join(words[last:])


def attributes(row: ExportRow) -> str:
    """What listmonk keeps beside name and address: a JSON object, without empty values."""
    told = {
        "kind": row.kind,
        "title": row.title,
        "organisation": organisation_name(row),
        "city": row.city,
        "country": row.country_code,
        "language": row.language,
        "signed_on": row.signed_on.isoformat() if row.signed_on else "",
        "consent": row.updates_wording,
    }
    return json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False)
