"""Resident memory of web and worker, at rest and after many signatures."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.figures import Result
from benchmarks.measures.signatures import count_signatures, sign
from benchmarks.options import Options
from benchmarks.site import Server, Site, free_port, wait_for_answer

AT_MOST = 150.0
REST_SECONDS = 3
# How long the worker may go on with what was gathered before it is looked at.
WORK_SECONDS = 15
LOAD_SECONDS_AT_MOST = 90


def measure(site: Site, options: Options) -> Result:
    result = Result()
    port = free_port()
    command = site.undersigned("serve", "--port", str(port))
    server = site.start(command, port, {"UNDERSIGNED_URL": f"http://127.0.0.1:{port}"})
    wait_for_answer(server, site.data, f"/{site.slug}/")
    time.sleep(REST_SECONDS)
    _report(result, server, "at rest", at_most=True)

    before = count_signatures(site)
    began = time.perf_counter()
    gathered, part = 0, 0
    while gathered < options.signatures and time.perf_counter() - began < LOAD_SECONDS_AT_MOST:
        part += 1
        sign(site, server, f"m{part}", min(options.seconds, 4))
        gathered = count_signatures(site) - before
    # The worker deletes none: nobody confirms, and no address comes twice.
    time.sleep(WORK_SECONDS)
    _report(result, server, f"after {gathered:,} signatures", at_most=True)
    if gathered < options.signatures:
        result.note(f"Only {gathered:,} signatures came together in {LOAD_SECONDS_AT_MOST} s.")
    result.note(
        "Resident memory (Pss: what processes share is divided among them); each process, "
        f"the worker {WORK_SECONDS} seconds into what waits for it."
    )
    return result


def _report(result: Result, server: Server, when: str, *, at_most: bool) -> None:
    sizes: dict[str, list[float]] = {}
    for pid in server.pids():
        kind = _kind(pid)
        if kind:
            sizes.setdefault(kind, []).append(_megabytes(pid))
    for kind, each in sorted(sizes.items()):
        limit = AT_MOST if at_most and kind in {"web", "worker"} else None
        result.add(f"{kind} {when}, the largest", max(each), "MB", at_most=limit)
    result.add(f"all processes {when}", sum(map(sum, sizes.values())), "MB")


def _kind(pid: int) -> str:
    """What a process is, by its command line and its parent's."""
    command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    if "granian" not in command:
        return next((word for word in ("worker", "serve") if word in command), "")
    parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    above = Path(f"/proc/{parent}/cmdline").read_bytes().decode().split("\0")
    return "web" if "granian" in above else "web's keeper"


def _megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0
