"""The rows that a list is read into."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Who signs."""

    ORGANISATION = "organisation"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as it is listed.

    `place` is the label as written; `country` an ISO 3166-1 alpha-2 code, or None where the label
    is a region, is disputed, or is not known. `native_name` is the part of a bilingual name that
    is not in Latin letters; `name` keeps both. `source` is the row as it was found.
    """

    id: str
    name: str
    place: str = ""
    country: str | None = None
    city: str = ""
    native_name: str = ""
    website: str = ""
    representative: str = ""
    lines: tuple[int, ...] = ()
    source: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the row; the first three keys are what a list is compared by."""
        return {
            "name": self.name,
            "place": self.place,
            "country": self.country,
            "city": self.city,
            "native_name": self.native_name,
            "website": self.website,
            "representative": self.representative,
            "id": self.id,
            "lines": list(self.lines),
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Individual:
    """A person as they are listed.

    `name` is as written, with "Dr." and "PhD"; `sorting_name` is without them.
    """

    id: str
    name: str
    title: str = ""
    affiliation: str = ""
    country: str | None = None
    place: str = ""
    city: str = ""
    website: str = ""
    sorting_name: str = ""
    featured: bool = False
    lines: tuple[int, ...] = ()
    source: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the row; the first three keys are what a list is compared by."""
        return {
            "name": self.name,
            "title": self.title,
            "affiliation": self.affiliation,
            "country": self.country,
            "place": self.place,
            "city": self.city,
            "website": self.website,
            "sorting_name": self.sorting_name,
            "featured": self.featured,
            "id": self.id,
            "lines": list(self.lines),
            "source": self.source,
        }


Row = Organisation | Individual
