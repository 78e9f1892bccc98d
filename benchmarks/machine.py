"""What the figures were measured on, without naming the machine."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path


def facts() -> dict[str, str | int]:
    """Cores, processor, memory and the versions that matter."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _line_of(Path("/proc/cpuinfo"), "model name"),
        "memory": _line_of(Path("/proc/meminfo"), "MemTotal"),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in ("django", "granian", "uvloop", "cryptography")},
        "sqlite": sqlite3.sqlite_version,
        "wrk": _says("wrk", "-v"),
        "nginx": _says("nginx", "-v"),
        "load_average_before": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }


def _line_of(path: Path, name: str) -> str:
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return "not known"


def _says(command: str, option: str) -> str:
    """The first line that a program says of itself."""
    path = shutil.which(command)
    if path is None:
        return "not installed"
    answer = subprocess.run([path, option], capture_output=True, text=True, check=False, timeout=10)
    lines = (answer.stdout + answer.stderr).splitlines()
    return lines[0].partition("[")[0].strip() if lines else "not known"
