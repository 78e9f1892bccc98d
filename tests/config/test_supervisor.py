"""Web and worker under one roof, with small stand-ins for both."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from undersigned.config import supervisor

LIVING = """
import os, signal, sys, time
from pathlib import Path
def leave(*_):
    Path(sys.argv[1], f"ended {sys.argv[2]} {os.getpid()}").touch()
    os._exit(0)
signal.signal(signal.SIGTERM, leave)
Path(sys.argv[1], f"began {sys.argv[2]} {os.getpid()}").touch()
while True: time.sleep(1)
"""
DEAF = """
import os, signal, sys, time
from pathlib import Path
signal.signal(signal.SIGTERM, signal.SIG_IGN)
Path(sys.argv[1], f"began {sys.argv[2]} {os.getpid()}").touch()
time.sleep(60)
"""


def found(folder: Path, what: str) -> list[int]:
    """The process ids of those who said so."""
    return sorted(int(path.name.rpartition(" ")[2]) for path in folder.glob(f"{what} *"))


def alive(pid: int) -> bool:
    """Whether it runs; one that ended and waits to be noticed by its parent does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_for(look: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def supervise(story: Callable[[], None], number: signal.Signals) -> None:
    """Run both here; another thread lives through `story`, then sends us a signal."""
    failures: list[BaseException] = []

    def live() -> None:
        try:
            story()
        except BaseException as failure:
            failures.append(failure)
        os.kill(os.getpid(), number)

    thread = threading.Thread(target=live)
    thread.start()
    supervisor.run_together("127.0.0.1", 1)
    thread.join()
    assert failures == []


PARENT = LIVING.replace(
    'Path(sys.argv[1], f"began',
    'if os.fork() == 0: signal.signal(15, signal.SIG_IGN)\nPath(sys.argv[1], f"began',
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LOOK_EVERY_SECONDS", 0.02)
    monkeypatch.setattr(supervisor, "RESTART_AFTER_SECONDS", 0.05)


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, web: str, worker: str) -> None:
    def command(script: str, name: str) -> list[str]:
        return [sys.executable, "-S", "-c", script, str(folder), name]

    monkeypatch.setattr(supervisor, "web_command", lambda *_: command(web, "web"))
    monkeypatch.setattr(supervisor, "worker_command", lambda: command(worker, "worker"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    stand_in(monkeypatch, tmp_path, LIVING, LIVING)
    before = signal.getsignal(number)
    supervise(lambda: wait_for(lambda: len(found(tmp_path, "began")) == 2), number)
    assert found(tmp_path, "ended") == found(tmp_path, "began")
    assert signal.getsignal(number) is before


@pytest.mark.parametrize("name", ["web", "worker"])
def test_who_dies_is_started_again_and_the_other_is_left_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    stand_in(monkeypatch, tmp_path, LIVING, LIVING)

    def kill_one() -> None:
        wait_for(lambda: len(found(tmp_path, "began")) == 2)
        os.kill(found(tmp_path, f"began {name}")[0], signal.SIGKILL)
        wait_for(lambda: len(found(tmp_path, f"began {name}")) == 2)

    supervise(kill_one, signal.SIGTERM)
    assert len(found(tmp_path, "began")) == 3
    assert len(found(tmp_path, "ended")) == 2
    assert [record.getMessage() for record in caplog.records] == [
        f"The {name} ended (-9) and is started again."
    ]


def test_nobody_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The children of who is killed would go on serving, unseen, and keep the port."""
    stand_in(monkeypatch, tmp_path, PARENT, LIVING)

    def kill_one() -> None:
        wait_for(lambda: len(found(tmp_path, "began web")) == 2)
        parent = next(pid for pid in found(tmp_path, "began web") if os.getpgid(pid) == pid)
        os.kill(parent, signal.SIGKILL)
        wait_for(lambda: len(found(tmp_path, "began web")) == 4)

    supervise(kill_one, signal.SIGTERM)
    wait_for(lambda: not any(alive(pid) for pid in found(tmp_path, "began")))


def test_who_is_told_to_stop_starts_nothing_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(supervisor, "RESTART_AFTER_SECONDS", 60.0)
    stand_in(monkeypatch, tmp_path, LIVING, "raise SystemExit(3)")

    def let_one_die() -> None:
        wait_for(lambda: found(tmp_path, "began web"))
        wait_for(lambda: "The worker ended (3)" in caplog.text)

    supervise(let_one_die, signal.SIGTERM)
    assert len(found(tmp_path, "began")) == 1


def test_who_does_not_listen_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "STOP_WITHIN_SECONDS", 0.1)
    stand_in(monkeypatch, tmp_path, DEAF, LIVING)
    supervise(lambda: wait_for(lambda: len(found(tmp_path, "began")) == 2), signal.SIGINT)
    assert not any(alive(pid) for pid in found(tmp_path, "began"))


def test_the_server_writes_no_access_log_and_the_worker_has_the_data_directory() -> None:
    words = supervisor.web_command("::1", 8080, 3)
    assert "--no-access-log" in words
    assert words[words.index("--workers") + 1] == "3"
    assert supervisor.worker_command()[1:4] == ["-m", "undersigned", "worker"]


def test_ctrl_c_at_the_terminal_reaches_us_alone() -> None:
    process = supervisor._start([sys.executable, "-S", "-c", "input()"])
    try:
        assert os.getpgid(process.pid) == process.pid
    finally:
        process.kill()
        process.wait()
