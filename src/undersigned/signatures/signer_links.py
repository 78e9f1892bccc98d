"""The signer's own page: a link to it for any mail, and the way back from a link to its signature.

The link in the mail that was confirmed leads there too. After sixty days a link shows nothing more
than a button that mails a new one: who has the mailbox always has the page.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from undersigned.signatures.models import ConfirmationLink, Signature, SignerLink, State
from undersigned.signatures.rules import LINK_LIFETIME, Details
from undersigned.vault.open import CannotOpen
from undersigned.vault.tokens import (
    TOKEN_SHAPE,
    hash_token,
    new_token,
    open_under_token,
    seal_under_token,
)

OWN_PAGE_LIFETIME = timedelta(days=60)
# So long after, an old link still mails a new one.
REMEMBERED = timedelta(days=365)


def own_page_url(slug: str, token: str) -> str:
    """Where a signer's own page is."""
    return f"{settings.SITE_URL}/{slug}/yours/{token}/"


@dataclass
class SignerLinks:
    """Makes links and gathers their rows; `save` keeps them. Earlier links go on working."""

    now: datetime
    _links: list[SignerLink] = field(default_factory=list)

    def signer_link(self, signature: Signature, details: bytes, purpose: str) -> str:
        """The address of a signer's own page, for a mail to them.

        Reads the letter's slug, which should have come with the signature.
        """
        token = self.signer_token(signature, details, purpose)
        return own_page_url(signature.letter.slug, token)

    def signer_token(self, signature: Signature, details: bytes, purpose: str) -> str:
        """What is secret in such an address: 22 characters.

        `details`: as they were sealed, opened. `purpose`: the topic of the mail.
        """
        token = new_token()
        self._links.append(
            SignerLink(
                token_hash=hash_token(token),
                signature=signature,
                purpose=purpose,
                sealed_details=seal_under_token(token, signature.pk, "link", details),
                expires_at=self.now + OWN_PAGE_LIFETIME,
            )
        )
        return token

    def save(self) -> None:
        """To be called in the transaction that queues the mail."""
        SignerLink.objects.bulk_create(self._links)


@dataclass(frozen=True)
class OwnPage:
    """What a link leads to. `details`: as they were typed, opened with the link's secret.

    They are blank once the letter's key was destroyed.
    """

    signature: Signature
    details: Details
    expires_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        return now < self.expires_at

    @property
    def is_final(self) -> bool:
        """Whether the letter's key was destroyed: who hides or leaves now does so for good."""
        return self.signature.letter.key_destroyed_at is not None


def find_own_page(token: str, slug: str = "") -> OwnPage | None:
    """The page behind a link, however old; None if there is none, or it opens nothing.

    `slug`: of the letter that it must be of.
    """
    among = Signature.objects.all()
    link = _find(token, among.filter(letter__slug=slug) if slug else among)
    if link is None:
        return None
    row = (
        Signature.objects.defer("sealed_address", "sealed_details")
        .select_related("letter__edition", "edition")
        .get(pk=link.signature_id)
    )
    try:
        details = read_link(link, token)
    except CannotOpen:
        return None
    return OwnPage(row, details, _expires_at(link))


def read_link(link: SignerLink | ConfirmationLink, token: str) -> Details:
    """What is sealed under a link's own secret, blank if it was emptied; raises CannotOpen."""
    if not link.sealed_details:
        return Details(name="")
    opened = open_under_token(token, link.signature_id, "link", bytes(link.sealed_details))
    return Details(**json.loads(opened))


def empty_links(signatures: QuerySet[Signature]) -> None:
    """Leave nothing of what was typed under any link; each goes on leading to its page."""
    for table in (SignerLink, ConfirmationLink):
        full = table.objects.filter(signature__in=signatures).exclude(sealed_details=b"")
        full.update(sealed_details=b"")


def forget_links(now: datetime) -> int:
    """Drop the links that ended long ago; returns how many."""
    return SignerLink.objects.filter(expires_at__lte=now - REMEMBERED).delete()[0]


def signature_behind(token: str, now: datetime) -> uuid.UUID | None:
    """Whose owner may act with this link today; None if it is unknown or too old."""
    link = _find(token, Signature.objects.all())
    return link.signature_id if link and now < _expires_at(link) else None


def _find(token: str, among: QuerySet[Signature]) -> SignerLink | ConfirmationLink | None:
    if not TOKEN_SHAPE.fullmatch(token):
        return None
    by_hash = {"token_hash": hash_token(token), "signature__in": among}
    own = SignerLink.objects.filter(**by_hash).first()
    if own is not None:
        return own
    confirming = ConfirmationLink.objects.filter(**by_hash)
    return confirming.exclude(signature__state=State.PENDING).first()


def _expires_at(link: SignerLink | ConfirmationLink) -> datetime:
    if isinstance(link, SignerLink):
        return link.expires_at
    return link.expires_at - LINK_LIFETIME + OWN_PAGE_LIFETIME
