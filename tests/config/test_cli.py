"""`undersigned`: a table of contents, and one sentence for each failure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.db import OperationalError

from undersigned.config.cli import Plain, set_up
from undersigned.config.env_values import SettingRefused


def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "undersigned", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )


def test_help_reads_like_a_table_of_contents_even_with_a_setting_that_is_refused() -> None:
    done = run("--help", UNDERSIGNED_URL="http://[")
    assert (done.returncode, done.stderr) == (0, "")
    listed = done.stdout.partition("Commands:")[2]
    commands = re.findall(r"^  (\w+)  +(\S.*)$", listed, re.MULTILINE)
    assert {name for name, _ in commands} >= {
        "held", "letter", "outbox", "serve", "setup", "web", "worker",
    }  # fmt: skip
    assert all(sentence[0].isupper() for _, sentence in commands)


def test_it_knows_its_version() -> None:
    done = run("--version")
    assert done.stdout == f"__main__.py {version('undersigned')}\n"


def test_a_setting_that_is_refused_is_one_sentence(tmp_path: Path) -> None:
    done = run("setup", UNDERSIGNED_URL="http://[", UNDERSIGNED_DATA=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("Error: UNDERSIGNED_URL is not an address")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (SettingRefused("Set it."), "Error: Set it.\n"),
        (
            OperationalError("password secret"),
            (
                "Error: The database does not answer, or is not set up (OperationalError). "
                "Set it up with: undersigned setup\n"
            ),
        ),
        (
            PermissionError(13, "Permission denied", "keys/index"),
            "Error: keys/index belongs to another user. Run this as the worker's user.\n",
        ),
    ],
)
def test_what_a_person_can_mend_is_said_in_a_sentence(fault: Exception, sentence: str) -> None:
    @click.group(cls=Plain)
    def group() -> None:
        """Commands."""

    @group.command()
    def fail() -> None:
        raise fault

    done = CliRunner().invoke(group, ["fail"])
    assert (done.exit_code, done.output) == (1, sentence)


def test_a_data_directory_on_the_command_line_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("django.setup", lambda: None)
    monkeypatch.setenv("UNDERSIGNED_DATA", "elsewhere")
    set_up(None)
    assert os.environ["UNDERSIGNED_DATA"] == "elsewhere"
    monkeypatch.chdir(tmp_path)
    set_up(Path("here"))
    assert os.environ["UNDERSIGNED_DATA"] == str(tmp_path / "here")
