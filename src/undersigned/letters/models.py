"""What is published: a letter, its editions, and each edition's text in its languages."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from undersigned.teams.models import Team


class LetterState(models.TextChoices):
    """Where a letter stands."""

    DRAFT = "draft"
    GATHERING = "gathering"  # founders sign by private link, nothing is public yet
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


# Founders sign by their private link only; see letters/gathering.py.
TAKING_STATES = (LetterState.GATHERING, LetterState.OPEN)
PUBLIC_STATES = (LetterState.OPEN, LetterState.CLOSED, LetterState.ARCHIVED)


class Letter(models.Model):
    """An open letter: how it is run. Its words stand in the current edition's translations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    source_language = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.DRAFT)
    people_may_sign = models.BooleanField(default=True)
    organisations_may_sign = models.BooleanField(default=True)
    organisations_are_held = models.BooleanField(
        default=True, help_text="A person looks at each organisation before it is listed."
    )
    asks = models.JSONField(
        default=dict,
        blank=True,
        help_text="What the form asks beyond kind, name and address: see letters/asking.py.",
    )
    launch_at = models.DateTimeField(
        null=True, blank=True, help_text="Launches by itself at this hour, from gathering."
    )
    exit_hours = models.PositiveSmallIntegerField(
        default=24, help_text="Founders have so long to leave, between the last word and launch."
    )
    founders_key = models.CharField(
        max_length=22, blank=True, help_text="The secret in the founders' private link."
    )
    founders_told_at = models.DateTimeField(
        null=True, blank=True, help_text="When the exit window was announced to the founders."
    )
    time_zone = models.CharField(max_length=60, default="UTC")
    launched_at = models.DateTimeField(null=True, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    goal = models.PositiveIntegerField(null=True, blank=True)
    last_update = models.DateField(
        null=True, blank=True, help_text="Of the list of signatories, where it was imported."
    )
    facilitator = models.CharField(max_length=200, blank=True)
    drafters = models.JSONField(default=list, blank=True, help_text="Names, in order.")
    contacts = models.JSONField(
        default=dict,
        blank=True,
        help_text="Addresses by subject: general, media, translation, collaboration.",
    )
    hashtag = models.CharField(max_length=60, blank=True)
    accent = models.CharField(max_length=7, blank=True, help_text="`#rrggbb`; see accents.py.")
    logo = models.BinaryField(null=True, editable=False, help_text="PNG or WebP; see logos.py.")
    is_example = models.BooleanField(default=False)

    sealing_key = models.BinaryField(
        null=True,
        editable=False,
        help_text="The public key (32 bytes). Without it signing is paused.",
    )
    edition = models.ForeignKey(
        "Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.PositiveBigIntegerField(
        default=1, editable=False, help_text="Grows when anything on the public page changes."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="letter_public_has_edition",
                condition=Q(state__in=("draft", "gathering")) | Q(edition__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def takes_signatures(self, now: datetime) -> bool:
        """Open, or gathering founders, and not past its deadline.

        Whether there is a key to seal to is another matter.
        """
        return self.state in TAKING_STATES and (self.deadline is None or now < self.deadline)


class EditionChange(models.TextChoices):
    """How an edition differs from the one before it."""

    FIRST = "first"
    EDITORIAL = "editorial"  # a correction: what was signed stays signed
    SUBSTANTIVE = "substantive"  # another text: earlier signatures are renewed one by one


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

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["edition", "language"], name="translation_language_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.language}"


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
