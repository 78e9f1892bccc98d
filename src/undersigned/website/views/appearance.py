"""A letter's colour and its logo."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from undersigned.letters.models import Letter
from undersigned.website.appearance import accent_sheet, logo_file
from undersigned.website.headers import FOREVER, KEEP_HEADER


@require_safe
def show(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Before the launch too: whoever has the address has seen the founders' page or a preview."""
    letter = get_object_or_404(Letter, slug=slug)
    for found in (accent_sheet(letter), logo_file(letter)):
        if found is not None and found.name == name:
            response = HttpResponse(found.content, content_type=found.content_type)
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            response.headers[KEEP_HEADER] = FOREVER
            return response
    raise Http404
