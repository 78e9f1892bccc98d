"""What was forgotten of a letter's signers: how many, when; never who."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from undersigned.letters.models.letter import Letter


class Forgotten(models.TextChoices):
    """What went."""

    UNCONFIRMED = "unconfirmed"  # signatures that nobody confirmed
    UNASKED = "unasked"  # addresses of those who asked to hear no more, after closing
    ALL = "all"  # every address, with the letter's key


class Forgetting(models.Model):
    """One act of forgetting. It goes on after a crash; `counts` grow with each batch that went."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="forgettings")
    what = models.CharField(max_length=11, choices=Forgotten.choices)
    counts = models.JSONField(default=dict, help_text="By name: see signatures/forgetting.py.")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["letter", "what"],
                condition=Q(ended_at__isnull=True),
                name="forgetting_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.letter_id}"
