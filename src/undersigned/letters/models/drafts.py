"""A letter's words while they are written."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undersigned.letters.models.letter import Letter


class Draft(models.Model):
    """A language's words while they are written. `words`: the fields of `publishing.Text`.

    `version` grows with every save; whoever saves says which version they began from.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="drafts")
    language = models.CharField(max_length=12)
    words = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "language"], name="draft_language_once"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.language}"


class DraftVersion(models.Model):
    """What a draft said at one moment: the history that can be compared and restored."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    words = models.JSONField()
    author = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "version"], name="draft_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} version {self.version}"
