"""Hand a partner's file out, as it lies there: nobody but the partner can open it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import cast

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from undersigned.letters.models import Partner
from undersigned.signatures.models import PartnerFile
from undersigned.signatures.partner_files import can_be_fetched, file_name, note_fetched, path_of

_PIECE = 64 * 1024


def hand_out(
    request: HttpRequest, file: PartnerFile, partner: Partner, *, actor: str
) -> HttpResponse | None:
    """The file, once it is noted who fetched it; None if it is not there any more."""
    is_there = can_be_fetched(file, partner, timezone.now()) and path_of(file).is_file()
    if not is_there or not note_fetched(file, partner, actor=actor):
        return None
    pieces = _pieces(path_of(file))
    response = StreamingHttpResponse(
        _awaited(pieces) if isinstance(request, ASGIRequest) else pieces,
        content_type="application/octet-stream",
        headers={
            "Content-Length": str(file.size),
            "Content-Disposition": f'attachment; filename="{file_name(file, partner)}"',
            "Cache-Control": "no-store",
        },
    )
    return cast("HttpResponse", response)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


async def _awaited(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Read in a thread: the event loop serves others meanwhile."""
    while (piece := await sync_to_async(lambda: next(pieces, None))()) is not None:
        yield piece
