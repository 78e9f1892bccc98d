"""`undersigned backup`: one consistent, encrypted file."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersigned.config.cli import set_up
from undersigned.config.ending import tidy_when_stopped
from undersigned.config.progress import Progress

if TYPE_CHECKING:
    from undersigned.config.backups.encryption import Lock
    from undersigned.config.backups.manifest import Manifest


@click.command()
@click.argument("file", default="", metavar="[FILE|-]")
@click.option(
    "--recipient", "recipients", multiple=True, help="Who can open it: age1…; repeatable."
)
@click.option(
    "--recipients-file", type=click.Path(path_type=Path), help="Recipients, one on each line."
)
@click.option("--keys", is_flag=True, help="The worker's private keys instead: a file of its own.")
@click.option("--json", "as_json", is_flag=True, help="For machines: what is inside.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def backup(
    file: str,
    recipients: tuple[str, ...],
    recipients_file: Path | None,
    keys: bool,
    as_json: bool,
    data: Path | None,
) -> None:
    """Write the database and the media to one encrypted file, while the site runs.

    The private keys are not in it: back them up apart, with --keys.
    """
    set_up(data)
    from django.conf import settings

    from undersigned.config.backups.backing_up import back_up_database, back_up_keys
    from undersigned.config.backups.places import new_file
    from undersigned.config.backups.refusals import Refused

    now = datetime.now(UTC)
    to_stdout = file == "-"
    path = Path(file or f"undersigned-{'keys-' if keys else ''}{now:%Y%m%dT%H%M%SZ}.age")
    progress = Progress()
    act = back_up_keys if keys else back_up_database
    try:
        lock = _lock(recipients, recipients_file)
        if to_stdout and sys.stdout.isatty():
            raise click.ClickException(
                "A backup is not for reading: send it to a file or to another program."
            )
        # The file's own refusals come before minutes of work.
        with (
            tidy_when_stopped(),
            nullcontext(sys.stdout.buffer) if to_stdout else new_file(path) as output,
        ):
            manifest = act(settings.DATA, lock, output, now, progress)
    except Refused as refusal:
        progress.end()
        raise click.ClickException(str(refusal)) from None
    except OSError as error:
        progress.end()
        raise click.ClickException(
            f"The backup could not be written ({error.strerror or type(error).__name__}). "
            "Nothing was left behind."
        ) from None
    progress.end()
    _tell(manifest, None if to_stdout else path, as_json=as_json)


def _lock(recipients: tuple[str, ...], recipients_file: Path | None) -> Lock:
    from undersigned.config.backups.encryption import lock_for, read_recipients
    from undersigned.config.env import read_backup_passphrase

    named = [*recipients, *(read_recipients(recipients_file) if recipients_file else [])]
    passphrase = "" if named else read_backup_passphrase()
    if not named and not passphrase and sys.stdin.isatty() and sys.stderr.isatty():
        passphrase = click.prompt(
            "Passphrase for this backup", hide_input=True, confirmation_prompt=True, err=True
        )
    return lock_for(named, passphrase)


def _tell(manifest: Manifest, path: Path | None, *, as_json: bool) -> None:
    """On standard error where standard output is the backup itself."""
    if as_json:
        told = {
            **asdict(manifest),
            "file": str(path.absolute()) if path else None,
            "bytes": path.stat().st_size if path else None,
        }
        click.echo(json.dumps(told, indent=1), err=path is None)
        return
    place = str(path) if path else "standard output"
    size = f" ({path.stat().st_size / 1_000_000:.1f} MB)" if path else ""
    if manifest.kind == "keys":
        click.echo(
            f"The keys of {len(manifest.letters)} "
            f"{'letter' if len(manifest.letters) == 1 else 'letters'} are in {place}{size}.\n"
            "Keep this file offline and apart from every backup of the database: together they "
            "open every address. To erase a letter's addresses for good, this file must go too.",
            err=path is None,
        )
        return
    signatures = manifest.rows.get("signatures_signature", 0)
    click.echo(
        f"The database with {signatures} {'signature' if signatures == 1 else 'signatures'} "
        f"is in {place}{size}.\n"
        "The private keys are not in it. Back them up apart, after each new letter: "
        "undersigned backup --keys",
        err=path is None,
    )
