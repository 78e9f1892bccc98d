"""From `undersigned serve` to the first page."""

from __future__ import annotations

import shutil

from benchmarks.figures import Result
from benchmarks.options import Options
from benchmarks.site import Site, free_port, stop, wait_for_answer


def measure(site: Site, options: Options) -> Result:
    result = Result()
    times: dict[str, list[float]] = {"on an empty directory": [], "with a database": []}
    for number in range(options.rounds):
        data = site.data / f"fresh{number}"
        for seconds in times.values():
            port = free_port()
            server = site.start(
                site.undersigned("serve", "--port", str(port), "--data", str(data)),
                port,
                {"UNDERSIGNED_URL": f"http://127.0.0.1:{port}"},
            )
            seconds.append(wait_for_answer(server, site.data, f"/{site.example}/"))
            stop(server.process)
        shutil.rmtree(data)
    for name, seconds in times.items():
        result.add(f"to the letter's page, {name}", seconds, "seconds")
    return result
