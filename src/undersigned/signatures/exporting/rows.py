"""Read the signatures of a letter as rows of an export, a few hundred at a time.

Each portion is a query of its own: a long read on SQLite would stand in the way of the progress
that the same connection writes. Whoever signs meanwhile may be in the file or not.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext

from undersigned.letters.models import Letter, Translation
from undersigned.letters.places import country_names
from undersigned.signatures.correcting import shown
from undersigned.signatures.exporting.columns import ExportRow
from undersigned.signatures.exporting.presets import Purpose
from undersigned.signatures.models import Signature, State, Visibility
from undersigned.signatures.rules import SHOWN
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.open import CannotOpen

log = logging.getLogger(__name__)

PORTION = 500


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row, and what it is ordered by; `position` counts among the featured."""

    row: ExportRow
    sorts_as: str
    position: int


def count_rows(letter: Letter, purpose: Purpose) -> int:
    """How many signatures are read for a purpose; not all of them need be in the file."""
    return _wanted(letter, purpose).count()


def read_rows(
    letter: Letter, purpose: Purpose, language: str, keys: WorkerKeys
) -> Iterator[ReadRow]:
    """Organisations first, each kind by name. Countries are named in `language`.

    Addresses are opened where the purpose may hold them, names where only the addressee may see
    them. What cannot be opened stays empty. Raises vault.keys.KeyMissing.
    """
    wordings = _wordings(letter)
    countries = country_names(language)
    order = ("-kind", "sort_key", "position", "id")
    ids = list(_wanted(letter, purpose).order_by(*order).values_list("id", flat=True))
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        found = Signature.objects.select_related("edition", "organisation").filter(pk__in=portion)
        if purpose is Purpose.ADDRESSEE:
            found = found.prefetch_related("corrections")
        by_id = {signature.pk: signature for signature in found}
        for id_ in portion:
            if id_ in by_id:  # erased a moment ago
                signature = by_id[id_]
                yield ReadRow(
                    row=_row(signature, purpose, keys, wordings, countries),
                    sorts_as=signature.sorts_as,
                    position=signature.position,
                )


def _wanted(letter: Letter, purpose: Purpose) -> QuerySet[Signature]:
    found = Signature.objects.filter(letter=letter)
    if purpose is Purpose.RECORD:
        return found
    if purpose is Purpose.CONTACTS:
        stands = Q(state__in=(State.CONFIRMED, State.LISTED))
        return found.filter(stands, consent_updates=True, sealed_address__isnull=False)
    visible = SHOWN if purpose is Purpose.PUBLIC else (*SHOWN, Visibility.RECIPIENT)
    found = found.filter(state=State.LISTED, visibility__in=visible)
    # Whose name went with the letter's key.
    found = found.exclude(visibility=Visibility.RECIPIENT, sealed_details=None)
    if letter.edition is None:
        return found
    # A name under another text says nothing of this one.
    return found.filter(edition__text_number=letter.edition.text_number)


def _wordings(letter: Letter) -> dict[tuple[int, str], str]:
    """What was agreed to, by edition and language."""
    texts = Translation.objects.filter(edition__letter=letter)
    return {
        (edition, language): wording
        for edition, language, wording in texts.values_list(
            "edition", "language", "consent_updates"
        )
    }


def _row(
    signature: Signature,
    purpose: Purpose,
    keys: WorkerKeys,
    wordings: dict[tuple[int, str], str],
    countries: dict[str, str],
) -> ExportRow:
    wording = wordings.get((signature.edition_id, signature.language), "")
    row = ExportRow(
        kind=signature.kind,
        name=signature.name,
        native_name=_native_name(signature),
        title=signature.title,
        affiliation=signature.affiliation,
        website=signature.website,
        place=signature.place,
        country_code=signature.country,
        country=countries.get(signature.country, ""),
        language=signature.language,
        signed_on=signature.created_at.date(),
        confirmed_on=_day(signature.confirmed_at),
        state=signature.state,
        visibility=signature.visibility,
        source=signature.source,
        edition=str(signature.edition.number),
        featured=signature.is_featured,
        consent_publication=signature.consent_publication,
        consent_updates=signature.consent_updates,
        updates_wording=wording if signature.consent_updates else "",
    )
    if purpose in {Purpose.CONTACTS, Purpose.RECORD}:
        # An address beside a pseudonym would tell who it is.
        name = "" if signature.is_pseudonym else row.name
        return replace(row, name=name, email=_address(signature, keys))
    if signature.visibility == Visibility.RECIPIENT:
        row = _with_names(row, signature, keys, countries)
    return _marked(row, signature)


def _native_name(signature: Signature) -> str:
    """Of an organisation as the registry has it, which knows nothing of who is hidden."""
    is_named = signature.visibility in {Visibility.PUBLIC, Visibility.RECIPIENT}
    if signature.organisation is None or not is_named:
        return ""
    return signature.organisation.native_name


def _marked(row: ExportRow, signature: Signature) -> ExportRow:
    """A pseudonym says that it is one; initials say nothing that would need it."""
    if not signature.is_pseudonym or not row.name or row.visibility == Visibility.INITIALS:
        return row
    return replace(row, name=f"{row.name} ({pgettext('after a name', 'pseudonym')})")


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


def _address(signature: Signature, keys: WorkerKeys) -> str:
    """Opened only with its owner's consent to be written to."""
    if not signature.consent_updates or signature.sealed_address is None:
        return ""
    try:
        opener = keys.opener(signature.letter_id)
        return opener.open(signature.pk, "address", bytes(signature.sealed_address)).decode()
    except CannotOpen:
        _note_unreadable(signature.pk)
        return ""


def _with_names(
    row: ExportRow, signature: Signature, keys: WorkerKeys, countries: dict[str, str]
) -> ExportRow:
    """As typed and corrected: what is for the addressee alone stands in no clear column."""
    try:
        entry = shown(signature, keys)
    except CannotOpen:
        _note_unreadable(signature.pk)
        return row
    return replace(
        row,
        name=entry.details.name,
        title=entry.details.title,
        affiliation=entry.details.affiliation,
        website=entry.details.website,
        place=entry.place,
        country_code=entry.country,
        country=countries.get(entry.country, ""),
    )


def _note_unreadable(signature: UUID) -> None:
    log.error("Signature %s cannot be opened; it is left empty in an export.", signature)
