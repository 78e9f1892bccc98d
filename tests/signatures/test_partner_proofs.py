"""A consent that its signer did not give moves no address, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.builders import link_of, listed, signed
from tests.partners import joined, with_key
from tests.signatures.behind_links import own_link
from tests.signatures.partnered import asking, brief, clear_folder, made, read, ticked
from undersigned.letters.models import Letter, Partner, PartnerWording
from undersigned.signatures.disowning import ask_for_new_link
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.models import PartnerConsent, Signature
from undersigned.signatures.partner_consents import give_to, take_back_from
from undersigned.signatures.partner_proofs import evidence, is_proven, prove_given
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import Keyring


@pytest.fixture(autouse=True)
def files_of_this_test() -> Iterator[None]:
    yield
    clear_folder(media_folder("partners"))


@pytest.fixture
def green(letter: Letter) -> Partner:
    return joined(letter)


@pytest.fixture
def identity(green: Partner) -> Any:
    return with_key(green)


def forged(row: Signature, partner: Partner, **columns: Any) -> PartnerConsent:
    """As a web that was taken over writes it."""
    return PartnerConsent.objects.create(
        signature=row,
        partner=partner,
        wording_id=ticked(partner)[0][1],
        given_at=timezone.now(),
        **columns,
    )


def test_what_was_ticked_is_proven_when_the_form_is_answered(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = signed(letter, partners=ticked(green))
    assert is_proven(PartnerConsent.objects.get(), keys) is False
    link_of(row, keys)
    assert is_proven(PartnerConsent.objects.get(), keys) is True


def test_what_was_given_behind_a_link_is_proven_by_its_secret(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    row = listed(letter, keys, address="ana@example.org")
    token = own_link(row, keys)
    give_to(token, str(ticked(green)[0][1]))
    consent = PartnerConsent.objects.get()
    assert token.encode() not in bytes(consent.evidence or b"")
    assert brief(read(made(green, keys), identity)) == [("contact", "ana@example.org")]
    assert PartnerConsent.objects.get().evidence is None


def test_the_link_that_confirmed_proves_it_too(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = signed(letter)
    token = link_of(row, keys)
    forged(row, green, evidence=evidence(letter, row.pk, token))
    assert prove_given(keys) == 1
    assert is_proven(PartnerConsent.objects.get(), keys) is True


def test_a_forged_consent_moves_no_address(
    letter: Letter,
    keys: WorkerKeys,
    green: Partner,
    identity: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ana, bo, cy, dee = (listed(letter, keys) for _ in range(4))
    tokens = own_link(bo, keys)
    forged(ana, green)
    forged(bo, green, evidence=b"nothing")
    forged(cy, green, evidence=evidence(letter, cy.pk, tokens))
    forged(dee, green, proof=bytes(32))
    assert read(made(green, keys), identity) == []
    assert "proves nothing" in caplog.text
    assert "is unproven" in caplog.text


def test_the_proof_of_one_is_not_another_ones(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    asking(letter, keys, green)
    proof = PartnerConsent.objects.get().proof
    river = joined(letter, slug="river")
    canary = listed(letter, keys, address="canary@example.org")
    assert is_proven(forged(canary, green, proof=proof), keys) is False
    assert is_proven(forged(canary, river, proof=proof), keys) is False
    assert len(read(made(green, keys), identity)) == 1


def test_an_answer_for_the_second_time_proves_nothing(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = signed(letter)
    token = link_of(row, keys)
    forged(row, green)
    assert ask_for_new_link(token) is True
    link_of(row, keys)
    assert is_proven(PartnerConsent.objects.get(), keys) is False


def test_without_the_letters_key_it_waits(
    letter: Letter, keys: WorkerKeys, green: Partner, tmp_path: Path
) -> None:
    row = listed(letter, keys)
    give_to(own_link(row, keys), str(ticked(green)[0][1]))
    elsewhere = WorkerKeys(Keyring(tmp_path / "empty"))
    assert [prove_given(elsewhere), prove_given(elsewhere)] == [0, 0]
    assert prove_given(keys) == 1


def test_a_consent_that_was_taken_back_is_not_revived(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    row = asking(letter, keys, green, address="canary@example.org")
    proof = PartnerConsent.objects.get().proof
    take_back_from(own_link(row, keys), str(green.pk))
    prove_given(keys)
    # As a web that was taken over may write.
    PartnerConsent.objects.update(taken_back_at=None)
    assert is_proven(PartnerConsent.objects.get(), keys) is False
    PartnerConsent.objects.update(taken_back_at=timezone.now())
    assert is_proven(forged(row, green, proof=proof), keys) is False
    assert read(made(green, keys), identity) == []


def test_what_was_given_and_taken_back_at_once_is_never_proven(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = listed(letter, keys)
    token = own_link(row, keys)
    give_to(token, str(ticked(green)[0][1]))
    take_back_from(token, str(green.pk))
    assert prove_given(keys) == 0
    consent = PartnerConsent.objects.get()
    assert (consent.proof, consent.evidence) == (None, None)


def test_what_was_taken_back_before_the_form_was_answered_is_not_proven(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = signed(letter, partners=ticked(green))
    PartnerConsent.objects.update(taken_back_at=timezone.now())
    link_of(row, keys)
    assert PartnerConsent.objects.get().proof is None


def test_a_proof_is_for_the_partners_name_of_then(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    asking(letter, keys, green)
    PartnerWording.objects.update(name="Somebody Else")
    assert is_proven(PartnerConsent.objects.get(), keys) is False
