"""The real page in ../shared reads as it should, row by row."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from undersigned.signatures.importing import Proposal, propose, read_page

FOLDER = Path(__file__).parents[4] / "shared" / "letters" / "banbs"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="../shared/letters/banbs is not on this machine"
)


@cache
def page() -> Proposal:
    return propose(read_page(FOLDER / "page.txt"))


@cache
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return found


def accepted() -> dict[str, Any]:
    return page().accept_all().to_json()


def only(keys: tuple[str, ...], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: row.get(key) for key in keys} for row in rows]


def test_the_letter() -> None:
    letter = expected()["letter"]
    assert {key: accepted()["letter"][key] for key in letter} == letter


@pytest.mark.parametrize("key", ["drafters", "facilitator"])
def test_who_made_the_letter(key: str) -> None:
    assert accepted()[key] == expected()[key]


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        ("related_campaigns", ("title", "tags")),
        ("organisations", ("name", "place", "country")),
        ("featured_individuals", ("name", "title", "affiliation", "country")),
        ("other_individuals", ("name", "title", "affiliation", "country")),
    ],
)
def test_every_row(part: str, keys: tuple[str, ...]) -> None:
    assert only(keys, accepted()[part]) == only(keys, expected()[part])


def test_the_counts() -> None:
    counts = expected()["counts"]
    assert {key: accepted()["counts"][key] for key in counts} == counts


def test_every_row_that_must_be_flagged_is() -> None:
    proposal = page()
    rows = (*proposal.organisations, *proposal.featured, *proposal.others)
    flagged_rows = {row for flag in proposal.flags for row in flag.rows}
    flagged = [row.source for row in rows if row.id in flagged_rows]
    flagged += [line.text for line in proposal.ignored]
    beginnings = [
        beginning.strip()
        for must in expected()["must_be_flagged_for_review"]
        for beginning in must["row"].split(" / " if "(" in must["row"] else "; ")
        for beginning in beginning.replace("…,", "…").split(" …")[:1]
    ]
    for beginning in beginnings:
        start = beginning.partition(" (")[0]
        assert any(row.startswith(start) for row in flagged), beginning


def test_no_more_is_flagged_than_a_person_would_look_at() -> None:
    assert len(page().flags) <= 12


def test_every_line_is_accounted_for() -> None:
    text = read_page(FOLDER / "page.txt")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert [line for line, _ in page().accounts] == lines
