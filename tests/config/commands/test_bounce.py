"""`undersigned bounce`: what a mail server pipes to us."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.config.commands.conftest import Run
from tests.mail.posting import FakeTransport, mail, open_noted, post
from tests.mail.reported import bounce
from undersigned.mail.delivery import Terms, deliver_due
from undersigned.mail.models import CameBack, Message
from undersigned.mail.reports import MOST_BYTES
from undersigned.signatures.envelopes import envelopes
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(keys: WorkerKeys, settings: Settings) -> str:
    settings.BOUNCE_ADDRESS = "bounces@example.org"
    (message,) = post(mail())
    ours = envelopes(keys, settings.BOUNCE_ADDRESS)
    deliver_due(FakeTransport(), open_noted, Terms(ours))
    return ours.sender(message.pk)


def piped(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_a_report_is_noted(undersigned: Run, sender: str, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, bounce(sender))
    done = undersigned("bounce")
    assert (done.status, done.out, done.err) == (0, "Noted.\n", "")
    assert Message.objects.get().came_back == CameBack.BOUNCED


def test_the_server_may_say_where_it_was_delivered(
    undersigned: Run, sender: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, bounce("somebody"))
    assert undersigned("bounce", "--to", sender).out == "Noted.\n"


def test_what_is_no_report_is_swallowed_whatever_its_size(
    undersigned: Run, sender: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for raw in (b"", b"Subject: Away\n\nBack on Monday.", b"\xff" * (MOST_BYTES + 5_000_000)):
        piped(monkeypatch, raw)
        done = undersigned("bounce")
        assert (done.status, done.out) == (0, "No report of ours; nothing was changed.\n")
        assert sys.stdin.buffer.read() == b""


def test_without_keys_the_server_keeps_it(
    undersigned: Run, sender: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "keys" / "index").unlink()
    piped(monkeypatch, bounce(sender))
    done = undersigned("bounce")
    assert (done.status, done.out) == (75, "")
    assert done.err == "It could not be taken in (KeyMissing); try again later.\n"
