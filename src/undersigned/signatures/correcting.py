"""Correct how a signature is written: spelling, title, place. The original is kept.

A correction is sealed to the letter, as what was typed is; the worker applies it. What was sealed
stays as it was typed, and what stood in clear (all of an imported entry; the country) is kept in
`before`. So a correction can be withdrawn, and the entry is as it was.
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.letters.places import country_names
from undersigned.signatures.changes import replacing
from undersigned.signatures.deciding import By
from undersigned.signatures.folding import search_words, sort_key
from undersigned.signatures.hidden_groups import Arrival
from undersigned.signatures.models import Case, Correction, Signature, State, Visibility
from undersigned.signatures.opening import open_details
from undersigned.signatures.rules import STANDING, Details, clean_name, clean_text, initials
from undersigned.signatures.saving import save_columns
from undersigned.signatures.staying_hidden import keep_hidden
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen
from undersigned.vault.seal import Sealer

log = logging.getLogger(__name__)

BATCH = 50
PURPOSE = "correction"
# What can be corrected, with the most code points each may have.
LENGTHS = {"name": 120, "title": 120, "affiliation": 160, "place": 80, "website": 200}
FIELDS = (*LENGTHS, "country")
_CLEAR = ("place", "country", "sorts_as")
_WRITTEN = (*FIELDS, "sorts_as", "search", "sort_key")


class CannotCorrect(Exception):
    """The signature is none that stands, or the correction is gone."""


class UnknownCountry(ValueError):
    """Not a country's ISO 3166-1 code."""


class NotAWebsite(ValueError):
    """Not an address of the web that a page may link to."""


@dataclass(frozen=True)
class Shown:
    """An entry as its owner and the corrections have it, before its visibility is looked at."""

    details: Details
    place: str
    country: str
    sorts_as: str


@transaction.atomic
def correct(by: By, signature: uuid.UUID, changes: Mapping[str, str]) -> Correction:
    """Note corrected fields, for the worker to apply.

    `changes`: some of FIELDS. Raises CannotCorrect, rules.NameRefused, UnknownCountry,
    NotAWebsite, and vault.seal.SealingKeyMissing.
    """
    row = (
        Signature.objects.select_for_update()
        .filter(pk=signature, letter=by.letter, state__in=STANDING)
        .first()
    )
    if row is None:
        raise CannotCorrect
    fields = {name: _clean(name, value, row.kind) for name, value in changes.items()}
    correction = new_correction(row, by.letter, fields, by.actor)
    correction.save(force_insert=True)
    _note(by.letter, by.actor, "correct signature", row, sorted(fields))
    return correction


def new_correction(
    row: Signature, letter: Letter, fields: Mapping[str, str], actor: str
) -> Correction:
    """Sealed to the letter, not saved yet; raises vault.seal.SealingKeyMissing."""
    correction = Correction(
        signature=row, actor=actor, at=timezone.now(), before=_before(row), sealed=b""
    )
    sealer = Sealer(bytes(letter.sealing_key or b""))
    correction.sealed = sealer.seal(correction.pk, PURPOSE, json.dumps(fields).encode())
    return correction


@transaction.atomic
def withdraw_correction(by: By, correction: uuid.UUID) -> Correction:
    """Have the worker write the entry as it was without it; raises CannotCorrect."""
    found = Correction.objects.filter(
        pk=correction,
        signature__letter=by.letter,
        is_withdrawn=False,
        waits=False,
        is_pseudonym=False,  # which only its owner gives up
    ).select_related("signature")
    row = found.first()
    if row is None:
        raise CannotCorrect
    row.is_withdrawn, row.is_applied = True, False
    row.save(update_fields=["is_withdrawn", "is_applied"])
    _note(by.letter, by.actor, "withdraw correction", row.signature, [])
    return row


def apply_corrections(keys: WorkerKeys) -> int:
    """Write out up to BATCH corrections; returns how many. What is not listed gets them then."""
    due = (
        Correction.objects.filter(is_applied=False, waits=False)
        .exclude(signature__letter__in=keys.out_of_reach())
        .order_by("at")[:BATCH]
    )
    done = 0
    for correction in due:
        with transaction.atomic():
            done += _apply(correction, keys)
    return done


def _apply(correction: Correction, keys: WorkerKeys) -> int:
    row = Signature.objects.select_for_update().get(pk=correction.signature_id)
    try:
        as_shown = shown(row, keys)
        arrives = arrival(row, as_shown, keys)
    except KeyMissing:
        return 0
    except CannotOpen:
        log.error("A correction of signature %s cannot be opened; it is left out.", row.pk)
    else:
        if row.state == State.LISTED and keep_hidden([arrives]):
            row.refresh_from_db()
        _rewrite(row, as_shown)
    Correction.objects.filter(pk=correction.pk).update(is_applied=True)
    Case.objects.filter(signature=row).update(is_stale=True)
    return 1


def _rewrite(row: Signature, entry: Shown) -> None:
    """Country and place at once, in the count too; names only where they are shown already."""
    if row.state not in STANDING:
        return  # who left in the meantime, or is struck out, gets it if they ever come back
    if row.state != State.LISTED:
        row.country, row.place = entry.country, entry.place
        save_columns([row], ("country", "place"))
        return
    # A row that leaves one country's count and enters another's.
    moves = row.country != entry.country
    with replacing(row, "correct", timezone.now()) if moves else nullcontext():
        write_out(row, entry)
        save_columns([row], _WRITTEN)
    Letter.objects.filter(pk=row.letter_id).update(revision=F("revision") + 1)


def write_out(row: Signature, entry: Shown) -> None:
    """Fill the clear columns in memory, as far as the owner's choice goes."""
    row.country, row.place = entry.country, entry.place
    if row.visibility == Visibility.PUBLIC:
        row.name = entry.details.name
        row.title = entry.details.title
        row.affiliation = entry.details.affiliation
        row.website = entry.details.website
        row.sorts_as = entry.sorts_as
    elif row.visibility == Visibility.INITIALS:
        row.name = initials(entry.details.name)
    row.search = search_words(row.name, row.title, row.affiliation)
    row.sort_key = sort_key(row.sorts_as or row.name) if row.name else b""


def shown(row: Signature, keys: WorkerKeys) -> Shown:
    """The entry with all corrections that stand; raises KeyMissing or CannotOpen."""
    corrections = sorted(row.corrections.all(), key=lambda one: (one.at, one.pk))
    entry = _original(row, corrections, keys)
    for correction in corrections:
        if not correction.is_withdrawn and not correction.waits:
            entry = _with(entry, _open(correction, row, keys))
    return entry


def arrival(row: Signature, entry: Shown, keys: WorkerKeys) -> Arrival:
    """What hidden groups are looked for in; raises KeyMissing or CannotOpen."""
    affiliations = [entry.details.affiliation]
    if row.is_pseudonym and row.sealed_details is not None:
        affiliations.append(read_details(row, keys).affiliation)
    corrections = sorted(row.corrections.all(), key=lambda one: (one.at, one.pk))
    chose_in = corrections[0].before["country"] if corrections else row.country
    return Arrival(row, entry.details.name, tuple(affiliations), entry.country, chose_in)


def _original(row: Signature, corrections: Sequence[Correction], keys: WorkerKeys) -> Shown:
    """As typed; what stood in clear, as it was before the first correction."""
    clear = corrections[0].before if corrections else _before(row)
    if row.sealed_details is None:
        names = ("name", "title", "affiliation", "website")
        details = Details(**{name: clear[name] for name in names})
    else:
        details = read_details(row, keys)
    return Shown(details, **{name: clear[name] for name in _CLEAR})


def read_details(signature: Signature, keys: WorkerKeys) -> Details:
    """What was typed; raises KeyMissing or CannotOpen."""
    opener = keys.opener(signature.letter_id)
    return Details(**json.loads(open_details(signature, opener)))


def _with(entry: Shown, fields: Mapping[str, str]) -> Shown:
    names = {name: value for name, value in fields.items() if hasattr(entry.details, name)}
    rest = {name: value for name, value in fields.items() if name not in names}
    if "name" in fields:
        rest["sorts_as"] = ""
    return replace(entry, details=replace(entry.details, **names), **rest)


def _open(correction: Correction, row: Signature, keys: WorkerKeys) -> dict[str, str]:
    opener = keys.opener(row.letter_id)
    opened: dict[str, str] = json.loads(
        opener.open(correction.pk, PURPOSE, bytes(correction.sealed))
    )
    return opened


def _before(row: Signature) -> dict[str, str]:
    """What stands in clear and would be lost: of imports everything, else place and country."""
    names = (*FIELDS, "sorts_as") if row.sealed_details is None else _CLEAR
    return {name: getattr(row, name) for name in names}


def _clean(name: str, value: str, kind: str) -> str:
    if name == "name":
        return clean_name(value, kind=kind, length=LENGTHS["name"])
    if name == "country":
        if value and value not in country_names("en"):
            raise UnknownCountry(value)
        return value
    if name == "website":
        if value and not is_website(value):
            raise NotAWebsite(value)
        return value
    return clean_text(value, length=LENGTHS[name])


def is_website(value: str) -> bool:
    """Whether a page may link to it."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and "." in (parts.hostname or "").strip(".")
        and parts.username is None
        and len(value) <= LENGTHS["website"]
        and value.isprintable()
        and not set(value) & set(" <>\"'\\")
    )


def _note(letter: Letter, actor: str, act: str, row: Signature, fields: list[str]) -> None:
    LetterEvent.objects.create(
        letter=letter,
        actor=actor,
        act=act,
        details={"signature": str(row.pk), **({"fields": fields} if fields else {})},
    )
