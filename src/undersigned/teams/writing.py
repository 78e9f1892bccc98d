"""Mail to people who run letters: through the outbox, sealed like every other mail."""

from __future__ import annotations

import uuid

from django.utils import timezone

from undersigned.mail.outbox import Draft, Mail, queue
from undersigned.teams.installation import INSTALLATION, mail_sealer


def write_to(
    address: str, language: str, subject: str, text: str, *, topic: str, cause: str = ""
) -> None:
    """Queue a mail; `cause` names the act that it follows from, so that it goes once.

    Raises vault.seal.SealingKeyMissing before the installation has its keys.
    """
    sealer = mail_sealer()
    draft = Draft(
        cause=cause or f"{topic} {uuid.uuid4()}",
        topic=topic,
        seal=INSTALLATION,
        mail=Mail(to=address, subject=subject, text=text, language=language),
    )
    queue([draft], lambda _: sealer.seal, timezone.now())
