"""What a signer consented to: each by itself, with its exact wording and the time.

Publication and delivery follow from how somebody appears; updates stand for themselves. Taking one
back never takes another along, but for the publication, which nobody can keep without delivery.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from undersigned.letters.models import Edition, Translation
from undersigned.signatures.journal import NO, UPDATES, YES, note
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


def consent_history(row: Signature) -> list[Consent]:
    """Each time that one was given or taken back, from signing on, by purpose and in order."""
    told = []
    changes = list(row.consent_changes.order_by("at", "pk"))
    for purpose in Purpose:
        these = [change for change in changes if change.purpose == purpose]
        at_first = not these[0].is_given if these else given(row)[purpose]
        if at_first:
            told.append(_signed(row, purpose, is_given=True))
        told += [_changed(change) for change in these]
    return told


def _consent(row: Signature, purpose: Purpose, latest: ConsentChange | None) -> Consent:
    is_given = given(row)[purpose]
    if latest is None:
        return _signed(row, purpose, is_given=is_given)
    return replace(_changed(latest), is_given=is_given)


def _signed(row: Signature, purpose: Purpose, *, is_given: bool) -> Consent:
    """As it was chosen at the form, or behind the link that confirmed."""
    since = row.created_at if purpose == Purpose.UPDATES else row.confirmed_at
    return _worded(purpose, row.edition, row.language, since if is_given else None, is_given)


def _changed(change: ConsentChange) -> Consent:
    purpose = Purpose(change.purpose)
    return _worded(purpose, change.edition, change.language, change.at, change.is_given)


def _worded(
    purpose: Purpose,
    edition: Edition,
    language: str,
    at: datetime | None,
    is_given: bool,
) -> Consent:
    words = _words(edition, language)
    return Consent(
        purpose=purpose,
        is_given=is_given,
        words=getattr(words, f"consent_{purpose}", "") if words else "",
        language=words.language if words else language,
        at=at,
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
            note(UPDATES, [row.pk], at, YES if wanted else NO)
            changed += 1
    return changed


def _words(edition: Edition, language: str) -> Translation | None:
    """Those of the page in their language, or of the letter's own where it has no such page."""
    found = {one.language: one for one in edition.translations.all()}
    return found.get(language) or found.get(edition.letter.source_language)
