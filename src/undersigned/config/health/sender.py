"""What others see of the sender of our mail."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings

from undersigned.config.health.facts import SenderFacts
from undersigned.config.health.incoming import look_at_incoming
from undersigned.config.health.records import Look


def look_at_sender(look: Look) -> SenderFacts:
    """Asks name servers, and the mailbox for returned mail; never raises."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()
    returned = look_at_incoming(settings.BOUNCE_ADDRESS, settings.BOUNCE_IMAP_URL, look)
    selector = settings.DKIM_SELECTOR
    return SenderFacts(
        domain=domain,
        returned=returned,
        spf=look.spf(returned.domain if returned else domain),
        dmarc=look.dmarc(domain),
        selector=selector,
        dkim=look.dkim(selector, domain) if selector else "",
    )
