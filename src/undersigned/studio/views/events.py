"""Who did what, when: the trails of a letter and of a team, to read and to take along."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from undersigned.letters.models import Letter
from undersigned.signatures.exporting.formulas import harmless
from undersigned.studio.event_details import detail_words
from undersigned.studio.event_words import (
    LETTER_ACTS,
    TEAM_ACTS,
    Words,
    act_words,
    actor_words,
)
from undersigned.studio.forms.events import EventFilter
from undersigned.studio.pages import StudioRequest, letter_page, show, team_page
from undersigned.teams.models import Team
from undersigned.teams.rules import Act

PER_PAGE = 100
FORMS = ("csv", "json")
# What a file has at most: years of a busy letter, and no strain on memory.
MOST_IN_A_FILE = 50_000


@require_safe
@letter_page(Act.SEE_EVENTS)
def of_letter(request: StudioRequest, letter: Letter) -> HttpResponse:
    form, events = _narrowed(request, letter.events.all(), LETTER_ACTS)
    files = reverse("studio-events-file", args=[letter.slug, "csv"])
    context = _page(request, form, events, LETTER_ACTS, files)
    return show(request, "events.html", context, letter=letter, part="events")


@require_safe
@letter_page(Act.SEE_EVENTS)
def file_of_letter(request: StudioRequest, letter: Letter, form: str) -> HttpResponse:
    _, events = _narrowed(request, letter.events.all(), LETTER_ACTS)
    return _file(events, LETTER_ACTS, form, f"{letter.slug}-events")


@require_safe
@team_page(Act.MANAGE_TEAM)
def of_team(request: StudioRequest, team: Team) -> HttpResponse:
    form, events = _narrowed(request, team.events.all(), TEAM_ACTS)
    files = reverse("studio-team-events-file", args=[team.pk, "csv"])
    return show(request, "events.html", _page(request, form, events, TEAM_ACTS, files), team=team)


@require_safe
@team_page(Act.MANAGE_TEAM)
def file_of_team(request: StudioRequest, team: Team, form: str) -> HttpResponse:
    _, events = _narrowed(request, team.events.all(), TEAM_ACTS)
    return _file(events, TEAM_ACTS, form, "team-events")


def _narrowed(request: StudioRequest, events: Any, words: Words) -> tuple[EventFilter, Any]:
    form = EventFilter(
        request.GET,
        actors=events.order_by().values_list("actor", flat=True).distinct()[:500],
        acts=events.order_by().values_list("act", flat=True).distinct(),
        words=words,
    )
    return form, form.narrow(events).order_by("-at", "-pk")


def _page(
    request: StudioRequest, form: EventFilter, events: Any, words: Words, files: str
) -> dict[str, Any]:
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    asked = f"?{query.urlencode()}" if query else ""
    return {
        "filter": form,
        "is_filtered": form.is_narrow,
        "page": page,
        "rows": [
            {
                "at": event.at,
                "who": actor_words(event.actor),
                "what": act_words(words, event.act),
                "details": detail_words(event.details),
            }
            for event in page
        ],
        "csv_url": files + asked,
        "json_url": files.removesuffix("csv/") + "json/" + asked,
    }


def _file(events: Any, words: Words, form: str, name: str) -> HttpResponse:
    """Codes and details as they are stored, with their sentences in the CSV."""
    if form not in FORMS:
        raise Http404
    rows = events[:MOST_IN_A_FILE].iterator(chunk_size=2000)
    answer = HttpResponse(
        content_type="application/json" if form == "json" else "text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{form}"',
            "Cache-Control": "no-store",
        },
    )
    if form == "json":
        told = [
            {"at": row.at.isoformat(), "who": row.actor, "act": row.act, "details": row.details}
            for row in rows
        ]
        answer.write(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        csv.writer(answer).writerows(_cells(rows, words))
    return answer


def _cells(rows: Any, words: Words) -> Iterator[list[str]]:
    yield ["at", "who", "act", "what", "details"]
    for row in rows:
        details = json.dumps(row.details, ensure_ascii=False) if row.details else ""
        yield [
            row.at.isoformat(),
            *map(harmless, (row.actor, row.act, act_words(words, row.act), details)),
        ]
