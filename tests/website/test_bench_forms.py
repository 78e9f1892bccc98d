"""What was typed at the bench: stored, refused, asked about, shown once more; nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.http import QueryDict

from tests.builders import published_letter, worker_keys
from tests.letters.translating.hands import EVA, rewrite, type_in
from undersigned.letters.models import Letter, Wording
from undersigned.website.bench_forms import Outcome, keep_words, read_sent
from undersigned.website.workbench import chosen_source, named_blocks

pytestmark = pytest.mark.django_db

ONE = "We ask for one thing."


@pytest.fixture
def letter(tmp_path: Path) -> Letter:
    return published_letter(worker_keys(tmp_path), "banned")


def name_of(letter: Letter, source: str = ONE) -> str:
    named = named_blocks(chosen_source(letter, "").text)
    return next(name for name, block in named.items() if block.text == source)


def sent(letter: Letter, typed: dict[str, str], **more: str) -> Outcome:
    data = QueryDict(mutable=True)
    data.update(
        {
            "began": json.dumps({"own": {}, "older": {}}),
            **typed,
            **more,
        }
    )
    return keep_words(letter, "es", read_sent(data), EVA)


def said() -> list[str]:
    return list(Wording.objects.values_list("text", flat=True))


def test_lines_end_as_they_are_kept_and_no_nul_is(letter: Letter) -> None:
    assert sent(letter, {name_of(letter): "Pedimos\0\r\nuna\rcosa."}).is_fine
    assert said() == ["Pedimos\nuna\ncosa."]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Pedimos \u202euna cosa.", "Hidden characters are in it"),
        ("Pedimos <b>una</b> cosa.", "HTML is in it"),
        ("x" * 20_001, "At most 20000 characters fit here."),
    ],
)
def test_what_is_refused_comes_back_with_a_sentence(
    letter: Letter, words: str, sentence: str
) -> None:
    name, other = name_of(letter), name_of(letter, "We ask for it now.")
    outcome = sent(letter, {name: words, other: "Ya."})
    assert (outcome.status, outcome.is_fine) == (422, False)
    assert outcome.again[name].text == words
    assert outcome.again[name].refused[0].startswith(sentence)
    assert said() == ["Ya."]


def test_who_differs_is_asked(letter: Letter) -> None:
    type_in(letter, {"body-0-0": "Queremos una cosa."})
    name = name_of(letter)
    outcome = sent(letter, {name: "Pedimos una cosa."})
    assert (outcome.status, outcome.again[name].theirs) == (409, "Queremos una cosa.")
    assert outcome.again[name].text == "Pedimos una cosa."


def test_what_lost_its_block_comes_back_unless_nobody_touched_it(letter: Letter) -> None:
    name = name_of(letter)
    rewrite(letter, body="Another.")
    letter = Letter.objects.get()
    outcome = sent(letter, {name: "Pedimos una cosa."})
    assert (outcome.status, outcome.unknown) == (409, {name: "Pedimos una cosa."})
    began = json.dumps({"own": {name: "Pedimos  una cosa."}})
    assert sent(letter, {name: "Pedimos una cosa."}, began=began).is_fine
    assert sent(letter, {name: "  "}).is_fine


def test_a_box_at_nothing_says_nothing(letter: Letter) -> None:
    name = name_of(letter)
    assert sent(letter, {name: ""}, **{f"ok{name[1:]}": "yes"}).changed == ()
    assert said() == []


def test_where_the_page_goes_on(letter: Letter) -> None:
    name = name_of(letter)
    outcome = sent(letter, {name: "x"}, of="draft", left="yes", page="2", use=f"{name} 1")
    assert outcome.query == "?of=draft&left=yes&page=2&saved=1"
    assert outcome.anchor == f"#{name}"
    assert sent(letter, {}, page="1", use="w-none 1") == Outcome(query="?saved=1")
