"""Links are made for one signature or for everything that waits, and kept when told to."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from tests.builders import link_of, published_letter, signed, text
from undersigned.letters.models import Letter
from undersigned.signatures.inviting import Inviter
from undersigned.signatures.models import ConfirmationLink
from undersigned.signatures.rules import LINK_LIFETIME
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.open import CannotOpen
from undersigned.vault.tokens import hash_token, open_under_token

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def test_a_link_opens_the_entry_for_its_owner_alone(letter: Letter, keys: WorkerKeys) -> None:
    row, other = signed(letter), signed(letter)
    inviter = Inviter(NOW, keys)

    invitation = inviter.invite(row, b'{"name": "Ana"}', "en")
    assert ConfirmationLink.objects.count() == 0
    inviter.save()

    assert invitation.title == "A letter in en"
    site, token = invitation.url[:-1].rsplit("/", 1)
    assert site == "http://127.0.0.1:8000/banned/confirm"
    link = ConfirmationLink.objects.get()
    assert (bytes(link.token_hash), link.signature) == (hash_token(token), row)
    assert link.expires_at == NOW + LINK_LIFETIME
    sealed = bytes(link.sealed_details)
    assert json.loads(open_under_token(token, row.pk, "link", sealed)) == {"name": "Ana"}
    with pytest.raises(CannotOpen):
        open_under_token(token, other.pk, "link", sealed)
    assert b"Ana" not in sealed


def test_what_waits_elsewhere_is_titled_in_the_readers_language(
    letter: Letter, keys: WorkerKeys
) -> None:
    elsewhere = published_letter(keys, texts=[text("en"), text("es")])
    link_of(signed(elsewhere, address="Ana+1@example.org"), keys)
    link_of(signed(elsewhere, address="ben@example.org"), keys)
    row = signed(letter, address="ana@example.org", language="es")

    invitations = list(Inviter(NOW, keys).invite_elsewhere(row, "ana@example.org"))

    assert [invitation.title for invitation in invitations] == ["A letter in es"]
