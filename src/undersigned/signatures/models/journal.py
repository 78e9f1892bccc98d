"""What the worker has still to write to the journal that outlives a restore."""

from __future__ import annotations

from django.db import models


class JournalLine(models.Model):
    """Something that no older backup may undo. Gone once it stands in the journal's file.

    `subject`: a signature's id, or a letter's. It is no foreign key: who is erased before the
    worker looks may have no row any more. `act` and `detail`: see `signatures.journal`.
    """

    act = models.CharField(max_length=16)
    subject = models.UUIDField()
    detail = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"
