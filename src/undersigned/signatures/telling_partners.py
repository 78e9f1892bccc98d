"""Tell a partner by mail that a file waits for it, with a link to fetch it by. No account.

The link is of one file, but leads to whatever waits for the partner at the time: somebody who
leaves ends the file that was written of, and the next one is there a little later. What it leads
to can be opened by the partner alone. It ends after LIFETIME, and with the address that it went to.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from undersigned.letters.models import PUBLIC_STATES, Partner
from undersigned.letters.partner_contacts import PURPOSE
from undersigned.letters.queries import letter_title
from undersigned.mail import outbox
from undersigned.mail.models import CameBack, Message, MessageState
from undersigned.signatures.letters_by_mail import Occasion, partner_file
from undersigned.signatures.models import PartnerFile
from undersigned.signatures.partner_files import LIFETIME, can_be_fetched
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen
from undersigned.vault.tokens import TOKEN_SHAPE, hash_token, new_token

log = logging.getLogger(__name__)

# The links that went before lead to newer files too.
MAILS_A_DAY = 3
# In the trail of events.
ACTOR = "partner"


def tell_of_file(file: PartnerFile, keys: WorkerKeys, now: datetime) -> None:
    """Queue one mail, in the transaction that finishes the file; none without an address.

    In the letter's own language.
    """
    partner = Partner.objects.select_related("letter").get(pk=file.partner_id)
    letter = partner.letter
    if partner.sealed_contact is None or letter.state not in PUBLIC_STATES:
        return
    mailed = PartnerFile.objects.filter(partner=partner, link_hash__isnull=False)
    if mailed.filter(ended_at__gt=now - timedelta(days=1)).count() >= MAILS_A_DAY:
        return
    try:
        sealed = bytes(partner.sealed_contact)
        address = keys.opener(letter.pk).open(partner.pk, PURPOSE, sealed).decode()
    except (CannotOpen, KeyMissing):
        log.error("Where partner %s is mailed cannot be opened.", partner.pk)
        return
    token = new_token()
    untold = PartnerFile.objects.filter(pk=file.pk, link_hash=None)
    if not untold.update(link_hash=hash_token(token)):
        return  # else the link that was mailed would lead nowhere
    mail = partner_file(
        Occasion(
            to=address,
            language=letter.source_language,
            title=letter_title(letter),
            letter_url=f"{settings.SITE_URL}/{letter.slug}/{letter.source_language}/",
        ),
        url=f"{settings.SITE_URL}/{letter.slug}/partner/{token}/",
    )
    draft = outbox.Draft(cause=_cause(file), topic="partner file", seal=letter.pk, mail=mail)
    outbox.queue([draft], lambda seal: keys.sealer(seal).seal, now)


def is_mail_lost(partner: Partner) -> bool:
    """Whether the last mail to the address that is there now was given up, or came back."""
    mailed = PartnerFile.objects.filter(
        partner=partner,
        link_hash__isnull=False,
        ended_at__gte=F("partner__contact_set_at"),
        partner__sealed_contact__isnull=False,
    )
    last = mailed.order_by("-ended_at").first()
    lost = Q(state=MessageState.FAILED) | Q(came_back=CameBack.BOUNCED)
    return last is not None and Message.objects.filter(lost, cause=_cause(last)).exists()


def _cause(file: PartnerFile) -> str:
    return f"partner file {file.pk}"


def partner_behind(slug: str, token: str) -> Partner | None:
    """Whose link it is; None if it is unknown, too old, or went to another address."""
    if not TOKEN_SHAPE.fullmatch(token):
        return None
    file = (
        PartnerFile.objects.select_related("partner__letter")
        .filter(
            link_hash=hash_token(token),
            ended_at__gt=timezone.now() - LIFETIME,
            ended_at__gte=F("partner__contact_set_at"),
            partner__letter__slug=slug,
            partner__sealed_contact__isnull=False,
        )
        .first()
    )
    return file.partner if file else None


def waiting_file(partner: Partner) -> PartnerFile | None:
    """The file that the partner can fetch now; there is one at most."""
    files = PartnerFile.objects.filter(partner=partner, is_there=True).order_by("-number")
    return next((one for one in files if can_be_fetched(one, partner, timezone.now())), None)
