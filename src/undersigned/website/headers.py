"""The headers that every answer carries."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
PERMISSIONS_POLICY = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
)

# What a page says of itself to the memory above Django (website.front.pages); it never leaves.
KEEP_HEADER = "Undersigned-Keep"
FOREVER = "forever"  # for what never changes at its address
# Names that are hidden go from browsers and from what stands in front within seconds, also while we
# cannot be asked: else whoever takes the site down keeps them up (RFC 9111, 5.2.2.2).
PUBLIC = "public, max-age=5, must-revalidate"


class SecurityHeaders:
    """Middleware: no scripts but ours, no frames, no referrer to others, nothing stored unasked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get(KEEP_HEADER) != FOREVER
        for name, value in (security_headers() if is_page else file_headers()).items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def security_headers() -> dict[str, str]:
    headers = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return {**headers, **_transport_security()}


def file_headers() -> dict[str, str]:
    """For a style sheet, script or icon: less to say, and every byte of a first visit counts."""
    headers = {
        "Content-Security-Policy": "default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return {**headers, **_transport_security()}


def _transport_security() -> dict[str, str]:
    if not settings.SITE_URL.startswith("https:"):
        return {}
    return {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


def keep(
    response: HttpResponse, slug: str, revision: int, languages: Sequence[str] = ()
) -> HttpResponse:
    """Mark a public page as one that may be kept until its letter changes.

    `languages`, where there are several: the page is for those who read the first of them best
    (`website.negotiating`), and others go on to theirs.
    """
    response.headers["Cache-Control"] = PUBLIC
    response.headers[KEEP_HEADER] = f"{slug} {revision}"
    if len(languages) > 1:
        response.headers[KEEP_HEADER] += f" {','.join(languages)}"
        response.headers["Vary"] = "Accept-Language"
    return response
