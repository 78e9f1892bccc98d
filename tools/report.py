"""How a house rule says that it is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "undersigned"
UNREAD = frozenset({"__pycache__", "node_modules"})


def report(problems: Iterable[str], advice: str) -> int:
    """Print the problems, one a line, and what to do. Returns the exit status."""
    lines = [*problems]
    if not lines:
        return 0
    print(*lines, "", advice, sep="\n")
    return 1


def files(*folders: Path, suffixes: Iterable[str] = (".py",)) -> Iterator[Path]:
    """The folders' files in a stable order, without caches and hidden ones."""
    wanted = frozenset(suffixes)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            hidden = any(part in UNREAD or part.startswith(".") for part in parts)
            if path.suffix in wanted and path.is_file() and not hidden:
                yield path
