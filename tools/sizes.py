"""A file has one subject; past this length it has at least two."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.report import PACKAGE, ROOT, files, report

MOST_LINES = 400
ADVICE = (
    "Find the second subject in the file and give it a file of its own, named after it. "
    "We aim for fewer than 200 lines."
)


def problems(paths: Iterable[Path]) -> Iterator[str]:
    """A sentence for each file that is too long."""
    for path in paths:
        count = len(path.read_text(encoding="utf-8").splitlines())
        if count > MOST_LINES:
            yield f"{path}: {count} lines, of {MOST_LINES} at most"


def main() -> int:
    suffixes = (".py", ".html", ".txt", ".css", ".js")
    written = [path for path in files(PACKAGE, suffixes=suffixes) if "migrations" not in path.parts]
    return report((line.removeprefix(f"{ROOT}/") for line in problems(written)), ADVICE)


if __name__ == "__main__":
    sys.exit(main())
