"""Numbers, kept beside the signatures that they count."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undersigned.letters.models import Letter
from undersigned.signatures.models.signature import Kind, Source


class Tally(models.Model):
    """A letter's listed signatures by text, kind and country: what the page shows."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="tallies")
    text_number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    country = models.CharField(max_length=2, blank=True)
    total = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["letter", "text_number", "kind", "country"], name="tally_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.kind} {self.country or '-'}"


class DayCount(models.Model):
    """A letter's signatures by the day (UTC) on which they came: for the figures.

    `what`: `started` (a form was handed in), `confirmed` (and its mailbox said yes), `listed` (how
    many of them stand now), by kind, language and source; or the same as `listed` by country alone:
    `from`, and `shown` of those who appear. See `signatures.day_counting`.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="day_counts")
    day = models.DateField()
    what = models.CharField(max_length=16)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=12, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    total = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["letter", "what", "day", "kind", "country", "language", "source"],
                name="day_count_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.day} {self.what}"
