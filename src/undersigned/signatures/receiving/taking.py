"""Take in a mail that signs: see whose it is, and store what it says.

- the author's domain vouches for it (DKIM): the signature is confirmed, and a receipt goes back;
- nothing speaks for or against it: pending, and the worker mails a link, as for the form;
- forged, written by a machine, seen before, or not to a letter of ours: nothing.

Nobody but the author is ever written to, within the limits of all mail to an address. The address
and what was typed are sealed; of the mail itself nothing is kept but a keyed index of its number.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from enum import Enum

import dns.exception
import dns.resolver
from django.conf import settings
from django.db import IntegrityError, transaction

from undersigned.letters.models import PUBLIC_STATES, Letter
from undersigned.letters.queries import letter_path, letter_words
from undersigned.mail import outbox
from undersigned.mail.allowance import Ledger, Permit
from undersigned.signatures.addresses import normalise_address
from undersigned.signatures.authority.dns_proof import system_resolver
from undersigned.signatures.changes import record
from undersigned.signatures.day_counting import count_started
from undersigned.signatures.letters_by_mail import Occasion, already_signed
from undersigned.signatures.mailboxes import has_signed, is_disowned
from undersigned.signatures.models import ReceivedMail, Signature, Source, State
from undersigned.signatures.receiving.addressing import slugs_in
from undersigned.signatures.receiving.authentic import Proof, judge
from undersigned.signatures.receiving.entering import NotUnderstood, read_entry
from undersigned.signatures.receiving.labels import all_labels
from undersigned.signatures.receiving.lines import read_lines
from undersigned.signatures.receiving.reading import OLDEST, LeftAlone, Received, read_mail
from undersigned.signatures.receiving.replies import not_taken, receipt
from undersigned.signatures.receiving.slow_domains import SlowDomains
from undersigned.signatures.rules import Act, reason_to_hold
from undersigned.signatures.signer_links import SignerLinks
from undersigned.signatures.signing import COLUMNS, Desk, Entry, SigningClosed, prepare
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen
from undersigned.vault.seal import Sealer, SealingKeyMissing

# Longer than a mail may be old, so that none can be taken in twice.
REMEMBERED = 2 * OLDEST
# Bytes of a mail's mark that tell causes apart; the column takes no more.
_MARK = 16


class Outcome(Enum):
    """What became of a mail."""

    TAKEN = "taken"  # dealt with, or dealt with before: it can be deleted
    LEFT = "left"  # nothing of ours
    LATER = "later"  # the name servers gave no answer, or signing is paused
    NOT_YET = "not yet"  # others of its domain keep us waiting; it was not tried


@dataclass(frozen=True)
class _Case:
    """One mail to one letter."""

    letter: Letter
    mail: Received
    proof: Proof
    keys: WorkerKeys
    now: datetime

    @property
    def mailbox(self) -> str:
        return normalise_address(self.mail.sender)


def take_mail(
    raw: bytes,
    keys: WorkerKeys,
    now: datetime,
    resolver: dns.resolver.Resolver | None = None,
    slow: SlowDomains | None = None,
) -> Outcome:
    """Take one mail in, in one transaction. Asks name servers first, for some seconds at most.

    `slow`: for who takes in many, one after the other.
    Raises vault.keys.KeyMissing where the worker has no keys, and DatabaseError.
    """
    try:
        mail = read_mail(raw, now, _ours())
    except LeftAlone:
        return Outcome.LEFT
    letter = _letter(mail)
    if letter is None:
        return Outcome.LEFT
    mark = keys.index(b"received", mail.message_id)
    if ReceivedMail.objects.filter(mark=mark).exists():
        return Outcome.TAKEN
    slow = slow or SlowDomains()
    if slow.is_held(mail.domain):
        return Outcome.NOT_YET
    began_at = time.monotonic()
    try:
        proof = judge(raw, mail, resolver or system_resolver())
    except dns.exception.DNSException:  # the machine has no resolver
        return Outcome.LATER
    took = time.monotonic() - began_at
    slow.note(mail.domain, math.inf if proof is Proof.LATER else took)
    if proof is Proof.LATER:
        return Outcome.LATER
    if proof is Proof.FORGED:
        return Outcome.LEFT
    try:
        with transaction.atomic():
            ReceivedMail.objects.create(mark=mark, at=now)
            _answer(_Case(letter, mail, proof, keys, now))
    except (IntegrityError, SealingKeyMissing):
        # Another process took in the same mail, or the same mailbox signed, at this moment; or
        # signing is paused.
        return Outcome.LATER
    return Outcome.TAKEN


def forget_received(now: datetime) -> int:
    """Drop what is too old to come again; returns how many."""
    return ReceivedMail.objects.filter(at__lte=now - REMEMBERED).delete()[0]


def _ours() -> frozenset[str]:
    """Addresses that we send from, or that are read by us."""
    found = (parseaddr(settings.DEFAULT_FROM_EMAIL)[1], settings.BOUNCE_ADDRESS)
    return frozenset(one.lower() for one in (*found, settings.SIGN_ADDRESS) if one)


def _letter(mail: Received) -> Letter | None:
    """The one public letter that a mail is addressed to."""
    slugs = slugs_in(mail.to)
    public = Letter.objects.select_related("edition").filter(state__in=PUBLIC_STATES)
    return public.filter(slug=slugs.pop()).first() if len(slugs) == 1 else None


def _answer(case: _Case) -> None:
    typed = read_lines(case.mail.text, all_labels())
    try:
        entry = read_entry(case.letter, case.mail, typed)
        row = _row(case, entry)
    except (NotUnderstood, SigningClosed) as fault:
        if case.proof is Proof.PROVEN:
            language = typed.language(case.letter.source_language)
            _explain(case, language, is_closed=isinstance(fault, SigningClosed))
        return
    # Who is to be warned before their name appears reads the page behind a link first.
    is_at_risk = row.consent_publication and row.country in case.letter.cautious_countries
    if case.proof is Proof.PROVEN and not is_at_risk:
        _confirm(case, row)
    else:
        row.save(force_insert=True)  # the worker answers it as it answers the form


def _row(case: _Case, entry: Entry) -> Signature:
    letter = case.letter
    sealer = Sealer(bytes(letter.sealing_key) if letter.sealing_key else None)
    is_open = letter.takes_signatures(case.now)
    desk = Desk(letter.pk, letter.edition_id or 0, is_open, letter.deadline, sealer)
    values = dict(zip(COLUMNS, prepare(desk, entry), strict=True))
    values["letter_id"], values["edition_id"] = values.pop("letter"), values.pop("edition")
    return Signature(source=Source.MAIL, state=State.PENDING, **values)


def _confirm(case: _Case, row: Signature) -> None:
    """What the press of the button behind a link does, for a mail that needs none."""
    row.address_index = case.keys.index(case.letter.pk.bytes, case.mailbox)
    same_mailbox = list(
        Signature.objects.select_related("letter").filter(
            letter=case.letter, address_index=row.address_index
        )
    )
    if is_disowned(same_mailbox):
        return
    if has_signed(same_mailbox):
        _tell(case, "already", next(one for one in same_mailbox if has_signed([one])))
        return
    row.needs_mail = False
    row.save(force_insert=True)
    row.confirmed_at = case.now
    row.held_because = reason_to_hold(
        kind=row.kind, organisations_are_held=case.letter.organisations_are_held
    )
    count_started([row])
    record([row], Act.CONFIRM, case.now, fields=("confirmed_at", "held_because"))
    _tell(case, "received", row)


def _tell(case: _Case, topic: str, row: Signature) -> None:
    """A receipt, or that they had signed before; with the link to their own page."""
    if not _may_mail(case, topic):
        return
    links = SignerLinks(case.now)
    row.letter = case.letter
    try:
        opener = case.keys.opener(case.letter.pk)
        details = opener.open(row.pk, "details", bytes(row.sealed_details or b""))
        own_url = links.signer_link(row, details, topic)
    except (KeyMissing, CannotOpen):
        own_url = ""
    links.save()
    occasion = _occasion(case, row.language)
    if topic == "already":
        mail = already_signed(occasion, [], own_url=own_url)
    else:
        mail = receipt(occasion, visibility=row.visibility, held=row.held_because, own_url=own_url)
    # By its number in the cause, it is found when its owner asks for it or is erased.
    _queue(case, f"{topic} {row.pk}", topic, mail)


def _explain(case: _Case, language: str, *, is_closed: bool) -> None:
    if _may_mail(case, "not taken"):
        mail = not_taken(_occasion(case, language), is_closed=is_closed)
        _queue(case, "not taken", "not taken", mail)


def _may_mail(case: _Case, topic: str) -> bool:
    mark = case.keys.index(b"mail", case.mailbox)
    about = case.keys.index(b"mail " + topic.encode() + case.letter.pk.bytes, case.mailbox)
    allowance = Ledger([mark], case.now)
    permit = allowance.ask(mark, about)
    allowance.save()
    return permit is not Permit.NO


def _occasion(case: _Case, language: str) -> Occasion:
    return Occasion(
        to=case.mail.sender,
        language=language,
        title=letter_words(case.letter, language).translation.title,
        letter_url=settings.SITE_URL + letter_path(case.letter, language),
        by_mail=True,
    )


def _queue(case: _Case, about: str, topic: str, mail: outbox.Mail) -> None:
    mark = case.keys.index(b"received", case.mail.message_id)[:_MARK]
    cause = f"{about} {mark.hex()}"
    draft = outbox.Draft(cause=cause, topic=topic, seal=case.letter.pk, mail=mail)
    outbox.queue([draft], lambda letter: case.keys.sealer(letter).seal, case.now)
