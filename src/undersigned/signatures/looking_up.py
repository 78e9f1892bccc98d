"""Find a person on request, for access, correction or erasure.

The web seals the question to the worker and forgets it; the worker finds the person by the keyed
index of the address, opens what is held, and seals the answer to the studio. Every look-up leaves
two events without the address: one of whoever asks, written by the web, and one of the worker,
written with the answer. Answers are gone after a day.
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from undersigned.letters.models import Letter
from undersigned.signatures.addresses import clean_address, normalise_address
from undersigned.signatures.erasing import erase
from undersigned.signatures.errands import Cancelled, fail, finish, take
from undersigned.signatures.finding import signed_from
from undersigned.signatures.folding import fold
from undersigned.signatures.held_data import describe
from undersigned.signatures.mail_limits import forget_limits
from undersigned.signatures.models import ErrandState, LookUp, Signature, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import INSTALLATION, mail_sealer, studio_sealer
from undersigned.teams.models import TeamEvent
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen, Opener
from undersigned.vault.seal import SealingKeyMissing

log = logging.getLogger(__name__)

PURPOSE = "look-up"
FIND, ERASE = "find", "erase"
# Why one is not answered.
KEY_MISSING, UNREADABLE = "key missing", "question unreadable"
ANSWER_LIFETIME = timedelta(days=1)
# Found by name: more than a person could tell apart.
MOST = 50


class NotAnswered(Exception):
    """There is no answer, or none any more."""


def ask_for_address(team: uuid.UUID, address: str, *, actor: str) -> LookUp:
    """Have the worker find what is held of a mailbox in a team's letters.

    Raises addresses.AddressRefused, vault.seal.SealingKeyMissing.
    """
    return _ask(team, FIND, {"address": clean_address(address)}, actor, "look up a person")


def ask_for_name(team: uuid.UUID, name: str, *, actor: str) -> LookUp:
    """Have the worker find entries of lists that were brought in, which have no address.

    Raises vault.seal.SealingKeyMissing.
    """
    return _ask(team, FIND, {"name": name}, actor, "look up a person")


def ask_to_erase(
    team: uuid.UUID, signatures: Sequence[uuid.UUID], address: str, *, actor: str
) -> LookUp:
    """Have the worker erase the person behind signatures that a look-up found.

    `address`: forgotten in the list of whom we mailed, too. Raises vault.seal.SealingKeyMissing.
    """
    question = {"signatures": [str(pk) for pk in signatures], "address": address}
    return _ask(team, ERASE, question, actor, "ask for erasure")


@transaction.atomic
def _ask(team: uuid.UUID, act: str, question: dict[str, Any], actor: str, event: str) -> LookUp:
    look_up = LookUp(team=team, act=act, actor=actor)
    sealed = mail_sealer().seal(look_up.pk, PURPOSE, json.dumps(question).encode())
    look_up.sealed_question = sealed
    look_up.save(force_insert=True)
    TeamEvent.objects.create(team_id=team, actor=actor, act=event)
    return look_up


def read_answer(look_up: LookUp, opener: Opener, now: datetime) -> dict[str, Any]:
    """What the worker found: `address`, `signatures` as in `held_data`; raises NotAnswered."""
    is_fresh = look_up.ended_at is not None and now < look_up.ended_at + ANSWER_LIFETIME
    if look_up.state != ErrandState.DONE or look_up.sealed_answer is None or not is_fresh:
        raise NotAnswered
    try:
        opened = opener.open(look_up.pk, PURPOSE, bytes(look_up.sealed_answer))
    except CannotOpen:
        raise NotAnswered from None
    answer: dict[str, Any] = json.loads(opened)
    return answer


def answer_look_ups(keys: WorkerKeys) -> int:
    """Answer one look-up, and forget old answers; returns how many were answered."""
    now = timezone.now()
    forget_answers(now)
    look_up = take(LookUp, now)
    if look_up is None:
        return 0
    try:
        _answer(look_up, keys, now)
    except (KeyMissing, SealingKeyMissing):
        log.error("A look-up cannot be answered: a key is missing.")
        _give_up(look_up, KEY_MISSING)
    except CannotOpen:
        _give_up(look_up, UNREADABLE)
    except Cancelled:
        pass
    return 1


def forget_answers(now: datetime) -> int:
    """Drop the answers that are a day old; returns how many."""
    old = LookUp.objects.filter(ended_at__lte=now - ANSWER_LIFETIME)
    return old.exclude(sealed_answer=None).update(sealed_answer=None)


def _answer(look_up: LookUp, keys: WorkerKeys, now: datetime) -> None:
    question = _read_question(look_up, keys)
    if look_up.act == ERASE:
        _erase(look_up, question, keys, now)
        return
    found = _find(look_up, question, keys)
    answer = {"address": question.get("address", ""), "signatures": describe(found, keys)}
    sealed = studio_sealer().seal(look_up.pk, PURPOSE, json.dumps(answer).encode())
    with transaction.atomic():
        finish(look_up, found=len(found), sealed_answer=sealed, sealed_question=None)
        _note(look_up, "answer look-up")


def _note(look_up: LookUp, act: str) -> None:
    """By the worker itself: a web that was taken over can leave its own events out."""
    TeamEvent.objects.create(team_id=look_up.team, actor="worker", act=act)


@transaction.atomic
def _erase(look_up: LookUp, question: dict[str, Any], keys: WorkerKeys, now: datetime) -> None:
    """The signatures, what else is held of the address, and the answers that told of them."""
    within = Signature.objects.filter(pk__in=question["signatures"], letter__team=look_up.team)
    done = erase(list(within.values_list("pk", flat=True)), now, actor=look_up.actor)
    if question["address"]:
        mailbox = normalise_address(question["address"])
        forget_limits(mailbox, keys)
    LookUp.objects.filter(team=look_up.team, act=FIND).update(sealed_answer=None)
    answer = {"address": "", "signatures": [], "done": asdict(done)}
    sealed = studio_sealer().seal(look_up.pk, PURPOSE, json.dumps(answer).encode())
    finish(look_up, found=len(question["signatures"]), sealed_answer=sealed, sealed_question=None)
    _note(look_up, "carry erasure out")


def _read_question(look_up: LookUp, keys: WorkerKeys) -> dict[str, Any]:
    sealed = bytes(look_up.sealed_question or b"")
    question: dict[str, Any] = json.loads(
        keys.opener(INSTALLATION).open(look_up.pk, PURPOSE, sealed)
    )
    return question


def _find(look_up: LookUp, question: dict[str, Any], keys: WorkerKeys) -> list[Signature]:
    signatures = (
        Signature.objects.filter(letter__team=look_up.team)
        .select_related("letter", "edition__letter")
        .prefetch_related("corrections", "edition__translations")
        .order_by("letter__slug", "created_at", "pk")
    )
    if "name" in question:
        return list(_by_name(signatures, question["name"])[:MOST])
    mailbox = normalise_address(question["address"])
    letters = Letter.objects.filter(team=look_up.team).values_list("pk", flat=True)
    return signed_from(mailbox, list(letters), signatures, keys)


def _by_name(signatures: QuerySet[Signature], name: str) -> QuerySet[Signature]:
    """Listed entries without an address whose folded words hold all of the name's."""
    found = signatures.filter(state=State.LISTED, sealed_address=None).exclude(name="")
    words = fold(name).split()
    if not words:
        return found.none()
    for word in words:
        found = found.filter(search__contains=word)
    return found


def _give_up(look_up: LookUp, why: str) -> None:
    fail(look_up, why)
    LookUp.objects.filter(pk=look_up.pk).update(sealed_question=None)
