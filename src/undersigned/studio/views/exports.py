"""One export: how far it is, its approval, its file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, cast
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters.models import Letter
from undersigned.signatures.exporting import asking
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.exporting.writing import PURPOSE
from undersigned.signatures.models import Export
from undersigned.studio.exports_in_view import ExportInView, in_view, job
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.signing_in_again import signed_in_just_now
from undersigned.teams.installation import studio_opener
from undersigned.teams.queries import may
from undersigned.teams.rules import Act
from undersigned.vault.files import open_pieces
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "json": "application/json",
}


@require_safe
@letter_page(Act.EXPORT_NAMES)
def show(request: StudioRequest, letter: Letter, export: UUID) -> HttpResponse:
    found = _found(letter, export)
    context = {
        **_state(request, letter, found),
        "facts": _facts(found),
        "may_approve": found.waits_for_approval
        and found.row.asked_by_id != request.user.pk
        and may(request.user, Act.APPROVE, letter.team_id),
    }
    return show_page(request, "export.html", context, letter=letter, part="deliver")


@require_safe
@letter_page(Act.EXPORT_NAMES)
def progress(request: StudioRequest, letter: Letter, export: UUID) -> HttpResponse:
    """The part of the page that changes by itself."""
    state = _state(request, letter, _found(letter, export))
    return render(request, "studio/_export.html", {**state, "letter": letter})


@require_POST
@letter_page(Act.EXPORT_NAMES)
def cancel(request: StudioRequest, letter: Letter, export: UUID) -> HttpResponse:
    found = _found(letter, export)
    if asking.cancel(found.row, request.user):
        say_done(request, _("The export is cancelled. No file was kept."))
    else:
        say_done(request, _("The export had ended before it could be cancelled."))
    return redirect(found.url)


@require_http_methods(["GET", "POST"])
@letter_page(Act.APPROVE)
@signed_in_just_now
def approve(request: StudioRequest, letter: Letter, export: UUID) -> HttpResponse:
    """By another owner than the one who asked, who has just shown who they are."""
    found = _found(letter, export)
    if request.method == "POST":
        try:
            asking.approve(found.row, request.user)
            say_done(request, _("You approved the export. It is written now."))
        except asking.SamePerson:
            say_done(request, _("You asked for this export. Somebody else has to approve it."))
        except asking.NothingToApprove:
            say_done(request, _("There is nothing to approve any more."))
        return redirect(found.url)
    context = {
        "heading": _("Approve this export of addresses?"),
        "will": [
            found.preset,
            _("%(name)s asked for it, and can download it for a day.") % {"name": found.row.actor},
        ],
        "keeps": _("Your approval is written into the events of the letter."),
        "button": _("Approve"),
        "back": found.url,
    }
    return show_page(request, "confirm.html", context, letter=letter, part="deliver")


@require_POST
@letter_page(Act.EXPORT_NAMES)
def fetch(request: StudioRequest, letter: Letter, export: UUID) -> HttpResponse:
    """The file, opened piece by piece while it is sent; one with addresses to whoever just proved
    who they are.
    """
    found = _found(letter, export)
    if not _may_fetch(request, letter, found):
        raise Http404
    if asking.holds_addresses(PRESETS[found.row.preset]):
        return signed_in_just_now(_send)(request, letter, found)
    return _send(request, letter, found)


def _send(request: StudioRequest, letter: Letter, found: ExportInView) -> HttpResponse:
    if not found.is_there:
        say_done(request, _("The file is not there any more. Make it again."))
        return redirect(found.url)
    try:
        pieces = _opened(found.row)
    except (CannotOpen, KeyMissing, OSError):
        say_done(request, _("The file cannot be opened. Nothing is lost: make it again."))
        return redirect(found.url)
    asking.note_fetched(found.row, request.user)
    found.row.letter = letter
    response = StreamingHttpResponse(
        _awaited(pieces) if isinstance(request, ASGIRequest) else pieces,
        content_type=_TYPES[found.row.form],
        headers={
            "Content-Length": str(found.row.size),
            "Content-Disposition": f'attachment; filename="{asking.file_name(found.row)}"',
            "Cache-Control": "no-store",
        },
    )
    return cast("HttpResponse", response)


def _opened(export: Export) -> Iterator[bytes]:
    """The pieces of a file whose first one is known to open."""
    opener = studio_opener(settings.DATA / "web")
    key = opener.open(export.pk, PURPOSE, bytes(export.sealed_key or b""))
    pieces = open_pieces(asking.path_of(export), key, export.pk, PURPOSE)
    first = next(pieces)

    def whole() -> Iterator[bytes]:
        yield first
        yield from pieces

    return whole()


async def _awaited(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Read in a thread: the event loop serves others meanwhile."""
    while (piece := await sync_to_async(lambda: next(pieces, None))()) is not None:
        yield piece


def _found(letter: Letter, export: UUID) -> ExportInView:
    row = Export.objects.filter(letter=letter, pk=export).first()
    if row is None:
        raise Http404
    return in_view(letter, row)


def _may_fetch(request: StudioRequest, letter: Letter, export: ExportInView) -> bool:
    act = asking.act_for(PRESETS[export.row.preset])
    return may(request.user, act, letter.team_id, letter.pk)


def _state(request: StudioRequest, letter: Letter, export: ExportInView) -> dict[str, Any]:
    return {
        "export": export,
        "job": job(letter, export),
        "can_fetch": export.is_there and _may_fetch(request, letter, export),
        "file_url": reverse("studio-export-file", args=[letter.slug, export.row.pk]),
    }


def _facts(export: ExportInView) -> list[tuple[str, str]]:
    return [
        (_("File"), export.form),
        (_("Language"), export.language),
        (_("Asked for by"), export.row.actor),
        (_("Approved by"), export.row.approved_by),
    ]
