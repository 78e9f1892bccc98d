"""The queue: one signature at a time with its evidence, the others beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undersigned.letters.models import Letter
from undersigned.letters.places import country_names
from undersigned.signatures.models import Decision
from undersigned.signatures.reasons import DECLINE_REASONS
from undersigned.signatures.renaming import count_waiting_names
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.second_person import decisions_that_wait
from undersigned.studio.shell import held_count
from undersigned.studio.signature_words import DECISIONS, reason_words
from undersigned.studio.waiting import Waiting, held_in_order, neighbours, oldest_held, open_all
from undersigned.studio.who_signs import who_signs
from undersigned.teams.queries import roles_in
from undersigned.teams.rules import Act, allows

PER_PAGE = 50
REMEMBERED = timedelta(hours=1)


@require_safe
@letter_page(Act.SEE_QUEUE)
def look(request: StudioRequest, letter: Letter) -> HttpResponse:
    """The first of those that wait, or the one that `?at=` says."""
    rows = open_all(list(held_in_order(letter)[:PER_PAGE]))
    at = _at(request, rows)
    roles = roles_in(request.user, letter.team_id, letter.pk)
    context: dict[str, Any] = {
        "rows": rows,
        "total": held_count(letter),
        "oldest": oldest_held(letter),
        "at": at,
        "may_moderate": allows(roles, Act.MODERATE),
        "may_void": allows(roles, Act.VOID),
        "keys": _keys(),
        "reasons": DECLINE_REASONS,
        "reason_words": reason_words(),
        "last": _last(request, letter) if allows(roles, Act.MODERATE) else None,
        "decision_words": DECISIONS,
        "names_that_wait": count_waiting_names(letter),
        "decisions_that_wait": decisions_that_wait(letter),
    }
    if at is not None:
        context |= _around(letter, rows, at)
    return show(request, "queue.html", context, letter=letter, part="queue")


@require_safe
@letter_page(Act.SEE_QUEUE)
def count(request: StudioRequest, letter: Letter) -> HttpResponse:
    """The line that says how many wait: asked again and again by the page."""
    seen = request.GET.get("seen", "")
    return render(
        request,
        "studio/_queue_count.html",
        {
            "total": held_count(letter),
            "seen": int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            "slug": letter.slug,
        },
    )


def _last(request: StudioRequest, letter: Letter) -> Decision | None:
    """What the same person decided last, as long as they may still think of it."""
    since = timezone.now() - REMEMBERED
    mine = letter.decisions.filter(person=request.user, undone_at=None, waits=False, at__gte=since)
    return mine.order_by("-at").first()


def _at(request: StudioRequest, rows: list[Waiting]) -> Waiting | None:
    wanted = request.GET.get("at", "")
    found = next((waiting for waiting in rows if str(waiting.row.pk) == wanted), None)
    return found or (rows[0] if rows else None)


def _around(letter: Letter, rows: list[Waiting], at: Waiting) -> dict[str, Any]:
    before, after = neighbours(rows, at.row.pk)
    country = at.case.country if at.case else at.row.country
    address = reverse("studio-queue", args=[letter.slug])

    def to(other: UUID | None) -> str:
        return f"{address}?at={other}" if other else ""

    return {
        "before": to(before),
        "after": to(after),
        # Where to stand once this one is decided.
        "next": to(after or before) or address,
        "here": to(at.row.pk),
        "country": country_names(get_language() or "en").get(country, ""),
        **who_signs(at.row),
    }


def _keys() -> list[dict[str, str]]:
    return [
        {"key": "j", "does": _("Go to the next signature")},
        {"key": "k", "does": _("Go to the one before")},
        {"key": "x", "does": _("Tick it, or take the tick away")},
        {"key": "a", "does": _("Accept those that are ticked, or this one")},
        {"key": "d", "does": _("Decline those that are ticked, or this one")},
        {"key": "e", "does": _("Correct how it reads")},
        {"key": "u", "does": _("Undo the last decision")},
        {"key": "Enter", "does": _("Open everything about it")},
    ]
