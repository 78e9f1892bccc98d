"""Hide the names of people at risk, of a whole country or an organisation, in one act.

They stay counted, and what they consented to stays as it was. Each of them can appear again behind
their own link. Organisers can only have it reviewed (showing_again.py). What imported entries said
in clear is sealed first, so that nothing is lost. Until the review the group stays hidden: the
worker hides whom the web left (hiding_sealed.py), and whoever comes later (staying_hidden.py).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.letters.publishing import bump_revision
from undersigned.signatures import journal
from undersigned.signatures.appearing import APPEARANCE, show_less
from undersigned.signatures.authority.vouchers import drop_vouchers, names_that_vouch
from undersigned.signatures.cautious_countries import be_cautious
from undersigned.signatures.changes import replacing_all
from undersigned.signatures.deciding import STANDS, By
from undersigned.signatures.erasing import end_exports
from undersigned.signatures.folding import fold
from undersigned.signatures.hidden_groups import (
    HIDE,
    Group,
    Shared,
    kept_hidden,
    names,
    open_hides,
)
from undersigned.signatures.models import (
    Decided,
    Decision,
    Hiding,
    Kind,
    Signature,
    SignerRequest,
    State,
    Visibility,
)
from undersigned.signatures.paper import count_names_from
from undersigned.signatures.partner_consents import end_files_naming
from undersigned.signatures.rules import STANDING, Act, Details
from undersigned.signatures.saving import save_columns
from undersigned.vault.seal import Sealer

CHUNK = 500
_APPEARS = STANDS & ~Q(visibility=Visibility.COUNTED)
# What may be listed one day; of what was erased nothing is left.
_MAY_COME_BACK = Q(state__in=(*STANDING, State.DECLINED, State.VOID)) & (
    Q(sealed_details__isnull=False) | ~Q(name="")
)


@dataclass(frozen=True)
class Counted:
    """How many would be hidden; `organisations`: of these."""

    total: int
    organisations: int


@dataclass(frozen=True)
class HiddenNow:
    """`noted`: the signatures that a decision was not about before; `appeared`: how many did."""

    noted: set[uuid.UUID]
    appeared: int


def count_group(letter: Letter, group: Group) -> Counted:
    """Whom `hide_group` would hide at once. Changes nothing."""
    appear = Signature.objects.filter(_APPEARS, letter=letter)
    kinds = [kind for _, kind in _of(appear, group) + _withdrawn(letter, group)]
    total = len(kinds) + _on_paper(letter, group)
    return Counted(total, sum(kind == Kind.ORGANISATION for kind in kinds))


def hide_group(by: By, group: Group) -> int:
    """Hide everybody of a group who appears in any way, now; returns how many.

    In transactions of CHUNK each: others are not kept waiting, and what is hidden stays hidden if
    it breaks off. First of all people of a country who sign from now on are warned before they
    choose, and names on paper go. Those who left openly lose their name for good. Whoever does not
    appear, but may one day, is hidden with them. Raises vault.seal.SealingKeyMissing.
    """
    if group.by is Shared.ORGANISATION and not fold(group.value):
        return 0
    on_paper = _on_paper(by.letter, group)
    if group.by is Shared.COUNTRY:
        be_cautious(by.letter, group.value)
    left = _empty_withdrawn(by.letter, group)
    decision = Decision(
        letter=by.letter,
        act=HIDE,
        hides_by=group.by,
        actor=by.actor,
        person_id=by.person,
        reason=group.value,
        at=timezone.now(),
    )
    hidden = left + on_paper
    # Once more after the last: somebody may have confirmed while the others were hidden.
    while members := _uncovered(decision, group):
        for some in batched(members, CHUNK):
            with transaction.atomic():
                _keep(decision)
                hidden += hide_rows(decision, some, decision.at).appeared
    if not _is_hidden(by.letter, group):
        _keep(decision)
    details: dict[str, Any] = {"signatures": hidden, "reason": group.value}
    if _is_kept(decision):
        details["decision"] = str(decision.pk)
    elif not hidden:
        return 0
    LetterEvent.objects.create(
        letter=by.letter, actor=by.actor, act="hide signatures", details=details
    )
    return hidden


def hide_rows(decision: Decision, chosen: Sequence[uuid.UUID], now: datetime) -> HiddenNow:
    """Hide some of a group, within a transaction, and note how they were to appear.

    Left out are those whom the decision dealt with before: their owners may have chosen since.
    """
    letter = Letter.objects.get(pk=decision.letter_id)
    noted = Decided.objects.filter(decision=decision, signature=OuterRef("pk"))
    found = Signature.objects.filter(_MAY_COME_BACK, ~Exists(noted), pk__in=chosen)
    rows = list(found.select_for_update(of=("self",)).order_by("pk"))
    wanted = _wanted(rows)
    Decided.objects.bulk_create(
        Decided(
            decision=decision,
            signature=row,
            state_before=row.state,
            held_before=row.held_because,
            visibility_before=wanted.get(row.pk, row.visibility),
        )
        for row in rows
    )
    SignerRequest.objects.filter(signature__in=rows, act=SignerRequest.Act.SHOW).delete()
    named = [row for row in rows if row.visibility != Visibility.COUNTED]
    if named:
        _empty(named, letter, now)
    return HiddenNow({row.pk for row in rows}, sum(row.state in STANDING for row in named))


def empty_withdrawn(letter: Letter, left: Sequence[uuid.UUID]) -> None:
    """What stands of those who left openly, which is their name and a day, goes for good."""
    for keys in batched(left, CHUNK):
        Signature.objects.filter(pk__in=keys).update(name="", withdrawn_on=None)
        journal.note(Act.WITHDRAW, keys, timezone.now())
    if left:
        bump_revision(letter)


def _keep(decision: Decision) -> None:
    """Have it stand until it is reviewed; and the worker look for whoever is left."""
    if not _is_kept(decision):
        with transaction.atomic():
            decision.save(force_insert=True)
            if decision.hides_by == Shared.COUNTRY:
                journal.note(HIDE, [decision.letter_id], decision.at, decision.reason)
            # Of a country too: this may break off, or a list be brought in at this moment.
            Hiding.objects.create(decision=decision, actor=decision.actor)


def _is_kept(decision: Decision) -> bool:
    return Decision.objects.filter(pk=decision.pk).exists()


def _is_hidden(letter: Letter, group: Group) -> bool:
    return _alike(letter, group).exists()


def _alike(letter: Letter, group: Group) -> QuerySet[Decision]:
    return open_hides({letter.pk}).filter(hides_by=group.by, reason=group.value)


def _uncovered(decision: Decision, group: Group) -> list[uuid.UUID]:
    """Who is not hidden with the group yet."""
    earlier = Q(confirmed_at=None) | Q(confirmed_at__lt=decision.at)
    hidden = kept_hidden(_alike(decision.letter, group))
    noted = Decided.objects.filter(decision=decision, signature=OuterRef("pk"))
    rows = Signature.objects.filter(
        _MAY_COME_BACK, earlier, ~hidden, ~Exists(noted), letter=decision.letter
    )
    return [key for key, _ in _of(rows, group)]


def _of(rows: QuerySet[Signature], group: Group) -> list[tuple[uuid.UUID, str]]:
    """Id and kind of those of a group, by what stands in clear."""
    if group.by is Shared.COUNTRY:
        return list(rows.filter(country=group.value).order_by("pk").values_list("pk", "kind"))
    words = fold(group.value)
    if not words:
        return []
    for word in words.split():
        rows = rows.filter(search__contains=word)
    found = rows.order_by("pk").values_list("pk", "kind", "name", "affiliation")
    return [(pk, kind) for pk, kind, *entry in found if names(words, kind, *entry)]


def _withdrawn(letter: Letter, group: Group) -> list[tuple[uuid.UUID, str]]:
    """Id and kind of each who left openly: nothing but the name stands of them."""
    left = Signature.objects.filter(
        letter=letter, state=State.WITHDRAWN, withdrawn_on__isnull=False
    ).order_by("pk")
    if group.by is Shared.COUNTRY:
        return list(left.filter(country=group.value).values_list("pk", "kind"))
    words = fold(group.value)
    rows = left.filter(kind=Kind.ORGANISATION).values_list("pk", "kind", "name")
    return [(pk, kind) for pk, kind, name in rows if words and names(words, kind, name, "")]


def _on_paper(letter: Letter, group: Group) -> int:
    return count_names_from(letter, group.value) if group.by is Shared.COUNTRY else 0


@transaction.atomic
def _empty_withdrawn(letter: Letter, group: Group) -> int:
    left = [key for key, _ in _withdrawn(letter, group)]
    empty_withdrawn(letter, left)
    return len(left)


def _wanted(rows: Sequence[Signature]) -> dict[uuid.UUID, str]:
    """How those are to appear that do not now: hidden with another group, or about to be shown."""
    keys = [row.pk for row in rows if row.visibility == Visibility.COUNTED]
    hidden = Decided.objects.filter(
        signature__in=keys, decision__act=HIDE, decision__undone_at=None, chose_anew=False
    ).order_by("pk")
    asked = SignerRequest.objects.filter(signature__in=rows, act=SignerRequest.Act.SHOW)
    return {
        **dict(hidden.values_list("signature", "visibility_before")),
        **dict(asked.values_list("signature", "visibility")),
    }


def _empty(rows: Sequence[Signature], letter: Letter, now: datetime) -> None:
    """What is shown of them anywhere; it is counted as before."""
    seal_clear(rows, letter)
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


def seal_clear(rows: Iterable[Signature], letter: Letter) -> None:
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
