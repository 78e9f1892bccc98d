"""`undersigned setup`: make or update the database and the keys."""

from __future__ import annotations

from pathlib import Path

import click

from undersigned.config.cli import set_up


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def setup(data: Path | None) -> None:
    """Make or update the database and the keys."""
    set_up(data)
    prepare()
    click.echo("The database and the keys are ready.")


def prepare() -> None:
    """Migrate, and make the keys that are missing. Harmless to repeat."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from undersigned.config.journal import Journal
    from undersigned.teams.installation import prepare_mail_key
    from undersigned.vault.keys import Keyring

    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    keyring = Keyring(settings.DATA / "keys")
    keyring.create_index_key()
    prepare_mail_key(keyring)
    Journal(settings.DATA).begin(timezone.now())
