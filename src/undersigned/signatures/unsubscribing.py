"""Updates no more: what the link in each of them does.

All its token can do besides is to have a link to its owner's own page mailed to their address
(`website.views.own_links`). It opens nothing, since people pass updates on.

The token is made from the signature's id with the worker's key, so that it is the same in every
update and works as long as the signature is there. The database has its hash.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from undersigned.letters.models import Mailing
from undersigned.mail.models import Message
from undersigned.signatures.consents import set_updates
from undersigned.signatures.models import Signature, UnsubscribeLink
from undersigned.signatures.wanting_updates import TOPIC, signature_in
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.tokens import TOKEN_SHAPE, hash_token

_SCOPE = b"unsubscribe"
_BYTES = 16


def unsubscribe_url(slug: str, token: str) -> str:
    """Where one leaves, by a press of a button or by one click in a mail program (RFC 8058)."""
    return f"{settings.SITE_URL}/{slug}/unsubscribe/{token}/"


def tokens_of(signatures: Collection[uuid.UUID], keys: WorkerKeys) -> dict[uuid.UUID, str]:
    """Each signature's token, 22 characters; good once `keep_tokens` has kept it."""
    return {
        signature: base64.urlsafe_b64encode(keys.index(_SCOPE, str(signature))[:_BYTES])
        .decode()
        .rstrip("=")
        for signature in signatures
    }


def keep_tokens(tokens: Mapping[uuid.UUID, str]) -> None:
    """To be called in the transaction that mails them."""
    UnsubscribeLink.objects.bulk_create(
        (
            UnsubscribeLink(token_hash=hash_token(token), signature_id=signature)
            for signature, token in tokens.items()
        ),
        ignore_conflicts=True,
    )


def find_subscriber(slug: str, token: str) -> Signature | None:
    """Whose token it is; None if it is nobody's of this letter."""
    if not TOKEN_SHAPE.fullmatch(token):
        return None
    link = UnsubscribeLink.objects.filter(
        token_hash=hash_token(token), signature__letter__slug=slug
    )
    found = link.select_related("signature__letter__edition").first()
    return found.signature if found else None


@transaction.atomic
def unsubscribe(signature: Signature) -> bool:
    """No more updates, from now on; mail that waits is not sent either. False if it was so."""
    if not set_updates([signature], timezone.now(), wanted=False):
        return False
    sent = Mailing.objects.filter(
        update__letter=signature.letter_id, started_at__isnull=False
    ).order_by("-started_at")
    # The last one before is why, as far as anybody can know.
    Mailing.objects.filter(pk__in=sent.values("pk")[:1]).update(unsubscribed=F("unsubscribed") + 1)
    return True


def unsubscribe_from(message: Message) -> bool:
    """Whoever this update went to wants no more of them. False if it is none, or they are gone."""
    if message.topic != TOPIC:
        return False
    reader = Signature.objects.filter(pk=signature_in(message.cause)).first()
    return reader is not None and unsubscribe(reader)
