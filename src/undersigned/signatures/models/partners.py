"""What signers agreed to with partners of a letter, and what partners were given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from undersigned.letters.models import Partner, PartnerWording
from undersigned.signatures.models.errands import Errand, ErrandState
from undersigned.signatures.models.signature import Signature


class PartnerConsent(models.Model):
    """That a signer asked to hear from a partner, with the words that stood beside the box.

    A consent that was taken back stays as a row; one that is given again is another row. `proof`:
    the worker's, without which no address leaves; `evidence`: what it goes by, where the consent
    was given after signing. See `partner_proofs`.
    """

    signature = models.ForeignKey(
        Signature, on_delete=models.CASCADE, related_name="partner_consents"
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="consents")
    wording = models.ForeignKey(PartnerWording, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    proof = models.BinaryField(max_length=32, null=True)
    evidence = models.BinaryField(
        null=True, help_text="The secret of a link, sealed to the letter until the worker saw it."
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["given_at"],
                name="partner_consent_to_prove",
                condition=Q(evidence__isnull=False),
            ),
            models.Index(
                fields=["taken_back_at"],
                name="partner_consent_to_forget",
                condition=Q(taken_back_at__isnull=False)
                & (Q(proof__isnull=False) | Q(evidence__isnull=False)),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["signature", "partner"],
                condition=Q(taken_back_at__isnull=True),
                name="partner_consent_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.signature_id}"


class PartnerFile(Errand):
    """A file for a partner: ordered, written by the worker, fetched from the studio, then gone.

    It lies in `media/partners/<id>`, encrypted to `recipient` and to nobody else. `number` counts a
    partner's files that were written. `is_overtaken`: somebody in it took their consent back before
    it was fetched, so it was removed. `link_hash`: of the link that the partner was
    mailed, if it was.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField(default=0, help_text="From 1; 0 until it is written.")
    recipient = models.CharField(max_length=80, blank=True)
    contacts = models.PositiveIntegerField(default=0)
    erasures = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    is_overtaken = models.BooleanField(default=False)
    is_there = models.BooleanField(default=False)
    link_hash = models.BinaryField(max_length=32, null=True, unique=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["partner", "number"], condition=Q(number__gt=0), name="partner_file_number"
            ),
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(state__in=(ErrandState.WAITING, ErrandState.RUNNING)),
                name="partner_file_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PassedOn(models.Model):
    """That somebody's address stands in a file for a partner, until it was told to erase it.

    `given_in`: the first such file that was fetched, or else the last one; the partner has the
    address if it was fetched. `signature`: its id; the row may be emptied. `sealed_address`: a copy
    of what was sealed in that row (under its id, purpose `address`), once it is gone from there.
    `told_in`: the last file that tells the partner to erase; `told_at`: when the first of these was
    fetched. For how long it is repeated before this row goes: see `partner_erasures`.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="passed_on")
    signature = models.UUIDField()
    given_in = models.ForeignKey(PartnerFile, on_delete=models.CASCADE, related_name="given")
    sealed_address = models.BinaryField(null=True)
    told_in = models.ForeignKey(
        PartnerFile, null=True, on_delete=models.SET_NULL, related_name="told"
    )
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["told_at"],
                name="passed_on_to_forget",
                condition=Q(told_at__isnull=False),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["signature", "partner"], name="passed_on_once"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.signature}"


class PartnerTally(models.Model):
    """How many listed signatures came by a partner's link, whatever text they stand under."""

    partner = models.OneToOneField(
        Partner, primary_key=True, on_delete=models.CASCADE, related_name="tally"
    )
    total = models.IntegerField(default=0)

    def __str__(self) -> str:
        return str(self.partner_id)
