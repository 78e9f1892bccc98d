"""Try an update out: the very mail that readers get, to whoever writes it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.utils import timezone

from undersigned.letters.models import Update
from undersigned.mail import outbox
from undersigned.mail.outbox import Mail
from undersigned.signatures.unsubscribing import unsubscribe_url
from undersigned.signatures.updates_by_mail import UpdateMails, Way
from undersigned.teams.installation import INSTALLATION, mail_sealer

# Of the shape of a token, and nobody's.
_NOBODY = "-" * 22


def sample(update: Update, language: str, to: str) -> Mail:
    """The mail as a reader of one language gets it; its ways out lead nowhere."""
    slug = update.letter.slug
    own = f"{settings.SITE_URL}/{slug}/yours/{_NOBODY}/"
    way = Way(unsubscribe=unsubscribe_url(slug, _NOBODY), own=own)
    return UpdateMails(update.letter, update, is_shown=True).write(to, language, way)


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
