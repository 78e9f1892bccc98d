"""`undersigned export`: the letter with its signatories, or its list, as a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from undersigned.config.cli import set_up

ACTOR = "command line"
STANDARD_OUTPUT = "-"


@click.command("export")
@click.argument("slug")
@click.option("--output", "-o", required=True, help="The file to write; - for standard output.")
@click.option("--format", "form", default="pdf", help="pdf, csv, xlsx, ods or json.")
@click.option("--preset", "preset_name", default="public", help="Who is in it, such as addressee.")
@click.option("--language", default="", help="The letter's own unless given.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def export(
    slug: str, output: str, form: str, preset_name: str, language: str, data: Path | None
) -> None:
    """Write a letter with its signatories as a PDF, or its list in another form."""
    set_up(data)
    from django.conf import settings

    from undersigned.letters.models import Letter, LetterEvent
    from undersigned.signatures.exporting.asking import NoSuchExport, check_form
    from undersigned.signatures.exporting.assembling import NotPublished
    from undersigned.signatures.exporting.fonts import FontMissing
    from undersigned.signatures.exporting.presets import PRESETS
    from undersigned.signatures.exporting.reporting import Reporter
    from undersigned.signatures.exporting.typesetting import NotTypeset
    from undersigned.signatures.exporting.writing import write_file
    from undersigned.signatures.worker_keys import WorkerKeys
    from undersigned.vault.keys import KeyMissing, Keyring

    letter = Letter.objects.select_related("edition").filter(slug=slug).first()
    if letter is None:
        raise click.ClickException(f"There is no letter called “{slug}”.")
    preset = PRESETS.get(preset_name)
    if preset is None:
        raise click.ClickException(f"There is no such preset. Choose one of: {', '.join(PRESETS)}.")
    try:
        check_form(form, preset)
    except NoSuchExport:
        raise click.ClickException(
            "There is no such form, or it holds no addresses. Choose csv, xlsx, ods or json; "
            "pdf with the presets public and addressee."
        ) from None
    language = language or letter.source_language
    keys = WorkerKeys(Keyring(settings.DATA / "keys"))
    try:
        with _opened(output) as file:
            write_file(letter, preset, form, language, keys, file, Reporter(None))
    except FontMissing as missing:
        raise click.ClickException(" ".join(missing.sentences("en"))) from None
    except NotPublished:
        raise click.ClickException("The letter has no published text yet.") from None
    except KeyMissing as refusal:
        raise click.ClickException(str(refusal)) from None
    except NotTypeset:
        raise click.ClickException("The PDF could not be set. Nothing was written.") from None
    details = {"form": form, "preset": preset.name, "language": language}
    LetterEvent.objects.create(letter=letter, actor=ACTOR, act="export", details=details)


@contextmanager
def _opened(output: str) -> Iterator[BinaryIO]:
    """The file, new and for its maker alone; taken away again if it did not become whole."""
    if output == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        return
    path = Path(output)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(f"{path} is there already. Choose another name.") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
    except BaseException:
        path.unlink()
        raise
