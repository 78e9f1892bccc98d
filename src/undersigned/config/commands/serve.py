"""`undersigned serve`: everything that a small host needs, in one command."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from undersigned.config.cli import set_up
from undersigned.config.commands.owner import owner_link
from undersigned.config.env import assume_url


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
@click.option(
    "--example/--no-example",
    default=True,
    show_default=True,
    help="Put up an example letter if there is no letter yet.",
)
def serve(port: int, host: str, data: Path | None, example: bool) -> None:
    """Set up what is missing, and run web and worker until Ctrl-C."""
    _refuse_taken_port(host, port)
    assume_url(f"http://{_in_url(host)}:{port}")
    set_up(data)
    from django.conf import settings

    from undersigned.config.commands.setup import prepare
    from undersigned.config.commands.web import refuse_half_restored, require_secret_key
    from undersigned.config.example import put_up_example
    from undersigned.config.supervisor import run_together
    from undersigned.teams.installation import prepare_studio_key

    refuse_half_restored()
    require_secret_key()
    prepare()
    prepare_studio_key(settings.DATA / "web")
    if example:
        put_up_example(settings.DATA)
    _say_where(settings.SITE_URL)
    run_together(host, port)


def _say_where(url: str) -> None:
    from django.conf import settings

    from undersigned.letters.models import PUBLIC_STATES, Letter

    click.echo(f"\nUndersigned runs at {url}/\n")
    letters = Letter.objects.filter(state__in=PUBLIC_STATES).order_by("created_at")
    for letter in letters[:10]:
        click.echo(f"  {url}/{letter.slug}/")
    if not settings.MAIL_IS_DELIVERED:
        click.echo(f"\nMail is not sent but kept. Read it at {url}/outbox/")
    link = owner_link("start")
    if link:
        click.echo(
            f"\nMake the first account of the studio here (good once, for three days):\n  {link}"
        )
    else:
        click.echo(f"\nThe studio is at {url}/studio/")
    click.echo("\nCtrl-C stops both.\n")


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                "Choose another one with --port."
            ) from None


def _in_url(host: str) -> str:
    """By name where there is one: browsers make no passkeys for a bare number."""
    if host == "127.0.0.1":
        return "localhost"
    return f"[{host}]" if ":" in host else host
