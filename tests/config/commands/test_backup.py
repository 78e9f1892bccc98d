"""`undersigned backup`: an encrypted file, or a sentence and nothing left behind."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import stat
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pyrage
import pytest

from tests.builders import published_letter, signed
from tests.config.commands.conftest import Run
from undersigned.config.backups import backing_up, passphrase
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "correct horse battery"
UNENCRYPTED = (
    "Error: A backup is never written unencrypted. Name who can open it with --recipient age1…, "
    "or set UNDERSIGNED_BACKUP_PASSPHRASE_FILE.\n"
)


@pytest.fixture(autouse=True)
def weak_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "WORK", 4)


@pytest.fixture
def identity() -> Any:
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def letter(transactional_db: None, keys: WorkerKeys) -> Letter:
    return published_letter(keys, "letter")


def test_a_backup_for_a_recipient(
    undersigned: Run, letter: Letter, identity: Any, tmp_path: Path
) -> None:
    signed(letter)
    file = tmp_path / "site.age"
    done = undersigned("backup", file, "--recipient", identity.to_public())
    assert done.status == 0
    assert done.out == (
        f"The database with 1 signature is in {file} ({file.stat().st_size / 1e6:.1f} MB).\n"
        "The private keys are not in it. Back them up apart, after each new letter: "
        "undersigned backup --keys\n"
    )
    assert done.err == "Copying the database …\nEncrypting …\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"manifest.json" in pyrage.decrypt(file.read_bytes(), [identity])
    assert b"manifest.json" not in file.read_bytes()


def test_recipients_from_a_file_and_a_name_of_its_own(
    undersigned: Run,
    letter: Letter,
    identity: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "recipients").write_text(f"{identity.to_public()}\n")
    done = undersigned("backup", "--recipients-file", "recipients", "--json")
    assert done.status == 0
    told = json.loads(done.out)
    [file] = tmp_path.glob("undersigned-*Z.age")
    assert (told["kind"], told["file"], told["bytes"]) == (
        "database",
        str(file),
        file.stat().st_size,
    )
    assert told["rows"]["letters_letter"] == 1
    done = undersigned("backup", "--keys", "--recipients-file", "recipients")
    assert done.status == 0
    assert done.out.startswith("The keys of 1 letter are in undersigned-keys-")
    assert "apart from every backup of the database" in done.out


def test_a_passphrase_from_the_environment(
    undersigned: Run, letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDERSIGNED_BACKUP_PASSPHRASE", SECRET)
    file = tmp_path / "site.age"
    assert undersigned("backup", file).status == 0
    assert b"manifest.json" in pyrage.passphrase.decrypt(file.read_bytes(), SECRET)


def test_without_a_recipient_it_is_refused(undersigned: Run, tmp_path: Path) -> None:
    done = undersigned("backup", tmp_path / "site.age")
    assert (done.status, done.err) == (1, UNENCRYPTED)
    assert not (tmp_path / "site.age").exists()


def test_at_a_terminal_it_asks_for_a_passphrase(
    undersigned: Run, letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    def prompt(question: str, **how: Any) -> str:
        asked.append(how)
        return SECRET

    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    file = tmp_path / "site.age"
    done = undersigned("backup", file)
    assert done.status == 0
    assert asked == [{"hide_input": True, "confirmation_prompt": True, "err": True}]
    assert b"manifest.json" in pyrage.passphrase.decrypt(file.read_bytes(), SECRET)
    assert done.err.endswith("\rEncrypting … 100 %\n")


def test_to_another_program(
    undersigned: Run, letter: Letter, identity: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffer = io.BytesIO()
    real = sys.stdout
    piped = SimpleNamespace(buffer=buffer, isatty=lambda: False, write=real.write, flush=real.flush)
    with monkeypatch.context() as patch:  # undone before pytest's own capture is
        patch.setattr(sys, "stdout", piped)
        done = undersigned("backup", "-", "--recipient", identity.to_public())
    assert (done.status, done.out) == (0, "")
    assert "is in standard output." in done.err
    assert b"manifest.json" in pyrage.decrypt(buffer.getvalue(), [identity])


def test_not_to_a_terminal(
    undersigned: Run, identity: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    done = undersigned("backup", "-", "--recipient", identity.to_public())
    assert done.status == 1
    assert done.err == (
        "Error: A backup is not for reading: send it to a file or to another program.\n"
    )


def test_a_file_that_is_there_stays(undersigned: Run, identity: Any, tmp_path: Path) -> None:
    file = tmp_path / "site.age"
    file.write_text("yesterday's")
    done = undersigned("backup", file, "--recipient", identity.to_public())
    assert done.status == 1
    assert done.err == f"Error: There is a file {file} already. Choose another name.\n"
    assert file.read_text() == "yesterday's"


def test_a_full_disk_is_one_sentence(
    undersigned: Run, identity: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(backing_up, "_write", fail)
    done = undersigned("backup", tmp_path / "site.age", "--recipient", identity.to_public())
    assert done.status == 1
    assert done.err.endswith(
        "Error: The backup could not be written (No space left on device). "
        "Nothing was left behind.\n"
    )
    assert not [*tmp_path.glob("*.age*")]


def test_one_that_is_stopped_leaves_nothing_behind(
    undersigned: Run,
    data: Path,
    identity: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def be_stopped(*_: object) -> None:
        assert [*data.glob(".backup-*/database*")] != []
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(backing_up, "_write", be_stopped)
    done = undersigned("backup", tmp_path / "site.age", "--recipient", identity.to_public())
    assert done.status == 128 + signal.SIGTERM
    assert [*data.glob(".backup-*")] == []
    assert [*tmp_path.glob("*.age*")] == []
