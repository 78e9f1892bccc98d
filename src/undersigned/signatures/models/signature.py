"""Signatures, and the trail of what became of each."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from undersigned.letters.models import Edition, Letter, Partner


class Kind(models.TextChoices):
    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"


class State(models.TextChoices):
    """See `signatures.rules` for which act leads from which state to which."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    LISTED = "listed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class Visibility(models.TextChoices):
    PUBLIC = "public"
    INITIALS = "initials"
    RECIPIENT = "recipient"  # shown to the addressee only
    COUNTED = "counted"


class Source(models.TextChoices):
    WEB = "web"
    IMPORT = "import"
    MAIL = "mail"


class Level(models.TextChoices):
    """On what evidence an organisation's signature stands; see `signatures.authority`."""

    NONE = ""
    MAILBOX = "mailbox"
    DNS = "dns"
    WELL_KNOWN = "well-known"
    VOUCHED = "vouched"
    SEEN = "seen"  # by a moderator


class Organisation(models.Model):
    """An organisation across letters: its names in all spellings, and its domains."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    native_name = models.CharField(max_length=160, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    domains = models.JSONField(default=list, blank=True, help_text="Exact ones, in ASCII.")
    website = models.CharField(max_length=200, blank=True)
    contact = models.CharField(
        max_length=254, blank=True, help_text="The published address, such as info@example.org."
    )
    country = models.CharField(max_length=2, blank=True)
    search = models.CharField(max_length=900, blank=True, help_text="Folded words of all names.")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["name"], name="organisation_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """One name under one edition of a letter.

    What was typed stands sealed in `sealed_address` and `sealed_details`. The clear columns from
    `name` on are filled by the worker when, and as far as, the entry may be shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="signatures")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, db_default=State.PENDING)
    visibility = models.CharField(max_length=9, choices=Visibility.choices)
    language = models.CharField(max_length=12)
    source = models.CharField(max_length=8, choices=Source.choices, db_default=Source.WEB)
    country = models.CharField(max_length=2, blank=True, db_default="")
    consent_publication = models.BooleanField(db_default=False)
    consent_updates = models.BooleanField(db_default=False)
    created_at = models.DateTimeField()

    sealed_address = models.BinaryField(null=True)
    sealed_details = models.BinaryField(null=True)
    address_index = models.BinaryField(
        max_length=32, null=True, help_text="Keyed index of the address; made by the worker."
    )
    needs_mail = models.BooleanField(
        db_default=True, help_text="The worker has yet to answer by mail."
    )
    held_because = models.CharField(max_length=40, blank=True, db_default="")
    void_because = models.CharField(max_length=40, blank=True, db_default="")
    confirmed_at = models.DateTimeField(null=True)
    is_pseudonym = models.BooleanField(
        db_default=False, help_text="Listed under another name: see `signatures.pseudonyms`."
    )
    withdrawn_on = models.DateField(
        null=True, help_text="Where the list says so, with the name; see `signatures.leaving`."
    )

    name = models.CharField(max_length=120, blank=True, db_default="")
    title = models.CharField(max_length=120, blank=True, db_default="")
    affiliation = models.CharField(max_length=160, blank=True, db_default="")
    website = models.CharField(max_length=200, blank=True, db_default="")
    place = models.CharField(
        max_length=80, blank=True, db_default="", help_text="As written: `Global`, `MENA`, `UK`."
    )
    search = models.CharField(
        max_length=600, blank=True, db_default="", help_text="Folded words for the filter."
    )
    sorts_as = models.CharField(
        max_length=120, blank=True, db_default="", help_text="The name without `Dr.`, where given."
    )
    sort_key = models.BinaryField(
        max_length=400, db_default=b"", help_text="CLDR root collation key of what it sorts as."
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="signatures"
    )
    authority = models.CharField(
        max_length=10, choices=Level.choices, blank=True, db_default=Level.NONE
    )
    authority_domain = models.CharField(max_length=253, blank=True, db_default="")
    authority_on = models.DateField(null=True)
    authority_by = models.CharField(
        max_length=400,
        blank=True,
        db_default="",
        help_text="Listed organisations that vouch, by name, a line each.",
    )
    batch = models.ForeignKey(
        "ImportBatch", null=True, on_delete=models.PROTECT, related_name="signatures"
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="merged"
    )
    doubt = models.CharField(
        max_length=20, blank=True, db_default="", help_text="What the web noticed: `burst`."
    )
    via = models.ForeignKey(
        Partner,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        help_text="By whose link it came.",
    )
    is_featured = models.BooleanField(db_default=False)
    position = models.PositiveIntegerField(db_default=0, help_text="Order among the featured.")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["created_at"],
                name="signature_to_mail",
                condition=Q(state="pending", needs_mail=True),
            ),
            models.Index(
                fields=["confirmed_at"],
                name="signature_to_list",
                condition=Q(state="confirmed", held_because=""),
            ),
            models.Index(
                fields=["letter", "kind", "sort_key"],
                name="signature_in_list",
                condition=Q(state="listed", visibility__in=("public", "initials")),
            ),
            models.Index(
                fields=["letter", "confirmed_at"],
                name="signature_in_queue",
                condition=Q(state="confirmed"),
            ),
            models.Index(fields=["letter", "state", "-created_at"], name="signature_by_state"),
            models.Index(
                fields=["batch"], name="signature_of_batch", condition=Q(batch__isnull=False)
            ),
            models.Index(
                fields=["organisation"],
                name="signature_of_organisation",
                condition=Q(organisation__isnull=False),
            ),
            models.Index(
                fields=["confirmed_at"],
                name="signature_to_register",
                condition=Q(
                    kind="organisation",
                    state="listed",
                    visibility="public",
                    organisation__isnull=True,
                ),
            ),
            models.Index(
                fields=["letter", "address_index"],
                name="signature_by_address",
                condition=Q(address_index__isnull=False),
            ),
            models.Index(fields=["via"], name="signature_via", condition=Q(via__isnull=False)),
            models.Index(
                fields=["letter", "id"],
                name="signature_to_update",
                condition=Q(consent_updates=True, state__in=("confirmed", "listed")),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["letter", "address_index"],
                condition=Q(state__in=("confirmed", "listed"), address_index__isnull=False),
                name="signature_once_per_address",
            ),
            models.CheckConstraint(
                name="signature_pending_shows_nothing",
                condition=~Q(state="pending") | Q(name=""),
            ),
            models.CheckConstraint(
                name="signature_hidden_shows_nothing",
                condition=~Q(state="listed", visibility__in=("recipient", "counted")) | Q(name=""),
            ),
            models.CheckConstraint(
                name="signature_shown_by_consent",
                condition=~Q(state="listed", visibility__in=("public", "initials"))
                | Q(consent_publication=True),
            ),
            models.CheckConstraint(
                name="signature_void_has_reason",
                condition=~Q(state="void") | ~Q(void_because=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ConfirmationLink(models.Model):
    """A link that was mailed: the hash of its secret, and the details sealed under the secret."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="links")
    sealed_details = models.BinaryField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.expires_at.isoformat()


class Change(models.Model):
    """A change of a signature's state, in the order in which it happened.

    Written in the same transaction as the change, by `signatures.changes` alone. The counter reads
    it; the public log will.
    """

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="changes")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=16)
    before = models.CharField(max_length=9, choices=State.choices)
    after = models.CharField(max_length=9, choices=State.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    country = models.CharField(max_length=2, blank=True)
    text_number = models.PositiveSmallIntegerField(
        db_default=1, help_text="Of the edition that is signed; see letters.models.Edition."
    )
    at = models.DateTimeField()
    is_shown = models.BooleanField(
        db_default=False, help_text="Whether it appears, on the side on which it is listed."
    )
    is_counted = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], name="change_to_count", condition=Q(is_counted=False)),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.signature_id}"
