"""Try an update out: the very mail that readers get, to whoever writes it."""

from __future__ import annotations

import uuid

from django.utils import timezone

from undersigned.letters.models import Update
from undersigned.mail import outbox
from undersigned.mail.outbox import Mail
from undersigned.signatures.updates_by_mail import UpdateMails
from undersigned.teams.installation import INSTALLATION, mail_sealer

# Of the shape of a token, and nobody's.
_NOBODY = "-" * 22


def sample(update: Update, language: str, to: str) -> Mail:
    """The mail as a reader of one language gets it; its ways out lead nowhere."""
    mails = UpdateMails(update.letter, update, is_shown=True)
    return mails.mail(to, language, _NOBODY)


def send_test(update: Update, language: str, to: str) -> None:
    """Mail a sample. Raises vault.seal.SealingKeyMissing before the installation has its keys."""
    sealer = mail_sealer()
    draft = outbox.Draft(
        cause=f"update test {uuid.uuid4()}",
        topic="update test",
        seal=INSTALLATION,
        mail=sample(update, language, to),
    )
    outbox.queue([draft], lambda _: sealer.seal, timezone.now())
