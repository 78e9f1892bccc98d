"""What somebody decided about a list that is being brought in."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

EDITABLE = ("kind", "name", "title", "affiliation", "place", "country", "website")
"""The parts of a row that can be changed by hand. All text; `country` an ISO code or empty."""


@dataclass(frozen=True)
class Choices:
    """How a list is read, and what was answered and changed by hand.

    `sheet`: the name of the sheet, `header` the number of the row that names the columns (0 for
    none), `columns` what each holds, all for sheets. `kind`: what all rows are, empty if they
    differ. `is_page`: the text seems to be a whole page, with a letter above the list;
    `whole_page`: only its signatories are taken. `answers`: by a flag's identity, whether its
    suggestion is taken; open questions are taken as suggested. `left_out` and `edits`: by a row's
    identity.
    """

    sheet: str = ""
    header: int = 0
    columns: tuple[str, ...] = ()
    kind: str = ""
    is_page: bool = False
    whole_page: bool = False
    answers: dict[str, bool] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    edits: dict[str, dict[str, str]] = field(default_factory=dict)

    def reading(self) -> tuple[object, ...]:
        """What decides how the rows are read; the rest is applied to them afterwards."""
        return (self.sheet, self.header, self.columns, self.kind, self.whole_page)

    def read_anew(self, **changes: Any) -> Choices:
        """The same list read in another way: rows get other identities, so answers go."""
        return replace(self, **changes, answers={}, left_out=frozenset(), edits={})

    def answered(self, flag: str, *, accepted: bool) -> Choices:
        """With one question answered."""
        return replace(self, answers={**self.answers, flag: accepted})

    def without(self, row: str, *, left_out: bool) -> Choices:
        """With one row left out, or brought back."""
        rows = self.left_out | {row} if left_out else self.left_out - {row}
        return replace(self, left_out=rows)

    def edited(self, row: str, edit: dict[str, str]) -> Choices:
        """With one row changed by hand."""
        return replace(self, edits={**self.edits, row: edit})

    def to_json(self) -> dict[str, Any]:
        """Return a dictionary ready for JSON."""
        return {**asdict(self), "left_out": sorted(self.left_out)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Choices:
        """Return what `to_json` gave."""
        return cls(
            **{
                **stored,
                "columns": tuple(stored["columns"]),
                "left_out": frozenset(stored["left_out"]),
            }
        )
