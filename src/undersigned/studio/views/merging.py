"""Two signatures that are the same: found, laid side by side, and one of them kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.models import Letter
from undersigned.letters.places import country_names
from undersigned.signatures import deciding
from undersigned.signatures.browsing import Wanted, find_signatures
from undersigned.signatures.models import Signature, State
from undersigned.studio.chosen import back, by, chosen_in, ids_in
from undersigned.studio.outcomes import say_outcome, say_too_many
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.signature_words import KINDS, STATES, authority_words, name_shown
from undersigned.studio.views.signatures import find_one
from undersigned.studio.waiting import open_case
from undersigned.teams.rules import Act

_MOST_FOUND = 20


@dataclass(frozen=True)
class Side:
    """One of the two, with everything by which they can be told apart."""

    pk: UUID
    other: UUID
    name: str
    state: str | Promise
    tone: str
    facts: list[tuple[str, str | Promise]]
    since: datetime


@require_http_methods(["GET", "POST"])
@letter_page(Act.MODERATE)
def merge(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Lay the two that were chosen side by side; keep one, strike the other out as its double."""
    if request.method == "POST":
        return _merge(request, letter)
    chosen = chosen_in(request)
    standing = letter.signatures.filter(deciding.STANDS, pk__in=chosen)
    rows = {row.pk: row for row in standing.select_related("case")}
    if len(chosen) != 2 or len(rows) != 2:
        messages.error(request, _("Tick exactly two signatures that stand, to merge them."))
        return back(request, letter)
    first, second = (rows[pk] for pk in chosen)
    return show(
        request,
        "merge.html",
        {
            "sides": [_side(first, second), _side(second, first)],
            "back": request.GET.get("back", ""),
        },
        letter=letter,
        part="signatures",
    )


@require_safe
@letter_page(Act.MODERATE)
def find(request: StudioRequest, letter: Letter, signature: UUID) -> HttpResponse:
    """Find the other one: what the worker thinks alike, and what has the words typed."""
    row = find_one(letter, signature)
    here = reverse("studio-signature", args=[letter.slug, row.pk])
    words = request.GET.get("q", "").replace("\0", "")[:100]
    found = find_signatures(letter, Wanted(state=State.LISTED, words=words)).exclude(pk=row.pk)
    names = country_names(get_language() or "en")
    return show(
        request,
        "merge_find.html",
        {
            "one": row,
            "name": name_shown(row),
            "words": words,
            "alike": [
                (one, _address(letter, row.pk, UUID(one.like.id), here))
                for one in open_case(row).alike
                if one.like.where != "registry"
            ],
            "found": [
                {
                    "name": name_shown(other),
                    "place": other.place or names.get(other.country, ""),
                    "url": _address(letter, row.pk, other.pk, here),
                }
                for other in (found[:_MOST_FOUND] if words else [])
            ],
        },
        letter=letter,
        part="signatures",
    )


def _merge(request: StudioRequest, letter: Letter) -> HttpResponse:
    keep = ids_in(request.POST.getlist("keep"))
    try:
        outcome = deciding.merge(
            by(request, letter), keep[0] if keep else UUID(int=0), chosen_in(request)
        )
    except deciding.NothingToKeep:
        messages.error(
            request, _("Nothing was merged: the signature to keep does not stand any more.")
        )
    except deciding.TooManyForOne:
        say_too_many(request)
    else:
        sentence = ngettext(
            "%(total)d signature is merged into the one that stays.",
            "%(total)d signatures are merged into the one that stays.",
            outcome.done,
        )
        say_outcome(request, letter, sentence, outcome)
    return back(request, letter)


def _address(letter: Letter, one: UUID, other: UUID, there: str) -> str:
    query = urlencode([("chosen", one), ("chosen", other), ("back", there)])
    return f"{reverse('studio-merge', args=[letter.slug])}?{query}"


def _side(row: Signature, other: Signature) -> Side:
    language = get_language() or "en"
    known = open_case(row).case
    entry = row if row.name or known is None or not known.is_readable else known
    label, tone = STATES[row.state]
    facts = [
        (_("Who"), KINDS[row.kind]),
        (_("Title or profession"), entry.title),
        (_("Affiliation"), entry.affiliation),
        (_("Website"), entry.website),
        (_("Place"), entry.place or country_names(language).get(entry.country, "")),
        (_("Authority"), authority_words(row, language)),
    ]
    return Side(
        pk=row.pk,
        other=other.pk,
        name=entry.name or name_shown(row),
        state=label,
        tone=tone,
        facts=[(name, value) for name, value in facts if value],
        since=row.confirmed_at or row.created_at,
    )
