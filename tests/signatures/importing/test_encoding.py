"""Encodings that files of sheets come in."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing.encoding import NotText, Undecodable, decode

TEXT = "Name;País\nAna Lucía;Perú\nЮлия;Україна\nمثال;مصر\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_text_in_every_script_is_read(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_marks_may_be_missing(encoding: str) -> None:
    text = "Name;Country\nAna;Peru\n"
    assert decode(text.encode(encoding)) == text


def test_windows_1252_is_read_where_it_looks_western() -> None:
    text = "Nombre;País\nJosé Ñandú “Example”;España\n"
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    "raw",
    [
        "Имя;Страна\nЮлия;Украина".encode("cp1251"),
        b"caf\xe9 \x01",
        b"abc\x81def",
        "名前;国\n".encode("shift-jis"),
    ],
)
def test_other_encodings_are_not_guessed(raw: bytes) -> None:
    with pytest.raises(Undecodable):
        decode(raw)


@pytest.mark.parametrize("raw", [b"a\x00b\x00\x01", b"\xff\xfea", b"\xe9\x00\x00", b"ab\x00"])
def test_bytes_that_are_no_text(raw: bytes) -> None:
    with pytest.raises(NotText):
        decode(raw)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with contextlib.suppress(NotText, Undecodable):
        assert "\x00" not in decode(raw)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")))
def test_utf_8_is_always_read(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text
