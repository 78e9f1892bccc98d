"""All signatures of a letter, and everything about one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from undersigned.letters.models import Letter
from undersigned.letters.places import country_names
from undersigned.signatures.browsing import count_by_state, find_signatures
from undersigned.signatures.models import Signature, State
from undersigned.signatures.rules import STANDING
from undersigned.signatures.signatories import countries_of
from undersigned.signatures.undoing import UNDOABLE
from undersigned.studio.forms.signatures import SignatureFilter
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.signature_words import (
    ACTS,
    DECISIONS,
    KINDS,
    NOTICES,
    SOURCES,
    STATES,
    VISIBILITIES,
    name_shown,
    reason_words,
    state_words,
)
from undersigned.studio.waiting import open_case
from undersigned.studio.who_signs import who_signs
from undersigned.teams.queries import roles_in
from undersigned.teams.rules import Act, allows
from undersigned.website.languages import own_name

PER_PAGE = 50


@require_safe
@letter_page(Act.SEE_QUEUE)
def browse(request: StudioRequest, letter: Letter) -> HttpResponse:
    """A page of those in one state, narrowed by the filter."""
    names = country_names(get_language() or "en")
    languages = [] if letter.edition is None else letter.edition.translations.all()
    form = SignatureFilter(
        request.GET,
        countries=sorted(
            ((code, names.get(code, code)) for code in countries_of(letter)),
            key=lambda pair: pair[1],
        ),
        languages=[(one.language, own_name(one.language)) for one in languages],
    )
    wanted = form.wanted()
    totals = count_by_state(letter)
    pages = Paginator(find_signatures(letter, wanted), PER_PAGE)
    if not wanted.is_narrow:
        pages.count = totals.get(wanted.state, 0)  # known from the tabs
    page = pages.get_page(request.GET.get("page"))
    return show(
        request,
        "signatures.html",
        {
            "filter": form,
            "wanted": wanted,
            "tabs": _tabs(letter, wanted.state, totals),
            "page": page,
            "rows": [_row(signature, names) for signature in page],
            "is_filtered": wanted.is_narrow,
            **_may(request, letter),
            "stands": wanted.state in STANDING,
        },
        letter=letter,
        part="signatures",
    )


@require_safe
@letter_page(Act.SEE_QUEUE)
def about(request: StudioRequest, letter: Letter, signature: UUID) -> HttpResponse:
    """One signature: how it reads, what became of it, what can be done."""
    row = find_one(letter, signature)
    names = country_names(get_language() or "en")
    here = reverse("studio-signature", args=[letter.slug, row.pk])
    return show(
        request,
        "signature.html",
        {
            "one": row,
            "row": _row(row, names),
            "facts_of": _facts(row),
            "act_words": ACTS,
            "state_words": state_words(),
            "decision_words": DECISIONS,
            "reason_words": reason_words(),
            "notice_words": NOTICES,
            "changes": row.changes.order_by("id")[:100],
            "undoable": UNDOABLE,
            "decisions": row.decided.select_related("decision").order_by("-pk")[:50],
            "corrections": row.corrections.order_by("-at")[:50],
            "notices": row.notices.order_by("not_before")[:50],
            "waiting": open_case(row),
            **who_signs(row),
            "country": names.get(row.country, ""),
            "next": here,
            "here": here,
            **_may(request, letter),
            "stands": row.state in STANDING,
        },
        letter=letter,
        part="signatures",
    )


def find_one(letter: Letter, signature: UUID) -> Signature:
    """A signature of the letter; raises Http404."""
    rows = Signature.objects.filter(letter=letter).select_related(
        "edition", "organisation", "merged_into", "batch", "case"
    )
    return get_object_or_404(rows, pk=signature)


def _tabs(letter: Letter, current: str, totals: dict[str, int]) -> list[dict[str, Any]]:
    address = reverse("studio-signatures", args=[letter.slug])
    return [
        {
            "label": label,
            "url": f"{address}?state={state}",
            "is_current": state == current,
            "count": totals.get(state, 0),
        }
        for state, (label, _tone) in STATES.items()
        if totals.get(state) or state in {current, State.LISTED}
    ]


def _row(signature: Signature, countries: dict[str, str]) -> dict[str, Any]:
    label, tone = STATES[signature.state]
    return {
        "pk": signature.pk,
        "name": name_shown(signature),
        "is_named": bool(signature.name),
        "beside": signature.title or signature.affiliation,
        "kind": KINDS[signature.kind],
        "place": signature.place or countries.get(signature.country, ""),
        "source": SOURCES[signature.source],
        "at": signature.created_at,
        "state": label,
        "tone": tone,
        "is_held": bool(signature.held_because) and signature.state == State.CONFIRMED,
        "is_featured": signature.is_featured,
    }


def _facts(signature: Signature) -> dict[str, Any]:
    return {
        "appears": VISIBILITIES[signature.visibility],
        "language": own_name(signature.language),
        "source": SOURCES[signature.source],
    }


def _may(request: StudioRequest, letter: Letter) -> dict[str, bool]:
    roles = roles_in(request.user, letter.team_id, letter.pk)
    return {
        "may_moderate": allows(roles, Act.MODERATE),
        "may_void": allows(roles, Act.VOID),
    }
