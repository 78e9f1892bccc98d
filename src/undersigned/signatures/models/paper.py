"""Signatures on paper: sheets, and those names on them that may be published.

Counted apart, always: nobody confirmed them, so they are no rows of Signature.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undersigned.letters.models import Edition, Letter


class PaperSheet(models.Model):
    """A sign-up sheet as somebody entered it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="paper_sheets")
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="+", help_text="What was signed."
    )
    number = models.PositiveIntegerField(help_text="Counted within the letter.")
    place = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True, help_text="Who gathered it; not public.")
    signatures = models.PositiveIntegerField(help_text="All valid ones, with a name or without.")
    actor = models.CharField(max_length=150, help_text="Who entered it.")
    entered_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "number"], name="paper_sheet_once"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.number}"


class PaperName(models.Model):
    """A name that the sheet says may be published, in the order of the sheet."""

    sheet = models.ForeignKey(PaperSheet, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, blank=True)
    search = models.CharField(max_length=600, help_text="Folded words, to find likely doubles.")
    sort_key = models.BinaryField(max_length=400)

    def __str__(self) -> str:
        return str(self.pk)
