"""Where a partner is told of files stands sealed, and goes."""

from __future__ import annotations

import pytest

from tests.builders import published_letter
from tests.partners import joined
from tests.signatures.canaries import everything_stored
from undersigned.letters.models import Letter, LetterEvent, Partner
from undersigned.letters.partner_contacts import PURPOSE, set_contact
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.seal import SealingKeyMissing

pytestmark = pytest.mark.django_db


def test_an_address_is_sealed_to_the_letter(keys: WorkerKeys) -> None:
    partner = joined(published_letter(keys))
    set_contact(partner, "zyzzogeton@green.example", actor="Ana")
    sealed = bytes(Partner.objects.get().sealed_contact or b"")
    opener = keys.opener(partner.letter_id)
    assert opener.open(partner.pk, PURPOSE, sealed) == b"zyzzogeton@green.example"
    assert "zyzzogeton" not in everything_stored()
    event = LetterEvent.objects.latest("pk")
    assert (event.act, event.details) == ("change partner contact", {"partner": "Green Union"})
    set_contact(partner, "", actor="Ana")
    assert Partner.objects.get().sealed_contact is None


def test_without_the_letters_key_none_is_stored(keys: WorkerKeys) -> None:
    partner = joined(published_letter(keys))
    Letter.objects.update(sealing_key=None)
    with pytest.raises(SealingKeyMissing):
        set_contact(partner, "a@green.example", actor="Ana")
    assert Partner.objects.get().contact_set_at is None
