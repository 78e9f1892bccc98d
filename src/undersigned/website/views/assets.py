"""Style sheets, scripts and the icon, from memory, at addresses that change with their content."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from undersigned.website.assets import find_asset
from undersigned.website.headers import FOREVER, KEEP_HEADER


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    asset = find_asset(name)
    if asset is None:
        raise Http404
    response = HttpResponse(asset.content, content_type=asset.content_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers[KEEP_HEADER] = FOREVER
    return response
