"""Typst is called in one place, and what it says of people's words goes no further."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from tests.panicking import panic
from undersigned.signatures.exporting.typesetting import NoGlyph, NotTypeset, typeset


def template(folder: Path, source: str) -> Path:
    path = folder / "one.typ"
    path.write_text(f'#set document(title: "T")\n{source}', encoding="utf-8")
    return path


def test_a_template_and_its_data_become_a_pdf(tmp_path: Path) -> None:
    path = template(tmp_path, "#sys.inputs.name")
    assert typeset(path, {"name": "Ana"}).startswith(b"%PDF-1.7")


def test_the_same_time_gives_the_same_bytes(tmp_path: Path) -> None:
    path = template(tmp_path, "Words")
    assert typeset(path, {}, 1_000_000) == typeset(path, {}, 1_000_000)


def test_characters_without_a_glyph_are_named_whole(tmp_path: Path) -> None:
    path = template(tmp_path, "#for one in sys.inputs.name.clusters() { par(one) }")
    with pytest.raises(NoGlyph) as caught:
        typeset(path, {"name": "a\U0001fff0\U0001fff1"})
    assert caught.value.characters == "\U0001fff0\U0001fff1"


def test_a_refusal_quotes_nothing(tmp_path: Path) -> None:
    path = template(tmp_path, "#panic(sys.inputs.name)")
    with pytest.raises(NotTypeset) as caught:
        typeset(path, {"name": "Ana Example"})
    assert (str(caught.value), caught.value.__cause__) == ("", None)


def test_a_typst_that_gives_up_has_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Compiler:
        def __init__(self, *_: object, **__: object) -> None: ...

        def compile(self, **_: object) -> None:
            panic()

    monkeypatch.setattr(typst, "Compiler", Compiler)
    with pytest.raises(NotTypeset):
        typeset(template(tmp_path, "Words"), {})
