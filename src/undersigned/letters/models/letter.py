"""An open letter: how it is run, and where it stands."""

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
OVER_STATES = (LetterState.CLOSED, LetterState.ARCHIVED)
PUBLIC_STATES = (LetterState.OPEN, *OVER_STATES)


class Withdrawals(models.TextChoices):
    """What becomes of a name whose owner takes the signature back."""

    QUIET = "quiet"  # it vanishes
    CHOICE = "choice"  # its owner says whether it is listed as withdrawn
    OPEN = "open"  # it is listed as withdrawn, if it was shown in full


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
    closed_at = models.DateTimeField(null=True, blank=True)
    addresses_until = models.DateField(
        null=True,
        blank=True,
        help_text="On this day the letter's key is destroyed; see letters/retention.py.",
    )
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
    withdrawals = models.CharField(
        max_length=6, choices=Withdrawals.choices, db_default=Withdrawals.QUIET, default="quiet"
    )
    pseudonyms = models.BooleanField(
        default=False, help_text="A moderator who has seen the real name may let one be listed."
    )
    cautious_countries = models.JSONField(
        default=list,
        blank=True,
        help_text="Codes of countries whose people are asked to think twice about their name.",
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
    key_destroyed_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="From then on nothing that was sealed can be opened, nor signed.",
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
        """Open, or gathering founders, and past neither its deadline nor its key's end.

        Whether there is a key to seal to is another matter.
        """
        is_in_time = self.deadline is None or now < self.deadline
        return self.state in TAKING_STATES and is_in_time and self.key_destroyed_at is None
