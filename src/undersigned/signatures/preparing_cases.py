"""Gather what speaks for and against signatures that wait for a person."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from undersigned.letters.queries import letter_title
from undersigned.signatures.authority.lookalikes import Resemblance
from undersigned.signatures.authority.shared_domains import is_free_mail
from undersigned.signatures.cases import (
    DomainLike,
    Earlier,
    Like,
    OpenCase,
    open_to_studio,
    save_cases,
    waiting_for_a_case,
)
from undersigned.signatures.holding_rules import Rules, conditions_of
from undersigned.signatures.known_organisations import known_organisations
from undersigned.signatures.likeness import Index, Likeness, Reason
from undersigned.signatures.listed_names import NamesOfLetters
from undersigned.signatures.models import AuthorityCheck, Kind, Level, Signature, State
from undersigned.signatures.reading import Read, read
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

log = logging.getLogger(__name__)

_MOST_LIKES = 8
_MOST_EARLIER = 5
_DUPLICATE = 85
# The order in which reasons weigh; codes of `held_because` stand among them.
WEIGHT = (
    "cannot be read",
    "disputed",
    "lookalike",
    "duplicate",
    "rule",
    "other mailbox",
    "free mailbox",
    "no website",
    "burst",
    "same mailbox",
    "person",
    "organisation",
)
_names = NamesOfLetters()


@dataclass(frozen=True)
class _Prepared:
    row: Signature
    case: OpenCase
    reasons: list[str]


def prepare_cases(keys: WorkerKeys) -> int:
    """Prepare up to a batch of cases; returns how many. For the errand thread alone."""
    waiting = waiting_for_a_case(keys)
    sealer = open_to_studio() if waiting else None
    if sealer is None:
        return 0
    opened: list[Read] = []
    prepared: list[_Prepared] = []
    for row in waiting:
        try:
            opened.append(read(row, keys))
        except KeyMissing:
            continue
        except CannotOpen:
            log.error("Signature %s cannot be opened; its case says so.", row.pk)
            case = OpenCase(is_readable=False)
            prepared.append(_Prepared(row, case, ["cannot be read"]))
    prepared += _gather(opened, keys)
    save_cases([(one.row, one.case, one.reasons) for one in prepared], sealer, timezone.now())
    return len(prepared)


def _gather(opened: Sequence[Read], keys: WorkerKeys) -> list[_Prepared]:
    letters = {one.row.letter_id for one in opened}
    rules = {letter: Rules(found) for letter, found in conditions_of(letters).items()}
    known = known_organisations()
    prepared = []
    for letter in letters:
        here = [one for one in opened if one.row.letter_id == letter]
        names = _names.of(letter, keys)
        names.take_in(here)
        for one in here:
            likes = _likes(one, names.like(one, one.website_domain), known)
            case = _case(one, likes, rules.get(letter), known)
            prepared.append(_Prepared(one.row, case, _reasons(one, case)))
    return prepared


def _case(
    one: Read, likes: tuple[Like, ...], rules: Rules | None, known: Index[uuid.UUID]
) -> OpenCase:
    details, row = one.entry.details, one.row
    for_organisation = row.kind == Kind.ORGANISATION
    rule = rules.match(one.seen()) if rules is not None else None
    return OpenCase(
        name=details.name,
        title=details.title,
        affiliation=details.affiliation,
        role=details.role,
        website=details.website,
        place=one.entry.place,
        country=one.entry.country,
        domain=one.website_domain,
        mailbox=_mailbox(one),
        mailbox_domain=one.mailbox_domain if for_organisation else "",
        resembles=_resembles(one, known),
        likes=likes,
        earlier=_earlier(row),
        rule=(rule.kind.value, rule.pattern) if rule else ("", ""),
        doubt=row.doubt,
        answers=_answers(row),
    )


def _likes(
    one: Read, here: Sequence[Likeness[uuid.UUID]], known: Index[uuid.UUID]
) -> tuple[Like, ...]:
    """Under this letter first, then in the registry."""
    listed = set(
        Signature.objects.filter(
            pk__in=[found.id for found in here], state=State.LISTED
        ).values_list("pk", flat=True)
    )
    likes = [_like(found, "listed" if found.id in listed else "held") for found in here]
    if one.row.kind == Kind.ORGANISATION:
        entry = one.entry
        registered = known.similar(
            entry.details.name, country=entry.country, domain=one.website_domain
        )
        likes += [
            _like(found, "registry") for found in registered if found.id != one.row.organisation_id
        ]
    return tuple(likes[:_MOST_LIKES])


def _like(found: Likeness[uuid.UUID], where: str) -> Like:
    return Like(str(found.id), where, found.name, found.score, found.reason.value)


def _mailbox(one: Read) -> str:
    if not one.mailbox_domain:
        return ""
    if one.common_domain:
        return "same"
    return "free" if is_free_mail(one.mailbox_domain) else "other"


def _resembles(one: Read, known: Index[uuid.UUID]) -> tuple[DomainLike, ...]:
    """The domain of the website, or else of the mailbox, against those of the registry."""
    domain = one.website_domain or one.mailbox_domain
    if one.row.kind != Kind.ORGANISATION or not domain:
        return ()
    found = known.domains.resembling(domain)
    return tuple(DomainLike(like.domain, like.resemblance.value) for like in found)[:_MOST_LIKES]


def _earlier(row: Signature) -> tuple[Earlier, ...]:
    if row.organisation_id is None:
        return ()
    others = (
        Signature.objects.filter(organisation=row.organisation_id, state=State.LISTED)
        .exclude(pk=row.pk)
        .exclude(authority=Level.NONE)
        .select_related("letter")
        .order_by("-authority_on")[:_MOST_EARLIER]
    )
    return tuple(
        Earlier(
            letter=letter_title(other.letter),
            level=other.authority,
            domain=other.authority_domain,
            on=other.authority_on.isoformat() if other.authority_on else "",
            vouchers=other.authority_by,
        )
        for other in others
    )


def _answers(row: Signature) -> tuple[str, ...]:
    found = AuthorityCheck.objects.filter(
        signature=row, method=AuthorityCheck.Method.MESSAGE, outcome__in=("yes", "no")
    )
    return tuple(found.order_by("checked_at").values_list("outcome", flat=True))


def _reasons(one: Read, case: OpenCase) -> list[str]:
    for_organisation = one.row.kind == Kind.ORGANISATION
    codes = {
        one.row.held_because: True,
        "disputed": "no" in case.answers,
        "lookalike": any(like.reason == Reason.LOOK for like in case.likes)
        or any(like.resemblance == Resemblance.LOOK for like in case.resembles),
        "duplicate": any(
            like.where != "registry" and like.score >= _DUPLICATE for like in case.likes
        ),
        "rule": bool(case.rule[0]),
        "burst": case.doubt == "burst",
        "other mailbox": for_organisation and case.mailbox == "other",
        "free mailbox": for_organisation and case.mailbox == "free",
        "same mailbox": for_organisation and case.mailbox == "same",
        "no website": for_organisation and not case.domain,
    }
    present = [code for code, is_so in codes.items() if is_so]
    return sorted(present, key=lambda code: WEIGHT.index(code) if code in WEIGHT else len(WEIGHT))
