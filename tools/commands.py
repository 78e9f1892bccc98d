"""Each command of `undersigned`, with its options, is explained under docs/operations/."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from importlib import import_module
from io import StringIO

import click

from tools.report import report
from tools.settings import read_documents

PROGRAM = "undersigned"
HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
ADVICE = (
    "Explain each command in a section of docs/operations/commands.md that names it in full "
    "(`undersigned letter import`) and names all its options there."
)


def commands(command: click.Command, path: str = PROGRAM) -> Iterator[tuple[str, click.Command]]:
    """Everything that can be run, by its full name; groups that only hold commands are left out."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    if command.invoke_without_command:
        yield path, command
    for name in sorted(command.commands):
        yield from commands(command.commands[name], f"{path} {name}")


def undocumented(command: click.Command, documents: str) -> Iterator[str]:
    """A sentence for each command without a section, and each option that its section lacks."""
    sections = HEADING.split(documents)
    for path, found in commands(command):
        if found.hidden:
            continue
        name = re.compile(rf"{re.escape(path)}(?![\w-])")
        about = [section for section in sections if name.search(section)]
        if not about:
            yield f"`{path}` is not documented"
            continue
        for option in long_options(found):
            whole = re.compile(rf"{re.escape(option)}(?![\w-])")
            if not any(whole.search(section) for section in about):
                yield f"`{path}` is documented without its option `{option}`"


def long_options(command: click.Command) -> Iterator[str]:
    """The options' long names, without the one that every command has."""
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            yield from (name for name in parameter.opts if name.startswith("--"))


def find_program() -> click.Command:
    """The group behind the `undersigned` command, with the commands that `main` adds to it."""
    module = import_module("undersigned.config.cli")
    with redirect_stdout(StringIO()), suppress(SystemExit):
        sys.argv = [PROGRAM, "--help"]
        module.main()
    groups = [value for value in vars(module).values() if isinstance(value, click.Group)]
    program = max(groups, key=lambda group: len(group.commands))
    assert program.commands, "no command was found: is this check out of date?"
    return program


def main() -> int:
    return report(undocumented(find_program(), read_documents()), ADVICE)


if __name__ == "__main__":
    sys.exit(main())
