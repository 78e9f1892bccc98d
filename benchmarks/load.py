"""Load by wrk, with figures that come back as JSON from its Lua scripts."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCRIPTS = Path(__file__).with_name("lua")
CONNECTIONS = 192
THREADS = 1
# What a browser sends with a page or a form, so that reading headers costs what it costs.
BROWSER = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language: en-GB,en;q=0.7,es;q=0.3",
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Upgrade-Insecure-Requests: 1",
    "Sec-Fetch-Dest: document",
    "Sec-Fetch-Mode: navigate",
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-User: ?1",
)


class CannotLoad(Exception):
    """There is no load generator, or it failed. The message is a sentence for the reader."""


@dataclass(frozen=True)
class Load:
    """What wrk saw. Latencies in milliseconds. `refused`: answers of 400 and above."""

    requests: int
    seconds: float
    refused: int
    broken: int
    median: float
    p99: float
    slowest: float

    @property
    def answered(self) -> int:
        return self.requests - self.refused

    @property
    def rate(self) -> float:
        """Good answers per second."""
        return self.answered / self.seconds


def press(
    url: str,
    seconds: float,
    script: str = "page.lua",
    *,
    connections: int = CONNECTIONS,
    arguments: Sequence[str] = (),
) -> Load:
    """Press on a URL for some seconds, or until the script says that it is done."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise CannotLoad("wrk is missing; install it with: apt-get install wrk")
    command = [
        *(wrk, f"-t{THREADS}", f"-c{connections}", f"-d{max(1, round(seconds))}s"),
        *("--timeout", "10s", "-s", str(SCRIPTS / script)),
        *(word for header in BROWSER for word in ("-H", header)),
        *(url, "--", *arguments),
    ]
    answer = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=seconds + 60, cwd=SCRIPTS
    )
    lines = [line for line in answer.stdout.splitlines() if line.startswith("{")]
    if answer.returncode or not lines:
        raise CannotLoad(f"wrk failed: {(answer.stderr or answer.stdout).strip()[-300:]}")
    return Load(**json.loads(lines[-1]))
