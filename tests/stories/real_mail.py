"""A running installation whose mail goes through Postfix, to people who read it with Dovecot."""

from __future__ import annotations

import contextlib
import email
import email.policy
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import override

from tests.mail_servers import MailServers
from tests.stories.conftest import Site, host_environment, serving
from undersigned.mail.kept import KeptMail

RETURNED, SIGNING = "bounces", "sign"


@dataclass(frozen=True)
class MailedSite(Site):
    """`servers`: by which its mail comes and goes."""

    servers: MailServers

    @override
    def mails_to(self, address: str) -> list[KeptMail]:
        return [_kept(raw) for raw in reversed(self.delivered(address))]

    def delivered(self, address: str) -> list[bytes]:
        """Each mail as it lies in the mailbox, oldest first."""
        return self.servers.mails_in(address.partition("@")[0])

    def orders_update(self, title: str) -> None:
        """To everybody who asked for updates, at once."""
        self._organisers("order", title)

    def reports(self) -> dict[str, int]:
        """Of the last update: each figure that is not 0, and whom it passed over, and why."""
        found: dict[str, int] = json.loads(self._organisers("report"))
        return found

    def came_back(self) -> list[str]:
        """What was reported of mails that a server had taken."""
        address = f"file:{self.data}/db.sqlite3?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=10)) as database:
            return [
                row[0]
                for row in database.execute(
                    "SELECT came_back FROM mail_message WHERE came_back != ''"
                )
            ]

    def log(self) -> str:
        return (self.data / "log").read_text(errors="replace")

    def _organisers(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tests.stories.mailing_updates", str(self.data), *words],
            env=host_environment(),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout


@contextmanager
def mailed_site(
    folder: Path, servers: MailServers, settings: Mapping[str, str] | None = None
) -> Iterator[MailedSite]:
    """With its example letter. Mail leaves encrypted and with a password; `settings`: more."""
    environment = {
        "UNDERSIGNED_SMTP_URL": servers.smtp_url,
        "UNDERSIGNED_MAIL_FROM": "Letters <letters@example.org>",
        "SSL_CERT_FILE": str(servers.certificate),
        **(settings or {}),
    }
    with serving(folder, settings=environment) as site:
        yield MailedSite(site.url, site.data, servers)


def reading_returned_mail(servers: MailServers) -> dict[str, str]:
    """The settings for it: from a mailbox."""
    return {
        "UNDERSIGNED_BOUNCE_ADDRESS": f"{RETURNED}@example.org",
        "UNDERSIGNED_BOUNCE_IMAP_URL": servers.imap_url(RETURNED),
    }


def signing_by_mail(servers: MailServers) -> dict[str, str]:
    """The settings for it."""
    return {
        "UNDERSIGNED_SIGN_ADDRESS": f"{SIGNING}@example.org",
        "UNDERSIGNED_SIGN_IMAP_URL": servers.imap_url(SIGNING),
    }


def parsed(raw: bytes) -> EmailMessage:
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def _kept(raw: bytes) -> KeptMail:
    message = parsed(raw)
    body = message.get_body(("plain",))
    assert body is not None
    return KeptMail(
        id=str(message["Message-ID"]),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=str(body.get_content()),
        language=str(message["Content-Language"]),
        at=parsedate_to_datetime(str(message["Date"])),
    )
