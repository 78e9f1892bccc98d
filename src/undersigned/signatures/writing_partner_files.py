"""Write files for partners: the worker's errand. Nothing of them is on the disk in clear.

One CSV inside one age file, to the partner's confirmed key and to nobody else:

    action    `contact`, or `erase`: the partner has the address and must delete it
    email
    name      if it is public, else empty; never a pseudonym
    language  in which they signed
    agreed_on
    words     that stood beside the box, in that language

Who is in a file is noted (`PassedOn`) in the transaction that finishes it, so that the partner can
be told when they leave (`partner_erasures`).
"""

from __future__ import annotations

import csv
import io
import logging
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from undersigned.letters.models import LetterEvent, Partner
from undersigned.letters.partnering import has_key
from undersigned.signatures import errands
from undersigned.signatures.errands import Cancelled, Failed
from undersigned.signatures.exporting import failing
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.exporting.formulas import harmless, harmless_address
from undersigned.signatures.models import (
    PartnerConsent,
    PartnerFile,
    PassedOn,
    Signature,
    Visibility,
)
from undersigned.signatures.partner_erasures import (
    forget_told,
    note_signed_anew,
    note_told,
    to_erase,
)
from undersigned.signatures.partner_files import (
    FOLDER,
    LIFETIME,
    STANDING,
    WORKER,
    order_due_files,
    path_of,
    remove_expired,
)
from undersigned.signatures.partner_proofs import is_proven, prove_given
from undersigned.signatures.telling_partners import tell_of_file
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen
from undersigned.vault.panics import panics_as_faults
from undersigned.vault.recipients import RecipientRefused, encrypt_to

log = logging.getLogger(__name__)

PORTION = 500
COLUMNS = ("action", "email", "name", "language", "agreed_on", "words")
CONTACT, ERASE = "contact", "erase"
# Whose name may stand beside an address.
_NAMED = Signature.objects.filter(visibility=Visibility.PUBLIC, is_pseudonym=False)


@dataclass
class _Content:
    """What is in a file, noted as it is written: signatures, those `named` in it, PassedOn.

    `addresses`: of contacts, folded, with the signature; `anew`: see `note_signed_anew`.
    """

    partner: Partner
    file: PartnerFile
    keys: WorkerKeys
    consents: Sequence[int]
    leaving: Sequence[int]
    addresses: dict[str, UUID] = field(default_factory=dict)
    contacts: list[UUID] = field(default_factory=list)
    named: list[UUID] = field(default_factory=list)
    told: list[int] = field(default_factory=list)
    anew: dict[int, UUID] = field(default_factory=dict)
    erasures: int = 0


def write_partner_files(keys: WorkerKeys) -> int:
    """Order what is due, remove what is over, write the oldest order; returns how much was done."""
    now = timezone.now()
    done = prove_given(keys) + forget_told(now) + remove_expired(now) + order_due_files(now)
    file = errands.take(PartnerFile, now)
    if file is None:
        return done
    # Under a name of its own: a worker that was taken for dead may be writing the same one.
    part = media_folder(FOLDER) / f"{file.pk}.{secrets.token_hex(4)}"
    try:
        with panics_as_faults():
            _write(file, part, keys)
    except Cancelled:
        pass
    except Failed as failure:
        errands.fail(file, str(failure))
    except Exception:
        errands.fail(file, failing.UNKNOWN)
        raise
    finally:
        part.unlink(missing_ok=True)
    return done + 1


def _write(file: PartnerFile, part: Path, keys: WorkerKeys) -> None:
    partner = Partner.objects.select_related("letter").get(pk=file.partner_id)
    if not has_key(partner):
        raise Failed(failing.NO_PARTNER_KEY)
    leaving = list(to_erase(partner).order_by("pk").values_list("pk", flat=True))
    content = _Content(partner, file, keys, _consents(partner), leaving)
    try:
        with part.open("wb") as written:
            encrypt_to(partner.recipient, _rows(content), cast("BinaryIO", written))
            written.flush()
            os.fsync(written.fileno())
            size = written.tell()
    except RecipientRefused:
        raise Failed(failing.NO_PARTNER_KEY) from None
    except KeyMissing:
        raise Failed(failing.LETTER_CLOSED) from None
    part.chmod(0o640)
    part.replace(path_of(file))
    try:
        _finish(content, size)
    except Cancelled:
        path_of(file).unlink(missing_ok=True)
        raise


@transaction.atomic
def _finish(content: _Content, size: int) -> None:
    """The file is there, with a number, and who is in it is noted; raises Cancelled."""
    partner, file, now = content.partner, content.file, timezone.now()
    Partner.objects.select_for_update(of=("self",)).only("pk").get(pk=partner.pk)
    # Whoever took their consent back, or hid their name, while it was written is in it.
    someone_left = _has_changed(content)
    earlier = PartnerFile.objects.filter(partner=partner)
    last = earlier.aggregate(Max("number"))["number__max"] or 0
    # A file is whole: of two that wait, the older one would only confuse.
    earlier.filter(expires_at__gt=now).update(expires_at=now)
    errands.finish(
        file,
        number=last + 1,
        recipient=partner.recipient,
        contacts=len(content.contacts),
        erasures=content.erasures,
        size=size,
        expires_at=now if someone_left else now + LIFETIME,
        is_overtaken=someone_left,
        is_there=True,
    )
    _note_given(content)
    if not someone_left:
        note_signed_anew(partner, content.anew)
        tell_of_file(file, content.keys, now)
    LetterEvent.objects.create(
        letter_id=partner.letter_id,
        actor=WORKER,
        act="write partner file",
        details={
            "partner": partner.name,
            "number": last + 1,
            "contacts": len(content.contacts),
            "erasures": content.erasures,
        },
    )


def _has_changed(content: _Content) -> bool:
    given = PartnerConsent.objects.filter(partner=content.partner, taken_back_at=None)
    stand = [
        given.filter(signature__in=some).count() for some in batched(content.contacts, PORTION)
    ]
    are_named = [_NAMED.filter(pk__in=some).count() for some in batched(content.named, PORTION)]
    return sum(stand) != len(content.contacts) or sum(are_named) != len(content.named)


def _note_given(content: _Content) -> None:
    partner, file = content.partner, content.file
    note_told(PassedOn.objects.filter(partner=partner))
    for contacts in batched(content.contacts, PORTION):
        given = PassedOn.objects.filter(partner=partner, signature__in=contacts)
        given.filter(given_in__fetched_at=None).update(given_in=file)
        given.update(told_in=None, told_at=None)
        PassedOn.objects.bulk_create(
            (PassedOn(partner=partner, signature=one, given_in=file) for one in contacts),
            ignore_conflicts=True,
        )
    for told in batched(content.told, PORTION):
        PassedOn.objects.filter(pk__in=told).update(told_in=file)


def _consents(partner: Partner) -> list[int]:
    """Who stands and asked to hear from the partner; nobody once it has ended."""
    if partner.ended_at is not None:
        return []
    found = PartnerConsent.objects.filter(
        partner=partner,
        taken_back_at=None,
        signature__state__in=STANDING,
        signature__sealed_address__isnull=False,
    )
    return list(found.order_by("given_at", "pk").values_list("pk", flat=True))


def _rows(content: _Content) -> Iterator[bytes]:
    """The CSV, a portion at a time. Raises KeyMissing, errands.Cancelled."""
    total = len(content.consents) + len(content.leaving)
    yield _csv([COLUMNS])
    done = 0
    for consents in batched(content.consents, PORTION):
        errands.report(content.file, done, total)
        yield _csv(_contacts(content, consents))
        done += len(consents)
    for leaving in batched(content.leaving, PORTION):
        errands.report(content.file, done, total)
        yield _csv(_erasures(content, leaving))
        done += len(leaving)
    errands.report(content.file, done, total)


def _contacts(content: _Content, consents: Sequence[int]) -> Iterator[Sequence[str]]:
    found = PartnerConsent.objects.select_related("signature", "wording").in_bulk(consents)
    for key in consents:
        # Taken back or erased a moment ago, or not its owner's.
        if key not in found or found[key].taken_back_at is not None:
            continue
        if not is_proven(found[key], content.keys):
            log.error("A consent of signature %s is unproven.", found[key].signature_id)
            continue
        row, wording = found[key].signature, found[key].wording
        address = _open(content, row.pk, row.sealed_address)
        if address:
            content.contacts.append(row.pk)
            content.addresses[address.casefold()] = row.pk
            agreed_on = found[key].given_at.date().isoformat()
            is_named = row.visibility == Visibility.PUBLIC and not row.is_pseudonym
            name = row.name if is_named else ""
            content.named += [row.pk] if name else []
            yield CONTACT, address, name, row.language, agreed_on, wording.words


def _erasures(content: _Content, leaving: Sequence[int]) -> Iterator[Sequence[str]]:
    passed = PassedOn.objects.in_bulk(leaving)
    ids = [one.signature for one in passed.values()]
    in_rows = dict(Signature.objects.filter(pk__in=ids).values_list("pk", "sealed_address"))
    for key in leaving:
        if key in passed:
            one = passed[key]
            sealed = one.sealed_address or in_rows.get(one.signature)
            address = _open(content, one.signature, sealed)
            if not address:
                continue
            if anew := content.addresses.get(address.casefold()):
                content.anew[key] = anew
                continue
            content.told.append(key)
            content.erasures += 1
            yield ERASE, address, "", "", "", ""


def _open(content: _Content, signature: UUID, sealed: Any) -> str:
    """The address; nothing if it is gone or was altered."""
    opener = content.keys.opener(content.partner.letter_id)
    try:
        return opener.open(signature, "address", bytes(sealed or b"")).decode()
    except CannotOpen:
        log.error("Signature %s cannot be opened; it is left out of a file.", signature)
        return ""


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180; no cell that a spreadsheet program would run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for action, address, *rest in rows:
        writer.writerow([action, harmless_address(address), *map(harmless, rest)])
    return text.getvalue().encode()
