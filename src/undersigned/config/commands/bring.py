"""`undersigned import`: put a list of signatories under a letter."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersigned.config.cli import set_up

if TYPE_CHECKING:
    from undersigned.letters.models import Letter
    from undersigned.signatures.importing.flags import Flag
    from undersigned.signatures.importing.layout import Layout

ACTOR = "command line"


@click.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Show what would be stored, and store nothing.")
@click.option("--accept-suggestions", is_flag=True, help="Take every suggestion unasked.")
@click.option("--json", "as_json", is_flag=True, help="For machines: rows, questions, left out.")
@click.option(
    "--kind", type=click.Choice(["organisation", "individual"]), help="What all rows are."
)
@click.option("--origin", default="", help="Where the list comes from, in words; kept with it.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def bring(
    slug: str,
    file: Path,
    dry_run: bool,
    accept_suggestions: bool,
    as_json: bool,
    kind: str | None,
    origin: str,
    data: Path | None,
) -> None:
    """Put a list of signatories (text, CSV, XLSX, ODS) under a letter.

    Import nobody who did not agree to be published. E-mail addresses in the file are not stored.
    Says what it is unsure of; nothing is stored while questions are open.
    """
    set_up(data)
    from undersigned.letters.models import Letter
    from undersigned.signatures.importing.bringing import listed_rows
    from undersigned.signatures.importing.brought import first_choices, form_of, read
    from undersigned.signatures.importing.layout import lay_out
    from undersigned.signatures.importing.sheet_limits import LARGEST_FILE, SheetNotReadable

    letter = Letter.objects.select_related("edition").filter(slug=slug).first()
    if letter is None:
        raise click.ClickException(f"There is no letter called “{slug}”.")
    with file.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    form = form_of(content, file.name)
    try:
        choices = first_choices(content, form, kind or "")
        brought = read(content, form, choices, listed_rows(letter))
    except SheetNotReadable as refusal:
        raise click.ClickException(str(refusal)) from None
    layout = lay_out(brought, choices)
    if as_json:
        click.echo(json.dumps(_as_json(layout), ensure_ascii=False, indent=1))
    else:
        _show(layout)
    if dry_run:
        if not as_json:
            click.echo("Nothing was stored.")
        return
    if layout.open and not accept_suggestions:
        raise click.ClickException(
            f"Questions are open: {layout.open}. Take all suggestions with --accept-suggestions, "
            "or answer them one by one in the studio."
        )
    stored = _store(letter, layout, content, file, form, origin)
    click.echo(f"Signatures on the list now: {stored} more.", err=as_json)


def _store(
    letter: Letter, layout: Layout, content: bytes, file: Path, form: str, origin: str
) -> int:
    from undersigned.signatures.importing import bringing
    from undersigned.signatures.models import ImportBatch

    if layout.faulty:
        names = ", ".join(f"“{laid.entry.name[:40]}”" for laid in layout.faulty[:5])
        raise click.ClickException(
            f"Rows that cannot be stored as they are: {len(layout.faulty)} ({names}). Mend them in "
            "the file, or in the studio."
        )
    batch = ImportBatch(
        letter=letter,
        form=form,
        file_name=file.name[:200],
        origin=origin or file.name[:200],
        sha256=hashlib.sha256(content).digest(),
        actor=ACTOR,
    )
    try:
        return bringing.store_at_once(batch, [laid.entry for laid in layout.rows])
    except bringing.NobodyLeft:
        raise click.ClickException("There is nobody in the file to put on the list.") from None
    except bringing.NoTextYet:
        raise click.ClickException("Publish the letter's text first, then import.") from None


def _show(layout: Layout) -> None:
    for flag in layout.flags:
        _ask(flag)
    for left in layout.left:
        click.echo(f"{f'row {left.line}: ' if left.line else ''}left out: {left.reason}", err=True)
    organisations = sum(laid.entry.kind == "organisation" for laid in layout.rows)
    people = len(layout.rows) - organisations
    click.echo(f"Organisations: {organisations}. People: {people}. Left out: {len(layout.left)}.")


def _ask(flag: Flag) -> None:
    rows = ", ".join(str(line) for line in flag.lines[:10])
    click.echo(f"{f'row {rows}: ' if rows else ''}{flag.reason}\n  → {flag.suggestion}")


def _as_json(layout: Layout) -> dict[str, object]:
    return {
        "rows": [
            {
                "id": laid.id,
                "lines": list(laid.row.lines),
                "kind": str(laid.entry.kind),
                "name": laid.entry.name,
                "title": laid.entry.title,
                "affiliation": laid.entry.affiliation,
                "place": laid.entry.place,
                "country": laid.entry.country,
                "website": laid.entry.website,
                "faults": [f"{fault.part}: {fault.fault}" for fault in laid.faults],
            }
            for laid in layout.rows
        ],
        "questions": [flag.to_json() for flag in layout.flags],
        "left_out": [
            {"line": left.line, "text": left.text, "reason": left.reason} for left in layout.left
        ],
    }
