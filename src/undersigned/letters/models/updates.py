"""Updates: what organisers tell those who follow a letter, and the mailings of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from undersigned.letters.models.letter import Letter


class Update(models.Model):
    """News of a letter. Public once it has `published_at`; mailed by a `Mailing`.

    `version` grows with each save, so that nobody overwrites what they have not seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="updates")
    number = models.PositiveIntegerField(help_text="In the letter, and in the page's address.")
    version = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=120)
    saved_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, help_text="On the letter's page since then.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "number"], name="update_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} update {self.number}"


class UpdateText(models.Model):
    """One language of an update; whole, or not there."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=200, help_text="The mail's subject, too.")
    body = models.TextField(help_text="Markdown.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["update", "language"], name="update_language_once"),
        ]

    def __str__(self) -> str:
        return f"{self.update_id} {self.language}"


class MailingState(models.TextChoices):
    """`planned` until its hour; `running` until everybody's mail stands in the outbox."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


MAILING_OPEN = (MailingState.PLANNED, MailingState.RUNNING, MailingState.PAUSED)


class Mailing(models.Model):
    """An update on its way to those who asked for updates: whom, when, and how far it is.

    `reached`: up to which signature (by id) mail was written; what is taken back on a pause moves
    it back. `report`: the last known fate of the mail, see `signatures.mailing_reports`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="mailings")
    state = models.CharField(
        max_length=9, choices=MailingState.choices, default=MailingState.PLANNED
    )
    audience = models.JSONField(default=dict, help_text="See signatures/audiences.py.")
    shows = models.BooleanField(default=True, help_text="The update goes on the letter's page.")
    starts_at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    ordered_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reached = models.UUIDField(null=True)
    is_taken_back = models.BooleanField(
        default=True, help_text="False: paused or cancelled, and mail that waits is still to go."
    )
    total = models.PositiveIntegerField(default=0, help_text="How many fitted when it started.")
    written = models.PositiveIntegerField(default=0, help_text="Mails put into the outbox.")
    passed_over = models.PositiveIntegerField(
        default=0, help_text="Their mail does not arrive, or cannot be written."
    )
    unsubscribed = models.PositiveIntegerField(
        default=0, help_text="Asked for no more updates since it started."
    )
    report = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["update"],
                condition=Q(state__in=("planned", "running", "paused")),
                name="mailing_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.update_id} {self.state}"
