"""What people decide on signatures, and what they go by."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from undersigned.letters.models import Letter
from undersigned.signatures.models.signature import Level, Signature, State, Visibility
from undersigned.teams.models import Person


class Case(models.Model):
    """What a moderator sees of a signature: opened by the worker, sealed to the studio.

    `sealed`: JSON of `signatures.cases.Details` and evidence, under the row's id, purpose `case`.
    """

    signature = models.OneToOneField(
        Signature, primary_key=True, on_delete=models.CASCADE, related_name="case"
    )
    sealed = models.BinaryField()
    reasons = models.JSONField(default=list, help_text="Codes, the weightiest first.")
    prepared_at = models.DateTimeField()
    is_stale = models.BooleanField(default=False, help_text="The worker prepares it anew.")

    def __str__(self) -> str:
        return str(self.signature_id)


class Decision(models.Model):
    """What a moderator did to one signature or to many, so that it can be undone.

    `waits`: nothing is done yet, a second person has to approve (`signatures.approving`); until
    then `sealed_words` keeps what the signers are to read, sealed to the studio under this row's
    id, purpose `decision`. `person` tells namesakes apart.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=16)
    actor = models.CharField(max_length=120)
    reason = models.CharField(
        max_length=160, blank=True, help_text="A code of moderating; or the group that was hidden."
    )
    hides_by = models.CharField(
        max_length=12,
        blank=True,
        db_default="",
        help_text="`country` or `organisation`, where names were hidden: see `hidden_groups`.",
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    waits = models.BooleanField(default=False)
    sealed_words = models.BinaryField(null=True)
    approved_by = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["letter", "-at"], name="decision_of_letter"),
            models.Index(fields=["letter"], name="decision_waits", condition=Q(waits=True)),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.id}"


class Decided(models.Model):
    """One signature of a decision, with what it was before."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="decided")
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="decided")
    state_before = models.CharField(max_length=9, choices=State.choices)
    held_before = models.CharField(max_length=40, blank=True)
    visibility_before = models.CharField(
        max_length=9, choices=Visibility.choices, blank=True, help_text="Where it was hidden."
    )
    chose_anew = models.BooleanField(
        db_default=False, help_text="Where it was hidden: its owner chose since how to appear."
    )

    def __str__(self) -> str:
        return str(self.signature_id)


class Correction(models.Model):
    """A corrected spelling or place. The original stays: sealed as typed, or here as it was listed.

    `sealed`: JSON of the corrected fields, sealed to the letter under this row's id, purpose
    `correction`. `before`: what an imported entry said, which was never sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="corrections")
    sealed = models.BinaryField()
    before = models.JSONField(default=dict, blank=True)
    actor = models.CharField(max_length=120)
    at = models.DateTimeField()
    is_applied = models.BooleanField(default=False)
    is_withdrawn = models.BooleanField(default=False)
    waits = models.BooleanField(
        default=False, help_text="The signer asks for it; a person has to look: see `renaming`."
    )
    is_pseudonym = models.BooleanField(
        default=False, help_text="Not another spelling: taken back, it must not bring the name out."
    )
    sealed_for_studio = models.BinaryField(
        null=True, help_text="JSON of `before` and `after`, sealed to the studio while it waits."
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["at"],
                name="correction_to_apply",
                condition=Q(is_applied=False, waits=False),
            ),
            models.Index(fields=["at"], name="correction_waits", condition=Q(waits=True)),
        ]

    def __str__(self) -> str:
        return str(self.signature_id)


class Notice(models.Model):
    """A mail to a signer that the worker has yet to write: only it can open the address.

    `topic` says which; `sealed_words`: what an organiser adds for this one signer, sealed to the
    letter under this row's id, purpose `notice`. One for each signature and occasion.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="notices")
    topic = models.CharField(max_length=20)
    occasion = models.CharField(max_length=40, help_text="The act it follows from.")
    sealed_words = models.BinaryField(null=True)
    not_before = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["not_before"], name="notice_due", condition=Q(settled_at__isnull=True)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["signature", "topic", "occasion"], name="notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.signature_id}"


class SignerLink(models.Model):
    """A link to the signer's own page. As ConfirmationLink, for what was confirmed."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="signer_links")
    purpose = models.CharField(max_length=10, help_text="The topic of the mail that it is in.")
    sealed_details = models.BinaryField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.expires_at.isoformat()


class HoldingRule(models.Model):
    """What makes a confirmed signature wait for a person."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="holding_rules")
    kind = models.CharField(max_length=10, help_text="`word`, `domain`, `country` or `name`.")
    pattern = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created_by = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pattern}"


class AuthorityCheck(models.Model):
    """A proof that was asked for: by DNS, by a file at the domain, or by a message to its contact.

    The token is no secret to its organisation; it is worth nothing to others.
    """

    class Method(models.TextChoices):
        DNS = "dns"
        WELL_KNOWN = "well-known"
        MESSAGE = "message"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.ForeignKey(
        Signature, on_delete=models.CASCADE, related_name="authority_checks"
    )
    method = models.CharField(max_length=10, choices=Method.choices)
    domain = models.CharField(max_length=253)
    token = models.CharField(max_length=64)
    outcome = models.CharField(max_length=20, blank=True, help_text="A code; empty: not checked.")
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField(auto_now_add=True)
    check_at = models.DateTimeField(null=True, help_text="When the worker looks next.")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["check_at"],
                name="authority_to_check",
                condition=Q(check_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.domain}"


class Vouching(models.Model):
    """Organisations of the list vouch for another one, as a moderator was told.

    `sealed`: who told it, as bytes of a sentence, sealed to the studio under this row's id, purpose
    `vouching`. The rest says what the signature's authority was before, for taking it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="vouchings")
    names = models.CharField(max_length=400, help_text="Those that vouch, a line each.")
    sealed = models.BinaryField()
    level_before = models.CharField(max_length=10, choices=Level.choices, blank=True)
    domain_before = models.CharField(max_length=253, blank=True)
    on_before = models.DateField(null=True)
    actor = models.CharField(max_length=120)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.signature_id)
