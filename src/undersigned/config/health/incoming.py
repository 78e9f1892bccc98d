"""Whether mail comes in at an address of ours: where it comes back to, and where it signs."""

from __future__ import annotations

import smtplib
from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings

from undersigned.config.health.facts import IncomingFacts
from undersigned.config.health.records import Look
from undersigned.mail.mailbox import MailboxOutOfReach, count_unread

SECONDS = 5
PORT = 25
# In the place of a letter's name, or of a message's number.
BEHIND_PLUS = "undersigned"
_NOT_NOW, _REFUSED = 400, 500


def look_at_incoming(address: str, imap_url: str, look: Look) -> IncomingFacts | None:
    """Asks name servers, the server that takes the mail, and the mailbox; None without an address.

    Never raises.
    """
    if not address:
        return None
    facts = IncomingFacts(address)
    servers = look.servers(facts.domain)
    return replace(
        facts,
        takes_mail=None if servers is None else bool(servers),
        takes_plus=_takes_plus(address, servers[0]) if servers else None,
        mailbox=_fault(imap_url) if imap_url else None,
    )


def _fault(imap_url: str) -> str:
    try:
        count_unread(imap_url)
    except MailboxOutOfReach as fault:
        return str(fault)
    return ""


def _takes_plus(address: str, server: str) -> bool | None:
    """Ask as if there were mail for it, and hang up; None if that does not tell.

    It tells only if the address itself is taken: a server that refuses this too may not want to
    hear from this machine at all. Each is asked alone, as for a report that comes back.
    """
    local, _, domain = address.rpartition("@")
    tagged = f"{local}+{BEHIND_PLUS}@{domain}"
    # Named, so that nobody is asked for this machine's name.
    name = urlsplit(settings.SITE_URL).hostname
    try:
        with smtplib.SMTP(server, PORT, name, timeout=SECONDS) as talk:
            talk.ehlo_or_helo_if_needed()
            answer = _ask_for(talk, tagged)
            if answer < _REFUSED:
                return True if answer < _NOT_NOW else None
            return False if _ask_for(talk, address) < _NOT_NOW else None
    except (OSError, smtplib.SMTPException, UnicodeError):
        return None


def _ask_for(talk: smtplib.SMTP, address: str) -> int:
    """The server's answer to a recipient, or to a sender that it does not want."""
    talk.rset()
    code, _ = talk.mail("")
    return talk.rcpt(address)[0] if code < _NOT_NOW else code
