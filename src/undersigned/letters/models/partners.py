"""Partners of a letter: who joins it with a consent line, a link and a key of their own."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from undersigned.letters.models.letter import Letter


class PartnerSchedule(models.TextChoices):
    """How often a file is made for a partner by itself."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


class Partner(models.Model):
    """An organisation that signers of a letter may ask to hear from.

    `slug`: in the address of its link, and of its page in the studio. `recipient`: its public age
    key, of use only once it was confirmed: until then no file is made. See `partnering`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="partners")
    slug = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    position = models.PositiveIntegerField(help_text="Order on the form.")
    recipient = models.CharField(max_length=80, blank=True, help_text="`age1…`")
    key_set_at = models.DateTimeField(null=True)
    key_set_by = models.BigIntegerField(
        null=True, help_text="The id of a person, whose word alone does not confirm it."
    )
    key_confirmed_at = models.DateTimeField(null=True)
    key_confirmed_by = models.CharField(max_length=120, blank=True)
    key_confirmed_alone = models.BooleanField(
        default=False,
        db_default=False,
        help_text="By whoever entered it: it counts only a while later.",
    )
    sealed_contact = models.BinaryField(
        null=True, help_text="Where it is told of files, sealed to the letter."
    )
    contact_set_at = models.DateTimeField(
        null=True, help_text="Links that were mailed before lead nowhere."
    )
    schedule = models.CharField(
        max_length=6, choices=PartnerSchedule.choices, default=PartnerSchedule.NEVER
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, help_text="On no form since, and given no contacts.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "slug"], name="partner_slug_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerWording(models.Model):
    """What stood beside a partner's box in one language, with its name and privacy notice then.

    Never changed, so that each consent can be shown with its words; other words are another row.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField(help_text="In the language, from 1.")
    name = models.CharField(max_length=160)
    words = models.TextField()
    privacy_url = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["partner", "language", "version"], name="partner_wording_once"
            ),
            models.UniqueConstraint(
                fields=["partner", "language"],
                condition=Q(replaced_at__isnull=True),
                name="partner_wording_present",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.language} {self.version}"
