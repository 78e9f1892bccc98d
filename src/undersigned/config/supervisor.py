"""Run web and worker as one: start both, restart one that dies, stop both together."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

from django.conf import settings

from undersigned.config.env import read_env

log = logging.getLogger(__name__)

STOP_WITHIN_SECONDS = 20.0
RESTART_AFTER_SECONDS = 1.0
LOOK_EVERY_SECONDS = 0.2


def run_together(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM."""
    commands = {
        "web": web_command(host, port, read_env().web_processes),
        "worker": worker_command(),
    }
    stopping = threading.Event()

    def stop(signal_number: int, frame: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    running = {name: _start(command) for name, command in commands.items()}
    try:
        while not stopping.wait(LOOK_EVERY_SECONDS):
            for name, process in running.items():
                code = process.poll()
                if code is not None:
                    log.error("The %s ended (%d) and is started again.", name, code)
                    _clear(process)
                    if not stopping.wait(RESTART_AFTER_SECONDS):
                        running[name] = _start(commands[name])
    finally:
        _end(list(running.values()))
        for number, handler in before.items():
            signal.signal(number, handler)


def web_command(host: str, port: int, processes: int) -> list[str]:
    """Granian as we run it: ASGI on uvloop, no access log (it would name visitors)."""
    return [
        *(sys.executable, "-m", "granian", "undersigned.config.asgi:application"),
        *("--interface", "asgi", "--loop", "uvloop", "--no-ws", "--http", "1"),
        *("--host", host, "--port", str(port), "--workers", str(processes)),
        *("--backlog", "4096", "--backpressure", "2048"),
        *("--no-access-log", "--log-level", "warning", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "10"),
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "undersigned", "worker", "--data", str(settings.DATA)]


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C at the terminal reaches us alone, and we stop both in order.
    return subprocess.Popen(command, process_group=0)  # noqa: S603  our own command


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_WITHIN_SECONDS
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        _clear(process)


def _clear(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a process and its children: Granian's go on serving without it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
