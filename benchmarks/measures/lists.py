"""How long Django takes to render the letter's page and its list, short and long."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.figures import Result
from benchmarks.options import Options
from benchmarks.site import Site

LONG = 100_000
TIMES = 7


def measure(site: Site, options: Options) -> Result:
    # After the site is set up: these use its models.
    from undersigned.signatures.models import Signature

    result = Result()
    short = Signature.objects.filter(letter__slug=site.slug, state="listed").count()
    _time_pages(site, result, short)
    lengthen(site, LONG - short)
    _time_pages(site, result, LONG)
    result.note("Rendered by Django, before compression; readers get the page from memory.")
    del options
    return result


def _time_pages(site: Site, result: Result, listed: int) -> None:
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    base = f"/{site.slug}/en/"
    for name, path in (
        ("the letter's page", base),
        ("a page of the list", f"{base}signatures/?page=2"),
        ("a word in the list", f"{base}signatures/?q=fundacion"),
        ("a country in the list", f"{base}signatures/?country=MX&kind=organisation"),
    ):
        _ask(client.get, path)
        times = [_ask(client.get, path) for _ in range(TIMES)]
        result.add(f"{name}, {listed:,} listed", times, "ms")


def _ask(get: Callable[[str], object], path: str) -> float:
    began = time.perf_counter()
    response = get(path)
    taken = (time.perf_counter() - began) * 1000
    assert getattr(response, "status_code", 0) == 200, path
    return taken


def lengthen(site: Site, number: int) -> None:
    """Enter invented signatories, one in five an organisation."""
    from undersigned.letters.models import Letter
    from undersigned.signatures.counting import count_changes
    from undersigned.signatures.enrolling import Enrolled, enroll
    from undersigned.signatures.models import Kind

    letter = Letter.objects.get(slug=site.slug)
    countries = ("MX", "ES", "BR", "FR", "DE", "IN", "KE", "US", "GB", "")
    for start in range(0, number, 10_000):
        enroll(
            letter,
            [
                Enrolled(
                    kind=Kind.ORGANISATION if each % 5 == 0 else Kind.INDIVIDUAL,
                    name=f"Fundación {each}" if each % 5 == 0 else f"María Person {each}",
                    title="" if each % 5 == 0 else "Professor",
                    country=countries[each % len(countries)],
                )
                for each in range(start, min(start + 10_000, number))
            ],
        )
    while count_changes():
        pass
