"""`undersigned owner`: a link that makes the first account of an installation."""

from __future__ import annotations

from pathlib import Path

import click

from undersigned.config.cli import set_up


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def owner(data: Path | None) -> None:
    """Print a link that makes the first account; good once, for three days."""
    set_up(data)
    link = owner_link("command line")
    if link is None:
        raise click.ClickException(
            "Somebody runs this installation already. Owners invite others in the studio."
        )
    click.echo(link)


def owner_link(actor: str) -> str | None:
    """The address of a new link, or None once there is an owner. Earlier links end."""
    from django.conf import settings

    from undersigned.teams.beginning import AlreadyBegun, new_owner_link

    try:
        return f"{settings.SITE_URL}/studio/begin/{new_owner_link(actor)}/"
    except AlreadyBegun:
        return None
