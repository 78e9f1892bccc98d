"""Nothing starts on what is only half restored."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.config.commands.conftest import Run, data, undersigned
from undersigned.config.backups.unfinished import mark, refuse_half_restored, unmark

__all__ = ["data", "undersigned"]


def test_a_mark_is_set_once(tmp_path: Path) -> None:
    assert [mark(tmp_path), mark(tmp_path)] == [True, False]
    unmark(tmp_path)
    unmark(tmp_path)
    refuse_half_restored(tmp_path)
    assert mark(tmp_path)


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["web", "worker", "serve"])
def test_neither_web_nor_worker_starts(
    data: Path, undersigned: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("UNDERSIGNED_URL", "")  # `serve` sets it, for this process too
    mark(data)
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    done = undersigned(command, *(["--port", port] if command == "serve" else []))
    assert (done.status, done.out) == (1, "")
    assert done.err == (
        "Error: A restore is under way, or was broken off: who has left or hidden since the "
        "backup would be in public. Wait until it ends, or begin it anew as "
        "docs/operations/backup.md says.\n"
    )
