"""Every template compiles: a mistyped tag is found here and not by a reader."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines

from tools.report import PACKAGE, ROOT, files, report

ADVICE = "The line in question is given by Django's message; the tag library must be loaded first."


def problems(paths: Iterable[Path]) -> Iterator[str]:
    """A sentence for each template that Django cannot compile. Needs `django.setup()`."""
    for path in paths:
        try:
            engines["django"].from_string(path.read_text(encoding="utf-8"))
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            yield f"{path}: {error}"


def main() -> int:
    django.setup()
    templates = files(*PACKAGE.glob("*/templates"), suffixes=(".html", ".txt", ".xml", ".svg"))
    return report((line.removeprefix(f"{ROOT}/") for line in problems(templates)), ADVICE)


if __name__ == "__main__":
    sys.exit(main())
