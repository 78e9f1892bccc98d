"""`undersigned web`: what it runs, and what it says where it cannot."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.test import override_settings

from undersigned.config.cli import Plain
from undersigned.config.commands import web
from undersigned.config.supervisor import web_command


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What took this process's place, if it had been let."""
    calls: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(web.os, "execv", lambda path, words: calls.append((path, words)))
    return calls


@pytest.mark.django_db
def test_becomes_the_server_and_starts_no_worker(executed: list[tuple[str, list[str]]]) -> None:
    answer = CliRunner().invoke(web.web, ["--host", "127.0.0.2", "--port", "8123"])

    assert (answer.exit_code, answer.output) == (0, "")
    [(program, words)] = executed
    assert program == sys.executable
    assert words == web_command("127.0.0.2", 8123, int(words[words.index("--workers") + 1]))
    assert words[words.index("--host") + 1] == "127.0.0.2"
    assert words[words.index("--port") + 1] == "8123"
    assert "--no-access-log" in words
    assert "worker" not in words


@pytest.mark.django_db
def test_hands_the_data_directory_on(
    executed: list[tuple[str, list[str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDERSIGNED_DATA", "elsewhere")

    CliRunner().invoke(web.web, ["--data", str(tmp_path)])

    assert web.os.environ["UNDERSIGNED_DATA"] == str(tmp_path)
    assert len(executed) == 1


@override_settings(SECRET_KEY="")
def test_refuses_to_serve_without_its_secret_key(executed: list[tuple[str, list[str]]]) -> None:
    answer = CliRunner().invoke(web.web)

    assert answer.exit_code == 1
    assert answer.output.startswith("Error: The secret key in ")
    assert answer.output.endswith(
        " belongs to another user. Run this as that user, or give the folder to this one.\n"
    )
    assert executed == []


@click.command()
def open_the_keys() -> None:
    """A command of the worker's, run by another user."""
    raise PermissionError(13, "Permission denied", "/srv/undersigned/keys/index")


def test_another_users_file_is_one_sentence_and_no_traceback() -> None:
    program = Plain(commands={"open": open_the_keys})

    answer = CliRunner().invoke(program, ["open"])

    assert answer.exit_code == 1
    assert answer.output == (
        "Error: /srv/undersigned/keys/index belongs to another user. "
        "Run this as the worker's user.\n"
    )


@override_settings(SECRET_KEY="")
def test_the_missing_key_is_one_sentence_for_other_commands_too() -> None:
    with pytest.raises(click.ClickException):
        web.require_secret_key()
