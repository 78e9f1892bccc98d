"""Set a letter up: who may sign and what is asked, goal and deadline, colours, people, logo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from undersigned.letters.logos import Logo
from undersigned.letters.merging import Conflict
from undersigned.letters.merging_records import merge_records
from undersigned.letters.models import Letter, LetterEvent
from undersigned.letters.publishing import bump_revision

SETTINGS = (
    "people_may_sign",
    "organisations_may_sign",
    "organisations_are_held",
    "withdrawals",
    "cautious_countries",
    "pseudonyms",
    "asks",
    "goal",
    "deadline",
    "time_zone",
    "drafters",
    "facilitator",
    "contacts",
    "hashtag",
    "accent",
)


@dataclass(frozen=True)
class SetUp:
    """`changed`: names of settings. With `conflicts`, by name, nothing was stored."""

    changed: tuple[str, ...] = ()
    conflicts: dict[str, tuple[Conflict[Any], ...]] = field(default_factory=dict)


def settings_of(letter: Letter) -> dict[str, Any]:
    """A letter's settings by name."""
    return {name: getattr(letter, name) for name in SETTINGS}


@transaction.atomic
def set_up(
    letter: Letter, began_with: Mapping[str, Any], wanted: Mapping[str, Any], *, actor: str
) -> SetUp:
    """Store what somebody chose in a form that began with certain settings.

    What others changed meanwhile stays; what both changed, each in another way, is a conflict.
    """
    row = Letter.objects.select_for_update(of=("self",)).defer("logo").get(pk=letter.pk)
    current = settings_of(row)
    merged = merge_records({**current, **began_with}, {**current, **wanted}, current)
    if merged.conflicts:
        return SetUp(conflicts=merged.conflicts)
    changed = tuple(name for name in SETTINGS if merged.values[name] != current[name])
    if changed:
        for name in changed:
            setattr(row, name, merged.values[name])
        row.save(update_fields=changed)
        _note(row, actor, "change settings", {"settings": sorted(changed)})
    return SetUp(changed)


@transaction.atomic
def set_logo(letter: Letter, logo: Logo | None, *, actor: str) -> None:
    """Give the letter a logo, or take it away."""
    Letter.objects.filter(pk=letter.pk).update(logo=logo and logo.content)
    _note(letter, actor, "set logo" if logo else "remove logo", {})


def _note(letter: Letter, actor: str, act: str, details: dict[str, Any]) -> None:
    bump_revision(letter)
    LetterEvent.objects.create(letter=letter, actor=actor, act=act, details=details)
