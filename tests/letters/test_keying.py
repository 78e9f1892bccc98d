"""Keys of letters: made by the worker, never replaced."""

from __future__ import annotations

import pytest
from django.utils import timezone

from undersigned.letters.keying import give_key, give_keys
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyDestroyed, KeyMissing

pytestmark = pytest.mark.django_db


def test_letters_of_the_studio_get_their_keys(keys: WorkerKeys) -> None:
    for slug in ("one", "two"):
        Letter.objects.create(slug=slug, source_language="en")

    assert give_keys(keys.keyring) == 2

    for letter in Letter.objects.all():
        public = keys.keyring.letter_key(letter.pk).public_key().public_bytes_raw()
        assert bytes(letter.sealing_key or b"") == public
        assert letter.revision == 2, "web processes learn of it"
    assert give_keys(keys.keyring) == 0


def test_a_key_that_is_gone_is_not_replaced(keys: WorkerKeys) -> None:
    letter = Letter.objects.create(slug="one", source_language="en")
    give_key(letter, keys.keyring)
    give_key(letter, keys.keyring)
    (keys.keyring.folder / "letters" / str(letter.pk)).unlink()
    with pytest.raises(KeyMissing):
        give_key(letter, keys.keyring)


def test_of_a_stale_letter_the_first_key_stays(keys: WorkerKeys) -> None:
    letter = Letter.objects.create(slug="one", source_language="en")
    stale = Letter.objects.get()
    give_key(letter, keys.keyring)
    give_key(stale, keys.keyring)
    assert bytes(stale.sealing_key or b"") == bytes(letter.sealing_key or b"")


def test_after_its_end_a_letter_gets_no_other_key(keys: WorkerKeys) -> None:
    letter = Letter.objects.create(
        slug="one", source_language="en", key_destroyed_at=timezone.now()
    )
    assert give_keys(keys.keyring) == 0
    with pytest.raises(KeyDestroyed):
        give_key(letter, keys.keyring)
