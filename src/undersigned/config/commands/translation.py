"""`undersigned translation`: a letter in one language as a file for translators' own tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersigned.config.cli import set_up

if TYPE_CHECKING:
    from undersigned.letters.models import Letter

ACTOR = "command line"


@click.group()
def translation() -> None:
    """Take a letter to translators' own tools, and bring it back."""


@translation.command("export")
@click.argument("slug")
@click.argument("language")
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write: NAME.po, or NAME.xlf for XLIFF 2.",
)
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def export_translation(slug: str, language: str, output: Path, data: Path | None) -> None:
    """Write every block of a letter with its words in a language, such as fr."""
    set_up(data)
    from undersigned.letters.translating.exchanging.collecting import collect
    from undersigned.letters.translating.exchanging.reading import WRITERS
    from undersigned.letters.translating.working import source_text

    letter = _letter(slug, language)
    write = WRITERS.get(output.suffix.removeprefix("."))
    if write is None:
        raise click.ClickException("Name the file with .po at its end, or .xlf for XLIFF 2.")
    written = write(collect(letter, language, source_text(letter)))
    try:
        with output.open("xb") as file:
            file.write(written)
    except FileExistsError:
        raise click.ClickException(f"{output} is there already. Choose another name.") from None
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None


@translation.command("import")
@click.argument("slug")
@click.argument("language")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would become of it, and store nothing.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def import_translation(
    slug: str, language: str, file: Path, dry_run: bool, data: Path | None
) -> None:
    """Take words in from a PO or XLIFF 2 file. Nothing of it is public before somebody reads it.

    Words that were changed in the studio since the file was written are not overwritten.
    """
    set_up(data)
    from undersigned.letters.translating.exchanging.reading import LARGEST, read_file
    from undersigned.letters.translating.exchanging.refusals import FileRefused
    from undersigned.letters.translating.exchanging.taking_in import look_through, take_in
    from undersigned.letters.translating.working import Worker
    from undersigned.website.exchange_words import refusal_sentence, report_groups

    letter = _letter(slug, language)
    try:
        with file.open("rb") as opened:
            read = read_file(opened.read(LARGEST + 1))
        if dry_run:
            report = look_through(letter, language, read, with_draft=True)
        else:
            worker = Worker(None, ACTOR)
            report = take_in(letter, language, read, worker=worker, with_draft=True)
    except FileRefused as refusal:
        raise click.ClickException(refusal_sentence(refusal)) from None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from None
    for group in report_groups(report, is_done=not dry_run):
        click.echo(group.sentence)
        for shown in group.shown:
            click.echo(f"  {' '.join(shown.source.split())[:70]}")
            for sentence in shown.sentences:
                click.echo(f"    {sentence}")


def _letter(slug: str, language: str) -> Letter:
    from undersigned.letters.models import Letter
    from undersigned.website.languages import language_choices

    letter = Letter.objects.filter(slug=slug).first()
    if letter is None:
        raise click.ClickException(f"There is no letter called “{slug}”.")
    if language == letter.source_language:
        raise click.ClickException(f"The letter is written in “{language}” itself.")
    if language not in dict(language_choices()):
        raise click.ClickException(f"There is no language “{language}”. Write a code such as fr.")
    return letter
