"""Who asks to be erased is erased, also where no key opens what they left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import listed
from undersigned.letters.models import Letter
from undersigned.mail.models import Allowance
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.asking import ask_for_fresh_link, ask_to_be_erased
from undersigned.signatures.models import Signature, SignerRequest
from undersigned.signatures.worker_keys import WorkerKeys


def is_erased(row: Signature) -> bool:
    row.refresh_from_db()
    return (row.name, row.sealed_address, row.sealed_details) == ("", None, None)


def test_an_address_that_cannot_be_opened(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana Canary")
    Signature.objects.update(sealed_address=b"altered")
    ask_to_be_erased(row.pk)
    assert answer_signers(keys) == 1
    assert is_erased(row)
    assert Allowance.objects.exists()  # ends within a week
    assert not SignerRequest.objects.exists()


@pytest.mark.parametrize("missing", ["letters", "index"])
def test_a_key_that_is_away(letter: Letter, keys: WorkerKeys, missing: str) -> None:
    row, other = listed(letter, keys, name="Ana Canary"), listed(letter, keys)
    path = Path(keys.keyring.folder) / missing
    path.rename(path.with_suffix(".away"))
    lost = WorkerKeys(keys.keyring)
    ask_for_fresh_link(other.pk)
    assert answer_signers(lost) == 0
    ask_to_be_erased(row.pk)
    assert answer_signers(lost) == 1
    assert is_erased(row)
    assert [request.signature_id for request in SignerRequest.objects.all()] == [other.pk]
