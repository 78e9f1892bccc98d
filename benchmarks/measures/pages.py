"""Pages of the letter, beside a bare ASGI callable and nginx that send the same bytes."""

from __future__ import annotations

import http.client
import json
from pathlib import Path

from benchmarks.figures import Result
from benchmarks.load import BROWSER, press
from benchmarks.nginx import ADVICE, find_nginx, start_nginx
from benchmarks.options import Options
from benchmarks.site import Server, Site, wait_for_answer

# The servers add these themselves.
_OF_THE_SERVER = frozenset({"date", "server", "connection"})


def measure(site: Site, options: Options) -> Result:
    result = Result()
    product = site.web()
    headers, body = _fetch(product, f"/{site.slug}/")
    servers = {"undersigned": product, "bare ASGI": _start_bare(site, headers, body)}
    if find_nginx():
        servers["nginx"] = start_nginx(site, headers, body)
    else:
        result.note(ADVICE)
    result.note(f"The page of {site.letter}, {len(body):,} bytes compressed with {headers[-1][1]}.")

    rates: dict[str, list[float]] = {name: [] for name in servers}
    p99: list[float] = []
    for server in servers.values():
        press(f"{server.url}/{site.slug}/", 1)
    for _ in range(options.rounds):
        for name, server in servers.items():
            load = press(f"{server.url}/{site.slug}/", options.seconds)
            rates[name].append(load.rate)
            if name == "undersigned":
                p99.append(load.p99)
    result.add("pages", rates["undersigned"], "per second")
    result.add("pages, p99", p99, "ms")
    for name, goal in (("bare ASGI", 0.8), ("nginx", 0.45)):
        if name in rates:
            result.add(f"{name}, the same bytes", rates[name], "per second")
            pairs = zip(rates["undersigned"], rates[name], strict=True)
            result.add(
                f"pages / {name}", [ours / other for ours, other in pairs], "", at_least=goal
            )
    return result


def _start_bare(site: Site, headers: list[tuple[str, str]], body: bytes) -> Server:
    (site.data / "headers.json").write_text(json.dumps(headers))
    (site.data / "body").write_bytes(body)
    return site.web(
        "benchmarks.bare:application",
        BENCH_HEADERS=str(site.data / "headers.json"),
        BENCH_BODY=str(site.data / "body"),
    )


def _fetch(server: Server, path: str) -> tuple[list[tuple[str, str]], bytes]:
    """The page as a browser gets it: headers, the last one Content-Encoding, and bytes."""
    wait_for_answer(server, Path(), path)
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    asked.request("GET", path, headers=dict(line.split(": ", 1) for line in BROWSER))
    answer = asked.getresponse()
    body = answer.read()
    asked.close()
    headers = [pair for pair in answer.getheaders() if pair[0].lower() not in _OF_THE_SERVER]
    headers.sort(key=lambda pair: pair[0].lower() == "content-encoding")
    return headers, body
