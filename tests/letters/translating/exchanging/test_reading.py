"""Which format a file is in is told by what is in it."""

from __future__ import annotations

import pytest

from tests.letters.translating.exchanging.samples import file_of
from undersigned.letters.translating.exchanging.entries import Entry
from undersigned.letters.translating.exchanging.reading import (
    LARGEST,
    MEDIA_TYPES,
    WRITERS,
    read_file,
)
from undersigned.letters.translating.exchanging.refusals import (
    FileEmpty,
    FileOfAnotherKind,
    FileOfOldXliff,
    FileRefused,
    FileTooLarge,
)


@pytest.mark.parametrize("ending", [*WRITERS])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_we_write_is_read(ending: str, encoding: str) -> None:
    file = file_of(Entry("body-0-1", "One <thing>", "Una <cosa>"))
    raw = WRITERS[ending](file).decode().encode(encoding)
    assert read_file(raw) == file


def test_every_format_has_its_media_type() -> None:
    assert [*MEDIA_TYPES] == [*WRITERS]


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", FileEmpty),
        (b" \n", FileEmpty),
        (b"Dear all, here is the translation.", FileOfAnotherKind),
        (b"PK\x03\x04", FileOfAnotherKind),
        (b"%PDF-1.7", FileOfAnotherKind),
        (b"<!-- x --><html></html>", FileOfAnotherKind),
        (b"<xliff version='1.2'/>", FileOfOldXliff),
        (b"a" * (LARGEST + 1), FileTooLarge),
        (b"<" + b"a" * 5_000_000, FileTooLarge),
    ],
)
def test_what_is_no_file_of_ours_is_refused(raw: bytes, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal):
        read_file(raw)


def test_a_po_file_may_begin_with_comments_or_an_entry() -> None:
    assert read_file(b'# Translated by Ana\n\nmsgid "a"\nmsgstr "b"\n').entries == ()
    [entry] = read_file(b'\n\nmsgctxt "body-0-1"\nmsgid "a"\nmsgstr "b"\n').entries
    assert entry == Entry("body-0-1", "a", "b")
