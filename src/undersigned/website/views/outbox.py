"""Mail that was kept because no mail server is configured; for the person at this machine."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from undersigned.mail.kept import read_kept

# What a proxy says of a request that it passes on.
FORWARDED = (
    "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"
)  # fmt: skip


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    if not may_read(request):
        raise Http404
    return render(
        request,
        "outbox.html",
        {"mails": read_kept(settings.DATA / "outbox"), "language": "en"},
    )


def may_read(request: HttpRequest) -> bool:
    """On loopback only, and never when mail is delivered.

    A proxy on the same machine connects from loopback too, so the site's own address must be on
    loopback as well (then Django answers to no other name), and nothing may say that the request
    was forwarded.
    """
    if settings.MAIL_IS_DELIVERED or not settings.SITE_ON_LOOPBACK:
        return False
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
