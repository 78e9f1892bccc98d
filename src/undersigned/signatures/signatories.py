"""The public list: who signed, as far as they let it be shown, in a reader's order."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.utils import translation

from undersigned.letters.models import Letter, Withdrawals
from undersigned.letters.places import country_names
from undersigned.signatures.authority.levels import AUTHORITY_FIELDS, public_sentence
from undersigned.signatures.authority.raising import evidence
from undersigned.signatures.folding import fold, sort_for
from undersigned.signatures.models import Kind, Signature, Source, State
from undersigned.signatures.rules import SHOWN

ORGANISATIONS_FIRST = 250
PEOPLE_FIRST = 100
FEATURED_FIRST = 50
PER_PAGE = 100

# Up to here a list is sorted by the rules of the page's language; beyond, by CLDR's root order,
# which the database has an index for.
SORTED_BY_LANGUAGE = 5_000
_COLUMNS = (
    "id", "kind", "name", "title", "affiliation", "website", "place", "country", "source",
    "is_pseudonym",
)  # fmt: skip


@dataclass(frozen=True)
class Signatory:
    """One entry of the list, ready to be shown. `is_brought`: it came in with a list."""

    id: uuid.UUID
    kind: str
    name: str
    title: str
    affiliation: str
    website: str
    place: str
    is_brought: bool = False
    is_pseudonym: bool = False
    authority: str = ""  # the sentence on what was seen of an organisation's, if anything


@dataclass(frozen=True)
class Signatories:
    """The first screen: all of a short list, the beginning of a long one.

    `organisations_total`, `people_total`: how many may be shown by name (people without the
    featured ones); `newest`: the day of the latest entry. `brought`: whether `some` or `all` came
    in with a list of the organisers', or neither; `brought_at`: when the last such list did.
    """

    organisations: list[Signatory]
    featured: list[Signatory]
    people: list[Signatory]
    organisations_total: int
    people_total: int
    newest: date | None
    brought: str = ""
    brought_at: datetime | None = None

    @property
    def says_authority(self) -> bool:
        """Whether there is such a sentence, which has to be explained."""
        return any(one.authority for one in self.organisations)


@dataclass(frozen=True)
class Page:
    """One page of the filtered list. `number` counts from 1."""

    entries: list[Signatory]
    total: int
    number: int
    pages: int

    @property
    def has_brought(self) -> bool:
        """Whether some of them came in with a list."""
        return any(entry.is_brought for entry in self.entries)


def first_signatories(letter: Letter, language: str) -> Signatories:
    """What the letter's own page shows."""
    shown = _shown(letter)
    totals = shown.aggregate(
        organisations=Count("id", filter=Q(kind=Kind.ORGANISATION)),
        people=Count("id", filter=Q(kind=Kind.INDIVIDUAL, is_featured=False)),
        newest=Max("confirmed_at"),
        total=Count("id"),
        brought=Count("id", filter=Q(source=Source.IMPORT)),
        brought_at=Max("batch__saved_at"),
    )
    organisations = shown.filter(kind=Kind.ORGANISATION)
    people = shown.filter(kind=Kind.INDIVIDUAL, is_featured=False)
    featured = shown.filter(is_featured=True).order_by("position", "sort_key")
    return Signatories(
        organisations=_in_order(
            organisations, letter, language, totals["organisations"], 0, ORGANISATIONS_FIRST
        ),
        featured=_entries(featured[:FEATURED_FIRST], letter, language),
        people=_in_order(people, letter, language, totals["people"], 0, PEOPLE_FIRST),
        organisations_total=totals["organisations"],
        people_total=totals["people"],
        newest=totals["newest"] and totals["newest"].date(),
        brought=_how_many(totals["brought"], totals["total"]),
        brought_at=totals["brought_at"],
    )


def find_signatories(
    letter: Letter,
    language: str,
    *,
    words: str = "",
    kind: str = "",
    country: str = "",
    number: int = 1,
) -> Page:
    """A page of those whose name, title or affiliation contains every one of `words`.

    A page number past the end gives the last page.
    """
    found = _shown(letter)
    if kind:
        found = found.filter(kind=kind)
    if country:
        found = found.filter(country=country)
    folded = fold(words).split()
    for word in folded:
        found = found.filter(search__contains=word)
    if words and not folded:  # signs only, such as `#`
        found = found.filter(name__contains=words)
    total = found.count()
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, number), pages)
    entries = _in_order(found, letter, language, total, (number - 1) * PER_PAGE, PER_PAGE)
    return Page(entries=entries, total=total, number=number, pages=pages)


WITHDRAWN_AT_MOST = 200


@dataclass(frozen=True)
class Withdrawn:
    """Somebody who was shown, and left openly."""

    name: str
    on: date


def withdrawn_openly(letter: Letter) -> list[Withdrawn]:
    """Newest first; none, and no question to the database, where the letter tells nobody."""
    if letter.withdrawals == Withdrawals.QUIET:
        return []
    left = Signature.objects.filter(
        letter=letter, state=State.WITHDRAWN, withdrawn_on__isnull=False
    )
    rows = left.order_by("-withdrawn_on", "name").values_list("name", "withdrawn_on")
    return [Withdrawn(name, on) for name, on in rows[:WITHDRAWN_AT_MOST] if on]


def countries_of(letter: Letter) -> list[str]:
    """The countries that can be filtered by: those of listed signatures."""
    return list(
        letter.tallies.filter(total__gt=0)
        .exclude(country="")
        .values_list("country", flat=True)
        .distinct()
    )


def _how_many(part: int, total: int) -> str:
    if not part:
        return ""
    return "all" if part == total else "some"


def _shown(letter: Letter) -> QuerySet[Signature]:
    """Those who signed the present text, however it was corrected since."""
    shown = Signature.objects.filter(letter=letter, state=State.LISTED, visibility__in=SHOWN)
    if letter.edition is not None and letter.edition.text_number > 1:
        shown = shown.filter(edition__text_number=letter.edition.text_number)
    return shown


def _in_order(
    found: QuerySet[Signature], letter: Letter, language: str, total: int, start: int, count: int
) -> list[Signatory]:
    if total <= SORTED_BY_LANGUAGE:
        names = sort_for(
            found.order_by("sort_key", "position", "id").values_list("id", "name", "sorts_as"),
            language,
            lambda row: row[2] or row[1],
        )
        wanted = [id_ for id_, *_ in names[start : start + count]]
        by_id = {
            entry.id: entry for entry in _entries(found.filter(pk__in=wanted), letter, language)
        }
        return [by_id[id_] for id_ in wanted if id_ in by_id]
    return _entries(
        found.order_by("sort_key", "position", "id")[start : start + count], letter, language
    )


def _entries(found: QuerySet[Signature], letter: Letter, language: str) -> list[Signatory]:
    names = country_names(language)
    as_written = language == letter.source_language
    return [
        Signatory(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            title=row["title"],
            affiliation=row["affiliation"],
            website=row["website"],
            authority=_authority(row),
            # In the letter's own language a place stays as its owner wrote it.
            place=(row["place"] if as_written else "")
            or names.get(row["country"], "")
            or row["place"],
            is_brought=row["source"] == Source.IMPORT,
            is_pseudonym=row["is_pseudonym"],
        )
        for row in found.values(*_COLUMNS, *AUTHORITY_FIELDS)
    ]


def _authority(row: Mapping[str, Any]) -> str:
    """In the language of the words around it, which may be another than the letter's."""
    if not row["authority"]:
        return ""
    columns = (row[name] for name in AUTHORITY_FIELDS)
    return _authority_sentence(*columns, translation.get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=4096)
def _authority_sentence(
    level: str, domain: str, on: date | None, vouchers: str, language: str
) -> str:
    return public_sentence(evidence(level, domain, on, vouchers), language)
