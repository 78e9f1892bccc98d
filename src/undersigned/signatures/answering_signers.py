"""Answer what signers ask for: the worker opens what is sealed, and mails, shows or erases."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, When
from django.utils import timezone

from undersigned.letters.models import Letter
from undersigned.letters.queries import letter_words
from undersigned.mail import outbox
from undersigned.mail.allowance import Ledger, Permit
from undersigned.signatures.addresses import normalise_address
from undersigned.signatures.appearing import APPEARANCE
from undersigned.signatures.asking import PURPOSE, Act
from undersigned.signatures.changes import replacing
from undersigned.signatures.consents import note_consents
from undersigned.signatures.correcting import arrival, shown, write_out
from undersigned.signatures.erasing import erase
from undersigned.signatures.finding import signed_from
from undersigned.signatures.letters_by_mail import Invitation, own_pages
from undersigned.signatures.mail_limits import forget_limits, mark_of_links
from undersigned.signatures.models import Signature, SignerRequest, State, Visibility
from undersigned.signatures.opening import open_address, open_details
from undersigned.signatures.saving import save_columns
from undersigned.signatures.signer_links import SignerLinks
from undersigned.signatures.staying_hidden import keep_hidden
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import INSTALLATION
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

log = logging.getLogger(__name__)

BATCH = 20
# Nobody who leaves waits behind the many whom a review shows again.
_FIRST = (Act.ERASE, Act.LINK, Act.LINKS, Act.SHOW)
# In one mail, the newest.
LINKS_AT_MOST = 50
# What its owner may still want to see or have deleted.
_OWNED = (State.CONFIRMED, State.LISTED, State.DECLINED, State.WITHDRAWN, State.VOID)


def answer_signers(keys: WorkerKeys) -> int:
    """Answer up to BATCH requests, each in a transaction; returns how many were dealt with."""
    away = keys.out_of_reach()
    # To be erased needs no key.
    due = SignerRequest.objects.filter(Q(act=Act.ERASE) | ~Q(signature__letter__in=away))
    if INSTALLATION in away:
        due = due.exclude(act=Act.LINKS)
    done = 0
    urgency = Case(*(When(act=act, then=place) for place, act in enumerate(_FIRST)))
    for key in list(due.order_by(urgency, "asked_at").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            done += _answer(key, keys)
    return done


def _answer(key: uuid.UUID, keys: WorkerKeys) -> int:
    # The signature first, as its owner's acts do: in another order each would wait for the other.
    Signature.objects.select_for_update(of=("self",)).filter(requests=key).only("pk").first()
    request = SignerRequest.objects.select_for_update().filter(pk=key).first()
    if request is None:
        return 0  # its owner thought better of it
    try:
        _ANSWERS[Act(request.act)](request, keys, timezone.now())
    except KeyMissing:
        return 0
    except CannotOpen:
        log.error("What a signer asked for cannot be opened; it is left out.")
    SignerRequest.objects.filter(pk=key).delete()
    return 1


def _mail_links(request: SignerRequest, keys: WorkerKeys, now: datetime) -> None:
    """To the address that asks, also if nothing was signed with it: the mail says so."""
    sealed = bytes(request.sealed_address or b"")
    address = keys.opener(INSTALLATION).open(request.pk, PURPOSE, sealed).decode()
    mailbox = normalise_address(address)
    letters = list(Letter.objects.values_list("pk", flat=True))
    owned = Signature.objects.filter(state__in=_OWNED, sealed_details__isnull=False)
    owned = owned.select_related("letter__edition")
    found = signed_from(mailbox, letters, owned, keys)
    found.sort(key=lambda row: row.created_at, reverse=True)
    _mail(request, found[:LINKS_AT_MOST], address, request.language, keys, now, seal=INSTALLATION)


def _mail_link(request: SignerRequest, keys: WorkerKeys, now: datetime) -> None:
    row = _row(request)
    if row.sealed_address is None:
        return
    address = open_address(row, keys.opener(row.letter_id))
    _mail(request, [row], address, row.language, keys, now, seal=row.letter_id)


def _mail(
    request: SignerRequest,
    rows: Sequence[Signature],
    address: str,
    language: str,
    keys: WorkerKeys,
    now: datetime,
    *,
    seal: uuid.UUID,
) -> None:
    """One mail with a link for each; none if the address had enough of these for now."""
    mailbox = normalise_address(address)
    mark = mark_of_links(mailbox, keys)
    allowance = Ledger([mark], now)
    topic = keys.index(request.act.encode() + seal.bytes, mailbox)
    if allowance.ask(mark, topic) is Permit.NO:
        return
    links = SignerLinks(now)
    pages = []
    for row in rows:
        try:
            details = open_details(row, keys.opener(row.letter_id))
        except (KeyMissing, CannotOpen):
            continue
        title = letter_words(row.letter, language).translation.title
        pages.append(Invitation(title, links.signer_link(row, details, request.act)))
    links.save()
    allowance.save()
    mail = own_pages(address, language, pages, site=settings.SITE_URL)
    cause = f"{request.act} {request.pk}"
    if request.signature_id:
        cause = f"{cause} {request.signature_id}"
    draft = outbox.Draft(cause=cause, topic="links", seal=seal, mail=mail)
    outbox.queue([draft], lambda letter: keys.sealer(letter).seal, now)


def _show(request: SignerRequest, keys: WorkerKeys, now: datetime) -> None:
    """Write a name out as its owner wants it shown now."""
    row = Signature.objects.select_for_update(of=("self",)).get(requests=request)
    if row.state != State.LISTED or row.sealed_details is None:
        return  # or nothing is left to write out
    entry = shown(row, keys)
    if keep_hidden([arrival(row, entry, keys)]):
        return
    wanted = Visibility(request.visibility)
    note_consents(row, wanted, now)  # nothing, where organisers had hidden the name
    with replacing(row, "appear", now):
        row.visibility, row.consent_publication = wanted, True
        write_out(row, entry)
        save_columns([row], APPEARANCE)
    Letter.objects.filter(pk=row.letter_id).update(revision=F("revision") + 1)


def _erase(request: SignerRequest, keys: WorkerKeys, now: datetime) -> None:
    row = _row(request)
    try:
        _forget_limits(row, keys)
    except (KeyMissing, CannotOpen):
        log.info("The mail limits of an address cannot be found; they end within a week.")
    erase([row.pk], now, actor="signer")


def _forget_limits(row: Signature, keys: WorkerKeys) -> None:
    """Of how often their address was mailed."""
    if row.sealed_address is not None:
        address = open_address(row, keys.opener(row.letter_id))
        forget_limits(normalise_address(address), keys)


def _row(request: SignerRequest) -> Signature:
    return Signature.objects.select_related("letter__edition").get(requests=request)


_ANSWERS = {Act.LINKS: _mail_links, Act.LINK: _mail_link, Act.SHOW: _show, Act.ERASE: _erase}
