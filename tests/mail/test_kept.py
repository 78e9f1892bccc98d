"""Without a mail server, mail is kept for the person at this machine."""

from __future__ import annotations

import os
import stat
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.mail.posting import mail, open_noted, post
from undersigned.mail.composing import compose
from undersigned.mail.delivery import deliver_due
from undersigned.mail.kept import KeepingBackend, read_kept
from undersigned.mail.models import Message, MessageState

NUMBER = uuid.UUID("0199c2a0-0000-7000-8000-000000000009")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "outbox"


def keep(folder: Path, number: uuid.UUID = NUMBER, **changes: str) -> None:
    transport = KeepingBackend(folder=folder, alias="default")
    transport.open()
    assert transport.send_messages([compose(number, mail(**changes))]) == 1
    transport.close()


def test_a_kept_mail_reads_as_it_was_written(folder: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    keep(
        folder,
        to="ana@example.org",
        subject="تأكيد التوقيع – “Été”",
        text="سطر أول\n\nhttp://127.0.0.1/letter/confirm/x/\n" + "long " * 300,
        language="ar",
    )

    (kept,) = read_kept(folder)

    assert kept.id == str(NUMBER)
    assert (kept.to, kept.language) == ("ana@example.org", "ar")
    assert kept.subject == "تأكيد التوقيع – “Été”"
    assert kept.text == "سطر أول\n\nhttp://127.0.0.1/letter/confirm/x/\n" + "long " * 300
    assert kept.at.utcoffset() == timedelta(0)
    assert before <= kept.at <= datetime.now(UTC)


def test_the_same_message_sent_twice_is_kept_once(folder: Path) -> None:
    keep(folder, subject="First")
    keep(folder, subject="Again")

    assert [kept.subject for kept in read_kept(folder)] == ["Again"]


def test_the_newest_comes_first_and_the_oldest_may_be_left_out(folder: Path) -> None:
    for age, subject in enumerate(["newest", "middle", "oldest"]):
        number = uuid.uuid4()
        keep(folder, number, subject=subject)
        os.utime(folder / f"{number}.eml", (1_000_000 - age, 1_000_000 - age))

    assert [kept.subject for kept in read_kept(folder)] == ["newest", "middle", "oldest"]
    assert [kept.subject for kept in read_kept(folder, limit=2)] == ["newest", "middle"]
    assert len(read_kept(folder, limit=None)) == 3


def test_nothing_is_kept_where_there_is_no_folder(folder: Path) -> None:
    assert read_kept(folder) == []


def test_kept_mail_is_for_its_owner_alone(folder: Path) -> None:
    before = os.umask(0)
    try:
        keep(folder)
    finally:
        os.umask(before)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (path,) = folder.iterdir()
    assert (path.name, stat.S_IMODE(path.stat().st_mode)) == (f"{NUMBER}.eml", 0o600)


def test_a_message_is_on_disk_before_it_counts_as_sent(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_fsync, real_rename = os.fsync, Path.rename

    def fsync(handle: int) -> None:
        steps.append(f"sync {Path(f'/proc/self/fd/{handle}').resolve().suffix or 'folder'}")
        real_fsync(handle)

    def rename(path: Path, target: Path) -> Path:
        steps.append("rename")
        return real_rename(path, target)

    monkeypatch.setattr("undersigned.mail.kept.os.fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    keep(folder)

    assert [step.partition(" ")[0] for step in steps] == ["sync", "rename", "sync"]
    assert steps[-1] == "sync folder"


@pytest.mark.django_db
def test_delivery_keeps_what_it_would_have_sent(folder: Path) -> None:
    (message,) = post(mail(subject="One step left"))

    assert deliver_due(KeepingBackend(folder=folder, alias="default"), open_noted) == 1

    assert [(kept.id, kept.subject) for kept in read_kept(folder)] == [
        (str(message.id), "One step left")
    ]
    assert Message.objects.get().state == MessageState.SENT


def test_of_mail_with_a_page_the_plain_words_are_shown(folder: Path) -> None:
    keep(folder, text="Plain words.\n", html="<p>A page.</p>")

    assert [kept.text for kept in read_kept(folder)] == ["Plain words."]
