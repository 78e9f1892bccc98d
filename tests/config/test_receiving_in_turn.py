"""Mail whose name servers are silent keeps nobody else's waiting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.builders import published_letter, worker_keys
from tests.mail.imap_server import FakeMailbox, serving
from undersigned.config import receiving
from undersigned.config.receiving import SignatureMailbox
from undersigned.mail.mailbox import BATCH
from undersigned.signatures.receiving.taking import Outcome
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import KeyMissing

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def held(settings: Settings) -> Iterator[FakeMailbox]:
    mailbox = FakeMailbox()
    with serving(mailbox) as settings.SIGN_IMAP_URL:
        yield mailbox


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_000.0]
    monkeypatch.setattr("undersigned.config.receiving.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Which mails were tried; the first word of a mail says what becomes of it."""
    tried: list[bytes] = []

    def take(raw: bytes, *_: object) -> Outcome:
        tried.append(raw)
        return Outcome(raw.partition(b":")[0].decode())

    monkeypatch.setattr(receiving, "take", take)
    return tried


def test_in_a_wave_it_looks_more_often(
    keys: WorkerKeys, held: FakeMailbox, clock: list[float], asked: list[bytes]
) -> None:
    look = SignatureMailbox()
    held.put(b"taken: first", b"left: a question")
    assert look(keys) == 2
    for seconds, mail, done in (
        (14, b"taken: second", 0),
        (1, b"taken: third", 2),
        (15, b"left: an advertisement", 1),
        (59, b"taken: fourth", 0),
        (1, b"taken: fifth", 2),
    ):
        held.put(mail)
        clock[0] += seconds
        assert look(keys) == done


def test_more_than_a_batch_that_wait_and_one_behind_them(
    keys: WorkerKeys, held: FakeMailbox, clock: list[float], asked: list[bytes]
) -> None:
    held.put(*(b"not yet: %d" % number for number in range(2 * BATCH)), b"taken: last")
    look = SignatureMailbox()
    # At once, as each look was cut.
    assert [look(keys) for _ in range(4)] == [0, 0, 1, 0]
    assert len(asked) == 2 * BATCH + 1
    # New ones go before those that have waited.
    clock[0] += 60 * receiving.NOT_YET_MINUTES
    held.put(b"left: new")
    assert look(keys) == 1
    assert asked[2 * BATCH + 1] == b"left: new"
    assert asked[2 * BATCH + 2 :] == [b"not yet: %d" % number for number in range(BATCH - 1)]


def test_who_was_not_tried_is_not_given_up(
    keys: WorkerKeys, held: FakeMailbox, clock: list[float], asked: list[bytes]
) -> None:
    held.put(b"not yet: 1", b"later: 2")
    look = SignatureMailbox()
    for _ in range(10):
        look(keys)
        clock[0] += 60 * 61
    assert asked.count(b"later: 2") == len(receiving.AGAIN_AFTER_MINUTES) + 1
    assert asked.count(b"not yet: 1") == 10
    assert {mail.raw: mail.flags for mail in held.mails.values()} == {
        b"not yet: 1": set(),
        b"later: 2": {"\\Seen"},
    }
    assert list(look._later) == ["1"]


def test_a_look_is_cut_and_the_rest_follows_at_once(
    keys: WorkerKeys, held: FakeMailbox, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object) -> Outcome:
        clock[0] += receiving.LONGEST_LOOK_SECONDS + 1
        return Outcome.LATER

    monkeypatch.setattr(receiving, "take", silent)
    held.put(b"1", b"2", b"3")
    look = SignatureMailbox()
    for count in (1, 2, 3):
        assert look(keys) == 0
        assert len(look._later) == count


def test_a_missing_key_is_said(
    keys: WorkerKeys, held: FakeMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Outcome:
        raise KeyMissing

    monkeypatch.setattr(receiving, "take", fail)
    held.put(b"1")
    with pytest.raises(KeyMissing):
        SignatureMailbox()(keys)
    assert [mail.flags for mail in held.mails.values()] == [set()]


def test_one_that_nobody_can_read_stops_no_others(
    keys: WorkerKeys, held: FakeMailbox, asked: list[bytes], settings: Settings
) -> None:
    settings.SIGN_ADDRESS = "sign@letters.example"
    published_letter(keys, "banned")
    held.put(b"nonsense: 1", b"taken: 2")
    assert SignatureMailbox()(keys) == 2
    assert [mail.flags for mail in held.mails.values()] == [{"\\Seen"}]
