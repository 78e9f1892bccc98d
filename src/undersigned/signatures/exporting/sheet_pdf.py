"""Set a sign-up sheet as PDF: one page, in a child process with a limit of time.

    python -m undersigned.signatures.exporting.sheet_pdf < LAYOUT.json > SHEET.pdf

The child reads all fonts, which takes a second or two, and gives its memory back. Its exit code
says how it went, as that of `exporting.pdf`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from undersigned.signatures.exporting.fonts import FontMissing, check_fonts, faces_for
from undersigned.signatures.exporting.pdf import FONT_MISSING, NOT_TYPESET
from undersigned.signatures.exporting.typesetting import NoGlyph, NotTypeset, typeset

SECONDS = 30
_TEMPLATE = Path(__file__).parent / "typst" / "sheet.typ"
_MODULE = "undersigned.signatures.exporting.sheet_pdf"


def set_sheet_apart(layout: str) -> bytes:
    """The PDF. Raises FontMissing, and NotTypeset, also for a child that takes too long."""
    try:
        done = subprocess.run(  # noqa: S603  our own module; the layout is data
            [sys.executable, "-P", "-m", _MODULE],
            input=layout.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotTypeset from None
    if done.returncode == FONT_MISSING:
        raise FontMissing(json.loads(done.stdout))
    if done.returncode:
        raise NotTypeset
    return done.stdout


def set_sheet(layout: str) -> bytes:
    """In this process. Raises FontMissing and NotTypeset."""
    head = json.loads(layout)
    characters = set(layout)
    faces = faces_for(characters, head["script"])
    check_fonts(characters, faces)
    inputs = {"document": layout, "fonts": json.dumps(faces)}
    try:
        return typeset(_TEMPLATE, inputs, head["timestamp"])
    except NoGlyph as found:
        raise FontMissing(found.characters) from None


def main() -> int:
    """The child's part."""
    try:
        sys.stdout.buffer.write(set_sheet(sys.stdin.buffer.read().decode()))
    except FontMissing as missing:
        sys.stdout.write(json.dumps(missing.characters))
        return FONT_MISSING
    except NotTypeset:
        return NOT_TYPESET
    return 0


if __name__ == "__main__":
    sys.exit(main())
