"""Turn what Django raises for bad input into pages with a sentence."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

from undersigned.website.views import errors

# Set in the ASGI scope by the front.
TOO_LARGE = "undersigned.too_large"  # it read no further
UNAVAILABLE = "undersigned.unavailable"  # more waits to be stored than can be


class PlainErrors:
    """Middleware: never a traceback for a visitor's mistake."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scope = getattr(request, "scope", {})
        if TOO_LARGE in scope:
            return errors.too_large(request)
        if UNAVAILABLE in scope:
            return errors.unavailable(request)
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            # Our pages send UTF-8. Python knows “encodings” that are none for text, such as zlib.
            return errors.bad_request(request)
        response = self.get_response(request)
        if response.status_code == 405:
            return errors.not_allowed(request, response.headers["Allow"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RequestDataTooBig):
            return errors.too_large(request)
        if isinstance(
            exception,
            SuspiciousOperation | MultiPartParserError | UnreadablePostError | UnicodeError,
        ):
            return errors.bad_request(request)
        if isinstance(exception, DatabaseError):
            return errors.unavailable(request)
        return None
