"""Work in several steps or in the background: imports, exports, sweeps, look-ups."""

from __future__ import annotations

import uuid

from django.db import models

from undersigned.letters.models import Letter
from undersigned.signatures.models.moderation import Decision
from undersigned.teams.models import Person


class ErrandState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Errand(models.Model):
    """Work that takes longer than a page: carried out by the worker, with progress.

    See `signatures.errands`. A claim that ran out (its worker was killed) is taken up again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=9, choices=ErrandState.choices, default=ErrandState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=300, blank=True, help_text="A sentence, if it failed.")
    actor = models.CharField(max_length=120)
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Sweep(Errand):
    """A rule applied to signatures that are there already: counted first, then run on demand.

    `wants_to_run` is set once somebody has seen the count. `conditions`: [{kind, pattern}].
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="sweeps")
    conditions = models.JSONField()
    found = models.PositiveIntegerField(default=0)
    organisations = models.PositiveIntegerField(default=0, help_text="Of those found.")
    wants_to_run = models.BooleanField(default=False)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return str(self.id)


class Hiding(Errand):
    """The names of a group that the web cannot read: see `signatures.hiding_sealed`."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="hiding")

    def __str__(self) -> str:
        return str(self.id)


class ImportBatch(models.Model):
    """A list that somebody brings: read, looked through, saved, and undone if need be.

    `sealed`: the text or file, sealed to the studio under the row's id, purpose `import`; gone
    once it is saved or dropped. `sha256` and `origin` are the provenance that stays.
    """

    class Step(models.TextChoices):
        READING = "reading"
        SAVED = "saved"
        UNDONE = "undone"
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="import_batches")
    step = models.CharField(max_length=7, choices=Step.choices, default=Step.READING)
    form = models.CharField(max_length=5, help_text="`text` or `sheet`.")
    file_name = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=300, help_text="Where the list comes from, in words.")
    sha256 = models.BinaryField(max_length=32)
    sealed = models.BinaryField(null=True)
    choices = models.JSONField(default=dict, help_text="Columns, accepted flags, rows left out.")
    saved_rows = models.PositiveIntegerField(default=0)
    actor = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Export(Errand):
    """A file of signatories: written by the worker, fetched from the studio, then gone.

    The file lies encrypted in `media/exports/<id>`; `sealed_key` (32 bytes) is sealed to the
    studio under the row's id, purpose `export`.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="exports")
    form = models.CharField(max_length=4, help_text="`pdf`, `csv`, `xlsx`, `ods` or `json`.")
    preset = models.CharField(max_length=20)
    language = models.CharField(max_length=12)
    asked_by = models.ForeignKey(
        Person,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Names may be shared; whoever approves must be somebody else.",
    )
    needs_approval = models.BooleanField(default=False)
    approved_by = models.CharField(max_length=120, blank=True)
    sealed_key = models.BinaryField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class LookUp(Errand):
    """A request for access, correction or erasure: the worker finds the person by address.

    `sealed_question`: the address, sealed to the worker (`teams.installation`), purpose `look-up`.
    `sealed_answer`: JSON of what is held, sealed to the studio, purpose `look-up`; gone after a
    day. `act`: `find`, `export` or `erase`.
    """

    team = models.UUIDField(null=True, help_text="Whose letters are searched; empty for all.")
    act = models.CharField(max_length=8)
    sealed_question = models.BinaryField(null=True)
    sealed_answer = models.BinaryField(null=True)
    found = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.id)
