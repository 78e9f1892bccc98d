"""A letter in other languages, block by block, and who translates it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undersigned.letters.models.letter import Letter


class WordingOrigin(models.TextChoices):
    """Where a block's words come from."""

    TYPED = "typed"
    MEMORY = "memory"  # taken over from the same block elsewhere
    FILE = "file"  # came back in a file of a translator's own tool
    MACHINE = "machine"  # a draft until a person saves it
    PUBLISHED = "published"  # read off a translation that was published whole


class Wording(models.Model):
    """What one block of a letter says in another language.

    It belongs to the words of the source, not to a place: a block that was moved keeps its
    translation, one that was changed has none of its own yet, and what was translated once is
    there again when the words come back. `text` is worked on; `approved` is what a second pair of
    eyes let through, and all that is ever published. Both may be empty.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=12)
    field = models.CharField(max_length=40, help_text="See letters/translating/blocks.py.")
    source = models.TextField()
    digest = models.CharField(max_length=32, help_text="Of the source: see blocks.digest_of.")
    text = models.TextField(blank=True)
    approved = models.TextField(blank=True)
    origin = models.CharField(
        max_length=9, choices=WordingOrigin.choices, default=WordingOrigin.TYPED
    )
    author = models.UUIDField(null=True, help_text="A Person or a Translator, of the last change.")
    by = models.CharField(max_length=120, blank=True, help_text="A staff name, or empty.")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["letter", "language", "field", "digest"], name="wording_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["language", "digest"], name="wording_memory"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.language} {self.field}"


class WordingVersion(models.Model):
    """What a block said before: nothing that somebody typed is overwritten for good."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=9, choices=WordingOrigin.choices)
    by = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.wording_id} {self.at:%Y-%m-%d}"


class LanguageState(models.TextChoices):
    """Where the work on a language stands. What is published of it stands in the edition."""

    WORKING = "working"
    SUBMITTED = "submitted"  # waits for a second pair of eyes


class LetterLanguage(models.Model):
    """The work on a letter in one other language."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=12)
    state = models.CharField(
        max_length=9, choices=LanguageState.choices, default=LanguageState.WORKING
    )
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=120, blank=True)
    submitter = models.UUIDField(null=True, help_text="A Person or a Translator.")
    message = models.TextField(blank=True, help_text="Of whoever sent it back, or handed it in.")
    credits = models.CharField(max_length=300, blank=True, help_text="Names, by choice, in public.")
    began_at = models.DateTimeField(auto_now_add=True)
    machine_asked_at = models.DateTimeField(null=True, help_text="Drafts wanted of a machine.")
    machine_claimed_until = models.DateTimeField(null=True)
    machine_outcome = models.CharField(
        max_length=300, blank=True, help_text="A code, if it failed."
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "language"], name="language_once"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.language}"


class TranslatorState(models.TextChoices):
    OFFERED = "offered"  # came by themselves; the organisers have not answered
    INVITED = "invited"  # has the link, has not said yes
    JOINED = "joined"
    DECLINED = "declined"  # one of the two said no
    STOPPED = "stopped"  # the link was taken back


class Translator(models.Model):
    """A volunteer for one letter and one language, without an account: their link is the key.

    `sealed_details`: JSON {name, email, message}, sealed to the studio; gone when they are no
    longer needed. In clear stands only the credit that they chose for the public page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="translators")
    language = models.CharField(max_length=12)
    state = models.CharField(
        max_length=8, choices=TranslatorState.choices, default=TranslatorState.OFFERED
    )
    sealed_details = models.BinaryField(null=True, editable=False)
    token_hash = models.BinaryField(max_length=32, null=True, unique=True)
    credit = models.CharField(max_length=120, blank=True)
    reads_in = models.CharField(max_length=12, default="en", help_text="The language of mails.")
    offered_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    expires_at = models.DateTimeField(null=True, help_text="When the link ends by itself.")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["letter", "state"], name="translator_of_letter"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
