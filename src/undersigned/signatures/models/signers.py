"""What signers ask for behind a link of their own, and what they consented to later."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undersigned.letters.models import Edition
from undersigned.signatures.models.signature import Signature, Visibility


class SignerRequest(models.Model):
    """What a signer asks of the worker, which alone can open what is sealed. Gone once it is done.

    `links`: mail all my links to the address in `sealed_address`, sealed to the installation under
    this row's id, purpose `links`. About one signature: `link` (mail a new one), `show` (write its
    name out, as `visibility` has it), `erase`.
    """

    class Act(models.TextChoices):
        LINKS = "links"
        LINK = "link"
        SHOW = "show"
        ERASE = "erase"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    act = models.CharField(max_length=5, choices=Act.choices)
    signature = models.ForeignKey(
        Signature, null=True, on_delete=models.CASCADE, related_name="requests"
    )
    visibility = models.CharField(max_length=9, choices=Visibility.choices, blank=True)
    language = models.CharField(max_length=12, blank=True)
    sealed_address = models.BinaryField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_at"], name="signer_request_in_turn"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["signature", "act"], name="signer_request_once"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.id}"


class Purpose(models.TextChoices):
    """What can be consented to, each by itself."""

    PUBLICATION = "publication"
    UPDATES = "updates"
    DELIVERY = "delivery"


class ConsentChange(models.Model):
    """A consent that was given or taken back after signing, with where its wording stands.

    The first ones are in the signature's own row: they have its edition, language and times.
    """

    signature = models.ForeignKey(
        Signature, on_delete=models.CASCADE, related_name="consent_changes"
    )
    purpose = models.CharField(max_length=11, choices=Purpose.choices)
    is_given = models.BooleanField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose} {self.signature_id}"
