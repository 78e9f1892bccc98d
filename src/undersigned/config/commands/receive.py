"""`undersigned receive`: a mail that signs a letter, piped to us by the mail server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from undersigned.config.cli import set_up

# What mail servers understand as: keep it and try again later (sysexits.h).
_TRY_AGAIN = 75


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
@click.pass_context
def receive(context: click.Context, data: Path | None) -> None:
    """Take in one mail from standard input that was sent to the address for signatures.

    The exit status is 0 also for what signs nothing, so that nothing is sent back; and 75 if it
    could not be taken in now.
    """
    set_up(data)
    from django.conf import settings

    from undersigned.config.receiving import take
    from undersigned.signatures.receiving.reading import MOST_BYTES
    from undersigned.signatures.receiving.taking import Outcome
    from undersigned.signatures.worker_keys import WorkerKeys
    from undersigned.vault.keys import Keyring

    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    while sys.stdin.buffer.read(1024 * 1024):
        pass  # the server wants to be rid of all of it
    try:
        outcome = take(raw, WorkerKeys(Keyring(settings.DATA / "keys")))
    except Exception as fault:  # whatever it is: a traceback would go back to the author
        click.echo(f"It could not be taken in ({type(fault).__name__}); try again later.", err=True)
        context.exit(_TRY_AGAIN)
    if outcome is Outcome.LATER:
        click.echo("The name servers gave no answer; try again later.", err=True)
        context.exit(_TRY_AGAIN)
    click.echo(
        "Taken in." if outcome is Outcome.TAKEN else "It signs nothing; nothing was changed."
    )
