"""The PDF as whoever receives it finds it: words, tags, bookmarks, fonts."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.signatures.exporting.documents import a_document, need_fonts, unpacked, words_in
from undersigned.signatures.exporting import fonts, pdf, typesetting
from undersigned.signatures.exporting.document import LogHead, OnPaper, Organisation, Person
from undersigned.signatures.exporting.fonts import FontMissing
from undersigned.signatures.exporting.pdf import (
    FONT_MISSING,
    NOT_TYPESET,
    Cancelled,
    main,
    write_pdf,
    write_pdf_apart,
)
from undersigned.signatures.exporting.prose import read_prose
from undersigned.signatures.exporting.typesetting import NoGlyph, NotTypeset


def written(folder: Path, *args: Any, **changes: Any) -> Path:
    path = folder / "letter.pdf"
    write_pdf(a_document(*args, **changes), path)
    return path


@pytest.fixture
def latin_only(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(typesetting, "all_fonts", lambda: bare)
    monkeypatch.setattr(fonts, "all_fonts", lambda: bare)


def test_the_letter_and_its_signatories_in_order(tmp_path: Path) -> None:
    text = words_in(written(tmp_path, log=LogHead(12, "ab" * 32)), "-raw")
    assert text.splitlines() == [
        "Keep the lake public",
        "To the city of Example",
        "1 September 2026",
        "We ask you to listen.",
        "• One",
        "• Two",
        "Drafted by Example Foundation.",
        "1 / 2",
        "Signatories",
        "As of 23 November 2026. Signatures: 4 (organisations: 1; people: 3; countries: 2).",
        "1 of them is counted without a name, as its owner chose.",
        "Among the signatories",
        "Ada Example Professor, Example University",
        "Organisations",
        "Lake Watch Netherlands",
        "More people",
        "Bo Example Chi Example Teacher",
        "About this document",
        "This is edition 2 of the letter, with its signatures as of 23 November 2026.",
        "Fingerprint (SHA-256) of the text that was signed:",
        "9f86d081 884c7d65 9a2feaa0 c55ad015 a3bf4f1b 2b0b822c d15d6c15 b0f00a08",
        "Public log of signatures at 12 entries; the root of its tree:",
        "abababab abababab abababab abababab abababab abababab abababab abababab",
        "https://letters.example.org/lake/en/",
        "2 / 2",
    ]


def test_names_on_paper_come_last_under_a_heading_of_their_own(tmp_path: Path) -> None:
    words = replace(a_document().words, on_paper="Signed on paper")
    text = words_in(written(tmp_path, words=words, paper=(OnPaper("Di Example", "Spain"),)), "-raw")
    lines = text.splitlines()
    at = lines.index("Signed on paper")
    assert lines[at - 1 : at + 3] == [
        "Bo Example Chi Example Teacher",
        "Signed on paper",
        "Di Example Spain",
        "About this document",
    ]


def test_it_is_tagged_bookmarked_titled_dated_and_brings_its_fonts(tmp_path: Path) -> None:
    need_fonts("الموقعون نوفمبر")
    content = unpacked(written(tmp_path, "ar").read_bytes())
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"/Lang(ar)" in content
    assert b"2026-11-23T00:00:00" in content
    assert re.search(rb"/Type */StructTreeRoot", content)
    assert re.search(rb"/Outlines ", content)
    assert re.search(rb"/S */LI\b", content)
    fonts_used = re.findall(rb"/Type */FontDescriptor.*?endobj", content, re.DOTALL)
    assert fonts_used
    assert all(b"/FontFile" in font for font in fonts_used)


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path).read_bytes()
    assert written(tmp_path).read_bytes() == first


def test_what_people_write_is_never_code(tmp_path: Path) -> None:
    name = '#panic("x") $x$ *b* @cite <l> `r` \\u{41} #{1+1}'
    path = written(tmp_path, title=name, organisations=(Organisation(name, name),))
    assert words_in(path, "-raw").replace("\n", " ").count(name) == 3


def test_a_document_with_nobody_in_it(tmp_path: Path) -> None:
    path = written(
        tmp_path, organisations=(), featured=(), people=(), body=(), drafters=(), address=""
    )
    assert "Organisations" not in words_in(path)


def test_names_in_every_direction_are_read_out_as_they_were_given(tmp_path: Path) -> None:
    names = ("Ana Lucía", "Ольга", "שרה כהן", "อรทัย", "한지민")
    need_fonts("".join(names))
    path = written(tmp_path, organisations=tuple(map(Organisation, names)))
    text = words_in(path)
    assert [name for name in names if name not in text] == []


def test_arabic_letters_join_in_a_letter_of_any_language(tmp_path: Path) -> None:
    """Their forms are the font's business only if nobody tells Typst that all text is Latin."""
    need_fonts("محمد")
    widths = []
    for language in ("en", "ar", "ja"):
        box = words_in(
            written(tmp_path, language, featured=(Person("محمد"),)), "-bbox", "-f", "2", "-l", "2"
        )
        # In this mode poppler gives letters from left to right.
        edges = re.search(r'xMin="([\d.]+)".*xMax="([\d.]+)".*>دمحم<', box)
        assert edges
        widths.append(round(float(edges[2]) - float(edges[1]), 2))
    assert widths[0] == widths[1] == widths[2]


def test_pages_are_numbered_in_the_letters_digits(tmp_path: Path) -> None:
    need_fonts("၂၀စက်တင်ဘာ")
    assert "၂/၂" in words_in(written(tmp_path, "my")).replace(" ", "")


@pytest.mark.parametrize("count", [300, 6_000])
def test_long_lists_fill_page_after_page(tmp_path: Path, count: int) -> None:
    people = tuple(Person(f"Name {number}") for number in range(count))
    path = written(tmp_path, people=people)
    text = words_in(path, "-raw")
    assert re.findall(r"^Name (\d+)$", text, re.MULTILINE) == [str(n) for n in range(count)]


@hypothesis_settings(max_examples=30)
@example(name=" ", place="", address="https://example.org/")
@given(
    name=st.text(min_size=1),
    place=st.text(),
    address=st.from_regex(r"https://[a-z]{1,9}\.org/", fullmatch=True),
)
def test_any_text_gives_a_pdf_or_says_which_characters_are_missing(
    tmp_path_factory: pytest.TempPathFactory, name: str, place: str, address: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    try:
        path = written(
            folder,
            title=name,
            addressee=place,
            organisations=(Organisation(name, place),),
            people=(Person(name, place, name),),
            address=address,
        )
    except FontMissing as refusal:
        missing = set(refusal.characters)
    else:
        missing = set()
        assert path.read_bytes().startswith(b"%PDF")
    assert missing <= set(name + place)
    assert (folder / "letter.pdf").exists() == (not missing)


def test_a_title_of_nothing_visible_is_still_a_letter(tmp_path: Path) -> None:
    assert written(tmp_path, title="").exists()


@pytest.mark.usefixtures("latin_only")
def test_without_a_font_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(FontMissing) as caught:
        written(tmp_path, people=(Person("မောင်"),))
    assert caught.value.scripts == ("Mymr",)
    assert list(tmp_path.iterdir()) == []


def test_what_only_typesetting_finds_missing_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> bytes:
        raise NoGlyph("က")

    monkeypatch.setattr(pdf, "typeset", refuse)
    with pytest.raises(FontMissing) as caught:
        written(tmp_path)
    assert caught.value.scripts == ("Mymr",)


def layout_file(folder: Path) -> Path:
    path = folder / "layout.json"
    path.write_text(pdf.lay_out(a_document()), encoding="utf-8")
    return path


def test_the_child_writes_the_same_bytes(tmp_path: Path) -> None:
    here = written(tmp_path).read_bytes()
    apart = tmp_path / "apart.pdf"
    write_pdf_apart(a_document(), apart)
    assert apart.read_bytes() == here
    assert sorted(path.name for path in tmp_path.iterdir()) == ["apart.pdf", "letter.pdf"]


def test_the_childs_part(tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    assert main(str(layout_file(tmp_path)), str(target)) == 0
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("latin_only")
def test_the_child_names_the_characters_that_are_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout = layout_file(tmp_path)
    layout.write_text(layout.read_text(encoding="utf-8").replace("Bo", "က"), encoding="utf-8")
    assert main(str(layout), str(tmp_path / "letter.pdf")) == FONT_MISSING
    assert capsys.readouterr().out == '"\\u1000"'


def test_the_child_says_no_more_than_that_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*args: object) -> bytes:
        raise NotTypeset

    monkeypatch.setattr(pdf, "typeset", refuse)
    assert main(str(layout_file(tmp_path)), str(tmp_path / "letter.pdf")) == NOT_TYPESET
    assert capsys.readouterr() == ("", "")


class FakeChild:
    """Stands for the child process: it ends with a code, or never."""

    def __init__(self, code: int | None, output: bytes) -> None:
        self.returncode, self.output = code, output
        self.was_killed = False

    def poll(self) -> int | None:
        return self.returncode

    def communicate(self) -> tuple[bytes, None]:
        return self.output, None

    def kill(self) -> None:
        self.was_killed = True

    def wait(self) -> None:
        pass


@pytest.mark.parametrize(
    ("code", "output", "refusal"),
    [
        (FONT_MISSING, b'"\\u1000"', FontMissing),
        (NOT_TYPESET, b"", NotTypeset),
        (-11, b"", NotTypeset),
    ],
)
def test_how_the_child_ended_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    output: bytes,
    refusal: type[Exception],
) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **rest: FakeChild(code, output))
    with pytest.raises(refusal):
        write_pdf_apart(a_document(), tmp_path / "letter.pdf")
    assert list(tmp_path.iterdir()) == []


def test_who_cancels_ends_the_child_and_has_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = FakeChild(None, b"")
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **rest: child)
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        write_pdf_apart(a_document(), tmp_path / "letter.pdf", is_cancelled=lambda: next(answers))
    assert child.was_killed
    assert list(tmp_path.iterdir()) == []


def test_the_module_can_be_run(tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    command = [sys.executable, "-m", pdf.__name__, layout_file(tmp_path), target]
    assert subprocess.run(command, check=False).returncode == 0
    assert target.exists()


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_translation_that_is_behind_says_so_and_marks_where(
    tmp_path: Path, language: str
) -> None:
    body = read_prose("Old.\n\nIn English.\n\n- one\n- two", {0: False, 1: True, 3: False}, "en")
    words = replace(
        a_document(language).words, original="English counts.", behind="Behind in 3 places."
    )
    text = words_in(written(tmp_path, language, body=body, words=words), "-raw")

    assert text.count("English counts") == 2
    assert "Behind in 3 places. English counts" in text
    assert "In English" in text
