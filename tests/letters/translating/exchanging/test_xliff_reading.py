"""XLIFF from other tools, and from whoever means harm."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.translating.exchanging.entries import Entry, TranslationFile
from undersigned.letters.translating.exchanging.refusals import (
    FileBroken,
    FileDeclaresEntities,
    FileOfAnotherKind,
    FileOfOldXliff,
    FileRefused,
    FileTooLarge,
    FileUndecodable,
)
from undersigned.letters.translating.exchanging.xliff_reading import read_xliff

AROUND = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="es">'
    '<file id="f" original="banned">{}</file></xliff>'
)


def read(text: str | bytes) -> TranslationFile:
    return read_xliff(text.encode() if isinstance(text, str) else text, most=100)


def entry(inside: str) -> Entry:
    [found] = read(AROUND.format(f'<unit id="body-0-1">{inside}</unit>')).entries
    return found


def test_a_unit_that_a_tool_cut_is_put_together_again() -> None:
    assert entry(
        "<segment state='final'><source>One.</source><target>Uno.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment><source>Two.</source><target>Dos.</target></segment>"
        "<ignorable><source>!</source><target> ¡!</target></ignorable>"
    ) == Entry("body-0-1", "One. Two.!", "Uno. Dos. ¡!")


def test_half_of_a_unit_is_not_finished() -> None:
    assert entry(
        "<segment><source>One. </source><target>Uno. </target></segment>"
        "<segment><source>Two.</source></segment>"
    ) == Entry("body-0-1", "One. Two.", "Uno. ", is_finished=False)


def test_a_unit_without_a_target_has_no_words() -> None:
    assert entry("<segment state='initial'><source>One.</source></segment>") == Entry(
        "body-0-1", "One.", ""
    )
    assert entry("<segment><source>One.</source><target> </target></segment>") == Entry(
        "body-0-1", "One.", ""
    )
    assert entry("") == Entry("body-0-1", "", "")


def test_words_within_marks_of_a_tool_are_words() -> None:
    assert entry(
        "<segment><source>A <pc id='1'>b <mrk id='2'>c</mrk></pc>d<ph id='3'/>e<!-- x --></source>"
        "<target>f<?x y?>g<cp hex='0041'/><cp hex='zz'/><cp hex='FFFFFFFFFFFFFFFFFFFF'/>"
        "<cp hex='110000'/></target></segment>"
    ) == Entry("body-0-1", "A b cde", "fgA")


def test_notes_say_what_the_source_said_before() -> None:
    assert entry(
        "<notes><note category='x'>x</note><note category='previous-source'>Old</note>"
        "<note>For you</note><note>Another</note></notes>"
        "<segment><source>New</source></segment>"
    ) == Entry("body-0-1", "New", "", before="Old", note="For you")


def test_later_versions_and_files_without_a_letter_are_read() -> None:
    file = read('<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.2" version="2.2"/>')
    assert file == TranslationFile("", "", "", None, ())


@pytest.mark.parametrize(
    "moment", ["", "2026-11-23", "2026-99-99T00:00:00Z", "2026-11-23T00:00:00"]
)
def test_a_time_that_is_none_is_not_known(moment: str) -> None:
    file = read(
        AROUND.format(
            '<m:metadata xmlns:m="urn:oasis:names:tc:xliff:metadata:2.0"><m:metaGroup>'
            f'<m:meta type="x">y</m:meta><m:meta type="exported">{moment}</m:meta>'
            "</m:metaGroup></m:metadata>"
        )
    )
    assert file.exported_at is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
def test_other_encodings_are_read(encoding: str) -> None:
    unit = "<unit id='a'><segment><source>ñ</source></segment></unit>"
    declared = "iso-8859-1" if encoding == "latin-1" else encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>\n' + AROUND.format(unit)
    assert read(text.encode(encoding)).entries == (Entry("a", "ñ", ""),)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ('<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', FileOfOldXliff),
        ('<xliff version="1.0"/>', FileOfOldXliff),
        ('<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="1.2"/>', FileOfOldXliff),
        ("<html><body>Hello</body></html>", FileOfAnotherKind),
        (AROUND.format("<unit id='a'>"), FileBroken),
        (AROUND.format("&nbsp;"), FileBroken),
        (AROUND.format("\x07"), FileBroken),
        (AROUND.format("\0"), FileBroken),
        ('<?xml version="1.0"?><?xml version="1.0" encoding="utf-8"?><xliff/>', FileBroken),
        ("<" + "a><" * 300, FileBroken),
        (AROUND.format("<unit id='a'/>" * 101), FileTooLarge),
        ('<?xml version="1.0" encoding="rot13"?><xliff/>', FileUndecodable),
        (b"<xliff>\xff</xliff>", FileUndecodable),
    ],
)
def test_what_is_no_xliff_2_is_refused(text: str | bytes, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal):
        read(text)


def test_a_broken_file_is_told_with_its_line() -> None:
    with pytest.raises(FileBroken) as refusal:
        read("<xliff>\n\n<file></xliff>")
    assert refusal.value.about == "3"


def test_files_of_the_machine_and_bombs_are_refused_unread(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    external = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + AROUND.format(
        "<unit id='a'><segment><source>&e;</source></segment></unit>"
    )
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>' + AROUND.format("&l11;")
    for text in (external, bomb, f'<?xml version="1.0"?><!-- <a> -->{bomb}'):
        with pytest.raises(FileDeclaresEntities):
            read(text)
        with pytest.raises(FileDeclaresEntities):
            read(text.encode("utf-16"))


@given(st.binary() | st.text().map(lambda text: AROUND.format(text).encode()))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with contextlib.suppress(FileRefused):
        read(raw)
