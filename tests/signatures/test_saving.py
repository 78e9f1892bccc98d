"""Some columns of many rows, and nothing else."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.builders import signed
from undersigned.letters.models import Letter
from undersigned.signatures.models import Signature
from undersigned.signatures.saving import save_columns

pytestmark = pytest.mark.django_db


def test_only_the_named_columns_are_saved(letter: Letter) -> None:
    rows = [signed(letter) for _ in range(3)]
    now = timezone.now()
    for number, row in enumerate(rows):
        row.address_index = bytes([number]) * 32
        row.needs_mail = False
        row.confirmed_at = now
        row.sealed_address = None
        row.held_because = "it's %s; --"
        row.country = "DE"

    save_columns(
        rows[:2], ("address_index", "needs_mail", "confirmed_at", "sealed_address", "held_because")
    )

    for number, row in enumerate(Signature.objects.order_by("created_at")[:2]):
        assert bytes(row.address_index or b"") == bytes([number]) * 32
        assert (row.needs_mail, row.confirmed_at, row.sealed_address) == (False, now, None)
        assert (row.held_because, row.country) == ("it's %s; --", "")
    untouched = Signature.objects.get(pk=rows[2].pk)
    assert (untouched.address_index, untouched.needs_mail) == (None, True)


def test_nothing_to_save_is_no_trouble(letter: Letter) -> None:
    save_columns([], ("state",))
