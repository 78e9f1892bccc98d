"""The rows of a list as they were read: with questions, perhaps twice, to mend, left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undersigned.letters.models import Letter
from undersigned.letters.places import country_names
from undersigned.signatures.importing.flags import Flag
from undersigned.signatures.importing.layout import Laid, Left
from undersigned.signatures.models import ImportBatch
from undersigned.studio.import_words import KINDS, PARTS, STEPS, say_fault
from undersigned.studio.list_readings import Looked, look
from undersigned.studio.pages import StudioRequest, show
from undersigned.studio.views.imports import import_page

PER_PAGE = 100


@require_safe
@import_page
def one(request: StudioRequest, letter: Letter, batch: ImportBatch) -> HttpResponse:
    """A list: what it says while it is looked through, what became of it afterwards."""
    if batch.step != ImportBatch.Step.READING:
        label, tone = STEPS[batch.step]
        context: dict[str, Any] = {
            "batch": batch,
            "state": label,
            "tone": tone,
            "fingerprint": bytes(batch.sha256).hex(),
        }
        return show(request, "import_ended.html", context, letter=letter, part="imports")
    looked = look(batch, letter)
    layout = looked.layout
    views: dict[str, tuple[str, Sequence[Any]]] = {
        "all": (_("All rows"), layout.rows),
        "questions": (_("Questions"), layout.flags),
        "doubles": (_("Perhaps twice"), layout.doubles),
        "mend": (_("To mend"), layout.faulty),
        "left": (_("Left out"), layout.left),
    }
    view = request.GET.get("view", "")
    view = view if view in views else "all"
    page = Paginator(views[view][1], PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "tabs": [
            {
                "label": label,
                "url": f"?view={key}",
                "is_current": key == view,
                "count": len(entries),
            }
            for key, (label, entries) in views.items()
        ],
        "view": view,
        "page": page,
        "entries": [_entry(one, looked) for one in page],
        "open": layout.open,
        "total": len(layout.rows),
        "faulty": len(layout.faulty),
        "looked": looked,
        "whole_page": looked.choices.whole_page,
    }
    return show(request, "import_rows.html", context, letter=letter, part="imports")


def _entry(one: Laid | Flag | Left, looked: Looked) -> dict[str, Any]:
    if isinstance(one, Laid):
        return _row(one, looked)
    if isinstance(one, Flag):
        return _question(one, looked)
    return {"left": one}


def _row(laid: Laid, looked: Looked) -> dict[str, Any]:
    entry = laid.entry
    return {
        "laid": laid,
        "lines": ", ".join(str(line) for line in laid.row.lines),
        "kind": KINDS[entry.kind],
        "country": country_names(get_language() or "en").get(entry.country, ""),
        "questions": [_question(flag, looked) for flag in laid.flags],
        "faults": [f"{PARTS[fault.part]}: {say_fault(fault)}" for fault in laid.faults],
    }


def _question(flag: Flag, looked: Looked) -> dict[str, Any]:
    """`answer`: yes, no, or nothing while it is open."""
    answers = looked.choices.answers
    answer = ("yes" if answers[flag.id] else "no") if flag.id in answers else ""
    return {"flag": flag, "answer": answer, "lines": ", ".join(map(str, flag.lines[:20]))}
