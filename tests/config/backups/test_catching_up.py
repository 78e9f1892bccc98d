"""Who was erased, hid or left after a backup stays so when it is restored."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.builders import link_of, listed, published_letter, signed, worker_keys
from tests.config.backups.conftest import Host, Move, new_host, silent
from tests.signatures.behind_links import own_link
from undersigned.config.backups import catching_up, postgresql, restoring
from undersigned.config.backups.backing_up import back_up_database
from undersigned.config.backups.catching_up import CaughtUp, Journals, database_at
from undersigned.config.backups.manifest import Manifest
from undersigned.config.backups.refusals import (
    DatabaseToolFailed,
    HalfRestored,
    NoJournal,
    NotABackup,
)
from undersigned.config.backups.unfinished import refuse_half_restored
from undersigned.config.journal import Journal
from undersigned.letters.models import Letter
from undersigned.mail.models import Reason
from undersigned.mail.suppression import suppress, suppressed_among
from undersigned.signatures.appearing import appear
from undersigned.signatures.deciding import By
from undersigned.signatures.disowning import disown
from undersigned.signatures.erasing import erase
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group
from undersigned.signatures.leaving import leave
from undersigned.signatures.models import JournalLine, Signature, State
from undersigned.signatures.replaying import replay
from undersigned.signatures.signatories import first_signatories
from undersigned.signatures.unsubscribing import unsubscribe

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRESQL = settings.ENV.database_url != ""
sqlite_only = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite's files")

MARK = b"m" * 32


def backup_of(data: Path, host: Host, tmp_path: Path) -> Path:
    path = tmp_path / "backup.age"
    with path.open("wb") as output:
        back_up_database(data, host.lock, output, timezone.now(), silent)
    return path


def restore(
    data: Path,
    file: Path,
    host: Host,
    *copies: Path,
    is_optional: bool = False,
    replace: bool = False,
) -> CaughtUp:
    journals = Journals(Journal(data), copies, is_optional=is_optional)
    with file.open("rb") as source:
        restored = restoring.restore(
            data, source, host.key, timezone.now(), silent, replace=replace, journals=journals
        )
    assert restored.caught_up is not None
    return restored.caught_up


def public_names() -> list[str]:
    shown = first_signatories(Letter.objects.get(), "en")
    return sorted(one.name for one in (*shown.people, *shown.organisations))


def row(name: str) -> Signature:
    return Signature.objects.get(name=name)


def copy_of(data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(Journal(data).path, tmp_path / "copy.log"))


@pytest.fixture
def site(data: Path) -> Path:
    keys = worker_keys(data)
    letter = published_letter(keys, "letter")
    for name in ("Ana", "Bo", "Chi", "Dan", "Eva"):
        listed(
            letter, keys, name=name, country="BY" if name == "Chi" else "PL", consent_updates=True
        )
    Journal(data).begin(timezone.now())
    return data


def test_all_that_people_asked_for_since_holds(
    site: Path, tmp_path: Path, another_machine: Move
) -> None:
    host, keys = new_host(), worker_keys(site)
    letter = Letter.objects.get()
    pending = signed(letter, name="Nobody")
    token = link_of(pending, keys)
    file = backup_of(site, host, tmp_path)
    assert public_names() == ["Ana", "Bo", "Chi", "Dan", "Eva"]
    ids = {name: row(name).pk for name in ("Ana", "Bo", "Chi", "Dan", "Eva")}
    now = timezone.now()

    erase([ids["Ana"]], now, actor="signer")
    appear(own_link(row("Bo"), keys), "counted")
    hide_group(By(letter, "Mo"), Group(Shared.COUNTRY, "BY"))
    leave(own_link(row("Dan"), keys))
    unsubscribe(row("Eva"))
    disown(token)
    suppress(MARK, Reason.COMPLAINT, now)
    while Journal(site).drain():
        pass
    journal = copy_of(site, tmp_path)
    data = another_machine()
    caught_up = restore(data, file, host, journal)

    assert public_names() == ["Eva"]
    assert caught_up.is_whole
    assert caught_up.damaged == 0
    assert caught_up.repeated == {
        "erase": 1,
        "shown": 1,
        "hide": 1,
        "withdraw": 1,
        "updates": 1,
        "void": 1,
        "caution": 1,
        "complaint": 1,
    }
    erased = Signature.objects.get(pk=ids["Ana"])
    assert (erased.state, erased.sealed_address, erased.consent_updates) == ("listed", None, False)
    assert Signature.objects.get(pk=ids["Dan"]).state == State.WITHDRAWN
    assert not row("Eva").consent_updates
    disowned = Signature.objects.get(pk=pending.pk)
    assert (disowned.state, disowned.void_because, disowned.sealed_address) == (
        "void",
        "not me",
        None,
    )
    assert suppressed_among([MARK]) == {MARK}
    # Once more, from the journal that is this machine's own by now: nothing is left to do.
    again = Journals(Journal(data)).catch_up(Manifest(kind="database", at=now.isoformat()), now)
    assert again.repeated == {"complaint": 1, "erase": 1}
    assert public_names() == ["Eva"]


@sqlite_only
def test_what_the_worker_had_not_written_yet_is_in_the_database_that_is_replaced(
    tmp_path: Path, another_machine: Move
) -> None:
    host, data = new_host(), another_machine()
    call_command("migrate", verbosity=0, interactive=False)
    keys = worker_keys(data)
    signer = listed(published_letter(keys, "letter"), keys, name="Ana")
    Journal(data).begin(timezone.now())
    file = backup_of(data, host, tmp_path)
    erase([signer.pk], timezone.now(), actor="signer")
    assert JournalLine.objects.count() > 0
    assert restore(data, file, host, replace=True).repeated == {"erase": 1}
    assert public_names() == []


def test_without_a_journal_nothing_is_restored(
    site: Path, tmp_path: Path, another_machine: Move
) -> None:
    host = new_host()
    file = backup_of(site, host, tmp_path)
    data = another_machine()
    late = tmp_path / "late.log"
    late.write_text((timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ begun -\n"))
    for copies in ([], [late]):
        with pytest.raises(NoJournal) as caught:
            restore(data, file, host, *copies)
        assert "Bring the latest copy of journal.log with --journal" in str(caught.value)
        assert [path.name for path in data.iterdir() if path.suffix != ".lease"] == []
    caught_up = restore(data, file, host, is_optional=True)
    assert (caught_up.is_whole, caught_up.repeated, caught_up.until) == (False, {}, None)
    assert public_names() == ["Ana", "Bo", "Chi", "Dan", "Eva"]


def test_a_copy_from_before_the_backup_is_not_enough(
    site: Path, tmp_path: Path, another_machine: Move
) -> None:
    host = new_host()
    journal = copy_of(site, tmp_path)
    text = journal.read_text()
    journal.write_text(text.replace(text[:4], "2020"))
    file = backup_of(site, host, tmp_path)
    later = tmp_path / "later.log"
    later.write_text(Journal(site).path.read_text().partition("\n")[2])  # without its begin
    data = another_machine()
    with pytest.raises(NoJournal):
        restore(data, file, host, journal)
    # Two workers took turns: each has a part.
    assert restore(data, file, host, journal, later).is_whole


@sqlite_only
def test_a_restore_that_breaks_off_shows_nobody(
    site: Path, tmp_path: Path, another_machine: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    host = new_host()
    file = backup_of(site, host, tmp_path)
    journal = copy_of(site, tmp_path)
    data = another_machine()
    monkeypatch.setattr(catching_up, "replay", fail)
    with pytest.raises(KeyboardInterrupt):
        restore(data, file, host, journal)
    assert [path.name for path in data.iterdir() if path.suffix != ".lease"] == ["journal"]


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite is filled beside the database's place")
def test_until_a_restore_ends_nothing_starts_on_it(
    site: Path, tmp_path: Path, another_machine: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    host = new_host()
    file = backup_of(site, host, tmp_path)
    journal = copy_of(site, tmp_path)
    data = another_machine()
    monkeypatch.setattr(catching_up, "replay", fail)
    with pytest.raises(KeyboardInterrupt):
        restore(data, file, host, journal)
    with pytest.raises(HalfRestored):
        refuse_half_restored(data)
    monkeypatch.setattr(catching_up, "replay", replay)
    # Another database; the data directory is the same.
    elsewhere = another_machine()
    (data / "restoring").rename(elsewhere / "restoring")
    whole = postgresql.restore
    monkeypatch.setattr(postgresql, "restore", fail_like_pg_restore)
    with pytest.raises(DatabaseToolFailed):
        restore(elsewhere, file, host, journal)
    assert (elsewhere / "restoring").exists()
    monkeypatch.setattr(postgresql, "restore", whole)
    restore(elsewhere, file, host, journal)
    refuse_half_restored(elsewhere)


def fail_like_pg_restore(_: Path) -> None:
    raise DatabaseToolFailed


def test_what_was_done_within_the_hour_before_is_repeated_too(
    site: Path, tmp_path: Path, another_machine: Move
) -> None:
    """The copy may be of a moment just before it."""
    host = new_host()
    file = backup_of(site, host, tmp_path)
    journal = copy_of(site, tmp_path)
    with journal.open("a") as more:
        for name, minutes in (("Ana", 55), ("Bo", 65)):
            at = timezone.now() - timedelta(minutes=minutes)
            more.write(f"{at:%Y-%m-%dT%H:%M:%SZ} shown {row(name).pk} counted\n")
    data = another_machine()
    restore(data, file, host, journal)
    assert public_names() == ["Bo", "Chi", "Dan", "Eva"]


def test_a_manifest_without_a_time(tmp_path: Path) -> None:
    journals = Journals(Journal(tmp_path))
    with pytest.raises(NotABackup) as caught:
        journals.check(Manifest(kind="database", at="soon"))
    assert str(caught.value) == (
        "The file opens, but its manifest does not say when it was made. Nothing was changed."
    )


@sqlite_only
def test_a_copy_of_the_database_is_one_file_again(tmp_path: Path, transactional_db: None) -> None:
    before = connection.settings_dict["NAME"]
    with database_at(tmp_path / "copy.sqlite3"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE one (number INTEGER)")
        assert (tmp_path / "copy.sqlite3-wal").exists()
    assert connection.settings_dict["NAME"] == before
    assert [path.name for path in tmp_path.iterdir()] == ["copy.sqlite3"]
