"""Confirmations: the button behind the link in a mail, pressed once for each."""

from __future__ import annotations

from benchmarks.figures import Result
from benchmarks.filling import hand_in, mail_links
from benchmarks.load import Load, press
from benchmarks.options import Options
from benchmarks.site import Site

# Links for each second of load: more than can be used up. Each costs time to prepare.
LINKS_PER_SECOND = 8_000
SECONDS_AT_MOST = 2


def measure(site: Site, options: Options) -> Result:
    # After the site is set up: it uses its models.
    from undersigned.signatures.models import Change

    result = Result()
    server = site.web()
    loads: list[Load] = []
    costs: list[float] = []
    seconds = max(1, round(min(options.seconds, SECONDS_AT_MOST)))
    for number in range(options.rounds):
        hand_in(site, LINKS_PER_SECOND * seconds, f"round{number}")
        (site.data / "paths").write_text("\n".join(mail_links(site)) + "\n")
        spent = server.processor_seconds()
        load = press(
            f"{server.url}/",
            seconds,
            "confirm.lua",
            arguments=(server.url, str(site.data / "paths")),
        )
        if load.answered >= LINKS_PER_SECOND * seconds:
            result.note("The links were used up: the true figure is higher.")
        costs.append((server.processor_seconds() - spent) / load.answered * 1e6)
        loads.append(load)
    confirmed = Change.objects.filter(act="confirm").count()
    answered = sum(load.answered for load in loads)
    result.add("confirmations", [load.rate for load in loads], "per second", at_least=2_000)
    result.add("confirmations, p99", [load.p99 for load in loads], "ms")
    result.add("confirmations, processor time of the web", costs, "µs each")
    result.add("confirmed and not in the database", max(0, answered - confirmed), "", at_most=0)
    result.note(
        f"{answered:,} acknowledged, {confirmed:,} confirmed in the database, "
        f"{sum(load.refused + load.broken for load in loads):,} refused."
    )
    return result
