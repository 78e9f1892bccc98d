"""Links that confirm: one for the signature in hand, or one for everything that waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from undersigned.letters.models import Letter, LetterState
from undersigned.letters.queries import letter_words
from undersigned.signatures.letters_by_mail import Invitation
from undersigned.signatures.mailboxes import by_mailbox, has_signed, is_disowned
from undersigned.signatures.models import ConfirmationLink, Signature, State
from undersigned.signatures.opening import open_details
from undersigned.signatures.rules import LINK_LIFETIME
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen
from undersigned.vault.tokens import hash_token, new_token, seal_under_token

# In one mail; the newest. Whoever floods a mailbox must not make its mail endless.
ELSEWHERE_AT_MOST = 20


@dataclass
class Inviter:
    """Makes links and gathers their rows; `save` keeps them. Earlier links go on working."""

    now: datetime
    keys: WorkerKeys
    _links: list[ConfirmationLink] = field(default_factory=list)

    def invite(self, pending: Signature, details: bytes, language: str) -> Invitation:
        """A new link to a pending signature; `details` as they were sealed, opened."""
        token = new_token()
        self._links.append(
            ConfirmationLink(
                token_hash=hash_token(token),
                signature=pending,
                sealed_details=seal_under_token(token, pending.id, "link", details),
                expires_at=self.now + LINK_LIFETIME,
            )
        )
        return Invitation(
            title=letter_words(pending.letter, language).translation.title,
            url=f"{settings.SITE_URL}/{pending.letter.slug}/confirm/{token}/",
        )

    def invite_elsewhere(self, row: Signature, mailbox: str) -> Iterator[Invitation]:
        """Links to what else waits for the mailbox of `row`, as far as it can be opened."""
        for pending in self._waiting_elsewhere(row, mailbox):
            try:
                details = open_details(pending, self.keys.opener(pending.letter_id))
            except (KeyMissing, CannotOpen):
                continue
            yield self.invite(pending, details, row.language)

    def save(self) -> None:
        """To be called in the transaction that queues the mail."""
        ConfirmationLink.objects.bulk_create(self._links)

    def _waiting_elsewhere(self, row: Signature, mailbox: str) -> list[Signature]:
        """Pending signatures of a mailbox that could be confirmed today, newest first."""
        indexes = {
            letter.id: self.keys.index(letter.id.bytes, mailbox)
            for letter in Letter.objects.filter(state=LetterState.OPEN)
            if letter.takes_signatures(self.now)
        }
        found = Signature.objects.filter(
            letter__in=indexes.keys(), address_index__in=indexes.values()
        ).exclude(pk=row.pk)
        waiting = [
            signature
            for same_mailbox in by_mailbox(found.select_related("letter__edition")).values()
            if not is_disowned(same_mailbox) and not has_signed(same_mailbox)
            for signature in same_mailbox
            if signature.state == State.PENDING
        ]
        waiting.sort(key=lambda signature: signature.created_at, reverse=True)
        return waiting[:ELSEWHERE_AT_MOST]
