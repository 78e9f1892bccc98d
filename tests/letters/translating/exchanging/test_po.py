"""PO, as gettext's own tools and translate-toolkit's take it."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letters.translating.exchanging.samples import EXPORTED, WORDS, file_of
from undersigned.letters.translating.exchanging.entries import Entry, TranslationFile
from undersigned.letters.translating.exchanging.po import read_po, write_po
from undersigned.letters.translating.exchanging.refusals import (
    FileBroken,
    FileTooLarge,
    FileUndecodable,
)

COMPLETE = file_of(
    Entry("title-0-0", "Ban it", "Prohibirlo", note="Title"),
    Entry("body-0-0", "Why", "Por qué", note="The letter – Heading"),
    Entry("body-0-1", 'We ask for *one* "thing".', 'Pedimos *una* "cosa".', note="The letter"),
    Entry(
        "body-0-2",
        "See [it](https://a.example).\\\nNow.",
        "Véase [esto](https://a.example).\\\nYa.",
    ),
)


def read(raw: bytes) -> TranslationFile:
    return read_po(raw, most=100)


def texts(raw: bytes) -> list[tuple[str, str]]:
    return [(entry.source, entry.text) for entry in read(raw).entries]


@given(st.lists(st.tuples(WORDS.filter(str.strip), WORDS), max_size=4))
def test_nothing_is_lost_on_the_way_out_and_back(words: list[tuple[str, str]]) -> None:
    entries = [Entry(f"body-0-{n}", *pair, note="Note") for n, pair in enumerate(words)]
    assert read(write_po(file_of(*entries))) == file_of(*entries)


@given(WORDS.filter(str.strip))
def test_drafts_and_what_they_were_written_for_come_back(before: str) -> None:
    entry = Entry("body-0-1", "New", "Viejo", is_finished=False, before=before, note="A\nB")
    assert read(write_po(file_of(entry))).entries == (entry,)


@pytest.mark.parametrize("language", ["es", "pt-br", "zh-hans", "ar", "my", "tlh"])
def test_gettext_has_nothing_to_say_of_a_file(language: str, tmp_path: Path) -> None:
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        pytest.skip("gettext is not installed")
    path = tmp_path / "letter.po"
    path.write_bytes(write_po(file_of(*COMPLETE.entries, language=language)))
    checked = subprocess.run(
        [msgfmt, "--check", "--output-file=-", str(path)], capture_output=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_pofilter_finds_nothing_in_a_complete_translation(tmp_path: Path) -> None:
    path = tmp_path / "letter.po"
    path.write_bytes(write_po(COMPLETE))
    found = tmp_path / "found.po"
    pofilter = Path(sys.executable).with_name("pofilter")
    subprocess.run(
        [pofilter, "--progress=none", "--language=es", str(path), str(found)],
        capture_output=True,
        check=True,
    )
    assert not found.exists()


def test_a_language_without_known_plurals_has_one_form() -> None:
    assert b"nplurals=1; plural=0;" in write_po(file_of(language="tlh"))


def test_the_header_says_what_it_is() -> None:
    file = read(write_po(file_of(language="pt-br")))
    assert (file.letter, file.language, file.source_language) == ("banned", "pt_BR", "en")
    assert file.exported_at == EXPORTED


def test_where_a_tool_dropped_our_headers_the_time_is_that_of_the_template() -> None:
    lines = write_po(COMPLETE).splitlines(keepends=True)
    raw = b"".join(line for line in lines if b"X-Undersigned" not in line)
    file = read(raw)
    assert (file.letter, file.exported_at) == ("", EXPORTED.replace(second=0, microsecond=0))


@pytest.mark.parametrize("moment", ["", "2026-99-99T00:00:00+00:00", "2026-11-23T11:05:07", "then"])
def test_a_time_that_is_none_is_not_known(moment: str) -> None:
    header = f'msgid ""\nmsgstr "Language: es\\nX-Undersigned-Exported: {moment}\\n"\n'
    assert read(header.encode()).exported_at is None


def test_files_come_in_other_encodings_and_with_other_line_ends() -> None:
    raw = write_po(COMPLETE)
    expected = texts(raw)
    assert texts(b"\xef\xbb\xbf" + raw) == expected
    assert texts(raw.replace(b"\n", b"\r\n")) == expected
    assert texts(raw.replace(b"\n", b"\r")) == expected
    assert texts(raw.decode().encode("utf-16")) == expected
    assert texts(raw.decode().replace("UTF-8", "windows-1252").encode("cp1252")) == expected
    assert texts(raw.replace(b"charset=UTF-8", b"charset=CHARSET")) == expected


def test_an_encoding_that_it_is_not_in_is_refused() -> None:
    raw = write_po(COMPLETE)
    with pytest.raises(FileUndecodable):
        read(raw.decode().encode("cp1252"))
    with pytest.raises(FileUndecodable) as refusal:
        read(raw.replace(b"UTF-8", b"klingon"))
    assert refusal.value.about == "klingon"


@pytest.mark.parametrize(
    "raw",
    [
        b'msgid "a\nmsgstr "b"\n',
        b'msgid "a"\nmsgstr "b"\nwhat is this\n',
        b'#| nothing\nmsgid "a"\nmsgstr "b"\n',
        b"#|",
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[x] "c"\n',
    ],
)
def test_broken_files_are_refused(raw: bytes) -> None:
    with pytest.raises(FileBroken):
        read(raw)


def test_a_broken_file_is_told_with_its_line() -> None:
    with pytest.raises(FileBroken) as refusal:
        read(b'msgid "a"\nmsgstr "b"\n\nwhat is this\n')
    assert refusal.value.about == "4"


@given(st.binary() | st.text(st.sampled_from('msgidstrctxplural[]0"\\#|~,:. \n\r')).map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with contextlib.suppress(FileBroken, FileUndecodable):
        read(raw)


def test_what_is_no_entry_of_a_block_is_left_out() -> None:
    raw = write_po(file_of(Entry("body-0-1", "A", "B"))) + (
        b'\nmsgctxt "n"\nmsgid "%d thing"\nmsgid_plural "%d things"\nmsgstr[0] "x"\nmsgstr[1] "y"\n'
        b'\nmsgid "without context"\nmsgstr "x"\n'
        b'\n#~ msgctxt "old"\n#~ msgid "gone"\n#~ msgstr "x"\n'
    )
    assert texts(raw) == [("A", "B")]


def test_a_file_of_far_too_many_entries_is_not_read() -> None:
    with pytest.raises(FileTooLarge):
        read(b'\nmsgid "a"\nmsgstr "b"\n' * 101)
    with pytest.raises(FileTooLarge):
        read(b"#\n" * 2001)
