"""`undersigned worker`: open, answer, list, count, send."""

from __future__ import annotations

import signal
from pathlib import Path

import click

from undersigned.config.cli import set_up


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def worker(data: Path | None) -> None:
    """Run a worker: it answers, lists, counts and sends mail."""
    set_up(data)
    from django.conf import settings

    from undersigned.config.catalogues import share_words
    from undersigned.config.commands.web import refuse_half_restored
    from undersigned.config.worker import Worker

    refuse_half_restored()
    share_words()
    work = Worker(settings.DATA)
    signal.signal(signal.SIGTERM, work.stop)
    signal.signal(signal.SIGINT, work.stop)
    work.run()
