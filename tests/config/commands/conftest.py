"""The command line, run here or in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.builders import published_letter, worker_keys
from undersigned.config.cli import main
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def data(tmp_path: Path, settings: Settings) -> Path:
    """The data directory of the commands that run here."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.SITE_URL = "http://127.0.0.1:8000"
    settings.MAIL_IS_DELIVERED = False
    return Path(settings.DATA)


@pytest.fixture
def undersigned(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command in this process: `undersigned("held", "list", "letter")`."""
    monkeypatch.setattr("django.setup", lambda: None)  # it is, and the log is pytest's
    monkeypatch.setenv("UNDERSIGNED_DATA", str(data))

    def run(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["undersigned", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        printed = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Done(end.value.code, printed.out, printed.err)

    return run


@pytest.fixture
def apart(tmp_path: Path) -> Run:
    """Run a command in a process of its own, on SQLite, with its data in `tmp_path / "apart"`."""

    def run(*words: object, **environ: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "undersigned", *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={
                **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
                "UNDERSIGNED_DATA": str(tmp_path / "apart"),
                **environ,
            },
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def keys(data: Path) -> WorkerKeys:
    return worker_keys(data)


@pytest.fixture
def letter(db: None, keys: WorkerKeys) -> Letter:
    return published_letter(keys, "letter")
