"""Acknowledged, durable signatures, beside the same intake told not to store."""

from __future__ import annotations

from benchmarks.figures import Result
from benchmarks.load import CONNECTIONS, Load, press
from benchmarks.options import Options
from benchmarks.site import Server, Site


def measure(site: Site, options: Options) -> Result:
    # After the site is set up: these use its models.
    from undersigned.config.env import read_env

    result = Result()
    if read_env().database_url:
        return _on_another_database(site, options, result)
    stored = site.web()
    unstored = site.web("benchmarks.unstored:application")
    for number, server in enumerate((stored, unstored)):
        sign(site, server, f"w{number}", 1)
    before = count_signatures(site)
    ours: list[Load] = []
    theirs: list[Load] = []
    costs: list[float] = []
    for number in range(options.rounds):
        theirs.append(sign(site, unstored, f"u{number}", options.seconds))
        spent = stored.processor_seconds()
        ours.append(sign(site, stored, f"s{number}", options.seconds))
        costs.append((stored.processor_seconds() - spent) / ours[-1].answered * 1e6)
    result.add("signatures", [load.rate for load in ours], "per second", at_least=5_000)
    result.add("signatures, median", [load.median for load in ours], "ms")
    result.add("signatures, p99", [load.p99 for load in ours], "ms", at_most=100)
    result.add("signatures, slowest", [load.slowest for load in ours], "ms")
    result.add("signatures, processor time of the web", costs, "µs each")
    result.add("the same, not stored", [load.rate for load in theirs], "per second")
    pairs = zip(ours, theirs, strict=True)
    result.add(
        "stored / not stored", [mine.rate / other.rate for mine, other in pairs], "", at_least=0.75
    )
    check_rows(result, ours, count_signatures(site) - before)
    _with_worker(site, options, result)
    return result


def _with_worker(site: Site, options: Options, result: Result) -> None:
    """The same while a worker opens, answers and mails on the same cores."""
    server = site.web()
    site.start(site.undersigned("worker"), 0, {})
    before = count_signatures(site)
    loads = [sign(site, server, f"b{number}", options.seconds) for number in range(options.rounds)]
    result.add("signatures beside a busy worker", [load.rate for load in loads], "per second")
    result.add("signatures beside a busy worker, p99", [load.p99 for load in loads], "ms")
    check_rows(result, loads, count_signatures(site) - before)


def _on_another_database(site: Site, options: Options, result: Result) -> Result:
    server = site.web()
    sign(site, server, "w", 1)
    before = count_signatures(site)
    loads = [sign(site, server, f"s{number}", options.seconds) for number in range(options.rounds)]
    result.add("signatures", [load.rate for load in loads], "per second")
    result.add("signatures, p99", [load.p99 for load in loads], "ms")
    check_rows(result, loads, count_signatures(site) - before)
    return result


def sign(
    site: Site, server: Server, round_name: str, seconds: float, connections: int = CONNECTIONS
) -> Load:
    """Sign as many different people as the server takes."""
    from undersigned.letters.models import Letter
    from undersigned.website.stamps import make_stamp

    letter = Letter.objects.get(slug=site.slug)
    return press(
        f"{server.url}/{site.slug}/sign/",
        seconds,
        "sign.lua",
        connections=connections,
        arguments=(server.url, make_stamp(letter.pk, waited=True), round_name),
    )


def count_signatures(site: Site) -> int:
    from undersigned.signatures.models import Signature

    return Signature.objects.filter(letter__slug=site.slug).count()


def check_rows(result: Result, loads: list[Load], rows: int) -> None:
    """Every acknowledged signature is a row.

    What was in flight when wrk stopped is stored too, though wrk did not count it: up to one for
    each connection and round.
    """
    acknowledged = sum(load.answered for load in loads)
    refused = sum(load.refused + load.broken for load in loads)
    in_flight = rows - acknowledged
    fits = 0 <= in_flight <= CONNECTIONS * len(loads)
    result.add("acknowledged and not in the database", max(0, -in_flight), "", at_most=0)
    result.note(
        f"{acknowledged:,} acknowledged, {rows:,} rows more than before, {refused:,} refused: "
        + (
            f"the difference of {in_flight} was in flight when the load generator stopped."
            if fits
            else "THE ROWS DO NOT FIT."
        )
    )
