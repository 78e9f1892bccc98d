"""`undersigned held`: the queue of signatures that wait for a person."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict
from pathlib import Path

import click

from undersigned.config.cli import set_up

ACTOR = "command line"
_data = click.option("--data", type=click.Path(path_type=Path), help="The data directory.")


@click.group()
def held() -> None:
    """Decide on signatures that wait for a person."""


@held.command("list")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="For machines: a list, oldest first.")
@_data
def list_held(slug: str, as_json: bool, data: Path | None) -> None:
    """Show what waits under a letter."""
    set_up(data)
    from django.conf import settings

    from undersigned.letters.models import Letter
    from undersigned.signatures.moderating import held_signatures
    from undersigned.signatures.worker_keys import WorkerKeys
    from undersigned.vault.keys import KeyMissing, Keyring

    letter = Letter.objects.filter(slug=slug).first()
    if letter is None:
        raise click.ClickException(f"There is no letter called “{slug}”.")
    try:
        entries = held_signatures(letter, WorkerKeys(Keyring(settings.DATA / "keys")))
    except KeyMissing as missing:
        raise click.ClickException(f"{missing} Run this as the worker's user.") from None
    if as_json:
        rows = [{**asdict(entry), "id": str(entry.id)} for entry in entries]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not entries:
        click.echo("Nothing waits.")
    for entry in entries:
        facts = ", ".join(part for part in (entry.role, entry.website, entry.country) if part)
        click.echo(f"{entry.id}  {entry.name} ({facts or entry.kind})")


@held.command()
@click.argument("signature", type=click.UUID)
@_data
def accept(signature: uuid.UUID, data: Path | None) -> None:
    """List a signature that waits."""
    set_up(data)
    from undersigned.signatures import moderating

    try:
        moderating.accept(signature, actor=ACTOR)
    except moderating.NotHeld:
        raise click.ClickException(_NOT_HELD) from None
    click.echo("Accepted. It is listed within seconds.")


@held.command()
@click.argument("signature", type=click.UUID)
@_data
def decline(signature: uuid.UUID, data: Path | None) -> None:
    """Do not list a signature that waits."""
    set_up(data)
    from undersigned.signatures import moderating

    try:
        moderating.decline(signature, actor=ACTOR)
    except moderating.NotHeld:
        raise click.ClickException(_NOT_HELD) from None
    click.echo("Declined. It is not listed.")


_NOT_HELD = "No such signature waits. See which do with: undersigned held list SLUG"
