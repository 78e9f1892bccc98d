"""The outbox: mail that must leave, saved in the same transaction as its cause."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class MessageState(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"  # given up; the reason is in `outcome`


class Priority(models.IntegerChoices):
    """Which mail leaves first, whatever was queued before."""

    NOW = 0  # somebody waits for it: confirmations
    SOON = 5  # perhaps many at once: notices
    LATER = 9  # many at once: updates


class CameBack(models.TextChoices):
    """What was reported of a mail after a server had taken it."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"


class Circular(models.Model):
    """What a mail to many says, with blanks for what is each reader's own (circulars.py)."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="Begins its SHA-256.")
    content = models.BinaryField(help_text="Subject, text and headers: nobody's address.")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


class Message(models.Model):
    """One mail. Who it is for and what it says are sealed; the content goes when it was sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cause = models.CharField(
        max_length=100, unique=True, help_text="The act it follows from; never queued twice."
    )
    topic = models.CharField(max_length=40, help_text="What kind of mail, for figures.")
    series = models.UUIDField(null=True, help_text="Of which many it is one: an update's id.")
    seal = models.UUIDField(help_text="Whose key opens it (a letter's id).")
    circular = models.ForeignKey(
        Circular, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    sealed = models.BinaryField(
        help_text="Recipient, subject and text, sealed; or what stands in a circular's blanks."
    )
    state = models.CharField(
        max_length=6, choices=MessageState.choices, default=MessageState.QUEUED
    )
    priority = models.PositiveSmallIntegerField(
        choices=Priority.choices, default=Priority.NOW, db_default=Priority.NOW
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True, help_text="An SMTP code or error's name.")
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    recipient = models.BinaryField(
        null=True, max_length=32, help_text="Mark of the address it went to, masked (envelopes.py)."
    )
    came_back = models.CharField(
        max_length=10, choices=CameBack.choices, blank=True, default="", db_default=""
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["priority", "not_before"],
                name="mail_due",
                condition=models.Q(state="queued"),
            ),
            models.Index(
                fields=["series", "state"],
                name="mail_of_series",
                condition=models.Q(series__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.cause


class Allowance(models.Model):
    """That an address was mailed: what keeps it from being bombed. Forgotten after a week."""

    mark = models.BinaryField(max_length=32, help_text="Keyed index of the address.")
    topic = models.BinaryField(max_length=32, help_text="Keyed index of address, letter and kind.")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mark", "at"], name="allowance_of_address"),
            models.Index(fields=["at"], name="allowance_age"),
        ]

    def __str__(self) -> str:
        return self.at.isoformat()


class Reason(models.TextChoices):
    """Why an address is not written to."""

    HARD = "hard"  # there is no such mailbox
    SOFT = "soft"  # it took nothing lately: only for a while
    COMPLAINT = "complaint"  # its owner called our mail spam


class Suppression(models.Model):
    """An address that updates no longer go to, as a keyed index of it."""

    mark = models.BinaryField(max_length=32, unique=True, help_text="Keyed index of the address.")
    reason = models.CharField(max_length=9, choices=Reason.choices)
    at = models.DateTimeField(help_text="When it was last reported.")
    until = models.DateTimeField(null=True, help_text="When it ends by itself; null: it does not.")
    times = models.PositiveSmallIntegerField(default=1, help_text="Soft returns one after another.")
    is_in_journal = models.BooleanField(
        default=False,
        db_default=False,
        help_text="The journal that outlives a restore has it, with this reason.",
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["reason", "at"], name="suppression_age"),
            models.Index(
                fields=["id"], name="suppression_to_note", condition=Q(is_in_journal=False)
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Happened(models.TextChoices):
    """What a mail service reported of a message."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"


class ServiceReport(models.Model):
    """What a mail service told the web, for the worker to take in (service_reports.py)."""

    token = models.CharField(max_length=42, help_text="Names the message (envelopes.py).")
    happened = models.CharField(max_length=12, choices=Happened.choices)
    status = models.CharField(max_length=11, blank=True, help_text="RFC 3463, if it was said.")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.happened


class Pace(models.Model):
    """The one row (pk=1) by which all workers together keep to a pace (pacing.py)."""

    used_until = models.DateTimeField()

    def __str__(self) -> str:
        return self.used_until.isoformat()


class Spent(models.Model):
    """How many mails left in a minute, where hours or days have a limit (pacing.py)."""

    minute = models.DateTimeField(unique=True, help_text="When it began.")
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.minute.isoformat()
