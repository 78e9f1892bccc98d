"""`undersigned outbox`: mail that was kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.builders import signed
from tests.config.commands.conftest import Run
from undersigned.config.worker import Worker
from undersigned.letters.models import Letter
from undersigned.mail.kept import KeepingBackend

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_empty_one_says_so(undersigned: Run) -> None:
    assert undersigned("outbox").out == "No mail is kept.\n"
    assert undersigned("outbox", "--json").out == "[]\n"


def test_kept_mail_can_be_read_by_people_and_machines(
    undersigned: Run, letter: Letter, data: Path
) -> None:
    worker = Worker(data, KeepingBackend(folder=data / "outbox", alias="default"))
    signed(letter, address="ana@example.org")
    worker.round()
    worker._lease.give_back()
    shown = undersigned("outbox").out
    assert "To: ana@example.org\nDate: 20" in shown
    assert "/letter/confirm/" in shown
    [mail] = json.loads(undersigned("outbox", "--json").out)
    assert mail["to"] == "ana@example.org"
    assert sorted(mail) == ["at", "id", "language", "subject", "text", "to"]


def test_where_mail_is_delivered_none_is_kept(undersigned: Run, settings: Settings) -> None:
    settings.MAIL_IS_DELIVERED = True
    done = undersigned("outbox")
    assert (done.status, done.out) == (1, "")
    assert done.err == "Error: Mail is delivered by a server here; none of it is kept.\n"
