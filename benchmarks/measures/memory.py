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
    _report(result, server, "at rest")

    before = count_signatures(site)
    began = time.perf_counter()
    gathered, part = 0, 0
    while gathered < options.signatures and time.perf_counter() - began < LOAD_SECONDS_AT_MOST:
        part += 1
        sign(site, server, f"m{part}", min(options.seconds, 4))
        gathered = count_signatures(site) - before
    # The worker deletes none: nobody confirms, and no address comes twice.
    time.sleep(WORK_SECONDS)
    _report(result, server, f"after {gathered:,} signatures")
    if gathered < options.signatures:
        result.note(f"Only {gathered:,} signatures came together in {LOAD_SECONDS_AT_MOST} s.")
    result.note(
        "Resident memory of each process (Rss); of everything together what is shared is counted "
        f"once (Pss). The worker is {WORK_SECONDS} seconds into what waits for it."
    )
    return result


def _report(result: Result, server: Server, when: str) -> None:
    sizes: dict[str, list[float]] = {}
    shared_out = 0.0
    for pid in server.pids():
        sizes.setdefault(_kind(pid), []).append(_megabytes(pid, "Rss"))
        shared_out += _megabytes(pid, "Pss")
    for kind in ("web", "worker"):
        result.add(f"{kind} {when}, the largest process", max(sizes[kind]), "MB", at_most=AT_MOST)
    result.add(f"everything {when}", shared_out, "MB")


def largest(server: Server, kind: str) -> float:
    """MB resident of the largest process of a kind: `web`, `worker`."""
    return max(_megabytes(pid, "Rss") for pid in server.pids() if _kind(pid) == kind)


def _kind(pid: int) -> str:
    """What a process is, by its command line and its parent's."""
    command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    if "granian" not in command:
        return next((word for word in ("worker", "serve") if word in command), "other")
    parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    above = Path(f"/proc/{parent}/cmdline").read_bytes().decode().split("\0")
    return "web" if "granian" in above else "web's keeper"


def _megabytes(pid: int, measure: str) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{measure}:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0
