"""Flags: what the reader is unsure of, and the changes it suggests."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from undersigned.signatures.importing.signatories import Row


class Code(StrEnum):
    """Why something is flagged. Codes are stable: programs may rely on them."""

    PLACE_MISSPELT = "place_misspelt"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_CONTESTED = "place_contested"
    PLACE_IS_PART = "place_is_part"
    PLACE_IS_CITY = "place_is_city"
    PLACE_AMBIGUOUS = "place_ambiguous"
    PLACE_SEVERAL = "place_several"
    PLACE_MISSING = "place_missing"
    PLACE_IN_NAME = "place_in_name"
    COMMA_UNSURE = "comma_unsure"
    CITY_UNSURE = "city_unsure"
    TWO_BRACKETS = "two_brackets"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    PERSON_SPLIT = "person_split"
    PEOPLE_JOINED = "people_joined"
    TITLE_NOT_SEPARATED = "title_not_separated"
    SURNAME_FIRST = "surname_first"
    ONE_WORD_NAME = "one_word_name"
    SIGNED_ON_BEHALF = "signed_on_behalf"
    ROWS_JOINED = "rows_joined"
    COLUMNS_UNSURE = "columns_unsure"
    NUMBER_IN_ROW = "number_in_row"
    ROW_WRAPPED = "row_wrapped"
    ROW_IS_PROSE = "row_is_prose"
    NOT_A_SIGNER = "not_a_signer"
    SUBHEADING = "subheading"
    KIND_UNSURE = "kind_unsure"
    ADDRESS_IN_ROW = "address_in_row"
    ADDRESS_HIDDEN = "address_hidden"
    COUNT_DIFFERS = "count_differs"
    LIST_START_UNSURE = "list_start_unsure"
    NO_SIGNATORIES = "no_signatories"
    TITLE_UNSURE = "title_unsure"
    BODY_MISSING = "body_missing"
    LANGUAGE_UNSURE = "language_unsure"
    DATE_UNSURE = "date_unsure"
    DRAFTERS_UNSURE = "drafters_unsure"
    HASHTAGS_SEVERAL = "hashtags_several"
    CAMPAIGNS_UNSURE = "campaigns_unsure"
    TEXT_UNPLACED = "text_unplaced"


@dataclass(frozen=True, slots=True)
class Alter:
    """Give fields of a row new values."""

    row: str
    values: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """Put `by` in the place of `rows`; without `rows`, add them at the end of the list."""

    rows: tuple[str, ...]
    by: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Write:
    """Give a field of the letter a new value."""

    field: str
    value: str | tuple[str, ...] | None


Change = Alter | Swap | Write


@dataclass(frozen=True, slots=True)
class Flag:
    """One doubt.

    `where` is the list or the part of the letter; `rows` are identities of rows, `lines` numbers
    of lines of the page, from 1. `changes` are made if the suggestion is accepted, `otherwise`
    if it is declined (usually none: the row stays as it was written).
    """

    id: str
    code: Code
    where: str
    reason: str
    suggestion: str
    rows: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    otherwise: tuple[Change, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return what a person or a program needs to decide."""
        return {
            "id": self.id,
            "code": self.code.value,
            "where": self.where,
            "rows": list(self.rows),
            "lines": list(self.lines),
            "reason": self.reason,
            "suggestion": self.suggestion,
            "changes_something": bool(self.changes),
        }


def merge_flags(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Make one flag of those with the same identity: one question per misspelt country."""
    merged: dict[str, list[Flag]] = {}
    for flag in flags:
        merged.setdefault(flag.id, []).append(flag)
    return tuple(_merge(same) for same in merged.values())


def _merge(same: list[Flag]) -> Flag:
    if len(same) == 1:
        return same[0]
    return replace(
        same[0],
        rows=tuple(dict.fromkeys(row for flag in same for row in flag.rows)),
        lines=tuple(dict.fromkeys(line for flag in same for line in flag.lines)),
        changes=tuple(change for flag in same for change in flag.changes),
        otherwise=tuple(change for flag in same for change in flag.otherwise),
    )
