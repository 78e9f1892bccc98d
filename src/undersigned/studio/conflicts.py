"""What two people changed in the same place, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from undersigned.letters.differences import as_text
from undersigned.letters.field_names import field_name
from undersigned.letters.merging import Conflict
from undersigned.letters.time_zones import say_hour


@dataclass(frozen=True)
class Question:
    """One place: its field, what stood there before, and what the two made of it, as text."""

    field: str
    before: str
    mine: str
    theirs: str


def conflicts_by_field(
    conflicts: Mapping[str, Sequence[Conflict[Any]]], labels: Mapping[str, Any] | None = None
) -> list[Question]:
    """`labels`: what fields are called that are no part of a text."""
    return [
        Question(
            field=str((labels or {}).get(name, field_name(name))),
            before=_said(conflict.base),
            mine=_said(conflict.mine),
            theirs=_said(conflict.theirs),
        )
        for name, found in conflicts.items()
        for conflict in found
    ]


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return say_hour(value, "UTC")
    return as_text(value) or _("(nothing)")
