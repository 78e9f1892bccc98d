"""What the studio's health page shows: what `undersigned doctor` finds, as far as the web sees.

The studio knows nothing of `config`; it finds `look` through the setting STUDIO_HEALTH.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from undersigned.config.health.facts import Facts, RequestFacts
from undersigned.config.health.findings import Finding, examine
from undersigned.config.health.gathering import gather_from_web


def look(request: HttpRequest) -> tuple[Facts, list[Finding]]:
    """The facts that can be seen from here at once, and what there is to say of them."""
    facts = gather_from_web(timezone.now(), _seen(request))
    return facts, examine(facts)


def _seen(request: HttpRequest) -> RequestFacts:
    """A proxy that hides the host lets requests for any name through, or for none."""
    host = request.META.get("HTTP_HOST", "")
    own = urlsplit(settings.SITE_URL).netloc
    return RequestFacts(
        host_fits=settings.SITE_ON_LOOPBACK or host == own, is_secure=request.is_secure()
    )
