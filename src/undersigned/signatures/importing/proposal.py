"""What was read, what is in doubt, and the final reading once the doubts are settled."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from undersigned.signatures.importing.flags import Alter, Change, Flag, Swap, Write
from undersigned.signatures.importing.signatories import Individual, Organisation, Row


class UnknownFlag(Exception):
    """A flag that the proposal does not have was accepted."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and the paragraph under it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class RelatedCampaign:
    """Another campaign that the page points to."""

    title: str
    tags: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class LetterText:
    """The letter and the page around it.

    `language` is a CLDR code (`en`) or "" if not known; `last_update` an ISO date (2021-12-21) or
    None. Paragraphs are single lines without line breaks.
    """

    title: str = ""
    language: str = ""
    introduction: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    call_heading: str = ""
    call: tuple[str, ...] = ()
    ways_to_help: tuple[Passage, ...] = ()
    related_campaigns: tuple[RelatedCampaign, ...] = ()
    drafters: tuple[str, ...] = ()
    facilitator: str = ""
    contacts: tuple[str, ...] = ()
    hashtag: str = ""
    last_update: str | None = None

    def to_json(self) -> dict[str, object]:
        """Return the letter's own parts; the lists beside it stand next to it in a reading."""
        words = " ".join(self.body).split()
        return {
            "title": self.title,
            "language": self.language,
            "paragraphs": len(self.body),
            "first_words": " ".join(words[:8]),
            "last_words": " ".join(words[-7:]),
            "hashtag": self.hashtag,
            "last_update": self.last_update,
            "introduction": list(self.introduction),
            "body": list(self.body),
            "call_heading": self.call_heading,
            "call": list(self.call),
            "ways_to_help": [
                {"heading": passage.heading, "text": passage.text} for passage in self.ways_to_help
            ],
            "contacts": list(self.contacts),
        }


@dataclass(frozen=True, slots=True)
class IgnoredLine:
    """A line that is no part of the reading, and why."""

    line: int
    text: str
    reason: str

    def to_json(self) -> dict[str, object]:
        """Return the line with its number and the reason."""
        return {"line": self.line, "text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome: a letter and its signatories, in the order of the page."""

    letter: LetterText = LetterText()
    organisations: tuple[Organisation, ...] = ()
    featured: tuple[Individual, ...] = ()
    others: tuple[Individual, ...] = ()
    left_out: tuple[Row, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return a dictionary ready for JSON, with stable keys.

        `letter` (see `LetterText`), `drafters`, `facilitator`, `related_campaigns`,
        `organisations`, `featured_individuals`, `other_individuals`, `left_out`, and `counts`.
        """
        letter = self.letter
        people = self.featured + self.others
        return {
            "letter": letter.to_json(),
            "drafters": list(letter.drafters),
            "facilitator": letter.facilitator,
            "related_campaigns": [
                {"title": other.title, "tags": list(other.tags), "description": other.description}
                for other in letter.related_campaigns
            ],
            "organisations": [row.to_json() for row in self.organisations],
            "featured_individuals": [row.to_json() for row in self.featured],
            "other_individuals": [row.to_json() for row in self.others],
            "left_out": [row.to_json() for row in self.left_out],
            "counts": {
                "organisations": len(self.organisations),
                "featured_individuals": len(self.featured),
                "other_individuals": len(self.others),
                "countries": len({row.country for row in self.organisations if row.country}),
                "countries_of_everybody": len(
                    {row.country for row in self.organisations + people if row.country}
                ),
                "organisations_with_place_label_only": sum(
                    bool(row.place) and row.country is None for row in self.organisations
                ),
            },
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the reader proposes, before anybody has answered its flags.

    `accounts` says of every line of the page that is not blank what it was read as.
    """

    letter: LetterText = LetterText()
    organisations: tuple[Organisation, ...] = ()
    featured: tuple[Individual, ...] = ()
    others: tuple[Individual, ...] = ()
    flags: tuple[Flag, ...] = ()
    ignored: tuple[IgnoredLine, ...] = ()
    accounts: tuple[tuple[int, str], ...] = ()

    def accept_all(self) -> Reading:
        """Return the reading with every suggestion taken."""
        return self.accept(flag.id for flag in self.flags)

    def accept(self, flag_ids: Iterable[str]) -> Reading:
        """Return the reading with the suggestions of `flag_ids` taken, the others declined.

        A declined suggestion leaves the row as it was written; of a possible duplicate the second
        row is left out. Raises `UnknownFlag`.
        """
        accepted = set(flag_ids)
        unknown = accepted - {flag.id for flag in self.flags}
        if unknown:
            raise UnknownFlag(f"The proposal has no flag {', '.join(sorted(unknown))}.")
        return _carry_out(self, _chosen(self.flags, accepted))

    def to_json(self) -> dict[str, object]:
        """Return the reading with nothing changed, as `Reading.to_json`, with three keys more.

        `flags`, `ignored` (line, text, reason), and `lines`: how many lines were read as what.
        """
        counts: dict[str, int] = {}
        for _, read_as in self.accounts:
            counts[read_as] = counts.get(read_as, 0) + 1
        as_written = Reading(self.letter, self.organisations, self.featured, self.others)
        return {
            **as_written.to_json(),
            "flags": [flag.to_json() for flag in self.flags],
            "ignored": [line.to_json() for line in self.ignored],
            "lines": dict(sorted(counts.items())),
        }


def _chosen(flags: tuple[Flag, ...], accepted: Collection[str]) -> list[Change]:
    """Changes of whole rows come first: a row that is split can then be altered in its parts."""
    changes = [
        change
        for flag in flags
        for change in (flag.changes if flag.id in accepted else flag.otherwise)
    ]
    return sorted(changes, key=lambda change: not isinstance(change, Swap))


def _carry_out(proposal: Proposal, changes: list[Change]) -> Reading:
    letter = proposal.letter
    rows: dict[str, tuple[Row, ...]] = {
        row.id: (row,) for row in proposal.organisations + proposal.featured + proposal.others
    }
    altered: dict[str, dict[str, str | None]] = {}
    left_out: list[Row] = []
    for change in changes:
        if isinstance(change, Swap):
            _swap(rows, change, left_out)
        elif isinstance(change, Alter):
            altered.setdefault(change.row, {}).update(change.values)
        else:
            letter = _write(letter, change)
    final = [_alter(row, altered.get(row.id, {})) for place in rows.values() for row in place]
    people = [row for row in final if isinstance(row, Individual)]
    return Reading(
        letter=letter,
        organisations=tuple(row for row in final if isinstance(row, Organisation)),
        featured=tuple(row for row in people if row.featured),
        others=tuple(row for row in people if not row.featured),
        left_out=tuple(left_out),
    )


def _write(letter: LetterText, change: Write) -> LetterText:
    changes: dict[str, Any] = {change.field: change.value}
    return replace(letter, **changes)


def _alter(row: Row, values: dict[str, str | None]) -> Row:
    changes: dict[str, Any] = dict(values)
    return replace(row, **changes) if changes else row


def _swap(rows: dict[str, tuple[Row, ...]], swap: Swap, left_out: list[Row]) -> None:
    """A row that another change has already taken away stays away."""
    present = [row for row in swap.rows if rows.get(row)]
    if swap.rows and not present:
        return
    if not swap.by:
        left_out.extend(row for name in present for row in rows[name])
    for name in present:
        rows[name] = ()
    rows[present[0] if present else swap.by[0].id] = swap.by
