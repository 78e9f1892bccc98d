"""A file is called after its subject, not after being useful."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.report import ROOT, files, report

FOLDERS = ("src", "tests", "tools", "benchmarks")
EMPTY_NAMES = frozenset(
    {"util", "utils", "helper", "helpers", "common", "service", "services", "manager", "managers"}
    | {"misc", "shared", "stuff"}
)
ADVICE = (
    "These names say nothing about what is inside, so everything ends up there. Name the subject "
    "(`stamps`, `addresses`) or the act (`signing`, `counting`); split the file if it has several."
)


def problems(paths: Iterable[Path]) -> Iterator[str]:
    """A sentence for each path (relative to the project) with an empty name in it."""
    for path in paths:
        for part in path.parts:
            name = part.removesuffix(path.suffix).removeprefix("test_")
            if name in EMPTY_NAMES:
                yield f"{path}: `{name}` is no subject"


def main() -> int:
    found = files(*(ROOT / folder for folder in FOLDERS), suffixes=(".py", ".html", ".css", ".js"))
    return report(problems(path.relative_to(ROOT) for path in found), ADVICE)


if __name__ == "__main__":
    sys.exit(main())
