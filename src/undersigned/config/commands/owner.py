"""`undersigned owner`: a link that makes the first account; and a way back in."""

from __future__ import annotations

from pathlib import Path

import click

from undersigned.config.cli import set_up


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
@click.option(
    "--forget-second-step",
    metavar="ADDRESS",
    help="Instead: let somebody in again who lost their second step and recovery codes.",
)
def owner(data: Path | None, forget_second_step: str | None) -> None:
    """Print a link that makes the first account; good once, for three days."""
    set_up(data)
    if forget_second_step:
        _readmit(forget_second_step)
        return
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


def _readmit(address: str) -> None:
    from undersigned.teams.readmitting import NobodyThere, forget_second_step

    try:
        person = forget_second_step(address, actor="command line")
    except NobodyThere:
        raise click.ClickException(
            "Nobody in the studio has this address. Check it, or invite them in the studio."
        ) from None
    click.echo(
        f"{person.name} is signed out everywhere, and sets up a second step at the next sign-in. "
        "A mail tells them."
    )
