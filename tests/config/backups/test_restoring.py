"""From one machine to another: everything is back, or nothing has changed."""

from __future__ import annotations

import stat
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from tests.builders import confirmed, listed, published_letter, signed, worker_keys
from tests.config.backups.conftest import NOW, Host, Move, new_host, silent
from undersigned.config import presence
from undersigned.config.backups import archive, restoring
from undersigned.config.backups.backing_up import back_up_database, back_up_keys
from undersigned.config.backups.catching_up import Journals
from undersigned.config.backups.manifest import DATABASE, KEYS, Manifest
from undersigned.config.backups.piping import writing_to
from undersigned.config.backups.refusals import (
    AnotherDatabase,
    CannotOpenBackup,
    DatabaseToolFailed,
    MadeByNewerVersion,
    NotABackup,
    NotEmpty,
    Refused,
    StillRunning,
)
from undersigned.config.backups.restoring import NotUpdated, Restored
from undersigned.config.health.keys import letters_without_key
from undersigned.config.journal import Journal
from undersigned.config.lease import Lease
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.forgetting import destroy_key, go_on
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import Case, Signature, State
from undersigned.vault.keys import KeyDestroyed

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRESQL = settings.ENV.database_url != ""
sqlite_only = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite's files")


@pytest.fixture
def site(data: Path) -> Path:
    """An installation with a letter, a listed signature, a confirmed one, and a picture."""
    keys = worker_keys(data)
    letter = published_letter(keys, "letter")
    listed(letter, keys, name="Ana Example")
    confirmed(letter, keys, name="Bo Example")
    (data / "media").mkdir()
    (data / "media" / "one.png").write_bytes(b"picture")
    return data


def backup_of(data: Path, host: Host, tmp_path: Path, *, keys: bool = False) -> Path:
    path = tmp_path / ("keys.age" if keys else "backup.age")
    with path.open("wb") as output:
        (back_up_keys if keys else back_up_database)(data, host.lock, output, NOW, silent)
    return path


def restore(data: Path, file: Path, host: Host, *, replace: bool = False) -> Restored:
    """Without a journal: what one is for is in test_catching_up.py."""
    journals = Journals(Journal(data), is_optional=True)
    with file.open("rb") as source:
        return restoring.restore(
            data, source, host.key, NOW, silent, replace=replace, journals=journals
        )


def refusal(
    kind: type[Refused], data: Path, file: Path, host: Host, *, replace: bool = False
) -> str:
    """The sentence; and whatever the reason was, the folder is as before."""
    before = contents(data)
    with pytest.raises(kind) as caught:
        restore(data, file, host, replace=replace)
    assert contents(data) == before
    return str(caught.value)


def contents(data: Path) -> dict[str, bytes]:
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file() and path.suffix != ".lease"
    }


def forged(path: Path, host: Host, manifest: Manifest, members: dict[str, bytes]) -> Path:
    """A backup by somebody who has only our public key."""
    sources = []
    for number, (name, content) in enumerate(members.items()):
        source = path.with_name(f"member{number}")
        source.write_bytes(content)
        sources.append((name, source))
    with (
        path.open("wb") as output,
        writing_to(lambda reader: host.lock.encrypt(reader, output)) as plain,
    ):
        archive.write(plain, manifest, sources)
    return path


def test_a_site_moves_to_another_machine_and_its_work_goes_on(
    site: Path, host: Host, tmp_path: Path, another_machine: Move
) -> None:
    database = backup_of(site, host, tmp_path)
    keys = backup_of(site, host, tmp_path, keys=True)
    signed(Letter.objects.get(), name="Too Late")
    data = another_machine()

    restored = restore(data, database, host)

    assert (restored.manifest.kind, restored.aside) == (DATABASE, None)
    assert sorted(Signature.objects.values_list("state", "name")) == [
        (State.CONFIRMED, ""),
        (State.LISTED, "Ana Example"),
    ]
    assert (data / "media" / "one.png").read_bytes() == b"picture"
    assert letters_without_key(data) == ["letter"]

    assert restore(data, keys, host).manifest.letters == (str(Letter.objects.get().pk),)

    assert letters_without_key(data) == []
    assert stat.S_IMODE((data / "keys" / "index").stat().st_mode) == 0o600
    assert list_confirmed(worker_keys(data)) == 1
    assert sorted(Signature.objects.values_list("name", flat=True)) == [
        "Ana Example",
        "Bo Example",
    ]
    assert [path.name for path in data.glob(".*")] == []


def test_whoever_was_signed_in_signs_in_anew_and_cases_are_prepared_anew(
    site: Path, host: Host, tmp_path: Path, another_machine: Move
) -> None:
    """A member may have left since, and the web's key may be another."""
    Session.objects.create(session_key="key", session_data="data", expire_date=timezone.now())
    Case.objects.create(
        signature=Signature.objects.get(state=State.CONFIRMED), sealed=b"", prepared_at=NOW
    )
    database = backup_of(site, host, tmp_path)
    restore(another_machine(), database, host)
    assert not Session.objects.exists()
    assert Case.objects.get().is_stale


@sqlite_only
@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o2770, 0o660)])
def test_files_are_whose_the_folder_says(
    site: Path, host: Host, tmp_path: Path, another_machine: Move, folder: int, file: int
) -> None:
    database = backup_of(site, host, tmp_path)
    data = another_machine()
    data.chmod(folder)
    restore(data, database, host)
    modes = [stat.S_IMODE((data / name).stat().st_mode) for name in ("db.sqlite3", "media/one.png")]
    assert modes == [file, file]


def test_an_installation_that_holds_something_is_refused(
    site: Path, host: Host, tmp_path: Path
) -> None:
    database = backup_of(site, host, tmp_path)
    sentence = refusal(NotEmpty, site, database, host)
    assert ("DATABASE_URL" if ON_POSTGRESQL else "--replace") in sentence
    keys = backup_of(site, host, tmp_path, keys=True)
    assert refusal(NotEmpty, site, keys, host) == (
        f"There are keys in {site} already. Restore to another folder with --data, or say "
        "--replace to have what is there moved aside. Nothing was changed."
    )


@sqlite_only
def test_what_is_replaced_is_moved_aside(
    site: Path, host: Host, tmp_path: Path, another_machine: Move
) -> None:
    database = backup_of(site, host, tmp_path)
    data = another_machine()
    (data / "db.sqlite3").write_bytes(b"damaged by a failing disk")
    (data / "media").mkdir()
    (data / "media" / "other.png").write_bytes(b"other")
    restored = restore(data, database, host, replace=True)
    assert restored.aside == data / "replaced-20261120T120000"
    assert (restored.aside / "db.sqlite3").read_bytes() == b"damaged by a failing disk"
    assert (restored.aside / "media" / "other.png").read_bytes() == b"other"
    assert Letter.objects.get().slug == "letter"
    assert [path.name for path in (data / "media").iterdir()] == ["one.png"]


def test_keys_are_replaced_only_when_asked(site: Path, host: Host, tmp_path: Path) -> None:
    keys = backup_of(site, host, tmp_path, keys=True)
    index = site / "keys" / "index"
    good = index.read_bytes()
    index.write_bytes(b"x" * 32)
    restored = restore(site, keys, host, replace=True)
    assert index.read_bytes() == good
    assert restored.aside is not None
    assert (restored.aside / "keys" / "index").read_bytes() == b"x" * 32


def test_empty_folders_of_an_installer_are_no_obstacle(
    site: Path, host: Host, tmp_path: Path, another_machine: Move
) -> None:
    database = backup_of(site, host, tmp_path)
    keys = backup_of(site, host, tmp_path, keys=True)
    data = another_machine()
    for name in ("keys/letters", "media", "web"):
        (data / name).mkdir(parents=True)
    assert restore(data, database, host).aside is None
    assert restore(data, keys, host).aside is None


def test_nobody_may_work_there_meanwhile(
    site: Path, host: Host, tmp_path: Path, another_machine: Move
) -> None:
    database = backup_of(site, host, tmp_path)
    data = another_machine()
    worker = Lease("worker", data)
    assert worker.hold()
    assert refusal(StillRunning, data, database, host) == (
        f"A web process or a worker uses {data}. Stop both first, then restore. "
        "Nothing was changed."
    )
    worker.give_back()
    presence.announce(data)
    assert "Stop both first" in refusal(StillRunning, data, database, host)
    presence.leave()
    assert restore(data, database, host).aside is None


@pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL's sessions")
def test_another_session_in_the_database_is_seen(
    site: Path, host: Host, tmp_path: Path, another_machine: Move
) -> None:
    database = backup_of(site, host, tmp_path)
    data = another_machine()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        other = connection.copy()
        with other.cursor() as second:
            second.execute("SELECT 1")
            assert "connected to the database" in refusal(StillRunning, data, database, host)
        other.close()


def test_a_tampered_file_changes_nothing(
    site: Path, host: Host, tmp_path: Path, another_machine: Move
) -> None:
    database = backup_of(site, host, tmp_path)
    data = another_machine()
    whole = database.read_bytes()
    for place in (100, 400, len(whole) // 2, len(whole) - 1):
        changed = bytearray(whole)
        changed[place] ^= 1
        database.write_bytes(changed)
        assert "Nothing was changed" in refusal(CannotOpenBackup, data, database, host)
    for length in (0, 20, 300, len(whole) // 2, len(whole) - 1):
        database.write_bytes(whole[:length])
        assert "Nothing was changed" in refusal(CannotOpenBackup, data, database, host)


def test_somebody_elses_backup_changes_nothing(
    site: Path, host: Host, tmp_path: Path, another_machine: Move
) -> None:
    database = backup_of(site, host, tmp_path)
    data = another_machine()
    assert "somebody else" in refusal(CannotOpenBackup, data, database, new_host())


def test_a_backup_of_a_newer_version_is_refused_before_it_is_unpacked(
    host: Host, tmp_path: Path, another_machine: Move
) -> None:
    manifest = Manifest(kind=DATABASE, at="", migrations=("letters.9999_later",), version="99.0")
    file = forged(tmp_path / "b.age", host, manifest, {"database.sqlite3": b""})
    sentence = refusal(MadeByNewerVersion, another_machine(), file, host)
    assert sentence.startswith(
        f"This backup was made by version 99.0, and this is version {version('undersigned')}"
    )


def test_a_backup_of_another_kind_of_database_is_refused(
    host: Host, tmp_path: Path, another_machine: Move
) -> None:
    other = "sqlite" if ON_POSTGRESQL else "postgresql"
    file = forged(tmp_path / "b.age", host, Manifest(kind=DATABASE, at="", vendor=other), {})
    sentence = refusal(AnotherDatabase, another_machine(), file, host)
    assert sentence.startswith(
        "This is a backup of SQLite, and the installation uses PostgreSQL."
        if ON_POSTGRESQL
        else "This is a backup of PostgreSQL, and the installation uses SQLite."
    )


NAME = "database.pgdump" if ON_POSTGRESQL else "database.sqlite3"


@pytest.mark.parametrize(
    "members",
    [{}, {"media/one.png": b""}, {NAME: b"", "keys/index": b"x" * 32}, {NAME: b"", "db": b""}],
)
def test_what_does_not_belong_into_a_backup_is_refused(
    host: Host, tmp_path: Path, another_machine: Move, members: dict[str, bytes]
) -> None:
    manifest = Manifest(kind=DATABASE, at="", vendor=connection.vendor)
    file = forged(tmp_path / "b.age", host, manifest, members)
    assert "not a backup of Undersigned's" in refusal(NotABackup, another_machine(), file, host)


def test_a_backup_of_keys_brings_nothing_else(
    host: Host, tmp_path: Path, another_machine: Move
) -> None:
    manifest = Manifest(kind=KEYS, at="")
    file = forged(
        tmp_path / "b.age", host, manifest, {"keys/index": b"x" * 32, "web/secret_key": b"mine"}
    )
    assert "not a backup" in refusal(NotABackup, another_machine(), file, host)


@sqlite_only
def test_a_damaged_database_inside_is_refused(
    host: Host, tmp_path: Path, another_machine: Move
) -> None:
    manifest = Manifest(kind=DATABASE, at="", vendor="sqlite")
    file = forged(tmp_path / "b.age", host, manifest, {"database.sqlite3": b"noise" * 5000})
    assert "is damaged" in refusal(NotABackup, another_machine(), file, host)


def test_an_update_that_fails_says_what_to_do(
    site: Path,
    host: Host,
    tmp_path: Path,
    another_machine: Move,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("a detail")

    database = backup_of(site, host, tmp_path)
    data = another_machine()
    monkeypatch.setattr(restoring, "call_command", fail)
    with pytest.raises(NotUpdated) as caught:
        restore(data, database, host)
    assert str(caught.value) == (
        "The backup could not be brought up to this version (RuntimeError). "
        "Start neither web nor worker; restore it with the version that made it."
    )
    assert (data / "db.sqlite3").exists() is False


@pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL's programs")
def test_a_dump_that_cannot_be_read_leaves_the_database_empty(
    host: Host, tmp_path: Path, another_machine: Move
) -> None:
    manifest = Manifest(kind=DATABASE, at="", vendor="postgresql")
    file = forged(tmp_path / "b.age", host, manifest, {"database.pgdump": b"noise"})
    data = another_machine()
    connection.settings_dict["PASSWORD"] = "said only to the program itself"
    try:
        sentence = refusal(DatabaseToolFailed, data, file, host)
    finally:
        connection.settings_dict["PASSWORD"] = ""
    assert sentence.startswith("pg_restore failed: pg_restore: error:")
    with connection.cursor() as cursor:
        assert connection.introspection.table_names(cursor) == []


def test_a_site_without_media_has_none_afterwards(
    data: Path, host: Host, tmp_path: Path, another_machine: Move
) -> None:
    published_letter(worker_keys(data), "letter")
    database = backup_of(data, host, tmp_path)
    there = another_machine()
    restore(there, database, host)
    assert not (there / "media").exists()
    assert Letter.objects.get().slug == "letter"


def forgotten(data: Path) -> None:
    """The letter's key is destroyed, and what was sealed to it is emptied."""
    keys = worker_keys(data)
    letter = Letter.objects.get()
    destroy_key(letter.pk, keys, NOW)
    while go_on(keys, NOW):
        pass


def test_a_backup_of_the_database_does_not_bring_a_destroyed_key_back(
    site: Path, host: Host, tmp_path: Path
) -> None:
    before = backup_of(site, host, tmp_path)
    forgotten(site)
    keys = worker_keys(site)
    if ON_POSTGRESQL:
        pytest.skip("an empty database is another one")
    restored = restore(site, before, host, replace=True)
    assert restored.aside is not None
    letter = Letter.objects.get()
    assert (letter.state, letter.sealing_key) == (LetterState.CLOSED, None)
    assert Signature.objects.filter(sealed_address__isnull=False).count() == 2
    with pytest.raises(KeyDestroyed):
        keys.opener(letter.pk)
    while go_on(keys, NOW):
        pass
    assert Signature.objects.filter(sealed_address__isnull=False).count() == 0
    assert letters_without_key(site) == []


def test_keys_come_back_before_there_is_a_database(
    site: Path, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup_of(site, host, tmp_path, keys=True)
    letter = Letter.objects.get()
    destroy_key(letter.pk, worker_keys(site), NOW)
    monkeypatch.setattr(restoring, "_database_files", lambda: [tmp_path / "none.sqlite3"])
    restore(site, before, host, replace=True)
    assert worker_keys(site).keyring.is_destroyed(letter.pk)


@pytest.mark.parametrize("told_by", ["the marks", "the database"])
def test_a_backup_of_the_keys_does_not_bring_a_destroyed_one_back(
    told_by: str, site: Path, host: Host, tmp_path: Path
) -> None:
    other = published_letter(worker_keys(site), "other")
    before = backup_of(site, host, tmp_path, keys=True)
    Letter.objects.exclude(pk=other.pk).update(slug="ended")
    ended = Letter.objects.get(slug="ended")
    destroy_key(ended.pk, worker_keys(site), NOW)
    if told_by == "the database":
        (site / "keys" / "destroyed" / str(ended.pk)).unlink()
    else:
        Letter.objects.update(key_destroyed_at=None)
    restored = restore(site, before, host, replace=True)
    assert restored.aside is not None
    keys = worker_keys(site)
    assert keys.keyring.is_destroyed(ended.pk)
    assert sorted(path.name for path in (site / "keys" / "letters").iterdir()) == [str(other.pk)]
    assert keys.keyring.letter_key(other.pk)


def test_keys_that_a_restore_moved_aside_are_destroyed_too(
    site: Path, host: Host, tmp_path: Path
) -> None:
    restored = restore(site, backup_of(site, host, tmp_path, keys=True), host, replace=True)
    letter = Letter.objects.get()
    assert restored.aside is not None
    copy = restored.aside / "keys" / "letters" / str(letter.pk)
    assert copy.exists()
    destroy_key(letter.pk, worker_keys(site), NOW)
    assert not copy.exists()


@sqlite_only
def test_no_address_is_left_when_the_key_is_gone(
    site: Path, host: Host, tmp_path: Path, another_machine: Move
) -> None:
    """In the database's files, and in what a backup from before opens to."""
    canary = "canary.of.the.coalmine@example.org"
    keys = worker_keys(site)
    row = listed(Letter.objects.get(), keys, address=canary)
    sealed = bytes(row.sealed_address or b"")
    file, keys_file = (backup_of(site, host, tmp_path, keys=one) for one in (False, True))
    data = another_machine()
    restore(data, file, host)
    restore(data, keys_file, host)
    opener = worker_keys(data).opener(row.letter_id)
    assert opener.open(row.pk, "address", sealed).decode() == canary
    assert sealed in (data / "db.sqlite3").read_bytes()
    forgotten(data)
    opened = tmp_path / "opened"
    with file.open("rb") as source, opened.open("wb") as plain:
        host.key.decrypt(source, plain, file.read_bytes()[:64])
    connection.close()  # writes the log into the file
    everything = [opened, *(path for path in data.rglob("*") if path.is_file())]
    for spelling in (canary, canary.partition("@")[0], canary.upper()):
        assert [path for path in everything if spelling.encode() in path.read_bytes()] == []
    assert sealed in opened.read_bytes()  # sealed bytes, that nobody opens any more
    assert sealed not in (data / "db.sqlite3").read_bytes()
    with pytest.raises(KeyDestroyed):
        worker_keys(data).opener(row.letter_id)
