"""The way out of updates that stands in every one of them."""

from __future__ import annotations

from django.db import models

from undersigned.signatures.models.signature import Signature


class UnsubscribeLink(models.Model):
    """The hash of a signature's unsubscribe token, which can do nothing else; it never ends.

    See `signatures.unsubscribing`.
    """

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    signature = models.OneToOneField(
        Signature, on_delete=models.CASCADE, related_name="unsubscribe_link"
    )

    def __str__(self) -> str:
        return str(self.signature_id)
