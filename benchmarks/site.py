"""A whole installation for one benchmark: fresh data, a letter, servers on free ports.

Django is set up in this process with the same data, so that a benchmark can prepare and count.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REAL_LETTER = ROOT.parent / "shared" / "letters" / "banbs" / "page.txt"
START_SECONDS = 40.0
STOP_SECONDS = 25.0


class DidNotStart(Exception):
    """A server did not answer in time; the message holds the end of what it said."""


@dataclass
class Server:
    """A running program that listens. `pids`: of the process and its children."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def pids(self) -> list[int]:
        """The process and all below it."""
        found = [self.process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(child) for child in task.read_text().split()]
        return found

    def processor_seconds(self) -> float:
        """Time on a core, so far, of all of them."""
        ticks = 0
        for pid in self.pids():
            # proc(5): utime and stime are fields 14 and 15; the name before may hold spaces.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@dataclass
class Site:
    """`slug`: the letter that is measured, the real one where there is one; `example`: ours."""

    data: Path
    slug: str = ""
    example: str = ""
    servers: ExitStack = field(default_factory=ExitStack)

    @property
    def letter(self) -> str:
        """What is measured, in words."""
        return "the example letter" if self.slug == self.example else "the real letter"

    def web(self, application: str = "undersigned.config.asgi:application", **env: str) -> Server:
        """Granian as the product runs it, with this or another ASGI application."""
        from undersigned.config.env import read_env
        from undersigned.config.supervisor import web_command

        port = free_port()
        command = web_command("127.0.0.1", port, read_env().web_processes)
        at = command.index("undersigned.config.asgi:application")
        command[at] = application
        server = self.start(command, port, {"UNDERSIGNED_URL": f"http://127.0.0.1:{port}", **env})
        wait_for_answer(server, self.data, "/healthz")
        return server

    def start(self, command: list[str], port: int, env: Mapping[str, str]) -> Server:
        """A program that is ended with the benchmark."""
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=(self.data / f"{port}.log").open("ab"),
            stderr=subprocess.STDOUT,
            process_group=0,
        )
        self.servers.callback(stop, process)
        return Server(port, process)

    def undersigned(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "undersigned", *arguments]


@contextmanager
def fresh_site(data: Path) -> Iterator[Site]:
    """Set Django up on `data`, put a letter up, and end all servers afterwards."""
    from undersigned.config.cli import set_up

    set_up(data)
    # After Django: these use its models.
    from undersigned.config.commands.setup import prepare

    prepare()
    site = Site(data)
    _put_up_letters(site)
    with site.servers:
        yield site


def _put_up_letters(site: Site) -> None:
    from undersigned.config.example import put_up_example
    from undersigned.letters.models import Letter
    from undersigned.signatures.counting import count_changes
    from undersigned.signatures.importing.page import propose
    from undersigned.signatures.importing.publishing import put_up
    from undersigned.signatures.importing.text import read_page
    from undersigned.vault.keys import Keyring

    put_up_example(site.data)
    site.slug = site.example = Letter.objects.get().slug
    if REAL_LETTER.exists():
        site.slug = "banbs"
        reading = propose(read_page(REAL_LETTER)).accept_all()
        keys = Keyring(site.data / "keys")
        put_up(reading, site.slug, reading.letter.language, keys, actor="benchmark")
    count_changes()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_answer(server: Server, logs: Path, path: str) -> float:
    """Ask until the answer is 200; returns how long that took, in seconds."""
    began = time.perf_counter()
    while time.perf_counter() - began < START_SECONDS:
        if server.process.poll() is None and _answers(server.port, path):
            return time.perf_counter() - began
        time.sleep(0.01)
    log = logs / f"{server.port}.log"
    said = log.read_text(errors="replace")[-1000:] if log.exists() else ""
    raise DidNotStart(f"A server did not start within {START_SECONDS:.0f} seconds. {said}")


def _answers(port: int, path: str) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asked.request("GET", path)
        return asked.getresponse().status == 200
    except OSError:
        return False
    finally:
        asked.close()


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a program and, if it does not listen, its whole group."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
