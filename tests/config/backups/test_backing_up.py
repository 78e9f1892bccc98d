"""Making a backup: one moment, one at a time, nothing left behind."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pyrage
import pytest
from django.conf import settings
from django.db import connection

from tests.builders import listed, published_letter, signed, worker_keys
from tests.config.backups.conftest import NOW, Host, silent
from undersigned.config.backups import backing_up
from undersigned.config.backups.backing_up import NoKeys, back_up_database, back_up_keys
from undersigned.config.backups.last import last_backup
from undersigned.config.backups.refusals import Busy, DatabaseToolFailed, DiskFull
from undersigned.config.lease import Lease
from undersigned.teams.installation import prepare_mail_key
from undersigned.teams.models import Installation

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRESQL = settings.ENV.database_url != ""


class Inside(NamedTuple):
    manifest: dict[str, Any]
    files: dict[str, bytes]


def opened(file: bytes, host: Host) -> Inside:
    files = {}
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(file, host.key.identities))) as archive:
        for member in archive:
            content = archive.extractfile(member)
            assert content is not None
            files[member.name] = content.read()
    return Inside(json.loads(files.pop("manifest.json")), files)


def test_database_and_media_are_in_it_and_keys_are_not(data: Path, host: Host) -> None:
    keys = worker_keys(data)
    letter = published_letter(keys)
    listed(letter, keys, name="Ana Example")
    signed(letter, name="Bo Example", address="bo@example.org")
    (data / "media" / "logos").mkdir(parents=True)
    (data / "media" / "logos" / "one.png").write_bytes(b"logo")
    (data / "media" / "logos" / ".draft").write_bytes(b"half")
    (data / "media" / "passwd").symlink_to("/etc/passwd")
    (data / "media" / "exports").mkdir()
    (data / "media" / "exports" / "list").write_bytes(b"on its way out")
    (data / "outbox").mkdir()
    (data / "outbox" / "mail").write_text("To: bo@example.org")
    steps: list[str] = []
    output = io.BytesIO()

    back_up_database(data, host.lock, output, NOW, lambda step, done, total: steps.append(step))

    inside = opened(output.getvalue(), host)
    name = "database.pgdump" if ON_POSTGRESQL else "database.sqlite3"
    assert sorted(inside.files) == ["SHA256SUMS", name, "media/logos/one.png"]
    assert inside.manifest["kind"] == "database"
    assert inside.manifest["at"] == "2026-11-20T12:00:00+00:00"
    assert inside.manifest["vendor"] == ("postgresql" if ON_POSTGRESQL else "sqlite")
    assert inside.manifest["rows"]["signatures_signature"] == 2
    assert "letters.0001_initial" in inside.manifest["migrations"]
    everything = b"".join(inside.files.values())
    assert b"bo@example.org" not in everything
    assert (data / "keys" / "letters" / str(letter.pk)).read_bytes() not in everything
    assert dict.fromkeys(steps) == dict.fromkeys(["Copying the database", "Encrypting"])


def test_the_keys_are_a_file_of_their_own(data: Path, host: Host) -> None:
    keys = worker_keys(data)
    letter = published_letter(keys)
    prepare_mail_key(keys.keyring)
    output = io.BytesIO()
    manifest = back_up_keys(data, host.lock, output, NOW, silent)
    inside = opened(output.getvalue(), host)
    assert inside.manifest["kind"] == "keys"
    assert manifest.letters == (str(letter.pk),), "the installation's own is no letter's"
    own = "keys/letters/00000000-0000-0000-0000-000000000001"
    assert sorted(inside.files) == sorted(
        ["SHA256SUMS", "keys/index", f"keys/letters/{letter.pk}", own]
    )
    assert last_backup(data, "keys") == NOW
    assert last_backup(data, "database") is None


def test_no_keys_is_said(data: Path, host: Host) -> None:
    with pytest.raises(NoKeys, match="Run this as the worker's user"):
        back_up_keys(data, host.lock, io.BytesIO(), NOW, silent)


def test_the_installation_remembers_when(data: Path, host: Host) -> None:
    prepare_mail_key(worker_keys(data).keyring)
    back_up_database(data, host.lock, io.BytesIO(), NOW - timedelta(days=1), silent)
    back_up_database(data, host.lock, io.BytesIO(), NOW, silent)
    assert last_backup(data, "database") == NOW
    assert Installation.objects.get().last_backup_at == NOW


def test_there_is_one_at_a_time(data: Path, host: Host) -> None:
    other = Lease("backup", data)
    assert other.hold()
    with pytest.raises(Busy, match="Another backup is being made right now"):
        back_up_database(data, host.lock, io.BytesIO(), NOW, silent)
    other.give_back()
    back_up_database(data, host.lock, io.BytesIO(), NOW, silent)


def test_nothing_is_left_of_one_that_fails(
    data: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        assert [*data.glob(".backup-*/database*")] != [], "a copy that could be left behind"
        raise KeyboardInterrupt

    monkeypatch.setattr(backing_up, "_write", stop)
    with pytest.raises(KeyboardInterrupt):
        back_up_database(data, host.lock, io.BytesIO(), NOW, silent)
    assert {path.name for path in data.iterdir()} - {"backup.lease"} == {"journal"}
    assert last_backup(data, "database") is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")  # no transaction was left open


@pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite's copy")
def test_no_room_for_the_copy_is_said_before_it_is_begun(
    data: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(data)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(DiskFull, match="needs room for a copy of the database"):
        back_up_database(data, host.lock, io.BytesIO(), NOW, silent)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL's programs")
def test_a_missing_program_is_said(data: Path, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(DatabaseToolFailed, match="pg_dump is not installed"):
        back_up_database(data, host.lock, io.BytesIO(), NOW, silent)
