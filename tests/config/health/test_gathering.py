"""The facts of an installation, as the command line and as the web see them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import icu
import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.builders import confirmed, listed, published_letter, signed, worker_keys
from tests.mail.posting import mail, post
from undersigned.config.backups.last import remember
from undersigned.config.health import database, fonts, gathering
from undersigned.config.health.facts import IncomingFacts, MailOfADay, RequestFacts, SenderFacts
from undersigned.config.health.gathering import gather_from_command_line, gather_from_web
from undersigned.config.heartbeat import Heartbeat
from undersigned.config.lease import Lease
from undersigned.letters.models import Letter, LetterState
from undersigned.mail.models import CameBack, Message, MessageState, Priority
from undersigned.signatures.exporting.fonts import FontMissing
from undersigned.signatures.models import Change, Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key
from undersigned.teams.models import Installation

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = django_settings.ENV.database_url != ""
REQUEST = RequestFacts(host_fits=True, is_secure=True)
NOW = timezone.now()


@pytest.fixture
def data(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir(mode=0o700)
    return Path(settings.DATA)


@pytest.fixture
def keys(data: Path) -> WorkerKeys:
    keys = worker_keys(data)
    prepare_mail_key(keys.keyring)
    return keys


def seen(*, mail: bool = False) -> Any:
    return gather_from_command_line(NOW, mail=mail)


def test_what_the_command_line_sees(data: Path, keys: WorkerKeys) -> None:
    letter = published_letter(keys, "letter")
    listed(letter, keys, name="Ana Example")
    Heartbeat(data).beat()
    Heartbeat(data, "errands").beat()
    remember(data, "database", NOW)
    facts = seen()
    assert facts.keys.index
    assert facts.keys.mail
    assert (facts.keys.missing, facts.keys.missing_in_use) == ((), ())
    assert facts.keys.has_indexes
    assert facts.letters_paused == ()
    assert facts.too_open == ()
    assert facts.free > 0
    assert facts.versions.icu == icu.ICU_VERSION
    assert facts.versions.sort_keys_fit is True
    assert facts.versions.database.startswith("PostgreSQL 1" if ON_POSTGRESQL else "SQLite 3.")
    assert facts.missing_fonts == ()
    assert facts.database.is_usable
    assert facts.database.quick_check == (None if ON_POSTGRESQL else "ok")
    assert facts.database.size > 0
    assert facts.database.newest_change_at == Change.objects.order_by("-id")[0].at
    assert (facts.database.seconds_ahead is not None) == ON_POSTGRESQL
    assert abs(facts.database.seconds_ahead or 0) < 5
    assert facts.worker_runs is False
    assert abs(facts.worker_seen_at - datetime.now(UTC)) < timedelta(seconds=30)
    assert abs(facts.errands_seen_at - datetime.now(UTC)) < timedelta(seconds=30)
    assert facts.database_backup_at == NOW
    assert facts.keys_backup_at is None
    assert facts.newest_letter_at == Letter.objects.get().created_at
    assert facts.mail_answer is None


def test_the_web_looks_at_no_key_and_reads_no_whole_database(data: Path, keys: WorkerKeys) -> None:
    published_letter(keys, "letter")
    facts = gather_from_web(NOW, REQUEST)
    assert facts.keys is None
    assert facts.database.quick_check is None
    assert facts.request == REQUEST


def test_the_web_asks_as_much_for_many_rows_as_for_few(
    data: Path, keys: WorkerKeys, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    letter = published_letter(keys, "letter")
    for count in (3, 12):
        for number in range(count):
            listed(letter, keys, name=f"Name {number}")
        signed(letter)
        gather_from_web(NOW, REQUEST)
        with django_assert_num_queries(18 if ON_POSTGRESQL else 16):
            gather_from_web(NOW, REQUEST)


def test_keys_that_are_missing(data: Path, keys: WorkerKeys) -> None:
    for slug, state in (("over", LetterState.CLOSED), ("open", LetterState.OPEN)):
        letter = published_letter(keys, slug, state=state)
        (data / "keys" / "letters" / str(letter.pk)).unlink()
    changed = published_letter(keys, "changed")
    Letter.objects.filter(pk=changed.pk).update(sealing_key=b"x" * 32)
    (data / "keys" / "index").unlink()
    Installation.objects.update(mail_key=None)
    found = seen().keys
    assert (found.index, found.mail) == (False, False)
    assert found.missing == ("over",)
    assert found.missing_in_use == ("changed", "open")


def test_keys_of_another_user_are_not_seen(
    data: Path, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, how: False)
    assert seen().keys is None


def test_a_letter_without_a_public_key(data: Path, keys: WorkerKeys) -> None:
    published_letter(keys, "letter")
    Letter.objects.update(sealing_key=None)
    assert seen().letters_paused == ("letter",)
    assert seen().newest_letter_at is None


def test_queues(data: Path, keys: WorkerKeys) -> None:
    letter = published_letter(keys, "letter")
    assert seen().queues == database.Queues()
    waiting = signed(letter)
    confirmed(letter, keys, kind="organisation", name="Example Union", role="director")
    unlisted = confirmed(letter, keys, name="Ana Example")
    Signature.objects.filter(pk=waiting.pk).update(needs_mail=True)
    due, retried = Message.objects.order_by("id")[:2]
    Message.objects.update(not_before=NOW + timedelta(hours=1))
    Message.objects.filter(pk=due.pk).update(not_before=NOW - timedelta(hours=1))
    Message.objects.filter(pk=retried.pk).update(attempts=1)
    queues = seen().queues
    assert queues.mail_due == NOW - timedelta(hours=1)
    assert queues.mail_retried == 1
    assert queues.unanswered == waiting.created_at
    assert queues.unlisted == unlisted.confirmed_at
    assert queues.held == Signature.objects.exclude(held_because="").get().confirmed_at
    assert queues.held_count == 1
    assert queues.uncounted == Change.objects.order_by("id")[0].at


@pytest.mark.parametrize("limit", ["MAIL_PER_MINUTE", "MAIL_PER_HOUR", "MAIL_PER_DAY"])
def test_updates_that_wait_for_the_hosts_own_limit_are_not_late(
    data: Path, keys: WorkerKeys, settings: Settings, limit: str
) -> None:
    post(mail(), priority=Priority.LATER)
    assert seen().queues.mail_due is None  # yet to come, as seen from NOW
    Message.objects.update(not_before=NOW - timedelta(hours=2))
    assert seen().queues.mail_due == NOW - timedelta(hours=2)
    setattr(settings, limit, 100)
    assert seen().queues.mail_due is None
    post(mail())
    Message.objects.filter(priority=Priority.NOW).update(not_before=NOW - timedelta(hours=1))
    assert seen().queues.mail_due == NOW - timedelta(hours=1)


def test_another_version_of_icu_is_noticed(data: Path, keys: WorkerKeys) -> None:
    assert seen().versions.sort_keys_fit is None
    listed(published_letter(keys), keys, name="Ana Example")
    Signature.objects.update(sort_key=b"of another version")
    assert seen().versions.sort_keys_fit is False


def test_fonts_that_are_missing(
    data: Path, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(published_letter(keys), keys, name="Ana Example")

    def find_none(characters: set[str], faces: object) -> None:
        assert sorted(characters) == sorted(set("AnaExample"))
        raise FontMissing("ក")

    monkeypatch.setattr(fonts, "check_fonts", find_none)
    [sentence] = seen().missing_fonts
    assert "Khmer" in sentence


def test_a_worker_that_runs(data: Path, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    lease = Lease("worker", data)
    assert lease.hold()
    assert seen().worker_runs is True
    lease.give_back()

    def refuse(lease: Lease) -> bool:
        raise PermissionError

    monkeypatch.setattr(Lease, "is_held", refuse)
    assert gather_from_web(NOW, REQUEST).worker_runs is None


def test_the_database_remembers_its_backup_where_the_folder_does_not(
    data: Path, keys: WorkerKeys
) -> None:
    assert seen().database_backup_at is None
    Installation.objects.update(last_backup_at=NOW - timedelta(days=1))
    assert seen().database_backup_at == NOW - timedelta(days=1)
    remember(data, "database", NOW)
    assert seen().database_backup_at == NOW


def test_a_database_that_does_not_answer(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("password secret")

    monkeypatch.setattr(database, "MigrationExecutor", refuse)
    monkeypatch.setattr(connection, "ensure_connection", refuse)
    facts = seen()
    assert facts.database.fault == "OperationalError"
    assert facts.queues is None
    assert facts.versions.database.startswith("PostgreSQL" if ON_POSTGRESQL else "SQLite")


def test_a_database_of_another_version(data: Path) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("letters", "9999_later")
    recorder.record_applied("dropped", "0001_initial")
    assert (seen().database.unknown, seen().database.unapplied) == (1, 0)
    newest = max(name for app, name in recorder.applied_migrations() if app == "mail")
    recorder.record_unapplied("mail", newest)
    facts = seen()
    assert facts.database.unapplied == 1
    assert facts.keys is None


def test_the_mail_server_is_asked_only_when_told_to(
    data: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def answer() -> str:
        asked.append(True)
        return ""

    monkeypatch.setattr(gathering.mailing, "mail_server_answers", answer)
    sender = SenderFacts("example.org")
    monkeypatch.setattr(gathering, "look_at_sender", lambda look: sender)
    signing = IncomingFacts("sign@letters.example")
    monkeypatch.setattr(gathering, "look_at_incoming", lambda *_: signing)
    settings.MAIL_IS_DELIVERED = False
    facts = seen(mail=True)
    assert (facts.mail_answer, facts.sender, facts.signing) == (None, None, None)
    settings.MAIL_IS_DELIVERED = True
    assert seen().mail_answer is None
    assert asked == []
    facts = seen(mail=True)
    assert (facts.mail_answer, facts.sender, facts.signing) == ("", sender, signing)


def test_the_translation_service_is_asked_from_the_command_line_alone(
    data: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (seen().drafts_host, seen().drafts_answer) == ("", None)
    settings.LIBRETRANSLATE_URL = "https://translate.example.org/api"
    monkeypatch.setattr(gathering.translating, "service_answers", lambda: "unreachable")
    assert (seen().drafts_host, seen().drafts_answer) == ("translate.example.org", "unreachable")
    facts = gather_from_web(NOW, REQUEST)
    assert (facts.drafts_host, facts.drafts_answer) == ("translate.example.org", None)


@pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite's files")
def test_without_a_log_it_has_no_size(
    data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert database._size(tmp_path / "missing") == 0


def test_what_became_of_the_mail_of_a_day(data: Path, keys: WorkerKeys) -> None:
    post(*[mail() for _ in range(5)])
    sent, back, spam, old, _ = Message.objects.order_by("pk")
    for row, came_back, hours in (
        (sent, "", 1),
        (back, CameBack.BOUNCED, 2),
        (spam, CameBack.COMPLAINED, 3),
        (old, CameBack.BOUNCED, 25),
    ):
        Message.objects.filter(pk=row.pk).update(
            state=MessageState.SENT, sent_at=NOW - timedelta(hours=hours), came_back=came_back
        )
    assert gather_from_web(NOW, REQUEST).mail_of_a_day == MailOfADay(3, 1, 1)
