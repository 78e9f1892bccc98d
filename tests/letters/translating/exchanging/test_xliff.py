"""XLIFF 2, as the standard has it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from translate.storage.xliff2 import Xliff2File

from tests.letters.translating.exchanging.samples import EXPORTED, WORDS, file_of
from undersigned.letters.translating.exchanging.entries import Entry, TranslationFile
from undersigned.letters.translating.exchanging.xliff import write_xliff
from undersigned.letters.translating.exchanging.xliff_reading import read_xliff

WRITTEN = """<?xml version='1.0' encoding='UTF-8'?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" \
xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" version="2.0" srcLang="en" trgLang="pt-BR">
  <file id="letter" original="banned" canResegment="no">
    <mda:metadata>
      <mda:metaGroup category="undersigned">
        <mda:meta type="exported">2026-11-23T11:05:07.000123+00:00</mda:meta>
      </mda:metaGroup>
    </mda:metadata>
    <unit id="title-0-0" xml:space="preserve">
      <notes>
        <note>Title</note>
      </notes>
      <segment state="translated">
        <source>Ban it &amp; <cp hex="0007"/>win</source>
        <target>Proibir</target>
      </segment>
    </unit>
    <unit id="body-0-0" xml:space="preserve">
      <segment>
        <source>Two
lines</source>
      </segment>
    </unit>
    <unit id="body-0-1" xml:space="preserve">
      <notes>
        <note category="previous-source">Old</note>
      </notes>
      <segment state="initial" subState="undersigned:draft">
        <source>New</source>
        <target>Velho</target>
      </segment>
    </unit>
  </file>
</xliff>
"""
ENTRIES = (
    Entry("title-0-0", "Ban it & \x07win", "Proibir", note="Title"),
    Entry("body-0-0", "Two\nlines", ""),
    Entry("body-0-1", "New", "Velho", is_finished=False, before="Old\x07"),
)


def read(raw: bytes) -> TranslationFile:
    return read_xliff(raw, most=100)


def test_it_is_written_as_the_standard_says() -> None:
    assert write_xliff(file_of(*ENTRIES, language="pt-br")).decode() == WRITTEN


def test_a_file_need_not_say_when_it_was_written() -> None:
    file = TranslationFile("banned", "es", "en", None, ())
    assert read(write_xliff(file)) == file


def test_translate_toolkit_reads_it() -> None:
    store = Xliff2File()
    store.parse(write_xliff(file_of(*ENTRIES, language="pt-br")))
    assert (store.sourcelanguage, store.targetlanguage) == ("en", "pt-BR")
    assert [(unit.getid(), unit.target, unit.isfuzzy()) for unit in store.units] == [
        ("title-0-0", "Proibir", False),
        ("body-0-0", None, False),
        ("body-0-1", "Velho", True),
    ]


def test_what_translate_toolkit_changes_comes_back() -> None:
    store = Xliff2File()
    store.parse(write_xliff(file_of(*ENTRIES)))
    store.units[1].target = "Duas\nlinhas"
    store.units[2].target = "Novo"
    store.units[2].markfuzzy(False)
    found = read(bytes(store))
    assert [(entry.text, entry.is_finished) for entry in found.entries] == [
        ("Proibir", True),
        ("Duas\nlinhas", True),
        ("Novo", True),
    ]
    assert (found.letter, found.exported_at) == ("banned", EXPORTED)


@given(
    st.lists(
        st.tuples(WORDS.filter(str.strip), WORDS.filter(lambda words: not words or words.strip())),
        max_size=4,
    )
)
def test_nothing_is_lost_on_the_way_out_and_back(words: list[tuple[str, str]]) -> None:
    entries = [Entry(f"body-0-{n}", *pair, note="Note") for n, pair in enumerate(words)]
    assert read(write_xliff(file_of(*entries))) == file_of(*entries)
