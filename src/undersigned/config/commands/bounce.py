"""`undersigned bounce`: a mail that came back, piped to us by the mail server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from undersigned.config.cli import set_up

# What mail servers understand as: keep it and try again later (sysexits.h).
_TRY_AGAIN = 75


@click.command()
@click.option("--to", default="", help="The address it was delivered to, if the server says so.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
@click.pass_context
def bounce(context: click.Context, to: str, data: Path | None) -> None:
    """Take in one mail from standard input that was sent to the address for returned mail.

    The exit status is 0 also for what is no report of ours, so that nothing is sent back; and 75 if
    it could not be taken in now.
    """
    set_up(data)
    from django.conf import settings

    from undersigned.config.bouncing import take
    from undersigned.mail.reports import MOST_BYTES
    from undersigned.signatures.worker_keys import WorkerKeys
    from undersigned.vault.keys import Keyring

    raw = sys.stdin.buffer.read(MOST_BYTES)
    while sys.stdin.buffer.read(1024 * 1024):
        pass  # the server wants to be rid of all of it
    try:
        taken = take(raw, WorkerKeys(Keyring(settings.DATA / "keys")), to)
    except Exception as fault:  # whatever it is: a traceback would go back to the author
        click.echo(f"It could not be taken in ({type(fault).__name__}); try again later.", err=True)
        context.exit(_TRY_AGAIN)
    click.echo("Noted." if taken else "No report of ours; nothing was changed.")
