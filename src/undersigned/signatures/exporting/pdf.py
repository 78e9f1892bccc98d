"""Write the PDF of a letter with its signatories.

A long list takes memory, and its time; so whoever has other work does it in a child process:

    python -m undersigned.signatures.exporting.pdf LAYOUT.json LETTER.pdf

which says in its exit code how it went (FONT_MISSING: the characters stand on its output, as
JSON). The file appears whole or not at all; killing the child leaves nothing behind but a `.part`.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from undersigned.signatures.exporting.document import Document
from undersigned.signatures.exporting.fonts import FontMissing, check_fonts, faces_for
from undersigned.signatures.exporting.layout import lay_out
from undersigned.signatures.exporting.typesetting import NoGlyph, NotTypeset, typeset

FONT_MISSING, NOT_TYPESET = 3, 4
_TEMPLATE = Path(__file__).parent / "typst" / "letter.typ"
_MODULE = "undersigned.signatures.exporting.pdf"
_LOOK_EVERY_SECONDS = 0.1
_ARENA_MAX = -8  # malloc.h: how many arenas threads share; one saves a tenth of the memory


class Cancelled(Exception):
    """The caller asked to stop; no file was written."""


def write_pdf(document: Document, path: Path) -> None:
    """In this process. Raises FontMissing and NotTypeset, and then writes nothing."""
    _write(lay_out(document), path)


def write_pdf_apart(
    document: Document, path: Path, *, is_cancelled: Callable[[], bool] = lambda: False
) -> None:
    """In a child process, which gives its memory back and can crash alone.

    `is_cancelled` is asked a few times a second. Raises Cancelled, FontMissing and NotTypeset
    (which stands for a crash as well); then there is no file.
    """
    # Beside the file, not in the system's folder: whoever cleans up there finds what a kill left.
    with tempfile.TemporaryDirectory(prefix=".pdf-", dir=path.parent) as folder:
        layout = Path(folder, "layout.json")
        layout.write_text(lay_out(document), encoding="utf-8")
        whole = Path(folder, "letter.pdf")
        child = subprocess.Popen(  # noqa: S603  our own module, our own paths
            [sys.executable, "-P", "-m", _MODULE, layout, whole],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what Typst says when it breaks quotes the document
        )
        try:
            while child.poll() is None:
                if is_cancelled():
                    raise Cancelled
                time.sleep(_LOOK_EVERY_SECONDS)
            output = child.communicate()[0]
        finally:
            child.kill()
            child.wait()
        if child.returncode == FONT_MISSING:
            raise FontMissing(json.loads(output))
        if child.returncode:
            raise NotTypeset
        whole.replace(path)


def main(layout: str, pdf: str) -> int:
    """The child's part; the exit code says how it went."""
    with contextlib.suppress(AttributeError):  # other C libraries than glibc have one anyway
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
    try:
        _write(Path(layout).read_text(encoding="utf-8"), Path(pdf))
    except FontMissing as missing:
        sys.stdout.write(json.dumps(missing.characters))
        return FONT_MISSING
    except NotTypeset:
        return NOT_TYPESET
    return 0


def _write(layout: str, path: Path) -> None:
    head = json.loads(layout)
    script, timestamp = head["script"], head["timestamp"]
    del head  # a hundred thousand names, which Typst is about to hold as well
    characters = set(layout)
    faces = faces_for(characters, script)
    check_fonts(characters, faces)
    inputs = {"document": layout, "fonts": json.dumps(faces)}
    try:
        pdf = typeset(_TEMPLATE, inputs, timestamp)
    except NoGlyph as found:  # each character has a glyph, but not all of a cluster
        raise FontMissing(found.characters) from None
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(pdf)
    part.replace(path)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
