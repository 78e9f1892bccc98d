"""Organisations vouch for another one, as a moderator was told; and it is taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import listed
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.authority.raising import CannotBeRaised, CannotVouch, raise_authority
from undersigned.signatures.authority.vouching import (
    NothingToTakeBack,
    take_back,
    vouch,
    who_may_vouch,
    who_told,
)
from undersigned.signatures.deciding import By
from undersigned.signatures.erasing import erase
from undersigned.signatures.models import Case, Kind, Level, Signature, Vouching
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key, studio_opener
from undersigned.teams.models import Installation, Team
from undersigned.vault.open import Opener
from undersigned.vault.seal import SealingKeyMissing

DAY = date(2026, 11, 20)
TOLD = "Canary Example, by telephone"


@pytest.fixture
def opener(tmp_path: Path, db: None) -> Opener:
    prepare_studio_key(tmp_path / "web")
    return studio_opener(tmp_path / "web")


@pytest.fixture
def by(letter: Letter, opener: Opener) -> By:
    Letter.objects.filter(pk=letter.pk).update(team=Team.objects.create(name="Team"))
    letter.refresh_from_db()
    return By(letter, "Ana")


@pytest.fixture
def voucher(letter: Letter, keys: WorkerKeys) -> Signature:
    row = organisation(letter, keys, name="River League")
    raise_authority(row.pk, Level.DNS, "river.example", DAY)
    return row


@pytest.fixture
def row(letter: Letter, keys: WorkerKeys) -> Signature:
    return organisation(letter, keys, name="Example Trust")


def organisation(letter: Letter, keys: WorkerKeys, name: str) -> Signature:
    return listed(letter, keys, kind=Kind.ORGANISATION, role="Chair", name=name)


def known(row: Signature) -> tuple[str, str, date | None, str]:
    row.refresh_from_db()
    return (row.authority, row.authority_domain, row.authority_on, row.authority_by)


def test_who_told_is_kept_sealed_and_in_no_event(
    by: By, row: Signature, voucher: Signature, opener: Opener
) -> None:
    vouching = vouch(by, row.pk, [voucher.pk], TOLD)
    row.refresh_from_db()
    assert (row.authority, row.authority_by) == ("vouched", "River League")
    assert (vouching.names, vouching.actor) == ("River League", "Ana")
    assert who_told(vouching, opener) == TOLD
    assert b"Canary" not in bytes(vouching.sealed)
    assert "Canary" not in str(list(LetterEvent.objects.values()))


def test_what_was_known_before_comes_back(by: By, row: Signature, voucher: Signature) -> None:
    raise_authority(row.pk, Level.MAILBOX, "trust.example", DAY)
    vouching = vouch(by, row.pk, [voucher.pk], TOLD)
    revision = Letter.objects.get().revision
    take_back(by, vouching.pk)
    assert known(row) == ("mailbox", "trust.example", DAY, "")
    assert Letter.objects.get().revision == revision + 1, "the page shows it no longer"
    assert LetterEvent.objects.filter(act="take vouching back").count() == 1
    with pytest.raises(NothingToTakeBack):
        take_back(by, vouching.pk)


def test_better_evidence_that_came_since_stays(by: By, row: Signature, voucher: Signature) -> None:
    vouching = vouch(by, row.pk, [voucher.pk], TOLD)
    raise_authority(row.pk, Level.DNS, "trust.example", DAY)
    take_back(by, vouching.pk)
    assert known(row) == ("dns", "trust.example", DAY, "")


def test_who_may_vouch_has_shown_who_it_is(
    by: By, letter: Letter, keys: WorkerKeys, row: Signature, voucher: Signature
) -> None:
    mailbox = organisation(letter, keys, name="Zebra Fund")
    raise_authority(mailbox.pk, Level.MAILBOX, "zebra.example", DAY)
    assert list(who_may_vouch(letter, row.pk)) == [voucher, mailbox]
    assert list(who_may_vouch(letter, voucher.pk)) == [mailbox]
    assert list(who_may_vouch(letter, row.pk, "zebra fund")) == [mailbox]


def test_what_cannot_vouch_or_be_vouched_for_leaves_nothing(
    by: By, row: Signature, voucher: Signature, keys: WorkerKeys
) -> None:
    with pytest.raises(CannotVouch):
        vouch(by, voucher.pk, [row.pk], TOLD)
    with pytest.raises(CannotBeRaised):
        vouch(By(Letter.objects.create(slug="other", source_language="en"), "Bo"), row.pk, [], TOLD)
    Installation.objects.update(studio_key=None)
    with pytest.raises(SealingKeyMissing):
        vouch(by, row.pk, [voucher.pk], TOLD)
    assert not Vouching.objects.exists()
    assert known(row) == ("", "", None, "")


def test_the_case_is_prepared_anew(by: By, row: Signature, voucher: Signature) -> None:
    vouching = vouch(by, row.pk, [voucher.pk], TOLD)
    Case.objects.create(signature=row, sealed=b"", prepared_at=vouching.at)
    take_back(by, vouching.pk)
    assert Case.objects.get().is_stale


def test_erased_with_the_signature_or_sealed_to_a_key_that_is_gone(
    by: By, row: Signature, voucher: Signature, opener: Opener, tmp_path: Path
) -> None:
    vouching = vouch(by, row.pk, [voucher.pk], TOLD)
    prepare_studio_key(tmp_path / "other")
    assert who_told(vouching, studio_opener(tmp_path / "other")) == ""
    erase([row.pk], actor="Ana", at=vouching.at)
    assert not Vouching.objects.exists()
