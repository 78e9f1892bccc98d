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
    """Show what is past its time, and with --now forget it.

    A running worker does this by itself once a day.
    """
    set_up(data)
    from django.utils import timezone

    from undersigned.config.retaining import forget_due, survey

    now = timezone.now()
    kept = survey(now)
    if not dry_run:
        forget_due(now)
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
    then = f"; the next on {row.next:%d %B %Y}" if row.next else ""
    return f"{what}, kept for {row.days} days: {row.kept}, of which {row.due} {went}{then}."
