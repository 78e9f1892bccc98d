"""`undersigned restore`: put a backup back."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersigned.config.cli import set_up
from undersigned.config.ending import tidy_when_stopped
from undersigned.config.progress import Progress

if TYPE_CHECKING:
    from undersigned.config.backups.catching_up import CaughtUp
    from undersigned.config.backups.encryption import Key
    from undersigned.config.backups.restoring import Restored


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--identity", type=click.Path(path_type=Path), help="The file with the private key.")
@click.option("--replace", is_flag=True, help="Move aside what is there, and say where.")
@click.option(
    "--journal",
    "copies",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A copy of the journal; repeatable.",
)
@click.option("--without-journal", is_flag=True, help="There is none, and I know what that means.")
@click.option("--json", "as_json", is_flag=True, help="For machines: what was restored.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def restore(
    file: Path,
    identity: Path | None,
    replace: bool,
    copies: tuple[Path, ...],
    without_journal: bool,
    as_json: bool,
    data: Path | None,
) -> None:
    """Put a backup into an empty data directory.

    Nothing is changed unless all of the file is as it was written. Stop web and worker first. The
    journal says who was erased, hid or left since: that is repeated.
    """
    set_up(data)
    from django.conf import settings

    from undersigned.config.backups import restoring
    from undersigned.config.backups.catching_up import Journals
    from undersigned.config.backups.refusals import Refused
    from undersigned.config.journal import Journal

    progress = Progress()
    try:
        key = _key(identity)
        with tidy_when_stopped(), file.open("rb") as source:
            restored = restoring.restore(
                settings.DATA,
                source,
                key,
                datetime.now(UTC),
                progress,
                replace=replace,
                journals=Journals(Journal(settings.DATA), copies, is_optional=without_journal),
            )
    except Refused as refusal:
        progress.end()
        raise click.ClickException(str(refusal)) from None
    except OSError as error:
        progress.end()
        named = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(
            f"The backup could not be restored ({named}{error.strerror})."
        ) from None
    progress.end()
    _tell(restored, settings.DATA, as_json=as_json)


def _key(identity: Path | None) -> Key:
    from undersigned.config.backups.encryption import Key, read_identities
    from undersigned.config.env import read_backup_passphrase

    if identity is not None:
        return read_identities(identity)
    passphrase = read_backup_passphrase()
    if not passphrase and sys.stdin.isatty() and sys.stderr.isatty():
        passphrase = click.prompt("Passphrase of this backup", hide_input=True, err=True)
    return Key(passphrase=passphrase)


def _tell(restored: Restored, data: Path, *, as_json: bool) -> None:
    from undersigned.config.backups.manifest import KEYS
    from undersigned.config.health.keys import letters_without_key

    manifest = restored.manifest
    # Keys may be there before the database is: then there is nothing to compare them with.
    missing = [] if manifest.kind == KEYS else letters_without_key(data)
    caught_up = restored.caught_up
    if as_json:
        told = {
            **asdict(manifest),
            "repeated": dict(caught_up.repeated) if caught_up else {},
            "journal_is_whole": caught_up.is_whole if caught_up else None,
            "journal_damaged_lines": caught_up.damaged if caught_up else 0,
            "moved_aside": str(restored.aside) if restored.aside else None,
            "letters_without_key": missing,
        }
        click.echo(json.dumps(told, indent=1))
        return
    if manifest.kind == KEYS:
        number = len(manifest.letters)
        click.echo(f"The keys of {number} {'letter' if number == 1 else 'letters'} are back.")
    else:
        at = datetime.fromisoformat(manifest.at)
        click.echo(
            f"The site is as it was on {at:%d %B %Y at %H:%M} UTC; what happened since is lost. "
            "Mail that was queued then and has been sent since is sent once more."
        )
        if caught_up:
            _tell_of_journal(caught_up, at)
    if restored.aside:
        click.echo(f"What was there before is in {restored.aside}")
    if missing:
        click.echo(
            f"The private {'key is' if len(missing) == 1 else 'keys are'} missing of: "
            f"{', '.join(missing)}. Until they are restored nobody under these letters can be "
            "written to, and signatures that wait cannot be listed; names that are listed stay. "
            "Restore the file that undersigned backup --keys wrote, before you start the worker."
        )


def _tell_of_journal(caught_up: CaughtUp, at: datetime) -> None:
    if caught_up.until:
        number = caught_up.repeated.total()
        acts = "1 act was" if number == 1 else f"{number} acts were"
        click.echo(
            f"Whoever was erased, hid or left since then stays so: {acts} repeated. The journal's "
            f"last line is of {caught_up.until:%d %B %Y at %H:%M} UTC; if there is a later copy "
            "of it, restore once more with that."
        )
    if caught_up.damaged:
        lines = "1 line" if caught_up.damaged == 1 else f"{caught_up.damaged} lines"
        click.echo(
            f"{lines} of the journal cannot be read and "
            f"{'was' if caught_up.damaged == 1 else 'were'} left out."
        )
    if not caught_up.is_whole:
        click.echo(
            "Whoever was erased, hid, left or unsubscribed after "
            f"{at:%d %B %Y at %H:%M} UTC, and is not in a journal, is back and may be in public "
            "again: repeat what anybody remembers before readers reach the site."
        )
