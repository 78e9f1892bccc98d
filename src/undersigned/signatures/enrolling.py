"""Enter signatories who were gathered before, elsewhere: from a list that somebody vouches for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from undersigned.letters.models import Letter
from undersigned.signatures.changes import enter
from undersigned.signatures.folding import search_words, sort_key
from undersigned.signatures.models import (
    ImportBatch,
    Kind,
    Signature,
    Source,
    State,
    Visibility,
)
from undersigned.signatures.staying_hidden import arrival_in_clear, keep_hidden


class EntryTooLong(ValueError):
    """A part of an entry does not fit. One sentence that says which, and what to do."""


@dataclass(frozen=True)
class Enrolled:
    """One signatory of a list. `place` as written; `country` an ISO 3166-1 code or empty.

    `language` and `signed_at` where the list tells them.
    """

    kind: Kind
    name: str
    sorts_as: str = ""
    title: str = ""
    affiliation: str = ""
    place: str = ""
    country: str = ""
    website: str = ""
    is_featured: bool = False
    language: str = ""
    signed_at: datetime | None = None


def enroll(
    letter: Letter, entries: Sequence[Enrolled], *, batch: ImportBatch | None = None
) -> None:
    """List them all, in one transaction; raises EntryTooLong before anything is stored."""
    enter_list(make_ready(letter, entries, batch=batch), timezone.now())


@transaction.atomic
def enter_list(rows: Sequence[Signature], at: datetime) -> None:
    """Store rows that are ready; whoever belongs to a hidden group is hidden before they appear.

    Raises vault.seal.SealingKeyMissing, and then nothing was stored.
    """
    enter(rows, at)
    keep_hidden(arrival_in_clear(row) for row in rows)


def make_ready(
    letter: Letter, entries: Sequence[Enrolled], *, batch: ImportBatch | None = None
) -> list[Signature]:
    """The rows to be stored. There is no address, so nothing is sealed.

    Whoever enters a list states that its people agreed to be published: that is the consent.
    Raises EntryTooLong. Takes seconds for thousands, and so stands apart from the transaction.
    """
    for entry in entries:
        _check_lengths(entry)
    now = timezone.now()
    return [
        Signature(
            letter=letter,
            edition=letter.edition,
            kind=entry.kind,
            state=State.LISTED,
            visibility=Visibility.PUBLIC,
            language=entry.language or letter.source_language,
            source=Source.IMPORT,
            country=entry.country,
            consent_publication=True,
            consent_updates=False,
            needs_mail=False,
            created_at=entry.signed_at or now,
            batch=batch,
            name=entry.name,
            title=entry.title,
            affiliation=entry.affiliation,
            place=entry.place,
            search=search_words(entry.name, entry.title, entry.affiliation, entry.place),
            sorts_as=entry.sorts_as,
            sort_key=sort_key(entry.sorts_as or entry.name),
            is_featured=entry.is_featured,
            position=position,
            void_because="",
            held_because="",
            website=entry.website,
        )
        for position, entry in enumerate(entries)
    ]


def _check_lengths(entry: Enrolled) -> None:
    for field in Signature._meta.concrete_fields:
        text = getattr(entry, field.name, "")
        if isinstance(text, str) and field.max_length and len(text) > field.max_length:
            raise EntryTooLong(
                f"“{text[:40]}…” has {len(text)} characters; {field.max_length} are the most "
                f"for this part of an entry ({field.name}). Shorten it, or divide it into entries."
            )
