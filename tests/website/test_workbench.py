"""The bench of a letter: its parts, its blocks, how far it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import published_letter, text, worker_keys
from tests.letters.translating.hands import type_in
from undersigned.letters.models import Letter
from undersigned.website.bench_rows import Again
from undersigned.website.workbench import Progress, Workbench, chosen_source, workbench

pytestmark = pytest.mark.django_db

BODY = "### Why\n\nWe ask.\n\n> So it is.\n\n- To be heard\n- To be heard"


@pytest.fixture
def letter(tmp_path: Path) -> Letter:
    campaigns = [
        {"title": "Another", "text": "It goes on.", "url": "https://a.example", "tags": ["faces"]}
    ]
    words = text(body=BODY, related_campaigns=campaigns)
    return published_letter(worker_keys(tmp_path), "banned", texts=[words])


def bench_of(
    letter: Letter, again: dict[str, Again] | None = None, *, only_left: bool = False
) -> Workbench:
    source = chosen_source(letter, "")
    return workbench(letter, "ar", source, again=again, only_left=only_left)


def test_blocks_stand_under_the_part_of_the_letter_that_they_are_of(letter: Letter) -> None:
    groups = bench_of(letter).groups
    assert [(group.label, [row.block.text for row in group.rows]) for group in groups] == [
        ("Title", ["A letter in en"]),
        ("The letter", ["Why", "We ask.", "So it is.", "To be heard"]),
        ("Consent to publication", ["Publish the name with this letter"]),
        ("Consent to updates", ["Send me updates on this letter"]),
        ("Related campaigns", ["Another", "It goes on.", "faces"]),
    ]


def test_what_stands_twice_is_translated_once(letter: Letter) -> None:
    names = [row.name for row in bench_of(letter).rows]
    assert len(names) == len(set(names)) == 10


def test_blocks_say_what_they_are(letter: Letter) -> None:
    rows = {row.block.text: row for row in bench_of(letter).rows}
    kinds = [rows[words].kind_words for words in ("Why", "We ask.", "So it is.", "To be heard")]
    assert kinds == ["Heading", "", "Quotation", "Item of a list"]


def test_fields_are_as_high_as_their_words(letter: Letter) -> None:
    type_in(letter, {"body-0-1": "كلمات " * 30}, language="ar")
    rows = {row.block.text: row for row in bench_of(letter).rows}
    assert (rows["A letter in en"].lines, rows["So it is."].lines) == (1, 2)
    assert rows["We ask."].lines == 4


def test_languages_and_directions(letter: Letter) -> None:
    bench = bench_of(letter)
    assert (bench.name, bench.direction) == ("العربية", "rtl")
    assert (bench.source_name, bench.source_direction) == ("English", "ltr")


def test_names_of_fields_are_of_the_words_and_not_of_the_place(letter: Letter) -> None:
    before = {row.block.text: row.name for row in bench_of(letter).rows}
    Letter.objects.get().edition.translations.update(  # type: ignore[union-attr]
        body="A new beginning.\n\nWe ask."
    )
    after = {row.block.text: row.name for row in bench_of(letter).rows}
    assert after["We ask."] == before["We ask."]


def test_the_form_says_what_it_began_with(letter: Letter) -> None:
    type_in(letter, {"title-0-0": "رسالة"}, language="ar")
    bench = bench_of(letter)
    assert json.loads(bench.began) == {"own": {bench.rows[0].name: "رسالة"}, "older": {}}


def test_what_could_not_be_stored_is_shown_even_where_only_the_rest_is(letter: Letter) -> None:
    type_in(letter, {"title-0-0": "رسالة"}, language="ar")
    name = bench_of(letter).rows[0].name
    bench = bench_of(letter, {name: Again("خطاب", theirs="رسالة")}, only_left=True)
    assert [(row.text, row.own) for row in bench.waits] == [("خطاب", "رسالة")]


def test_doubts_stand_beside_the_words(letter: Letter) -> None:
    words = "Send me updates on this letter"
    type_in(letter, {"consent_updates-0-0": words}, language="ar")
    rows = {row.block.text: row for row in bench_of(letter).rows}
    assert rows[words].warnings == ("This is the same as the original.",)


@pytest.mark.parametrize(
    ("progress", "sentence"),
    [
        (Progress(1, 0, 0, 0), "0 of 1 block is translated."),
        (Progress(30, 12, 0, 3), "12 of 30 blocks are translated."),
        (Progress(30, 12, 1, 0), "12 of 30 blocks are translated. 1 block is outdated."),
        (Progress(30, 12, 2, 0), "12 of 30 blocks are translated. 2 blocks are outdated."),
    ],
)
def test_how_far_it_is(progress: Progress, sentence: str) -> None:
    assert progress.sentence == sentence
