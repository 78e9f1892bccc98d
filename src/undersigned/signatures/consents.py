"""What a signer consented to: each by itself, with its exact wording and the time.

Publication and delivery follow from how somebody appears; updates stand for themselves. Taking one
back never takes another along, but for the publication, which nobody can keep without delivery.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from undersigned.letters.models import Edition, Translation
from undersigned.signatures.models import ConsentChange, Purpose, Signature, Visibility
from undersigned.signatures.rules import SHOWN


@dataclass(frozen=True)
class Consent:
    """One consent as it stands. `words`: as they stood beside the box, in `language`.

    Delivery has no words of the letter's own: it was chosen by how to appear. `at`: when it was
    given, or taken back; None if it was never given.
    """

    purpose: str
    is_given: bool
    words: str
    language: str
    at: datetime | None


def consents_of(row: Signature) -> list[Consent]:
    """All three, in the order of Purpose."""
    latest = {change.purpose: change for change in row.consent_changes.order_by("at", "pk")}
    return [_consent(row, purpose, latest.get(purpose)) for purpose in Purpose]


def _consent(row: Signature, purpose: Purpose, latest: ConsentChange | None) -> Consent:
    is_given = given(row)[purpose]
    edition = latest.edition if latest else row.edition
    language = latest.language if latest else row.language
    words = _words(edition, language)
    since = row.created_at if purpose == Purpose.UPDATES else row.confirmed_at
    return Consent(
        purpose=purpose,
        is_given=is_given,
        words=getattr(words, f"consent_{purpose}", "") if words else "",
        language=words.language if words else language,
        at=latest.at if latest else since if is_given else None,
    )


def given(row: Signature) -> dict[Purpose, bool]:
    """Which of them stand; also of those whose name organisers hid, for their own safety."""
    return {
        Purpose.PUBLICATION: row.consent_publication,
        Purpose.UPDATES: row.consent_updates,
        Purpose.DELIVERY: row.consent_publication or row.visibility != Visibility.COUNTED,
    }


def note_consents(row: Signature, wanted: Visibility, at: datetime) -> None:
    """Before a row changes how it appears: what this gives or takes back."""
    before = given(row)
    after = {
        Purpose.PUBLICATION: wanted in SHOWN,
        Purpose.DELIVERY: wanted != Visibility.COUNTED,
    }
    changes = {one: is_given for one, is_given in after.items() if before[one] != is_given}
    note_changes(row, changes, at)


def note_changes(row: Signature, changes: dict[Purpose, bool], at: datetime) -> None:
    """Write down consents that were given or taken back, with the words that they stand beside."""
    ConsentChange.objects.bulk_create(
        ConsentChange(
            signature=row,
            purpose=purpose,
            is_given=is_given,
            edition_id=row.edition_id,
            language=row.language,
            at=at,
        )
        for purpose, is_given in changes.items()
    )


def set_updates(rows: Iterable[Signature], at: datetime, *, wanted: bool) -> int:
    """Give the consent to updates, or take it back; returns for how many that was news.

    To be called in a transaction.
    """
    changed = 0
    for row in rows:
        same = Signature.objects.filter(pk=row.pk, consent_updates=not wanted)
        if same.update(consent_updates=wanted):
            note_changes(row, {Purpose.UPDATES: wanted}, at)
            changed += 1
    return changed


def _words(edition: Edition, language: str) -> Translation | None:
    """Those of the page in their language, or of the letter's own where it has no such page."""
    found = {one.language: one for one in edition.translations.all()}
    return found.get(language) or found.get(edition.letter.source_language)
