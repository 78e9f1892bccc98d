"""The letter with 100,000 signatories as a PDF: how long, how much memory, how large."""

from __future__ import annotations

import resource
import time
from pathlib import Path

from benchmarks.figures import Result
from benchmarks.measures.lists import LONG, lengthen
from benchmarks.options import Options
from benchmarks.site import Site

SECONDS_AT_MOST, MEGABYTES_AT_MOST = 60, 1_000


def measure(site: Site, options: Options) -> Result:
    # After the site is set up: these use its models.
    from undersigned.letters.models import Letter
    from undersigned.signatures.exporting.presets import PRESETS
    from undersigned.signatures.exporting.reporting import Reporter
    from undersigned.signatures.exporting.writing import SHEET_WRITERS, write_file
    from undersigned.signatures.models import Signature
    from undersigned.signatures.worker_keys import WorkerKeys
    from undersigned.vault.keys import Keyring

    result = Result()
    listed = Signature.objects.filter(letter__slug=site.slug, state="listed").count()
    lengthen(site, LONG - listed)
    letter = Letter.objects.select_related("edition").get(slug=site.slug)
    keys = WorkerKeys(Keyring(site.data / "keys"))
    for form in ("pdf", *SHEET_WRITERS):
        path = Path(site.data, f"letter.{form}")
        began = time.perf_counter()
        with path.open("wb") as file:
            write_file(letter, PRESETS["public"], form, "en", keys, file, Reporter(None))
        seconds = time.perf_counter() - began
        goal = SECONDS_AT_MOST if form == "pdf" else None
        result.add(f"{form}, {LONG:,} names", seconds, "s", at_most=goal)
        result.add(f"{form}, size", path.stat().st_size / 1e6, "MB")
    # Linux counts in kilobytes of 1024; Typst is the only child there was.
    typesetting = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    result.add(
        "memory of the process that sets the PDF", typesetting, "MB", at_most=MEGABYTES_AT_MOST
    )
    worker = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    result.add("memory of the process that reads the names", worker, "MB")
    del options
    return result
