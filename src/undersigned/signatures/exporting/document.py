"""What is delivered: the letter, who signed it, and what shows that this is the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from undersigned.letters import formatting
from undersigned.signatures.exporting.directions import isolated
from undersigned.signatures.exporting.prose import Block
from undersigned.signatures.exporting.scripts import in_own_digits, writing_of


@dataclass(frozen=True)
class Organisation:
    name: str
    place: str = ""


@dataclass(frozen=True)
class Person:
    name: str
    title: str = ""
    affiliation: str = ""


@dataclass(frozen=True)
class OnPaper:
    """A name on a sheet of paper, and its country's."""

    name: str
    country: str = ""


@dataclass(frozen=True)
class Counts:
    """All who signed, by name or not; `countries`: how many different ones.

    `unnamed`: those counted whose names are not in the document. `paper`: signatures on paper, in
    none of the others.
    """

    organisations: int
    people: int
    countries: int
    unnamed: int = 0
    paper: int = 0


@dataclass(frozen=True)
class LogHead:
    """The public log at the time: how many leaves, and the tree's root (hexadecimal)."""

    size: int
    root: str


@dataclass(frozen=True)
class Words:
    """The document's own words, in `language`. Those with nothing to say are empty."""

    language: str
    dateline: str
    drafted_by: str
    signatories: str
    counts: tuple[str, ...]
    among: str
    organisations: str
    people: str
    about: str
    edition: str
    hash: str
    log: str
    original: str = ""
    behind: str = ""
    on_paper: str = ""


@dataclass(frozen=True)
class Document:
    """Everything that the PDF shows. `as_of`: the day of the counts and the lists.

    `language`: of the letter's text, as a BCP 47 tag. Lists come in the order to be shown;
    `people` are those who are not featured. `manifest_hash` is hexadecimal.
    """

    title: str
    addressee: str
    language: str
    body: tuple[Block, ...]
    drafters: tuple[str, ...]
    as_of: date
    organisations: tuple[Organisation, ...]
    featured: tuple[Person, ...]
    people: tuple[Person, ...]
    edition_number: int
    manifest_hash: str
    address: str
    log: LogHead | None
    words: Words
    paper: tuple[OnPaper, ...] = ()


def words_for(
    language: str,
    *,
    letter_language: str,
    counts: Counts,
    as_of: date,
    published: date | None,
    drafters: tuple[str, ...],
    edition_number: int,
    has_featured: bool,
    log: LogHead | None,
    original: str = "",
    behind: int = 0,
    has_paper: bool = False,
) -> Words:
    """The document's own words.

    `original`: of a translation the language in which the letter counts, by its own name; `behind`:
    how many blocks do not say what it says now.

    `language`: one that the product's words are in; `letter_language`: the letter's, in which its
    date is written. The drafters' names are isolated, the date of publication may be unknown.
    """
    around = writing_of(language).direction

    def day(when: date) -> str:
        return in_own_digits(formatting.long_day(when, language), language)

    def number(value: int) -> str:
        return in_own_digits(formatting.number(value, language), language)

    with override(language):
        return Words(
            language=language,
            dateline=_long_date(published, letter_language, language) if published else "",
            drafted_by=_("Drafted by %(names)s.")
            % {"names": formatting.joined([isolated(name, around) for name in drafters], language)}
            if drafters
            else "",
            signatories=_("Signatories"),
            counts=_counts(counts, day(as_of), number),
            among=_("Among the signatories"),
            organisations=_("Organisations"),
            people=_("More people") if has_featured else _("People"),
            about=_("About this document"),
            edition=_(
                "This is edition %(number)s of the letter, with its signatures as of %(day)s."
            )
            % {"number": number(edition_number), "day": day(as_of)},
            hash=_("Fingerprint (SHA-256) of the text that was signed:"),
            log=_("Public log of signatures at %(size)s entries; the root of its tree:")
            % {"size": number(log.size)}
            if log
            else "",
            original=_("The text that counts is the letter as it was written: %(language)s.")
            % {"language": isolated(original, around)}
            if original
            else "",
            behind=_behind(behind, number) if behind else "",
            on_paper=_("Signed on paper") if has_paper else "",
        )


def _counts(counts: Counts, day: str, number: Callable[[int], str]) -> tuple[str, ...]:
    lines = [
        _("As of %(day)s.") % {"day": day}
        + " "
        + _(
            "Signatures: %(total)s (organisations: %(organisations)s; people: %(people)s; "
            "countries: %(countries)s)."
        )
        % {
            "total": number(counts.organisations + counts.people),
            "organisations": number(counts.organisations),
            "people": number(counts.people),
            "countries": number(counts.countries),
        }
    ]
    if counts.unnamed:
        lines.append(
            ngettext(
                "%(number)s of them is counted without a name, as its owner chose.",
                "%(number)s of them are counted without a name, as their owners chose.",
                counts.unnamed,
            )
            % {"number": number(counts.unnamed)}
        )
    if counts.paper:
        lines.append(
            ngettext(
                "%(number)s more signature was given on paper and is counted apart.",
                "%(number)s more signatures were given on paper and are counted apart.",
                counts.paper,
            )
            % {"number": number(counts.paper)}
        )
    return tuple(lines)


def _behind(places: int, number: Callable[[int], str]) -> str:
    return ngettext(
        "This translation is behind the letter in %(number)s place, which is marked.",
        "This translation is behind the letter in %(number)s places, which are marked.",
        places,
    ) % {"number": number(places)}


def _long_date(day: date, language: str, otherwise: str) -> str:
    """A date in a language, or in another one if CLDR does not know the first."""
    written_in = language if formatting.is_known(language) else otherwise
    return in_own_digits(formatting.long_day(day, written_in), written_in)
