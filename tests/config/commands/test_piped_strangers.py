"""What a mail server pipes to us never ends in a traceback: it would go back to the author."""

from __future__ import annotations

import io
import sys

import pytest

from tests.config.commands.conftest import Run
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("command", "module"), [("receive", "receiving"), ("bounce", "bouncing")])
def test_whatever_goes_wrong_the_server_tries_again(
    undersigned: Run, monkeypatch: pytest.MonkeyPatch, command: str, module: str
) -> None:
    def fail(*_: object) -> None:
        raise UnicodeError("canary@example.org")

    monkeypatch.setattr(f"undersigned.config.{module}.take", fail)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"From: x@example.org\n\n")))
    done = undersigned(command)
    assert (done.status, done.out) == (75, "")
    assert done.err == "It could not be taken in (UnicodeError); try again later.\n"


@pytest.mark.parametrize("command", ["receive", "bounce"])
def test_a_name_that_cannot_be_decoded_is_no_trouble(
    undersigned: Run, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    raw = b"From: =?utf-8?b?a?= <x@example.net>\nDate: now\nMessage-ID: <1@x>\n\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert undersigned(command).status == 0
