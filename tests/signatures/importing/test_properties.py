"""What holds for any text: nothing fails, nothing takes long, no line is dropped."""

import json
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing import Proposal, propose, propose_list
from undersigned.signatures.importing.text import clean

WORDS = [
    "Example",
    "Society",
    "Jane",
    "Sample",
    "Professor",
    "Director",
    "University",
    "of",
    "and",
    "the",
    "Kenya",
    "Peru",
    "Georgia",
    "Texas",
    "TX",
    "US",
    "(Kenya)",
    "(Foo)",
    "[email",
    "protected]",
    ",",
    ";",
    ":",
    "–",
    "-",
    "|",
    "•",
    "1.",
    "2)",
    "(",
    ")",
    "«",
    "»",
    "日本",
    "（日本）",
    "、",
    "مصر",
    "и",
    "…and",
    "more",
    "Signatories",
    "Organisations",
    "Individuals:",
    "Drafted",
    "by",
    "Last",
    "update:",
    "3/4/2021",
    "Sincerely,",
    "#Hush",
    "Related",
    "campaigns",
    "Get",
    "involved",
    "Sign",
    "the",
    "letter",
    "https://example.org",
    "**",
    "__",
    "##",
    "e.V.",
    "Dr.",
    "PhD",
]
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*WORDS, "\n", "\n", "\n\n", "\t"]), max_size=60).map(" ".join),
)


def every_line_is_accounted_for(text: str, proposal: Proposal) -> bool:
    lines = enumerate(clean(text).split("\n"), start=1)
    return [line for line, _ in proposal.accounts] == [n for n, line in lines if line.strip()]


@given(TEXTS)
def test_no_line_of_a_page_is_dropped(text: str) -> None:
    assert every_line_is_accounted_for(text, propose(text))


@given(TEXTS, st.sampled_from([None, "organisation", "individual"]))
def test_no_line_of_a_list_is_dropped(text: str, kind: str | None) -> None:
    assert every_line_is_accounted_for(text, propose_list(text, kind))


@given(TEXTS)
def test_any_answer_gives_a_reading(text: str) -> None:
    proposal = propose(text)
    ids = [flag.id for flag in proposal.flags]
    assert len(ids) == len(set(ids))
    for answers in (ids, ids[::2], []):
        json.dumps(proposal.accept(answers).to_json())
    json.dumps(proposal.to_json())


@given(TEXTS)
def test_every_flag_has_a_reason_and_a_suggestion(text: str) -> None:
    for flag in propose(text).flags:
        assert flag.reason
        assert flag.suggestion.endswith(("?", "left out."))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20000,
        "()" * 10000,
        " " * 50000,
        "a " * 20000,
        "- " * 20000,
        "1" * 50000,
        "a ; " * 3000,
        ",",
        "x" * 50000,
        "a.b-c@" * 5000,
        "http://" * 5000,
        "and " * 10000,
        "#" * 20000,
        "[a](" * 5000,
        "🇰🇪" * 5000,
        "a – " * 5000,
        "a\t" * 5000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    propose("warm up")
    start = time.process_time()
    propose(text)
    propose_list(text)
    assert time.process_time() - start < 2


@pytest.mark.long
def test_20_000_rows_are_read_in_a_few_seconds() -> None:
    rows = "\n".join(f"- Example {n * 7919 % 10007} Society {n} (Kenya)" for n in range(20_000))
    start = time.process_time()
    proposal = propose(f"Organisations\n{rows}")
    assert len(proposal.organisations) == 20_000
    assert time.process_time() - start < 20


@given(TEXTS, st.sampled_from([None, "organisation", "individual"]))
def test_every_row_has_a_name(text: str, kind: str | None) -> None:
    reading = propose_list(text, kind).accept_all()
    rows = (*reading.organisations, *reading.featured, *reading.others)
    assert all(row.name.strip() for row in rows)


def test_the_library_needs_no_django() -> None:
    code = (
        "import sys, undersigned.signatures.importing\n"
        "print([name for name in sys.modules if name.partition('.')[0] == 'django'])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.strip() == b"[]"
