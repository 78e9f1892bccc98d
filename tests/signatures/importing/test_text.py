"""Files are read safely, or refused with one sentence that says what to do."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing import text
from undersigned.signatures.importing.text import clean, fold, read_page

LETTER = "Lettre ouverte : « l’été »\nŒuvre – 100 €\n"


def write(folder: Path, raw: bytes, name: str = "page.txt") -> Path:
    file = folder / name
    file.write_bytes(raw)
    return file


@pytest.mark.parametrize(
    "raw",
    [
        LETTER.encode(),
        LETTER.encode("utf-8-sig"),
        LETTER.encode("utf-16"),
        LETTER.encode("utf-16-le"),
        LETTER.encode("utf-16-be"),
        b"\xfe\xff" + LETTER.encode("utf-16-be"),
        LETTER.encode("utf-32"),
        LETTER.encode("cp1252"),
        LETTER.replace("\n", "\r\n").encode(),
        LETTER.replace("\n", "\r").encode(),
    ],
)
def test_every_usual_encoding_reads_the_same(tmp_path: Path, raw: bytes) -> None:
    assert read_page(write(tmp_path, raw)) == LETTER


def test_a_name_may_be_given_as_text(tmp_path: Path) -> None:
    assert read_page(str(write(tmp_path, b"Open letter"))) == "Open letter"


@pytest.mark.parametrize(
    ("raw", "refusal", "sentence"),
    [
        (b"", text.PageEmpty, "is empty: copy the text of the page into it"),
        (b" \n\t\r\n", text.PageEmpty, "is empty"),
        (b"%PDF-1.7 ...", text.PageBinary, "is a PDF, not text: open it, copy its text"),
        (b"PK\x03\x04\x00", text.PageBinary, "is a Word, spreadsheet or ZIP file, not text"),
        (b"\x89PNG\r\n\x00\x00\x00\rIHDR", text.PageBinary, "is not text: save the text"),
        (b"MZ\x00\x01ab", text.PageBinary, "is not text"),
        (b"<!DOCTYPE html><p>Hello", text.PageIsMarkup, "is the source of a web page"),
        ("Письмо открытое".encode("cp1251"), text.PageUndecodable, "cannot be told"),
        ("公開書簡の本文".encode("shift-jis"), text.PageUndecodable, "in UTF-8"),
        (b"\xff\xfea", text.PageUndecodable, "cannot be told"),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, raw: bytes, refusal: type[Exception], sentence: str
) -> None:
    with pytest.raises(refusal, match=sentence) as refused:
        read_page(write(tmp_path, raw))
    assert isinstance(refused.value, text.PageNotReadable)
    assert "\n" not in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(text.PageMissing, match=r"There is no file ‘none.txt’: check the name"):
        read_page(tmp_path / "none.txt")


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(text.PageMissing, match="There is no file"):
        read_page("a\0b")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(text.PageIsNotAFile, match="is a folder: name the text file inside it"):
        read_page(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(text.PageIsNotAFile, match="is not a file"):
        read_page(tmp_path / "pipe")


def test_a_file_of_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, b"Open letter")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(text.PageForbidden, match="may not be read by this user"):
        read_page(file)


def test_a_large_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)  # a hole: nothing is written
    with pytest.raises(text.PageTooLarge, match="is larger than 20 MB: keep only the text"):
        read_page(file)


def test_invisible_characters_go_and_joiners_stay() -> None:
    assert clean("\ufeffA\u200bB\u00adC\u2060\u202eD\x00") == "ABCD"
    assert clean("می\u200cخواهم क\u200dष") == "می\u200cخواهم क\u200dष"
    assert clean("Côte d\u00a0Ivoire\u3000x") == "Côte d Ivoire x"
    assert clean("Cafe\u0301") == "Café"


@given(st.text())
def test_cleaning_is_idempotent(some: str) -> None:
    assert clean(clean(some)) == clean(some)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Côte d’Ivoire", "COTE D'IVOIRE"),
        ("Türkiye", "turkiye"),
        ("U.S.", "us"),
        ("Łódź & Ørsted", "lodz and orsted"),
        ("السعودية", "السعوديه"),
        ("أفراد", "افراد"),
    ],
)
def test_spellings_that_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_vowel_signs_are_letters() -> None:
    assert fold("हिन्दी") == "हिन्दी"
    assert fold("ประเทศไทย") == "ประเทศไทย"


@given(st.text())
def test_folding_never_fails(some: str) -> None:
    assert fold(some) == " ".join(fold(some).split())
