"""An export as pages show it: what it is, how far it is, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.letters.models import Letter
from undersigned.signatures.exporting.asking import is_there
from undersigned.signatures.models import ErrandState, Export
from undersigned.studio.failure_words import failure_words
from undersigned.studio.forms.deliver import FORM_NAMES, PRESET_NAMES
from undersigned.website.languages import own_name


@dataclass(frozen=True)
class ExportInView:
    """`name`: preset, form and language. `tone`: see `studio/_tag.html`. `state`: a few words."""

    row: Export
    url: str
    name: str
    preset: str
    form: str
    language: str
    state: str
    tone: str
    is_running: bool
    waits_for_approval: bool
    is_there: bool


def in_view(letter: Letter, export: Export) -> ExportInView:
    state, tone = _state(export)
    waits = waits_for_approval(export)
    is_open = export.state in {ErrandState.WAITING, ErrandState.RUNNING}
    return ExportInView(
        row=export,
        url=reverse("studio-export", args=[letter.slug, export.pk]),
        name=name_of(export.preset, export.form, export.language),
        preset=str(PRESET_NAMES[export.preset]),
        form=str(FORM_NAMES[export.form]),
        language=own_name(export.language),
        state=state,
        tone=tone,
        is_running=is_open and not waits,
        waits_for_approval=waits,
        is_there=is_there(export),
    )


def name_of(preset: str, form: str, language: str) -> str:
    """`The public list, PDF, English`; codes of another version as they stand."""
    return _("%(preset)s, %(form)s, %(language)s") % {
        "preset": PRESET_NAMES.get(preset, preset),
        "form": form.upper(),
        "language": own_name(language),
    }


def waits_for_approval(export: Export) -> bool:
    is_unapproved = export.needs_approval and not export.approved_by
    return export.state == ErrandState.WAITING and is_unapproved


def job(letter: Letter, export: ExportInView) -> dict[str, Any]:
    """What `studio/_progress.html` shows."""
    row, of_letter = export.row, [letter.slug, export.row.pk]
    return {
        "label": _("Waiting for the worker") if row.state == ErrandState.WAITING else _("Writing"),
        "is_running": export.is_running,
        "done": row.done,
        "total": row.total or None,
        "url": reverse("studio-export-progress", args=of_letter),
        "outcome": failure_words(row.outcome) or export.state,
        "outcome_tone": export.tone,
        "cancel_url": reverse("studio-export-cancel", args=of_letter),
    }


def _state(export: Export) -> tuple[str, str]:
    if waits_for_approval(export):
        return _("Waits for approval"), "waiting"
    if export.state == ErrandState.WAITING:
        return _("Waits for the worker"), "waiting"
    if export.state == ErrandState.RUNNING:
        return _("Being written"), "waiting"
    if export.state == ErrandState.FAILED:
        return _("Not written"), "stop"
    if export.state == ErrandState.CANCELLED:
        return _("Cancelled"), ""
    if is_there(export, timezone.now()):
        return _("Ready"), "good"
    return _("Removed after a day"), ""
