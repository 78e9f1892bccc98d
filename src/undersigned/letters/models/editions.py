"""What is published: editions, and each edition's text in its languages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undersigned.letters.models.letter import Letter


class EditionChange(models.TextChoices):
    """How an edition differs from the one before it."""

    FIRST = "first"
    EDITORIAL = "editorial"  # a correction: what was signed stays signed
    SUBSTANTIVE = "substantive"  # another text: earlier signatures are renewed one by one
    TRANSLATION = "translation"  # the letter's own language stays; another was added or mended


class Edition(models.Model):
    """The immutable text that people sign, in all its languages, with the consent wording.

    `text_number` counts texts: an editorial correction keeps it, a substantive change adds one.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    text_number = models.PositiveSmallIntegerField(default=1)
    change = models.CharField(
        max_length=11, choices=EditionChange.choices, default=EditionChange.FIRST
    )
    note = models.TextField(blank=True, help_text="What was changed and why, in public words.")
    manifest_hash = models.BinaryField(
        max_length=32, help_text="SHA-256 of the manifest (letters/publishing.py)."
    )
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "number"], name="edition_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} edition {self.number}"


class Translation(models.Model):
    """One language of an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    addressee = models.CharField(max_length=300, blank=True)
    introduction = models.TextField(blank=True, help_text="Markdown, before the letter.")
    body = models.TextField(help_text="Markdown: the letter itself, what is signed.")
    call = models.TextField(blank=True, help_text="Markdown, above the form.")
    ways_to_help = models.JSONField(
        default=list, blank=True, help_text="[{heading, text}], text in Markdown."
    )
    related_campaigns = models.JSONField(
        default=list, blank=True, help_text="[{title, text, url, tags}]"
    )
    facilitator_note = models.TextField(blank=True, help_text="Markdown, at the foot.")
    consent_publication = models.TextField(help_text="The exact wording at the form's tick box.")
    consent_updates = models.TextField(help_text="The exact wording at the form's tick box.")
    credits = models.CharField(max_length=300, blank=True)
    behind = models.JSONField(
        default=list,
        blank=True,
        help_text="Blocks that say an earlier text, or stand in the letter's own language: "
        "[{field, block, is_missing}]; see letters/translating/assembling.py.",
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["edition", "language"], name="translation_language_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.language}"
