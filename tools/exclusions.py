"""No line is kept out of the coverage by a comment."""

from __future__ import annotations

import re
import sys
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.report import ROOT, files, report

EXCLUSION = re.compile(r"#\s*pragma\s*:\s*no\s*(cover|branch)", re.IGNORECASE)
ADVICE = (
    "Test the line, or remove it: a line that cannot be reached is not needed. What only types "
    "need stands under `if TYPE_CHECKING:`, which is not counted."
)


def problems(paths: Iterable[Path]) -> Iterator[str]:
    """A sentence for each comment (not: text) that takes lines out of the coverage."""
    for path in paths:
        with path.open("rb") as source:
            for token in tokenize.tokenize(source.readline):
                if token.type == tokenize.COMMENT and EXCLUSION.search(token.string):
                    yield f"{path}:{token.start[0]}: {token.string}"


def main() -> int:
    found = problems(files(ROOT / "src"))
    return report((line.removeprefix(f"{ROOT}/") for line in found), ADVICE)


if __name__ == "__main__":
    sys.exit(main())
