"""Mail that was kept because no mail server is configured; for the person at this machine."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from undersigned.config.env import LOOPBACK_HOSTS
from undersigned.mail.kept import read_kept


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
    loopback as well, and nothing may say that the request was forwarded.
    """
    if settings.MAIL_IS_DELIVERED or not settings.SITE_ON_LOOPBACK:
        return False
    if any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP")):
        return False
    if request.get_host().rpartition(":")[0].strip("[]") not in LOOPBACK_HOSTS | {""}:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
