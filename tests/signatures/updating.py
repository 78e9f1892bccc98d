"""Updates and mailings for tests: an update in English that goes to everybody who asked."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from undersigned.letters.models import Letter, Mailing, Update
from undersigned.letters.updates import Words, begin_update
from undersigned.signatures.audiences import Audience
from undersigned.signatures.mailing import order_mailing
from undersigned.signatures.models import Kind, Signature, State, Visibility
from undersigned.signatures.rules import Details
from undersigned.signatures.worker_keys import WorkerKeys

HELLO = {"en": Words("They answered", "We met *them* on Monday.\n\n[More](https://example.org/)")}


def update_of(letter: Letter, texts: dict[str, Words] | None = None) -> Update:
    return begin_update(letter, texts or HELLO, actor="Ana")


def mailing_of(letter: Letter, audience: Audience | None = None, **changes: Any) -> Mailing:
    """Due now; `update=` for one that was written before."""
    options = {"starts_at": timezone.now(), "shows": True, "actor": "Ana", **changes}
    update = options.pop("update", None) or update_of(letter)
    return order_mailing(update, audience or Audience(), **options)


def many_readers(letter: Letter, keys: WorkerKeys, number: int) -> list[str]:
    """So many confirmed people who asked for updates, stored at once; returns their addresses."""
    sealer, now = keys.sealer(letter.pk), timezone.now()
    rows, addresses = [], [f"reader{n}@example.org" for n in range(number)]
    details = json.dumps(asdict(Details(name="Ana Example"))).encode()
    for address in addresses:
        row = Signature(
            letter=letter,
            edition_id=letter.edition_id,
            kind=Kind.INDIVIDUAL,
            state=State.CONFIRMED,
            visibility=Visibility.COUNTED,
            language="en",
            consent_updates=True,
            needs_mail=False,
            created_at=now,
            confirmed_at=now,
        )
        row.sealed_address = sealer.seal(row.pk, "address", address.encode())
        row.sealed_details = sealer.seal(row.pk, "details", details)
        row.address_index = keys.index(letter.pk.bytes, address)
        rows.append(row)
    Signature.objects.bulk_create(rows, batch_size=500)
    return addresses
