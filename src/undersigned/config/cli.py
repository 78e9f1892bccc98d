"""`undersigned`: what a host types. Each command's work stands in `config/commands/`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


class Plain(click.Group):
    """A group whose failures are one sentence, never a traceback for a person's mistake."""

    def invoke(self, ctx: click.Context) -> object:
        # Both only now: --help works without Django, and with broken settings.
        from django.db import DatabaseError

        from undersigned.config.env_values import SettingRefused

        try:
            return super().invoke(ctx)
        except SettingRefused as refusal:
            raise click.ClickException(str(refusal)) from None
        except DatabaseError as error:
            raise click.ClickException(
                f"The database does not answer, or is not set up ({type(error).__name__}). "
                "Set it up with: undersigned setup"
            ) from None
        except PermissionError as refusal:
            raise click.ClickException(
                f"{refusal.filename} belongs to another user. Run this as the worker's user."
            ) from None


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="undersigned", message="%(prog)s %(version)s")
def cli() -> None:
    """Open letters that people can trust."""


def set_up(data: Path | None = None) -> None:
    """Load Django for a command; `data` overrides UNDERSIGNED_DATA."""
    if data is not None:
        os.environ["UNDERSIGNED_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undersigned.config.settings")
    import django

    django.setup()


def main() -> None:
    """Run the command line."""
    from undersigned.config.commands import (
        backup,
        bounce,
        bring,
        doctor,
        export,
        held,
        letter,
        outbox,
        owner,
        receive,
        restore,
        retention,
        serve,
        setup,
        translation,
        web,
        worker,
    )

    for command in (
        serve.serve,
        setup.setup,
        owner.owner,
        web.web,
        worker.worker,
        letter.letter,
        bring.bring,
        export.export,
        translation.translation,
        held.held,
        outbox.outbox,
        bounce.bounce,
        receive.receive,
        backup.backup,
        restore.restore,
        retention.retention,
        doctor.doctor,
    ):
        cli.add_command(command)
    cli(prog_name=Path(sys.argv[0]).name)
