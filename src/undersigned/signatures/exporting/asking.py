"""Order an export, approve one that holds addresses, and know who may."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import errands
from undersigned.signatures.exporting.presets import PRESETS, Preset, Purpose
from undersigned.signatures.models import ErrandState, Export
from undersigned.teams.models import Person
from undersigned.teams.rules import Act

SHEETS = ("csv", "xlsx", "ods", "json")
FORMS = ("pdf", *SHEETS)
LIFETIME = timedelta(hours=24)
# Waiting, and approved where that is needed: what the worker may take.
MAY_BE_WRITTEN = Q(needs_approval=False) | ~Q(approved_by="")


class NoSuchExport(ValueError):
    """There is no such form, or it cannot hold this preset: a PDF holds no addresses."""


class SamePerson(Exception):
    """Whoever asked for addresses cannot approve it: that takes a second person."""


class NothingToApprove(Exception):
    """It was approved, cancelled or written in the meantime."""


def holds_addresses(preset: Preset) -> bool:
    return preset.purpose in {Purpose.CONTACTS, Purpose.RECORD}


def act_for(preset: Preset) -> Act:
    """What somebody must be allowed to do who orders or fetches it."""
    return Act.EXPORT_CONTACTS if holds_addresses(preset) else Act.EXPORT_NAMES


def check_form(form: str, preset: Preset) -> None:
    """Raises NoSuchExport."""
    if form not in FORMS or (form == "pdf" and holds_addresses(preset)):
        raise NoSuchExport


@transaction.atomic
def ask(letter: Letter, person: Person, *, form: str, preset: Preset, language: str) -> Export:
    """Order an export; the worker writes it, an approval permitting. Raises NoSuchExport."""
    check_form(form, preset)
    export = Export.objects.create(
        letter=letter,
        form=form,
        preset=preset.name,
        language=language,
        actor=person.name,
        asked_by=person,
        needs_approval=holds_addresses(preset),
    )
    _note(export, person.name, "ask for export")
    return export


@transaction.atomic
def approve(export: Export, person: Person) -> None:
    """Let the worker write it; raises SamePerson or NothingToApprove."""
    if export.asked_by_id == person.pk:
        raise SamePerson
    waiting = Export.objects.filter(
        pk=export.pk, state=ErrandState.WAITING, needs_approval=True, approved_by=""
    )
    if not waiting.update(approved_by=person.name):
        raise NothingToApprove
    _note(export, person.name, "approve export")


@transaction.atomic
def cancel(export: Export, person: Person) -> bool:
    """Take an order back; False if it had ended before."""
    was_open = errands.cancel(export)
    if was_open:
        _note(export, person.name, "cancel export")
    return was_open


def again(export: Export, person: Person) -> Export:
    """Order the same once more, by whoever asks now."""
    return ask(
        export.letter,
        person,
        form=export.form,
        preset=PRESETS[export.preset],
        language=export.language,
    )


def note_fetched(export: Export, person: Person) -> None:
    """That the file left the installation, and by whom."""
    _note(export, person.name, "fetch export")


def is_there(export: Export, now: datetime | None = None) -> bool:
    """Whether the file can be fetched."""
    now = now or timezone.now()
    is_fresh = export.expires_at is not None and now < export.expires_at
    return export.state == ErrandState.DONE and is_fresh and export.sealed_key is not None


def file_name(export: Export) -> str:
    """`my-letter-public-en-2026-11-23.pdf`."""
    day = export.asked_at.date().isoformat()
    return f"{export.letter.slug}-{export.preset}-{export.language}-{day}.{export.form}"


def path_of(export: Export) -> Path:
    """Where its file lies, sealed."""
    return Path(settings.DATA) / "media" / "exports" / str(export.pk)


def _note(export: Export, actor: str, act: str) -> None:
    details = {"form": export.form, "preset": export.preset, "language": export.language}
    LetterEvent.objects.create(letter_id=export.letter_id, actor=actor, act=act, details=details)
