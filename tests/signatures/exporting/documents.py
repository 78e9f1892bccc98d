"""A small letter to deliver, and ways to look into its PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from undersigned.signatures.exporting.document import (
    Counts,
    Document,
    LogHead,
    Organisation,
    Person,
    words_for,
)
from undersigned.signatures.exporting.fonts import FontMissing, check_fonts, faces_for
from undersigned.signatures.exporting.prose import read_prose

AS_OF = date(2026, 11, 23)
DRAFTERS = ("Example Foundation",)
COUNTS = Counts(organisations=1, people=3, countries=2, unnamed=1)
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def a_document(
    language: str = "en", *, counts: Counts = COUNTS, log: LogHead | None = None, **changes: Any
) -> Document:
    words = words_for(
        language if language in {"ar", "en", "es"} else "en",
        letter_language=language,
        counts=counts,
        as_of=AS_OF,
        published=date(2026, 9, 1),
        drafters=DRAFTERS,
        edition_number=2,
        has_featured=True,
        log=log,
    )
    document = Document(
        title="Keep the lake public",
        addressee="To the city of Example",
        language=language,
        body=read_prose("We ask you to *listen*.\n\n- One\n- Two\n"),
        drafters=DRAFTERS,
        as_of=AS_OF,
        organisations=(Organisation("Lake Watch", "Netherlands"),),
        featured=(Person("Ada Example", "Professor", "Example University"),),
        people=(Person("Bo Example"), Person("Chi Example", "Teacher")),
        edition_number=2,
        manifest_hash=HASH,
        address="https://letters.example.org/lake/en/",
        log=log,
        words=words,
    )
    return replace(document, **changes)


def unpacked(pdf: bytes) -> bytes:
    """The PDF's objects with their streams in clear."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    clear = []
    for stream in streams:
        try:
            clear.append(zlib.decompress(stream))
        except zlib.error:
            clear.append(stream)
    return b"\n".join([pdf, *clear])


def words_in(path: Path, *options: str) -> str:
    """The text as a reader's program takes it out; skips where poppler is not installed."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (Debian: poppler-utils) is not installed")
    run = subprocess.run([program, *options, path, "-"], check=True, capture_output=True, text=True)
    # Page ends, and the marks of direction that poppler adds.
    return re.sub("[\f\u202a-\u202c]", "", run.stdout)


def need_fonts(text: str) -> None:
    """Skip where the system has no fonts for these characters, and say which to install."""
    try:
        check_fonts(text, faces_for(text, "Latn"))
    except FontMissing as missing:
        pytest.skip(" ".join(missing.sentences("en")))
