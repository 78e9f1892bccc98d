"""People sign a letter of `tools.scene`: from the form to the list, each on a day of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

LATELY = timedelta(days=2)


@dataclass(frozen=True)
class Arrival:
    """A form that somebody hands in, when, and how they choose to appear."""

    kind: str
    name: str
    address: str
    at: datetime
    country: str = ""
    language: str = "en"
    role: str = ""
    website: str = ""
    appears: str = "public"
    confirms: bool = True
    wants_updates: bool = False
    doubt: str = ""


def have_signed(letter: Any, keys: Any, arrivals: Sequence[Arrival], *, by: Any) -> None:
    """Store, answer, confirm, decide, list and count, as web and worker do."""
    from django.utils import timezone

    from undersigned.signatures.counting import count_changes
    from undersigned.signatures.deciding import By, accept
    from undersigned.signatures.listing import list_confirmed
    from undersigned.signatures.models import Signature
    from undersigned.signatures.notifying import answer_pending
    from undersigned.signatures.organisations import register_listed
    from undersigned.signatures.signing import store

    now, desk = timezone.now(), _desk(letter)
    store([_row(desk, one) for one in arrivals])
    while answer_pending(keys):
        pass
    _confirm(letter, {one.at for one in arrivals if one.confirms}, now)
    held = Signature.objects.filter(
        letter=letter, state="confirmed", confirmed_at__lt=now - LATELY
    ).exclude(held_because="")
    accept(By(letter, by.name, by.pk), list(held.values_list("pk", flat=True)))
    for duty in (list_confirmed, register_listed):
        while duty(keys):
            pass
    while count_changes():
        pass


def _desk(letter: Any) -> Any:
    from undersigned.signatures.signing import Desk
    from undersigned.vault.seal import Sealer

    return Desk(letter.pk, letter.edition_id, True, None, Sealer(bytes(letter.sealing_key)))


def _row(desk: Any, arrival: Arrival) -> tuple[Any, ...]:
    """As the web stores it, but on its day."""
    from undersigned.signatures.rules import Details
    from undersigned.signatures.signing import COLUMNS, Entry, prepare

    entry = Entry(
        kind=arrival.kind,
        address=arrival.address,
        details=Details(name=arrival.name, role=arrival.role, website=arrival.website),
        visibility=arrival.appears,
        language=arrival.language,
        country=arrival.country,
        consent_publication=True,
        consent_updates=arrival.wants_updates,
    )
    values = dict(zip(COLUMNS, prepare(desk, entry, arrival.doubt), strict=True))
    return tuple({**values, "created_at": arrival.at}.values())


def _confirm(letter: Any, days: set[datetime], now: datetime) -> None:
    """Let those press the button who came at these moments, some minutes later."""
    from undersigned.signatures.changes import record
    from undersigned.signatures.models import Kind, Signature, Visibility
    from undersigned.signatures.rules import SHOWN, Act, reason_to_hold

    rows = Signature.objects.filter(letter=letter, state="pending", created_at__in=days)
    found = list(rows)
    for row in found:
        row.confirmed_at = row.created_at + timedelta(minutes=7)
        row.consent_publication = Visibility(row.visibility) in SHOWN
        row.held_because = reason_to_hold(kind=Kind(row.kind), organisations_are_held=True)
    fields = ("consent_publication", "confirmed_at", "held_because")
    record(found, Act.CONFIRM, now, fields=fields)
