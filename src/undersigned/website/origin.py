"""Refuse forms that another site sends, without a cookie: by what browsers say of a request."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """Middleware: a state-changing request must come from this site's own pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS and not from_this_site(
            request.headers.get("Sec-Fetch-Site"),
            request.headers.get("Origin"),
            request.headers.get("Host", ""),
            signed_in=settings.SESSION_COOKIE_NAME in request.COOKIES,
        ):
            # A late import: the error pages need the templates' machinery.
            from undersigned.website.views.errors import other_site

            return other_site(request)
        return self.get_response(request)


def from_this_site(
    fetch_site: str | None, origin: str | None, host: str, *, signed_in: bool = False
) -> bool:
    """Whether the browser says that one of our own pages sent this request.

    `Sec-Fetch-Site` is exact where it is sent (not on plain HTTP beyond loopback); `Origin` is
    compared with the host that was asked and with the site's own. Neither: no browser, or a very
    old one; the form's stamp still stands between it and us. Not so for somebody `signed_in`: the
    studio's forms have no stamps.
    """
    if fetch_site is not None:
        return fetch_site in {"same-origin", "none"}
    if origin is not None:
        return origin == settings.SITE_URL or _host_of(origin) == host != ""
    return not signed_in


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # such as `http://[`, which no browser sends
        return ""
