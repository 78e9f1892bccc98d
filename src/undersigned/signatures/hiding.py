"""Hide the names of people at risk, of a whole country or an organisation, in one act.

They stay counted, and what they consented to stays as it was. Each of them can appear again behind
their own link. Organisers can only have it reviewed: somebody else than who hid them may let all be
shown again. What imported entries said in clear is sealed first, so that nothing is lost.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.letters.publishing import bump_revision
from undersigned.signatures.appearing import APPEARANCE, HIDE, show_less
from undersigned.signatures.authority.vouchers import drop_vouchers, names_that_vouch
from undersigned.signatures.cautious_countries import be_cautious
from undersigned.signatures.changes import replacing_all
from undersigned.signatures.deciding import STANDS, By
from undersigned.signatures.erasing import end_exports
from undersigned.signatures.folding import fold
from undersigned.signatures.models import (
    ConsentChange,
    Decided,
    Decision,
    Kind,
    Signature,
    SignerRequest,
    State,
    Visibility,
)
from undersigned.signatures.paper import count_names_from
from undersigned.signatures.partner_consents import end_files_naming
from undersigned.signatures.rules import SHOWN, Details
from undersigned.signatures.saving import save_columns
from undersigned.vault.seal import Sealer

CHUNK = 500


class Shared(StrEnum):
    """What the people have in common."""

    COUNTRY = "country"
    ORGANISATION = "organisation"


class SamePerson(Exception):
    """Who hid names cannot be the one who reviews that."""


class NothingHidden(Exception):
    """There is no such decision, or it was reviewed already."""


@dataclass(frozen=True)
class Group:
    """`value`: a country's code, or an organisation's name as people give their affiliation."""

    by: Shared
    value: str


@dataclass(frozen=True)
class Counted:
    """How many would be hidden; `organisations`: of these."""

    total: int
    organisations: int


def count_group(letter: Letter, group: Group) -> Counted:
    """Whom `hide_group` would hide. Changes nothing."""
    kinds = [kind for _, kind in _members(letter, group) + _withdrawn(letter, group)]
    total = len(kinds) + _on_paper(letter, group)
    return Counted(total, sum(kind == Kind.ORGANISATION for kind in kinds))


def hide_group(by: By, group: Group) -> int:
    """Hide everybody of a group who appears in any way, now; returns how many.

    In transactions of CHUNK each: others are not kept waiting, and what is hidden stays hidden if
    it breaks off. First of all people of a country who sign from now on are warned before they
    choose, and names on paper go. Those who left openly lose their name for good.
    """
    on_paper, is_new = _on_paper(by.letter, group), False
    if group.by is Shared.COUNTRY:
        is_new = be_cautious(by.letter, group.value)
    left = _empty_withdrawn(by.letter, group)
    members = [key for key, _ in _members(by.letter, group)]
    if not (members or left or is_new):
        return 0
    now = timezone.now()
    decision = Decision(
        letter=by.letter,
        act=HIDE,
        actor=by.actor,
        person_id=by.person,
        reason=group.value[:40],
        at=now,
    )
    hidden = left + on_paper
    for start in range(0, len(members), CHUNK):
        with transaction.atomic():
            decision.save()
            hidden += _hide(decision, members[start : start + CHUNK], now)
    details: dict[str, Any] = {"signatures": hidden, "reason": group.value}
    if members:
        details["decision"] = str(decision.pk)
    LetterEvent.objects.create(
        letter=by.letter, actor=by.actor, act="hide signatures", details=details
    )
    return hidden


def _members(letter: Letter, group: Group) -> list[tuple[uuid.UUID, str]]:
    """Id and kind of each who stands and appears, if only to the addressee."""
    standing = Signature.objects.filter(STANDS, letter=letter)
    standing = standing.exclude(visibility=Visibility.COUNTED)
    if group.by is Shared.COUNTRY:
        found = standing.filter(country=group.value).order_by("pk")
        return list(found.values_list("pk", "kind"))
    words = fold(group.value)
    if not words:
        return []
    for word in words.split():
        standing = standing.filter(search__contains=word)
    rows = standing.order_by("pk").values_list("pk", "kind", "name", "affiliation")
    return [(pk, kind) for pk, kind, *names in rows if _names(words, kind, *names)]


def _withdrawn(letter: Letter, group: Group) -> list[tuple[uuid.UUID, str]]:
    """Id and kind of each who left openly: nothing but the name stands of them."""
    left = Signature.objects.filter(
        letter=letter, state=State.WITHDRAWN, withdrawn_on__isnull=False
    ).order_by("pk")
    if group.by is Shared.COUNTRY:
        return list(left.filter(country=group.value).values_list("pk", "kind"))
    words = fold(group.value)
    rows = left.filter(kind=Kind.ORGANISATION).values_list("pk", "kind", "name")
    return [(pk, kind) for pk, kind, name in rows if words and _names(words, kind, name, "")]


def _on_paper(letter: Letter, group: Group) -> int:
    return count_names_from(letter, group.value) if group.by is Shared.COUNTRY else 0


@transaction.atomic
def _empty_withdrawn(letter: Letter, group: Group) -> int:
    left = [key for key, _ in _withdrawn(letter, group)]
    for keys in batched(left, CHUNK):
        Signature.objects.filter(pk__in=keys).update(name="", withdrawn_on=None)
    if left:
        bump_revision(letter)
    return len(left)


def _names(words: str, kind: str, name: str, affiliation: str) -> bool:
    """The words in a row, in the affiliation of a person or the name of an organisation."""
    text = name if kind == Kind.ORGANISATION else affiliation
    return f" {words} " in f" {fold(text)} "


def _hide(decision: Decision, chosen: Sequence[uuid.UUID], now: datetime) -> int:
    letter = Letter.objects.get(pk=decision.letter_id)
    appear = ~Q(visibility=Visibility.COUNTED)
    found = Signature.objects.filter(STANDS, appear, pk__in=chosen).select_for_update()
    rows = list(found.order_by("pk"))
    Decided.objects.bulk_create(
        Decided(
            decision=decision,
            signature=row,
            state_before=row.state,
            held_before=row.held_because,
            visibility_before=row.visibility,
        )
        for row in rows
    )
    SignerRequest.objects.filter(signature__in=rows, act=SignerRequest.Act.SHOW).delete()
    _seal_clear(rows, letter)
    vouching = names_that_vouch(rows)
    with replacing_all([row for row in rows if row.state == State.LISTED], HIDE, now):
        for row in rows:
            place = row.place  # of imported entries it stands nowhere else, and it is nobody's name
            row.visibility = Visibility.COUNTED
            show_less(row)
            row.place = place
        save_columns(rows, (*APPEARANCE, "sealed_details"))
    drop_vouchers(letter.pk, vouching)
    end_files_naming([row.pk for row in rows], now)
    end_exports({letter.pk}, now)
    bump_revision(letter)
    return len(rows)


def _seal_clear(rows: Iterable[Signature], letter: Letter) -> None:
    """Of imported entries, which stand in clear alone. Raises vault.seal.SealingKeyMissing.

    Once the letter's key was destroyed there is nothing to seal to: then they are hidden for good.
    """
    if letter.key_destroyed_at is not None:
        return
    for row in rows:
        if row.sealed_details is None:
            details = Details(row.name, row.title, row.affiliation, website=row.website)
            typed = json.dumps(asdict(details), ensure_ascii=False).encode()
            sealer = Sealer(bytes(letter.sealing_key or b""))
            row.sealed_details = sealer.seal(row.pk, "details", typed)


def hidden_groups(letter: Letter) -> list[Decision]:
    """What was hidden and not reviewed since, newest first."""
    return list(letter.decisions.filter(act=HIDE, undone_at=None).order_by("-at")[:50])


@transaction.atomic
def show_again(by: By, decision: uuid.UUID) -> int:
    """After a review: have all shown again as they were; returns how many.

    Left out is who chose for themselves since. Raises NothingHidden, SamePerson.
    """
    waiting = by.letter.decisions.select_for_update(of=("self",))
    row = waiting.filter(pk=decision, act=HIDE, undone_at=None).first()
    if row is None:
        raise NothingHidden
    if row.person_id == by.person:
        raise SamePerson
    now = timezone.now()
    row.undone_at = now
    row.save(update_fields=["undone_at"])
    shown = _show(row, now)
    details = {"signatures": shown, "reason": row.reason, "decision": str(row.pk)}
    LetterEvent.objects.create(
        letter=by.letter, actor=by.actor, act="show signatures again", details=details
    )
    return shown


def _show(decision: Decision, now: datetime) -> int:
    """The worker writes those on the list out; of the others the choice is as it was."""
    # Whoever chooses at this moment goes first, and is left out; or later, and it holds.
    rows = Signature.objects.select_for_update().filter(pk__in=decision.decided.values("signature"))
    list(rows.order_by("pk").values_list("pk"))
    chose = ConsentChange.objects.filter(at__gte=decision.at).values("signature")
    still = Q(signature__visibility=Visibility.COUNTED, signature__sealed_details__isnull=False)
    decided = list(
        decision.decided.filter(still, signature__state__in=(State.CONFIRMED, State.LISTED))
        .exclude(signature__in=chose)
        .values_list("signature", "signature__state", "visibility_before")
    )
    asked = [
        SignerRequest(act=SignerRequest.Act.SHOW, signature_id=key, visibility=before, asked_at=now)
        for key, state, before in decided
        if state == State.LISTED and before in SHOWN
    ]
    SignerRequest.objects.bulk_create(asked, ignore_conflicts=True, batch_size=CHUNK)
    wanted = {request.signature_id for request in asked}
    for key, _, before in decided:
        if key not in wanted:
            Signature.objects.filter(pk=key).update(visibility=before)
    return len(decided)
