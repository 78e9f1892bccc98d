"""Pages for what went wrong: a sentence, and where to go on. No detail of the cause."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from undersigned.website.languages import DEFAULT, direction, known_language


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return show(request, "bad request", 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return show(request, "not found", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return show(request, "server error", 500)


def not_allowed(request: HttpRequest, methods: str) -> HttpResponse:
    response = show(request, "bad request", 405)
    response.headers["Allow"] = methods
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    return show(request, "too large", 413)


def other_site(request: HttpRequest) -> HttpResponse:
    return show(request, "other site", 403)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = show(request, "unavailable", 503)
    response.headers["Retry-After"] = "30"
    return response


def too_often(request: HttpRequest) -> HttpResponse:
    """Enough for today (RFC 6585)."""
    response = show(request, "too often", 429)
    response.headers["Retry-After"] = "86400"
    return response


def show(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    language = _language_of(request.path_info)
    with translation.override(language):
        context = {
            "problem": problem,
            "language": language,
            "language_direction": direction(language),
        }
        return render(request, "error.html", context, status=status)


def _language_of(path: str) -> str:
    """The language in the address, if there is one; in the studio that of whoever reads."""
    for part in path.split("/")[1:3]:
        if known_language(part):
            return part
    return known_language(translation.get_language() or "") or DEFAULT
