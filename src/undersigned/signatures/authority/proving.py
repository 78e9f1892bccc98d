"""Ask an organisation to show that a signature is its own, and look whether it did.

By a DNS record, by a file on its website, or by a message to its published contact. The signer is
told by mail what to do; the worker looks after one hour, six hours and then daily for a week, and
whenever somebody says "check now".
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from undersigned.letters.models import LetterEvent
from undersigned.signatures import telling
from undersigned.signatures.authority.dns_proof import (
    DnsOutcome,
    check_dns,
    dns_sentence,
    record_name,
    record_value,
)
from undersigned.signatures.authority.domains import clean_domain
from undersigned.signatures.authority.proof_token import proof_token
from undersigned.signatures.authority.raising import raise_authority
from undersigned.signatures.authority.well_known import (
    WellKnownOutcome,
    check_well_known,
    file_address,
    file_text,
    well_known_sentence,
)
from undersigned.signatures.cases import renew_cases
from undersigned.signatures.deciding import By
from undersigned.signatures.models import AuthorityCheck, Kind, Level, Signature, Visibility
from undersigned.signatures.rules import STANDING
from undersigned.signatures.worker_keys import WorkerKeys

Method = AuthorityCheck.Method
_FIRST = (timedelta(hours=1), timedelta(hours=6))
_DAILY = timedelta(days=1)
_GIVEN_UP_AFTER = timedelta(days=8)
# While one worker looks, no other does.
_CLAIM = timedelta(minutes=2)
_LEVELS = {Method.DNS: Level.DNS, Method.WELL_KNOWN: Level.WELL_KNOWN}
FOUND = "found"


class CannotAsk(Exception):
    """No organisation's signature that stands and is to be shown by name.

    Of others the domain is not kept in clear, not even for a check.
    """


@dataclass(frozen=True)
class Checkers:
    """What looks; tests give their own network."""

    dns: Callable[[str, str], DnsOutcome] = check_dns
    well_known: Callable[[str, uuid.UUID, str, str], WellKnownOutcome] = (
        lambda domain, letter, slug, token: check_well_known(domain, letter, slug, token).outcome
    )


_PRODUCTION = Checkers()


@transaction.atomic
def ask_for_proof(by: By, signature: uuid.UUID, method: str, domain: str) -> AuthorityCheck:
    """Tell the signer how to prove a domain, and begin to look; asked again, told once.

    `method`: DNS or WELL_KNOWN. Raises CannotAsk, domains.DomainRefused.
    """
    row = standing_organisation(by, signature)
    clean = clean_domain(domain)
    now = timezone.now()
    check, is_new = AuthorityCheck.objects.get_or_create(
        signature=row,
        method=Method(method),
        domain=clean,
        defaults={
            "token": proof_token(_key(), row.letter_id, row.pk, clean),
            "asked_by": by.actor,
            "check_at": now + _FIRST[0],
        },
    )
    if is_new:
        words = instructions(check, row.letter.slug, row.language)
        telling.tell([row.pk], telling.PROOF, str(check.pk), now, words=words)
        note_check(by, "ask for proof", check)
    return check


def check_now(by: By, check: uuid.UUID) -> bool:
    """Have the worker look at once; False if there is nothing to look at."""
    found = AuthorityCheck.objects.filter(pk=check, signature__letter=by.letter)
    waiting = found.exclude(outcome=FOUND).exclude(method=Method.MESSAGE)
    return waiting.update(check_at=timezone.now()) > 0


def check_authority(keys: WorkerKeys, checkers: Checkers = _PRODUCTION) -> int:
    """Look at one proof that is due; returns 1 if there was any. For the errand thread."""
    check = _take(timezone.now())
    if check is None:
        return 0
    row = check.signature
    if check.method == Method.DNS:
        outcome = checkers.dns(check.domain, check.token).value
    else:
        letter = row.letter
        outcome = checkers.well_known(check.domain, letter.pk, letter.slug, check.token).value
    _settle(check, outcome, timezone.now())
    return 1


def instructions(check: AuthorityCheck, slug: str, language: str) -> str:
    """What to do, in the signer's language; for the mail and for the studio."""
    with translation.override(language):
        if check.method == Method.DNS:
            return "\n\n".join(
                (
                    gettext("Add this TXT record to the DNS of %(domain)s:")
                    % {"domain": check.domain},
                    f"{record_name(check.domain)}\n{record_value(check.token)}",
                )
            )
        return "\n\n".join(
            (
                gettext("Put a file with this content on your website, at %(address)s:")
                % {"address": file_address(check.domain)},
                file_text(slug, check.token),
            )
        )


def outcome_sentence(check: AuthorityCheck) -> str:
    """What looking showed, in the language that is active; empty before anybody looked."""
    if not check.outcome:
        return ""
    if check.method == Method.DNS:
        return dns_sentence(DnsOutcome(check.outcome), check.domain)
    if check.method == Method.WELL_KNOWN:
        return well_known_sentence(WellKnownOutcome(check.outcome), check.domain)
    if check.outcome == "yes":
        return gettext("The organisation’s published contact answered: yes, this is ours.")
    return gettext("The organisation’s published contact answered: no, this is not ours.")


def standing_organisation(by: By, signature: uuid.UUID) -> Signature:
    """Raises CannotAsk."""
    row = (
        Signature.objects.select_related("letter")
        .filter(
            pk=signature,
            letter=by.letter,
            kind=Kind.ORGANISATION,
            visibility=Visibility.PUBLIC,
            state__in=STANDING,
        )
        .first()
    )
    if row is None:
        raise CannotAsk
    return row


def note_check(by: By, act: str, check: AuthorityCheck) -> None:
    details = {"signature": str(check.signature_id), "method": check.method}
    LetterEvent.objects.create(letter=by.letter, actor=by.actor, act=act, details=details)


def _take(now: datetime) -> AuthorityCheck | None:
    """The one that is due longest; claimed, so that a worker that is killed loses nothing."""
    due = AuthorityCheck.objects.filter(check_at__lte=now).order_by("check_at")
    check = due.select_related("signature__letter").first()
    if check is None:
        return None
    claimed = AuthorityCheck.objects.filter(pk=check.pk, check_at=check.check_at)
    return check if claimed.update(check_at=now + _CLAIM) else None


@transaction.atomic
def _settle(check: AuthorityCheck, outcome: str, now: datetime) -> None:
    stands = check.signature.state in STANDING
    check.outcome, check.checked_at = outcome, now
    check.check_at = _next_look(check, now) if outcome != FOUND and stands else None
    check.save(update_fields=["outcome", "checked_at", "check_at"])
    if outcome == FOUND:
        level = _LEVELS[Method(check.method)]
        raise_authority(check.signature_id, level, check.domain, now.date())
    renew_cases([check.signature_id])


def _next_look(check: AuthorityCheck, now: datetime) -> datetime | None:
    for pause in _FIRST:
        if check.asked_at + pause > now:
            return check.asked_at + pause
    later = now + _DAILY
    return later if later < check.asked_at + _GIVEN_UP_AFTER else None


def _key() -> bytes:
    return hashlib.sha256(b"undersigned proof key v1|" + settings.SECRET_KEY.encode()).digest()
