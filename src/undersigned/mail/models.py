"""The outbox: mail that must leave, saved in the same transaction as its cause."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class MessageState(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"  # given up; the reason is in `outcome`


class Message(models.Model):
    """One mail. Who it is for and what it says are sealed; the content goes when it was sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cause = models.CharField(
        max_length=100, unique=True, help_text="The act it follows from; never queued twice."
    )
    topic = models.CharField(max_length=40, help_text="What kind of mail, for figures.")
    seal = models.UUIDField(help_text="Whose key opens it (a letter's id).")
    sealed = models.BinaryField(help_text="Recipient, subject and text, sealed.")
    state = models.CharField(
        max_length=6, choices=MessageState.choices, default=MessageState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True, help_text="An SMTP code or error's name.")
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["not_before"],
                name="mail_due",
                condition=models.Q(state="queued"),
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
