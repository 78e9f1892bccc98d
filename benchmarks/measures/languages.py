"""What languages cost: pages in other scripts, the start, and the catalogues in memory."""

from __future__ import annotations

import time
import urllib.request

from django.conf import settings

from benchmarks.figures import Result
from benchmarks.load import press
from benchmarks.measures.memory import largest
from benchmarks.options import Options
from benchmarks.site import Server, Site, free_port, stop, wait_for_answer

BESIDE = ("ar", "ja")
AT_LEAST = 0.9
START_SECONDS_AT_MOST = 2.0
MEGABYTES_AT_MOST = 30.0


def measure(site: Site, options: Options) -> Result:
    result = Result()
    _serving(site, options, result)
    _starting(site, options, result)
    result.note(
        "The page of each language is asked for once, so that its words are read; what a process "
        "grew by holds the catalogues of ours, Django's and CLDR's data, and the kept pages."
    )
    return result


def _serving(site: Site, options: Options, result: Result) -> None:
    """Pages per second, one language after the other in each round."""
    product = site.web()
    rates: dict[str, list[float]] = {language: [] for language in ("en", *BESIDE)}
    for language in rates:
        # Every process has the page before all come at once.
        for _ in range(12):
            _ask(product, f"/{site.slug}/{language}/")
        press(f"{product.url}/{site.slug}/{language}/", 1)
    for _ in range(options.rounds):
        for language, found in rates.items():
            load = press(f"{product.url}/{site.slug}/{language}/", options.seconds)
            found.append(load.rate)
    for language, found in rates.items():
        result.add(f"pages in {language}", found, "per second")
    for language in BESIDE:
        pairs = zip(rates[language], rates["en"], strict=True)
        ratios = [there / max(here, 1.0) for there, here in pairs]
        result.add(f"pages in {language} / in en", ratios, "", at_least=AT_LEAST)
    stop(product.process)


def _starting(site: Site, options: Options, result: Result) -> None:
    """One web process with all languages of the settings, from the start to each one's page."""
    languages = [code for code, _ in settings.LANGUAGES]
    started, spoken, grown = [], [], []
    for _ in range(options.rounds):
        began = time.perf_counter()
        port = free_port()
        command = site.undersigned("serve", "--port", str(port))
        env = {"UNDERSIGNED_URL": f"http://127.0.0.1:{port}", "UNDERSIGNED_WEB_PROCESSES": "1"}
        server = site.start(command, port, env)
        wait_for_answer(server, site.data, f"/{site.slug}/en/")
        started.append(time.perf_counter() - began)
        before = largest(server, "web")
        began = time.perf_counter()
        for language in languages:
            _ask(server, f"/{site.slug}/{language}/")
        spoken.append(time.perf_counter() - began)
        grown.append(largest(server, "web") - before)
        stop(server.process)
    count = len(languages)
    result.add(
        f"start to the first page, {count} languages there", started, "seconds",
        at_most=START_SECONDS_AT_MOST,
    )  # fmt: skip
    result.add(f"the first page in each of {count} languages, together", spoken, "seconds")
    result.add(f"web process, grown by {count} languages", grown, "MB", at_most=MEGABYTES_AT_MOST)


def _ask(server: Server, path: str) -> None:
    with urllib.request.urlopen(server.url + path, timeout=10) as answer:
        answer.read()
