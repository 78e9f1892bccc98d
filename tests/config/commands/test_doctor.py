"""`undersigned doctor`: a sentence for each finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.config.commands.conftest import Run
from undersigned.config.lease import Lease
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key

pytestmark = pytest.mark.django_db


def test_a_fresh_machine(apart: Run, tmp_path: Path) -> None:
    done = apart("doctor")
    assert (done.status, done.err) == (1, "")
    assert "WRONG  database:  The database is not set up, or of an older version." in done.out
    assert "Traceback" not in done.out
    assert apart("setup").status == 0
    done = apart("doctor")
    assert done.status == 1
    wrong = [line for line in done.out.splitlines() if line.startswith("WRONG")]
    assert wrong == [
        "WRONG  worker:    No worker runs. Start it: undersigned worker, or its service."
    ]


def test_notes_alone_are_no_failure(
    undersigned: Run, letter: Letter, keys: WorkerKeys, data: Path
) -> None:
    data.chmod(0o700)
    prepare_mail_key(keys.keyring)
    lease = Lease("worker", data)
    assert lease.hold()
    done = undersigned("doctor")
    lease.give_back()
    assert (done.status, done.err) == (0, "")
    head, *lines = done.out.splitlines()
    assert head.startswith("Undersigned ")
    assert "note   backups:   No backup was made with undersigned backup yet." in done.out
    assert "ok     worker:    The worker runs." in lines
    assert {line[:5] for line in lines} == {"ok   ", "note "}


def test_machines_get_versions_and_findings(
    undersigned: Run, letter: Letter, keys: WorkerKeys, data: Path, settings: Settings
) -> None:
    (data / "keys" / "letters" / str(letter.pk)).unlink()
    done = undersigned("doctor", "--json", "--mail")
    assert done.status == 1
    told = json.loads(done.out)
    assert set(told) == {"versions", "findings"}
    assert told["versions"]["sort_keys_fit"] is None
    [lost] = [
        finding
        for finding in told["findings"]
        if finding["subject"] == "keys" and "is missing of: letter." in finding["sentence"]
    ]
    assert lost["level"] == "wrong"
