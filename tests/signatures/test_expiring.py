"""Signatures that nobody confirmed are forgotten after two weeks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import confirmed, link_of, listed, published_letter, signed
from undersigned.letters.models import Letter
from undersigned.signatures import expiring
from undersigned.signatures.expiring import forget_unconfirmed
from undersigned.signatures.models import ConfirmationLink, Signature
from undersigned.signatures.rules import PENDING_LIFETIME
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def test_what_waits_too_long_is_forgotten_with_its_links(letter: Letter, keys: WorkerKeys) -> None:
    now = timezone.now()
    old, young = signed(letter), signed(letter)
    link_of(old, keys)
    kept = [confirmed(letter, keys), listed(letter, keys)]
    Signature.objects.update(created_at=now - PENDING_LIFETIME - SECOND)
    Signature.objects.filter(pk=young.pk).update(created_at=now - PENDING_LIFETIME)
    ConfirmationLink.objects.update(expires_at=now)

    assert forget_unconfirmed(now) == 1

    left = set(Signature.objects.values_list("pk", flat=True))
    assert left == {young.pk, *(row.pk for row in kept)}
    assert not ConfirmationLink.objects.filter(signature_id=old.pk).exists()


def test_who_asked_for_a_new_link_has_as_long_as_it_works(letter: Letter, keys: WorkerKeys) -> None:
    now = timezone.now()
    link_of(signed(letter), keys)
    Signature.objects.update(created_at=now - 2 * PENDING_LIFETIME)
    ConfirmationLink.objects.update(expires_at=now + SECOND)

    assert forget_unconfirmed(now) == 0
    assert forget_unconfirmed(now + SECOND) == 1


def test_nothing_to_forget_is_no_trouble(letter: Letter) -> None:
    assert forget_unconfirmed(timezone.now()) == 0


def test_how_many_is_noted_for_each_letter(letter: Letter, keys: WorkerKeys) -> None:
    now = timezone.now()
    other = published_letter(keys)
    for one in (letter, letter, other):
        signed(one)
    Signature.objects.update(created_at=now - 2 * PENDING_LIFETIME)
    assert forget_unconfirmed(now) == 3
    assert expiring._forget(letter.pk, now) == 0  # another worker was faster
    for one, count in ((letter, 2), (other, 1)):
        run = one.forgettings.get()
        assert (run.what, run.counts, run.ended_at) == (
            "unconfirmed",
            {"unconfirmed": count},
            now,
        )
