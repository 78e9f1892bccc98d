"""Files for partners: ordered, fetched, removed. Written by the worker: `writing_partner_files`.

A file holds everybody who asked to hear from the partner at that moment, and those whom the partner
has to erase (`partner_erasures`). It is encrypted to the partner's confirmed key.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent, Partner, PartnerSchedule
from undersigned.letters.partnering import has_key
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.models import (
    ErrandState,
    PartnerConsent,
    PartnerFile,
    PassedOn,
    State,
)
from undersigned.signatures.partner_erasures import untold

LIFETIME = timedelta(days=14)
_EVERY = {
    PartnerSchedule.DAILY: timedelta(days=1),
    PartnerSchedule.WEEKLY: timedelta(days=7),
}
# One that somebody's leaving made useless is made anew, but not at each step of many.
_AGAIN_AFTER = timedelta(hours=1)
FOLDER = "partners"
STANDING = (State.CONFIRMED, State.LISTED)
WORKER = "worker"


class NoKey(Exception):
    """The partner has no key, or nobody has confirmed it: no key, no file."""


class BeingMade(Exception):
    """A file for this partner is being made already."""


@transaction.atomic
def order_file(partner: Partner, *, actor: str) -> PartnerFile:
    """Have the worker write a file; raises NoKey, BeingMade."""
    if not has_key(partner):
        raise NoKey
    try:
        with transaction.atomic():
            file = PartnerFile.objects.create(partner=partner, actor=actor)
    except IntegrityError:
        raise BeingMade from None
    _note(partner, actor, "ask for partner file")
    return file


def order_due_files(now: datetime) -> int:
    """Order what the partners' schedules want by now; returns how many."""
    ordered = 0
    wanting = Partner.objects.exclude(schedule=PartnerSchedule.NEVER)
    for partner in wanting.filter(ended_at=None, key_confirmed_at__isnull=False):
        if has_key(partner) and _is_due(partner, now):
            order_file(partner, actor=WORKER)
            ordered += 1
    return ordered


def order_erasures(now: datetime) -> int:
    """Once a day: order what tells partners that have ended whom to erase; returns how many.

    They have no schedule, and nobody has to remember; what was told is repeated once. Where one was
    mailed is forgotten once nothing can be left to tell it.
    """
    ordered = 0
    ended = Partner.objects.filter(ended_at__isnull=False)
    for partner in ended.filter(key_confirmed_at__isnull=False):
        is_free = has_key(partner) and not _is_under_way(partner)
        if is_free and untold(partner, now).exists():
            order_file(partner, actor=WORKER)
            ordered += 1
    ended.filter(sealed_contact__isnull=False, passed_on=None).update(sealed_contact=None)
    return ordered


def _is_due(partner: Partner, now: datetime) -> bool:
    files = PartnerFile.objects.filter(partner=partner)
    if files.filter(asked_at__gt=now - _AGAIN_AFTER).exists():
        return False
    if _is_under_way(partner):
        return False
    since = now - _EVERY[PartnerSchedule(partner.schedule)]
    return not files.filter(asked_at__gt=since, is_overtaken=False).exists()


def _is_under_way(partner: Partner) -> bool:
    under_way = (ErrandState.WAITING, ErrandState.RUNNING)
    return PartnerFile.objects.filter(partner=partner, state__in=under_way).exists()


def can_be_fetched(file: PartnerFile, partner: Partner, now: datetime) -> bool:
    """Whether it is there, and encrypted to the key that the partner has now."""
    is_fresh = file.expires_at is not None and now < file.expires_at
    is_theirs = has_key(partner) and file.recipient == partner.recipient
    return file.is_there and is_fresh and is_theirs


@transaction.atomic
def note_fetched(file: PartnerFile, partner: Partner, *, actor: str) -> bool:
    """Before the file leaves: by whom. Then the partner has who is in it, and is told of erasures.

    False if it is over: somebody in it has left a moment ago, or there is a newer one.
    """
    now = timezone.now()
    if not PartnerFile.objects.filter(pk=file.pk, expires_at__gt=now).update(
        fetched_at=Coalesce("fetched_at", now)
    ):
        return False
    _note(partner, actor, "fetch partner file", number=file.number)
    return True


def contacts_by_partner(letter: Letter) -> dict[uuid.UUID, int]:
    """How many have asked to hear from each partner, and stand."""
    found = PartnerConsent.objects.filter(
        partner__letter=letter,
        taken_back_at=None,
        signature__state__in=STANDING,
        signature__sealed_address__isnull=False,
    )
    return dict(found.values("partner").annotate(n=Count("pk")).values_list("partner", "n"))


def path_of(file: PartnerFile) -> Path:
    """Where it lies, encrypted."""
    return media_folder(FOLDER) / f"{file.pk}.age"


def file_name(file: PartnerFile, partner: Partner) -> str:
    """`my-letter-green-union-3.csv.age`."""
    return f"{partner.letter.slug}-{partner.slug}-{file.number}.csv.age"


def remove_expired(now: datetime) -> int:
    """Remove files that are over, and who stood in those that nobody fetched; returns how many."""
    over = list(PartnerFile.objects.filter(is_there=True, expires_at__lte=now))
    for file in over:
        path_of(file).unlink(missing_ok=True)
        with transaction.atomic():
            PartnerFile.objects.filter(pk=file.pk).update(is_there=False)
            PassedOn.objects.filter(given_in=file, given_in__fetched_at=None).delete()
    return len(over)


def remove_leftovers(now: datetime) -> None:
    """Remove what a killed worker left half written. For the nightly tidying."""
    kept = {path_of(file).name for file in PartnerFile.objects.filter(is_there=True)}
    for path in media_folder(FOLDER).iterdir():
        is_old = now.timestamp() - path.stat().st_mtime > _AGAIN_AFTER.total_seconds()
        if is_old and path.name not in kept:
            path.unlink(missing_ok=True)


def _note(partner: Partner, actor: str, act: str, **details: int) -> None:
    LetterEvent.objects.create(
        letter_id=partner.letter_id,
        actor=actor,
        act=act,
        details={"partner": partner.name, **details},
    )
