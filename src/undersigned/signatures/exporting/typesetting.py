"""The one place that calls Typst: data in, a PDF with tags (PDF/UA-1) out."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import cast

import typst

from undersigned.vault.panics import Panicked, panics_as_faults

# As Typst writes it: `the text "…" could not be displayed with font "…"`.
_UNDISPLAYED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


class NotTypeset(Exception):
    """Typst refused the document. Its own words are left out: they quote what people wrote."""


class NoGlyph(Exception):
    """These characters would be boxes."""

    def __init__(self, characters: str) -> None:
        super().__init__()
        self.characters = characters


@lru_cache(maxsize=1)
def all_fonts() -> typst.Fonts:
    """Typst's own fonts and the system's; read once in a process."""
    return typst.Fonts()


def typeset(template: Path, inputs: dict[str, str], timestamp: int = 0) -> bytes:
    """The PDF of a template. `inputs`: what it finds in `sys.inputs`; `timestamp`: Unix seconds.

    The same template, data, fonts and time give the same bytes. Raises NoGlyph and NotTypeset.
    """
    compiler = typst.Compiler(template, font_paths=all_fonts(), sys_inputs=inputs)
    try:
        with panics_as_faults():
            pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=timestamp)
    except typst.TypstError as error:
        undisplayed = "".join(map(_unescaped, _UNDISPLAYED.findall(error.diagnostic)))
        if undisplayed:
            raise NoGlyph(undisplayed) from None
        raise NotTypeset from None
    except Panicked:
        raise NotTypeset from None
    return cast("bytes", pdf)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)
