"""`script/bench`: run benchmarks, print a table of figures, or JSON."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Result, table
from benchmarks.machine import facts
from benchmarks.options import Options
from benchmarks.site import ROOT

# In this order: what people ask for first comes first.
ABOUT = {
    "pages": "pages from memory",
    "signatures": "durable signatures",
    "postgresql": "the same on PostgreSQL",
    "confirmations": "confirmations",
    "mails": "the worker's mails",
    "updates": "an update to 100,000 readers",
    "languages": "pages, start and memory in many languages",
    "weight": "bytes of a first visit",
    "memory": "resident memory",
    "startup": "seconds to the first page",
    "lists": "rendering of short and long lists",
    "documents": "100,000 names as PDF, CSV, XLSX, ODS, JSON",
    "studio": "the studio with 100,000 signatures",
}
# No benchmark takes longer, or it is stuck.
SECONDS_AT_MOST = 600


def main() -> None:
    names, options, as_json = _read_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    machine = facts()
    if not as_json:
        print("\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in machine.items()))
    results = {}
    for name in names:
        began = time.perf_counter()
        results[name] = _run(name, options)
        if not as_json:
            _show(name, results[name], time.perf_counter() - began)
    if as_json:
        print(json.dumps(_as_json(machine, options, results), indent=1))
    sys.exit(any(result.failed or result.missed for result in results.values()))


def _read_arguments() -> tuple[list[str], Options, bool]:
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description="Measures what the project claims about speed. The exit status is 1 when a "
        "goal was missed or a benchmark failed.",
        epilog="Benchmarks: " + "; ".join(f"{name} ({what})" for name, what in ABOUT.items()),
    )
    parser.add_argument(
        "names", nargs="*", choices=[*ABOUT, []], metavar="NAME", help="all if none"
    )
    parser.add_argument("--rounds", type=int, default=Options.rounds, help="medians of so many")
    parser.add_argument("--seconds", type=float, default=Options.seconds, help="of load a round")
    parser.add_argument(
        "--signatures", type=int, default=Options.signatures, help="before memory is looked at"
    )
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    options = Options(max(1, given.rounds), max(1.0, given.seconds), max(1, given.signatures))
    return given.names or list(ABOUT), options, given.json


def _run(name: str, options: Options) -> Result:
    """One benchmark in a process of its own, on a fresh data directory that goes afterwards."""
    with contextlib.ExitStack() as stack:
        data = Path(stack.enter_context(_folder()))
        env = _environment(data)
        if name == "postgresql":
            url = _postgresql(stack)
            if isinstance(url, Result):
                return url
            env["DATABASE_URL"] = url
        words = [f"--{key}={value}" for key, value in dataclasses.asdict(options).items()]
        module = "signatures" if name == "postgresql" else name
        return _call(
            [sys.executable, "-m", "benchmarks.one", module, "--data", str(data), *words], env
        )


def _call(command: list[str], env: Mapping[str, str]) -> Result:
    child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    try:
        output, _ = child.communicate(timeout=SECONDS_AT_MOST)
    except subprocess.TimeoutExpired:
        sentence = f"Stopped: not done after {SECONDS_AT_MOST} seconds."
        return Result(notes=[sentence], failed=True)
    finally:
        if child.poll() is None:
            child.terminate()  # it ends its servers
            child.wait()
    if child.returncode:
        sentence = f"Failed with status {child.returncode}; see above."
        return Result(notes=[sentence], failed=True)
    read: dict[str, Any] = json.loads(output.splitlines()[-1])
    figures = [Figure(**{**each, "rounds": tuple(each["rounds"])}) for each in read["figures"]]
    return Result(figures, read["notes"])


def _environment(data: Path) -> dict[str, str]:
    """The shell's, without settings that point to somebody's real site."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UNDERSIGNED_", "DATABASE_URL"))
    }
    return {**kept, "UNDERSIGNED_DATA": str(data)}


def _postgresql(stack: contextlib.ExitStack) -> str | Result:
    """The address of a private server that keeps its promises to the disk, or why there is none."""
    from tests import databases

    binaries = databases.find_binaries()
    if binaries is None:
        return Result(notes=[databases.ADVICE])
    return stack.enter_context(databases.running_postgres(binaries, databases.DURABLE))


@contextlib.contextmanager
def _folder() -> Iterator[str]:
    # /tmp may be in memory, where nothing is durable and waiting for the disk costs nothing.
    on_disk = "/var/tmp" if os.access("/var/tmp", os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="undersigned-bench-", dir=on_disk)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _show(name: str, result: Result, seconds: float) -> None:
    print(f"\n{ABOUT[name].capitalize()} ({seconds:.0f} s)")
    if result.figures:
        print(table(result.figures))
    for note in result.notes:
        print(f"  {note}")
    sys.stdout.flush()


def _as_json(
    machine: Mapping[str, object], options: Options, results: Mapping[str, Result]
) -> dict[str, Any]:
    return {
        "machine": machine,
        "options": dataclasses.asdict(options),
        "benchmarks": {
            name: {
                "figures": [
                    {**dataclasses.asdict(figure), "reached": figure.reached}
                    for figure in result.figures
                ],
                "notes": result.notes,
                "failed": result.failed,
            }
            for name, result in results.items()
        },
    }


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
