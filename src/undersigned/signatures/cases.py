"""What a moderator sees of a signature that waits: prepared by the worker, sealed to the studio.

The worker opens the details, gathers what speaks for and against them, and seals all of it to the
studio's key: a stolen database shows none of it. The address itself is never in it.
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from undersigned.signatures.models import Case, Signature, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import studio_sealer
from undersigned.vault.open import Opener
from undersigned.vault.seal import Sealer, SealingKeyMissing

log = logging.getLogger(__name__)

BATCH = 50
PURPOSE = "case"
KEPT_AFTER_DECISION = timedelta(days=30)
_HELD = Q(state=State.CONFIRMED) & ~Q(held_because="")


@dataclass(frozen=True)
class Like:
    """Another entry that may be the same.

    `where`: `listed`, `held` or `registry`; `reason`: a `likeness.Reason`; `name`: its spelling
    that is like this one; `score`: 0 to 100.
    """

    id: str
    where: str
    name: str
    score: int
    reason: str


@dataclass(frozen=True)
class DomainLike:
    """A known domain that the claimed one resembles, and why (`lookalikes.Resemblance`)."""

    domain: str
    resemblance: str


@dataclass(frozen=True)
class Earlier:
    """What the same organisation showed under another letter; `on` as 2026-11-20.

    `vouchers`: names, a line each.
    """

    letter: str
    level: str
    domain: str
    on: str
    vouchers: str = ""


@dataclass(frozen=True)
class OpenCase:
    """A case as the studio reads it. `is_readable` False: it could not be opened; all is empty.

    `domain`: of the claimed website, if that is its own. `mailbox`: `same` domain as the website,
    `free` for everybody, `other`, or empty where there is none. `mailbox_domain`: only of
    organisations. `rule`: kind and pattern of the rule that it falls under now, if any.
    `answers`: what the organisation's published contact said, `yes` or `no`.
    """

    name: str = ""
    title: str = ""
    affiliation: str = ""
    role: str = ""
    website: str = ""
    place: str = ""
    country: str = ""
    domain: str = ""
    mailbox: str = ""
    mailbox_domain: str = ""
    resembles: tuple[DomainLike, ...] = ()
    likes: tuple[Like, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    rule: tuple[str, str] = ("", "")
    doubt: str = ""
    answers: tuple[str, ...] = ()
    is_readable: bool = True

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> OpenCase:
        found = json.loads(content)
        return cls(
            **{
                **found,
                "resembles": tuple(DomainLike(**one) for one in found["resembles"]),
                "likes": tuple(Like(**one) for one in found["likes"]),
                "earlier": tuple(Earlier(**one) for one in found["earlier"]),
                "rule": tuple(found["rule"]),
                "answers": tuple(found["answers"]),
            }
        )


def read_case(case: Case, opener: Opener) -> OpenCase:
    """What the worker prepared; `opener` is the studio's. Raises vault.open.CannotOpen."""
    return OpenCase.from_bytes(opener.open(case.signature_id, PURPOSE, bytes(case.sealed)))


def save_cases(
    prepared: Sequence[tuple[Signature, OpenCase, list[str]]], sealer: Sealer, now: datetime
) -> None:
    """Seal and store them; an earlier case of the same signature is replaced."""
    Case.objects.bulk_create(
        [
            Case(
                signature=row,
                sealed=sealer.seal(row.pk, PURPOSE, case.to_bytes()),
                reasons=reasons,
                prepared_at=now,
                is_stale=False,
            )
            for row, case, reasons in prepared
        ],
        update_conflicts=True,
        unique_fields=["signature"],
        update_fields=["sealed", "reasons", "prepared_at", "is_stale"],
    )


def waiting_for_a_case(keys: WorkerKeys) -> list[Signature]:
    """Up to BATCH held signatures without a case, or with a stale one; organisations first."""
    return list(
        Signature.objects.filter(_HELD)
        .filter(Q(case__isnull=True) | Q(case__is_stale=True))
        .exclude(letter__in=keys.out_of_reach())
        .prefetch_related("corrections")
        .order_by("-kind", "confirmed_at")[:BATCH]
    )


def open_to_studio() -> Sealer | None:
    """Seals to the studio; None as long as the installation has no key for it."""
    try:
        return studio_sealer()
    except SealingKeyMissing:
        return None


def renew_cases(signatures: Sequence[uuid.UUID]) -> None:
    """Have the worker look again: something about these signatures changed."""
    Case.objects.filter(signature__in=signatures).update(is_stale=True)


def forget_cases(now: datetime | None = None) -> int:
    """Drop cases of what waits no more, KEPT_AFTER_DECISION after the last decision."""
    since = (now or timezone.now()) - KEPT_AFTER_DECISION
    done = Case.objects.filter(prepared_at__lte=since).exclude(
        signature__state=State.CONFIRMED, signature__in=Signature.objects.filter(_HELD)
    )
    return done.exclude(signature__decided__decision__at__gt=since).delete()[0]
