"""Bring a list in: begun, looked through, stored or dropped. Each list is one ImportBatch.

While it is looked through, the list and everything decided about it stand sealed to the studio: no
name of it is in clear in the database before it is stored.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enter_list, make_ready
from undersigned.signatures.importing.brought import Brought, first_choices, form_of
from undersigned.signatures.importing.choices import Choices
from undersigned.signatures.importing.layout import Layout
from undersigned.signatures.importing.signatories import Individual, Organisation, Row
from undersigned.signatures.models import ImportBatch, Kind, Signature
from undersigned.signatures.rules import STANDING
from undersigned.vault.open import Opener
from undersigned.vault.seal import Sealer

LIST, CHOICES = "import", "import choices"
"""Purposes: what a sealed value of a batch is bound to."""

Step = ImportBatch.Step


class NotBeingRead(Exception):
    """The list was stored or dropped in the meantime."""


class NoTextYet(Exception):
    """The letter has no published text that signatories could stand under."""


class RowsToMend(Exception):
    """Some rows cannot be stored as they are; nothing was stored."""


class NobodyLeft(Exception):
    """There is no row to store."""


def begin(
    letter: Letter,
    content: bytes,
    sealer: Sealer,
    *,
    file_name: str,
    origin: str,
    kind: str,
    actor: str,
) -> ImportBatch:
    """Take a list in, without storing anybody; raises SheetNotReadable."""
    form = form_of(content, file_name)
    choices = first_choices(content, form, kind)
    batch_id = uuid4()
    return ImportBatch.objects.create(
        id=batch_id,
        letter=letter,
        form=form,
        file_name=file_name[:200],
        origin=origin,
        sha256=hashlib.sha256(content).digest(),
        sealed=sealer.seal(batch_id, LIST, content),
        choices=_seal_choices(batch_id, choices, sealer),
        actor=actor,
    )


def content_of(batch: ImportBatch, opener: Opener) -> bytes:
    """The list as it came; raises NotBeingRead and vault.open.CannotOpen."""
    if batch.step != Step.READING or batch.sealed is None:
        raise NotBeingRead
    return opener.open(batch.id, LIST, bytes(batch.sealed))


def choices_of(batch: ImportBatch, opener: Opener) -> Choices:
    """What was decided so far; raises NotBeingRead and vault.open.CannotOpen."""
    if batch.step != Step.READING:
        raise NotBeingRead
    sealed = base64.b64decode(batch.choices["sealed"])
    return Choices.from_json(json.loads(opener.open(batch.id, CHOICES, sealed)))


@transaction.atomic
def choose(
    batch: ImportBatch, opener: Opener, sealer: Sealer, change: Callable[[Choices], Choices]
) -> Choices:
    """Change what was decided; two people who do so at once lose nothing. Raises NotBeingRead."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    choices = change(choices_of(held, opener))
    held.choices = _seal_choices(held.id, choices, sealer)
    held.save(update_fields=["choices"])
    return choices


def save(batch: ImportBatch, layout: Layout, brought: Brought, *, actor: str) -> int:
    """List everybody, and forget the list itself; returns how many.

    Raises NotBeingRead, NoTextYet, RowsToMend and NobodyLeft, and then nothing was stored.
    """
    if layout.faulty:
        raise RowsToMend
    entries = [_with_beside(laid.id, laid.entry, brought) for laid in layout.rows]
    rows = _make_ready(batch, entries)
    with transaction.atomic():
        _store(batch, rows, actor=actor)
    return len(rows)


def store_at_once(batch: ImportBatch, entries: Sequence[Enrolled]) -> int:
    """Store a batch that was never looked through, and its entries; returns how many.

    Raises NoTextYet and NobodyLeft, and then nothing was stored.
    """
    rows = _make_ready(batch, entries)
    with transaction.atomic():
        batch.save(force_insert=True)
        _store(batch, rows, actor=batch.actor)
    return len(rows)


def _make_ready(batch: ImportBatch, entries: Sequence[Enrolled]) -> list[Signature]:
    """The rows to be stored; made before the transaction, which keeps others from signing."""
    letter = Letter.objects.select_related("edition").get(pk=batch.letter_id)
    if letter.edition is None:
        raise NoTextYet
    if not entries:
        raise NobodyLeft
    return make_ready(letter, entries, batch=batch)


def _store(batch: ImportBatch, rows: Sequence[Signature], *, actor: str) -> None:
    ours = ImportBatch.objects.filter(pk=batch.pk, step=Step.READING)
    now = timezone.now()
    saved = {"step": Step.SAVED, "saved_rows": len(rows), "saved_at": now}
    if not ours.update(**saved, sealed=None, choices={}):
        raise NotBeingRead
    enter_list(rows, now)
    LetterEvent.objects.create(
        letter_id=batch.letter_id,
        actor=actor,
        act="import signatories",
        details={"import": str(batch.pk), "signatures": len(rows)},
    )
    count_changes(batch.letter)


@transaction.atomic
def drop(batch: ImportBatch, *, actor: str) -> None:
    """Forget a list that nobody stored; raises NotBeingRead."""
    ours = ImportBatch.objects.filter(pk=batch.pk, step=Step.READING)
    if not ours.update(step=Step.DROPPED, sealed=None, choices={}):
        raise NotBeingRead
    LetterEvent.objects.create(
        letter_id=batch.letter_id, actor=actor, act="drop import", details={"import": str(batch.pk)}
    )


def listed_rows(letter: Letter) -> list[Row]:
    """Who is on the letter's list by name, as rows to compare with."""
    listed = Signature.objects.filter(
        letter=letter, state__in=STANDING, visibility="public"
    ).exclude(name="")
    rows: list[Row] = []
    for kind, name, sorts_as, country, place in listed.values_list(
        "kind", "name", "sorts_as", "country", "place"
    ).iterator():
        if kind == Kind.ORGANISATION:
            rows.append(Organisation(id="", name=name, place=place, country=country or None))
        else:
            rows.append(
                Individual(id="", name=name, sorting_name=sorts_as, country=country or None)
            )
    return rows


def _with_beside(row: str, entry: Enrolled, brought: Brought) -> Enrolled:
    beside = brought.beside.get(row)
    if beside is None:
        return entry
    return replace(entry, language=beside.language, signed_at=_moment(beside.signed_on))


def _moment(day: date | None) -> datetime | None:
    """A day that is not yet over, or is still to come, is no day on which anybody signed."""
    if day is None or day >= timezone.now().date():
        return None
    return datetime.combine(day, time(), UTC)


def _seal_choices(batch: UUID, choices: Choices, sealer: Sealer) -> dict[str, str]:
    sealed = sealer.seal(batch, CHOICES, json.dumps(choices.to_json()).encode())
    return {"sealed": base64.b64encode(sealed).decode()}
