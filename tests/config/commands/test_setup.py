"""`undersigned setup`, and what the other commands say without it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.config.commands.conftest import Run


@pytest.mark.django_db
def test_makes_the_keys_and_is_harmless_to_repeat(undersigned: Run, data: Path) -> None:
    done = undersigned("setup")
    assert (done.status, done.err) == (0, "")
    assert done.out == "The database and the keys are ready.\n"
    key = data / "keys" / "index"
    before = key.read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    journal = (data / "journal" / "journal.log").read_text()
    assert journal.endswith(" begun -\n")
    assert undersigned("setup").status == 0
    assert key.read_bytes() == before
    assert (data / "journal" / "journal.log").read_text() == journal


def test_on_a_fresh_machine_it_makes_everything_for_its_user_alone(
    apart: Run, tmp_path: Path
) -> None:
    before = apart("held", "list", "letter")
    assert before.status == 1
    assert before.err == (
        "Error: The database does not answer, or is not set up (OperationalError). "
        "Set it up with: undersigned setup\n"
    )
    folder = tmp_path / "elsewhere"
    done = apart("setup", "--data", folder)
    assert (done.status, done.err) == (0, "")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("db.sqlite3", "keys/index", "web/secret_key"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
