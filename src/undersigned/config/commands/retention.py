"""`undersigned retention`: what is forgotten when."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersigned.config.cli import set_up

if TYPE_CHECKING:
    from undersigned.config.retaining import Kept


@click.command()
@click.option("--dry-run/--now", default=True, help="Only say what would go, which is the default.")
@click.option("--json", "as_json", is_flag=True, help="For machines: a list.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def retention(dry_run: bool, as_json: bool, data: Path | None) -> None:
    """Show what goes when, and with --now forget what is past its time.

    A running worker does this by itself, once a day and on each letter's end date.
    """
    set_up(data)
    from django.conf import settings
    from django.utils import timezone

    from undersigned.config.retaining import forget_due, survey
    from undersigned.signatures.worker_keys import WorkerKeys
    from undersigned.vault.keys import Keyring

    now = timezone.now()
    kept = survey(now)
    if not dry_run:
        try:
            forget_due(WorkerKeys(Keyring(settings.DATA / "keys")), now)
        except OSError as error:
            raise click.ClickException(
                f"A key could not be destroyed ({error.strerror}). Run this as the worker's user."
            ) from None
    if as_json:
        rows = [{**asdict(row), "next": row.next and row.next.isoformat()} for row in kept]
        click.echo(json.dumps({"forgotten": not dry_run, "kept": rows}, indent=1))
        return
    for row in kept:
        click.echo(_sentence(row, forgotten=not dry_run))
    due = sum(row.due for row in kept)
    if not due:
        click.echo("Nothing is past its time.")
    elif dry_run:
        click.echo("Nothing was changed. Forget it at once with: undersigned retention --now")


def _sentence(row: Kept, *, forgotten: bool) -> str:
    what = f"{row.letter}: {row.what}" if row.letter else row.what.capitalize()
    went = "forgotten now" if forgotten else "past their time"
    then = f"; {'the next' if row.days else 'to go'} on {row.next:%d %B %Y}" if row.next else ""
    time = f", kept for {row.days} days" if row.days else ""
    return f"{what}{time}: {row.kept}, of which {row.due} {went}{then}."
