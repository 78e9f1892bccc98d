"""`undersigned web`: the web processes alone, for a host that runs the worker as another user."""

from __future__ import annotations

import os
from pathlib import Path

import click

from undersigned.config.cli import set_up


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def web(port: int, host: str, data: Path | None) -> None:
    """Run the web processes: they seal what is typed, and need no private key."""
    set_up(data)
    from django.conf import settings

    from undersigned.config.env import read_env
    from undersigned.config.supervisor import web_command
    from undersigned.teams.installation import prepare_studio_key

    refuse_half_restored()
    require_secret_key()
    prepare_studio_key(settings.DATA / "web")
    command = web_command(host, port, read_env().web_processes)
    # In this process's place: whoever started us stops and watches the server itself.
    os.execv(command[0], command)  # noqa: S606  our own command


def refuse_half_restored() -> None:
    """Raise a ClickException while a restore has not ended."""
    from django.conf import settings

    from undersigned.config.backups import unfinished
    from undersigned.config.backups.refusals import HalfRestored

    try:
        unfinished.refuse_half_restored(settings.DATA)
    except HalfRestored as refusal:
        raise click.ClickException(str(refusal)) from None


def require_secret_key() -> None:
    """Raise a ClickException where the web's secret key is another user's."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        settings.SECRET_KEY.encode()
    except ImproperlyConfigured:
        raise click.ClickException(
            f"The secret key in {settings.DATA / 'web'} belongs to another user. "
            "Run this as that user, or give the folder to this one."
        ) from None
