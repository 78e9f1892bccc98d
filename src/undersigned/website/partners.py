"""Partners on a letter's form: a box for each, unticked, with its own words and privacy notice.

A box sends the number of the wording that stood beside it, so that what is stored is what was read,
also if the words were changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from undersigned.letters.models import Letter, Partner
from undersigned.signatures.partner_consents import wording_for
from undersigned.website.languages import direction

# More than these are offered in a list that is opened.
AT_ONCE = 5
FIELD = "partner-"
_DIGITS_AT_MOST = 18

# What the signing road knows: each partner's id, and the wordings that it ever had, by slug.
type Tickable = Mapping[str, tuple[UUID, frozenset[int]]]


@dataclass(frozen=True)
class PartnerBox:
    """`words` in `language`, written in `direction`. `wording`: its number, which the box sends."""

    slug: str
    name: str
    wording: int
    words: str
    language: str
    direction: str
    privacy_url: str
    is_ticked: bool


@dataclass(frozen=True)
class PartnerBoxes:
    """`shown` stand on the form; `more` in a list, which `is_open` if something in it is ticked.

    `via`: the slug of the partner by whose link the form was opened, or nothing.
    """

    shown: list[PartnerBox]
    more: list[PartnerBox]
    is_open: bool
    via: str


def tickable(letter: Letter) -> Tickable:
    """Read once for each revision; without a query if `partners__wordings` came with the letter."""
    prefetch_related_objects([letter], "partners__wordings")
    return {
        partner.slug: (partner.pk, frozenset(one.pk for one in partner.wordings.all()))
        for partner in letter.partners.all()
        if partner.ended_at is None
    }


def ticked(data: Any, partners: Tickable) -> tuple[tuple[UUID, int], ...]:
    """The partners whose box was ticked, each with the wording beside it; others are left out."""
    return tuple(
        (partner, wording)
        for slug, (partner, wordings) in partners.items()
        if (wording := _number(data.get(FIELD + slug, ""))) in wordings
    )


def all_known(data: Any, partners: Tickable) -> bool:
    """Whether every box that was sent is known here; else what is in memory may be behind."""
    sent = [name for name in data if name.startswith(FIELD)]
    return not sent or len(ticked(data, partners)) == len(sent)


def came_by(data: Any, partners: Tickable) -> UUID | None:
    """By whose link the form was opened."""
    found = partners.get(data.get("via", ""))
    return found[0] if found else None


def partner_boxes(letter: Letter, language: str, data: Any, via: str = "") -> PartnerBoxes:
    """The boxes of a form as it was sent, or of a new one. `via`: whose link leads to it."""
    partners = list(
        letter.partners.filter(ended_at=None).order_by("position").prefetch_related("wordings")
    )
    via = via or data.get("via", "")
    via = via if any(partner.slug == via for partner in partners) else ""
    boxes = [_box(letter, partner, language, data) for partner in partners]
    if len(boxes) <= AT_ONCE:
        return PartnerBoxes(boxes, [], is_open=False, via=via)
    shown = [box for box in boxes if box.slug == via]
    more = [box for box in boxes if box.slug != via]
    return PartnerBoxes(shown, more, is_open=any(box.is_ticked for box in more), via=via)


def _box(letter: Letter, partner: Partner, language: str, data: Any) -> PartnerBox:
    partner.letter = letter
    wording = wording_for(partner, language)
    return PartnerBox(
        slug=partner.slug,
        name=partner.name,
        wording=wording.pk,
        words=wording.words,
        language=wording.language,
        direction=direction(wording.language),
        privacy_url=wording.privacy_url,
        # Other words than those that were ticked are not agreed to.
        is_ticked=_number(data.get(FIELD + partner.slug, "")) == wording.pk,
    )


def _number(sent: str) -> int:
    """What a box sent; -1 for what no box of ours sends."""
    is_one = sent.isascii() and sent.isdigit() and len(sent) <= _DIGITS_AT_MOST
    return int(sent) if is_one else -1
