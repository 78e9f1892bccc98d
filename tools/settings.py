"""The settings that a host can make: read in one place, each explained under docs/operations/."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.report import PACKAGE, ROOT, files, report

READERS = [PACKAGE / "config" / name for name in ("env.py", "mail_env.py", "env_values.py")]
DOCUMENTS = ROOT / "docs" / "operations"
ADVICE = (
    "Explain each setting in docs/operations/settings.md, as `NAME`: what it is for, its values, "
    "what happens without it. The environment is read in env.py and mail_env.py of "
    "src/undersigned/config only; other code takes what it needs from django.conf.settings."
)


def read_names(text: str) -> set[str]:
    """The names of the variables that the readers read; `text` is all of them, one after another.

    Counts `environ.get("NAME")`, `environ["NAME"]`, and functions called with `environ` and then
    the name. Such a function reads `NAME_FILE` too where its own text mentions `_FILE`.
    """
    tree = ast.parse(text)
    with_files = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "_FILE" in ast.unparse(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case (
                ast.Call(
                    func=ast.Attribute(attr="get", value=source),
                    args=[ast.Constant(value=str(name)), *_],
                )
                | ast.Subscript(value=source, slice=ast.Constant(value=str(name)))
            ) if is_environ(source):
                names.add(name)
            case ast.Call(
                func=ast.Name(id=function), args=[source, ast.Constant(value=str(name)), *_]
            ) if is_environ(source):
                names |= {name, f"{name}_FILE"} if function in with_files else {name}
    return names


def is_environ(node: ast.expr) -> bool:
    """Whether an expression is `environ` or `os.environ`."""
    return ast.unparse(node) in {"environ", "os.environ"}


def reads_elsewhere(path: Path, text: str) -> Iterator[str]:
    """A sentence for each place that reads a variable by itself. Setting one is no reading."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Attribute(attr="get", value=value)) if is_environ(value):
                yield f"{path}:{node.lineno} reads the environment"
            case ast.Subscript(value=value, ctx=ast.Load()) if is_environ(value):
                yield f"{path}:{node.lineno} reads the environment"
            case ast.Call(func=ast.Attribute(attr="getenv") | ast.Name(id="getenv")):
                yield f"{path}:{node.lineno} reads the environment"


def undocumented(names: Iterable[str], documents: str) -> Iterator[str]:
    for name in sorted(names):
        if f"`{name}`" not in documents and f"`{name}=" not in documents:
            yield f"`{name}` is read and not documented"


def read_documents(folder: Path = DOCUMENTS) -> str:
    return _text_of(sorted(folder.glob("*.md")))


def _text_of(paths: Iterable[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def main() -> int:
    found = [
        line
        for path in files(PACKAGE)
        if path not in READERS
        for line in reads_elsewhere(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    ]
    found += undocumented(read_names(_text_of(READERS)), read_documents())
    return report(found, ADVICE)


if __name__ == "__main__":
    sys.exit(main())
