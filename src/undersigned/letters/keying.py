"""Give letters their keys: what only the worker and the command line can."""

from __future__ import annotations

from undersigned.letters.models import Letter
from undersigned.letters.publishing import bump_revision
from undersigned.vault.keys import KeyDestroyed, Keyring


def give_key(letter: Letter, keyring: Keyring) -> None:
    """Make the letter's key unless it has one.

    Raises vault.keys.KeyMissing if the letter had a key and it is gone: a new one would shut away
    what was sealed to the old. Raises vault.keys.KeyDestroyed after its end.
    """
    if letter.key_destroyed_at is not None:
        raise KeyDestroyed
    if letter.sealing_key is None:
        letter.sealing_key = keyring.create_letter_key(letter.id)
        Letter.objects.filter(pk=letter.pk).update(sealing_key=letter.sealing_key)
        bump_revision(letter)
    else:
        keyring.letter_key(letter.id)


def give_keys(keyring: Keyring) -> int:
    """Make keys for letters that were created in the studio; returns how many."""
    waiting = Letter.objects.filter(sealing_key=None, key_destroyed_at=None)
    letters = list(waiting.order_by("created_at")[:20])
    for letter in letters:
        give_key(letter, keyring)
    return len(letters)
