"""What was done with a letter: handovers in public, and the trail of events."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undersigned.letters.models.editions import Edition
from undersigned.letters.models.letter import Letter


class Handover(models.Model):
    """That the letter was delivered: to whom, when, with how many; and what came back."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="handovers")
    recipient = models.CharField(max_length=300)
    handed_over_on = models.DateField()
    edition = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisations = models.PositiveIntegerField(default=0, help_text="Signed when handed over.")
    people = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True, help_text="Markdown, in public.")
    answer = models.TextField(blank=True, help_text="Markdown: what the recipient answered.")
    answered_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.letter_id} {self.handed_over_on}"


class LetterEvent(models.Model):
    """The audit trail of what was done to a letter. Free of signers' personal data."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=120, help_text="Who: a staff name, or `command line`.")
    act = models.CharField(max_length=60)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["letter", "-at"], name="event_of_letter"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.letter_id}"
