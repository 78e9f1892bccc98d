"""Mail that signed, so that the same mail signs once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ReceivedMail(models.Model):
    """That a mail was taken in: a keyed index of its Message-ID. Forgotten after two weeks."""

    mark = models.BinaryField(max_length=32, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], name="received_mail_age"),
        ]

    def __str__(self) -> str:
        return self.at.isoformat()
