"""How far long work is."""

from __future__ import annotations

import io

import pytest

from undersigned.config import progress
from undersigned.config.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_elsewhere_each_step_is_a_plain_line() -> None:
    stream = io.StringIO()
    show = Progress(stream)
    for done in range(5):
        show("Copying", done, 5)
    show("Encrypting", 0, 0)
    show.end()
    assert stream.getvalue() == "Copying …\nEncrypting …\n"


def test_on_a_terminal_a_line_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_AGAIN_AFTER_SECONDS", 1000.0)
    stream = Terminal()
    show = Progress(stream)
    show("Copying", 1, 4)
    show("Copying", 2, 4)  # too soon to be shown
    show("Copying", 4, 4)
    show("Encrypting", 0, 0)
    show.end()
    show.end()
    assert stream.getvalue() == ("\rCopying …  25 %\rCopying … 100 %\n\rEncrypting … 100 %\n")
