"""The installation's own keys."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.builders import worker_keys
from undersigned.teams.installation import (
    INSTALLATION,
    mail_sealer,
    prepare_mail_key,
    prepare_studio_key,
    studio_opener,
    studio_sealer,
)
from undersigned.teams.models import Installation
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen
from undersigned.vault.seal import SealingKeyMissing

ROW = uuid.UUID(int=5)


def test_what_the_worker_seals_the_studio_opens(db: None, tmp_path: Path) -> None:
    prepare_studio_key(tmp_path)
    sealed = studio_sealer().seal(ROW, "case", b"Ana Example")
    assert b"Ana" not in sealed
    assert studio_opener(tmp_path).open(ROW, "case", sealed) == b"Ana Example"


def test_what_the_web_seals_the_worker_opens(db: None, tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    prepare_mail_key(keys.keyring)
    sealed = mail_sealer().seal(ROW, "mail", b"to Ana")
    assert keys.opener(INSTALLATION).open(ROW, "mail", sealed) == b"to Ana"


def test_keys_stay_as_they_are(db: None, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    prepare_studio_key(tmp_path)
    before = (tmp_path / "studio_key").read_bytes()
    prepare_studio_key(tmp_path)
    assert (tmp_path / "studio_key").read_bytes() == before
    assert (tmp_path / "studio_key").stat().st_mode & 0o777 == 0o600
    assert caplog.messages == []


def test_a_lost_studio_key_is_replaced_and_told_of(
    db: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prepare_studio_key(tmp_path)
    sealed = studio_sealer().seal(ROW, "case", b"Ana")
    (tmp_path / "studio_key").unlink()

    prepare_studio_key(tmp_path)

    with pytest.raises(CannotOpen):
        studio_opener(tmp_path).open(ROW, "case", sealed)
    sealed = studio_sealer().seal(ROW, "case", b"Ana")
    assert studio_opener(tmp_path).open(ROW, "case", sealed) == b"Ana"
    (line,) = caplog.messages
    assert line.startswith("The studio has another key than before")


def test_without_keys_nothing_is_sealed_or_opened(db: None, tmp_path: Path) -> None:
    with pytest.raises(SealingKeyMissing):
        studio_sealer()
    Installation.objects.create()
    with pytest.raises(SealingKeyMissing):
        mail_sealer()
    with pytest.raises(KeyMissing):
        studio_opener(tmp_path)
