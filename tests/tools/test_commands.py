"""A command that nobody can read about is found."""

from __future__ import annotations

import click

from tools.commands import undocumented


@click.group()
def program() -> None:
    """Everything."""


@program.command()
@click.option("--port")
@click.option("--port-file", hidden=True)
def serve(port: str, port_file: str) -> None:
    """Serve."""


@program.group()
def letter() -> None:
    """Letters."""


@letter.command("import")
@click.argument("file")
@click.option("--json/--no-json", "as_json")
@click.option("--slug", "-s")
def import_letter(file: str, as_json: bool, slug: str) -> None:
    """Import."""


@program.command(hidden=True)
def worker() -> None:
    """Started by serve."""


def test_commands_and_options_that_are_explained_together_are_fine() -> None:
    documents = """
# Commands
## `undersigned serve`
`--port N` is where it listens.
## Bringing a letter in
`undersigned letter import FILE --slug banbs` reads a page; `--json` prints it.
"""

    assert [*undocumented(program, documents)] == []


def test_an_option_explained_elsewhere_does_not_count() -> None:
    documents = """
## `undersigned serve`
`--port-range` is not `--slug`.
## `undersigned letter importer`
`--json`
"""

    assert [*undocumented(program, documents)] == [
        "`undersigned letter import` is not documented",
        "`undersigned serve` is documented without its option `--port`",
    ]
