"""The sign-up sheet: what stands on it, read back from the PDF."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import published_letter, text, worker_keys
from tests.signatures.exporting.documents import need_fonts, unpacked, words_in
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.exporting.assembling import NotPublished
from undersigned.signatures.exporting.fonts import FontMissing
from undersigned.signatures.exporting.pdf import FONT_MISSING, NOT_TYPESET
from undersigned.signatures.exporting.sheet import ROWS, lay_out_sheet, qr_code
from undersigned.signatures.exporting.sheet_pdf import main, set_sheet, set_sheet_apart
from undersigned.signatures.exporting.typesetting import NotTypeset
from undersigned.signatures.worker_keys import WorkerKeys

ADDRESS = "https://letters.example.org/banned/en/"
TODAY = date(2026, 11, 23)
TEXTS = {
    "en": text("en", title="Ban it", call="Sign *now*.", body="We ask. " * 200),
    "ar": text("ar", title="احظروا المراقبة", body="ندعو إلى حظر تام."),
    "my": text("my", title="ပိတ်ပင်ပါ", body="တောင်းဆိုပါသည်။"),
}


@pytest.fixture
def letter(db: None, keys: WorkerKeys) -> Letter:
    return published_letter(
        keys,
        "banned",
        texts=list(TEXTS.values()),
        facilitator="Example Now",
        contacts={"general": "letters@example.org"},
    )


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


def pages_of(path: Path) -> int:
    """By what the page tree says."""
    counts = re.findall(rb"/Type/Pages/Count (\d+)", unpacked(path.read_bytes()))
    return int(counts[0])


def laid_out(letter: Letter, language: str = "en") -> str:
    return lay_out_sheet(letter, language, address=ADDRESS, today=TODAY)


def test_a_sheet_in_english(letter: Letter, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(set_sheet(laid_out(letter)))
    said = " ".join(words_in(path, "-raw").split())
    assert pages_of(path) == 1
    for words in (
        "Sign-up sheet of an open letter Ban it We ask. We ask.",
        "We ask … Sign now. Read the whole letter",
        ADDRESS,
        "Example Now gathers these signatures.",
        "Write “yes” under “Publish my name” if",
        "write to letters@example.org.",
        "Name Country Publish my name Signature",
        "Sheet number Place Date Gathered by",
    ):
        assert words in said, words
    assert f" {ROWS} " in said
    assert b"/Marked true" in path.read_bytes()


@pytest.mark.parametrize("language", ["ar", "my"])
def test_in_other_scripts_and_directions(letter: Letter, language: str, tmp_path: Path) -> None:
    need_fonts(TEXTS[language].title)
    layout = json.loads(laid_out(letter, language))
    assert layout["direction"] == ("rtl" if language == "ar" else "ltr")
    assert layout["words"]["direction"] == layout["direction"]
    assert layout["numbers"][0] == {"ar": "1", "my": "၁"}[language] or language == "ar"
    path = tmp_path / "sheet.pdf"
    path.write_bytes(set_sheet(json.dumps(layout, ensure_ascii=False)))
    said = words_in(path)
    assert pages_of(path) == 1
    assert "letters.example.org" in said


def test_however_long_the_words_it_is_one_page(letter: Letter, tmp_path: Path) -> None:
    layout = json.loads(laid_out(letter))
    layout["words"]["lines"] = ["A sentence that is translated at length. " * 5] * 6
    path = tmp_path / "sheet.pdf"
    path.write_bytes(set_sheet(json.dumps(layout)))
    assert pages_of(path) == 1


def test_without_facilitator_and_contact_nothing_is_said_of_them(
    keys: WorkerKeys, db: None
) -> None:
    bare = published_letter(keys, "bare", texts=[text("en", title=" ", body="x" * 900)])
    layout = json.loads(laid_out(bare))
    assert len(layout["words"]["lines"]) == 3
    assert layout["title"] == ADDRESS
    assert layout["summary"] == "x" * 400 + " …"


def test_a_letter_without_a_text_has_no_sheet(db: None) -> None:
    draft = Letter.objects.create(slug="draft", source_language="en", state=LetterState.DRAFT)
    with pytest.raises(NotPublished):
        laid_out(draft)


def test_the_code_is_a_picture_with_white_around_it() -> None:
    code = qr_code(ADDRESS)
    assert code.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ')
    assert 'd="M4 4h1v1h-1zM5 4h1v1h-1z' in code


def test_apart_it_is_the_same_sheet(letter: Letter) -> None:
    layout = laid_out(letter)
    assert set_sheet_apart(layout) == set_sheet(layout)


def test_what_no_font_has_is_named(letter: Letter) -> None:
    layout = json.loads(laid_out(letter))
    layout["title"] = "Ban \U0001dfff"
    for make in (set_sheet, set_sheet_apart):
        with pytest.raises(FontMissing) as missing:
            make(json.dumps(layout))
        assert missing.value.characters == "\U0001dfff"


def test_a_child_that_fails_or_takes_too_long(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = json.loads(laid_out(letter))
    layout["code"] = "no picture"
    with pytest.raises(NotTypeset):
        set_sheet_apart(json.dumps(layout))

    def late(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("x", 1)

    monkeypatch.setattr("undersigned.signatures.exporting.sheet_pdf.subprocess.run", late)
    with pytest.raises(NotTypeset):
        set_sheet_apart(laid_out(letter))


class _Streams:
    def __init__(self, given: bytes = b"") -> None:
        self.buffer = io.BytesIO(given)
        self.said = ""

    def write(self, text: str) -> None:
        self.said += text


def test_the_childs_part(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    good = json.loads(laid_out(letter))
    cases: list[tuple[dict[str, Any], int]] = [
        (good, 0),
        ({**good, "title": "\U0001dfff"}, FONT_MISSING),
        ({**good, "code": "no picture"}, NOT_TYPESET),
    ]
    for layout, status in cases:
        out = _Streams()
        monkeypatch.setattr(sys, "stdin", _Streams(json.dumps(layout).encode()))
        monkeypatch.setattr(sys, "stdout", out)
        assert main() == status
        assert out.buffer.getvalue().startswith(b"%PDF") == (status == 0)
    monkeypatch.undo()
