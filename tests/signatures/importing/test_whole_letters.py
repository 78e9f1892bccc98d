"""Whole letters, invented in the styles of real ones, read as a careful person reads them.

The files in `letters` hold each page and, under it, what it reads as once every suggestion is
accepted. Rows are parted by ¦: name, place, country, city and representative of an organisation;
name, title, affiliation and country of an individual.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from undersigned.signatures.importing import Proposal, propose

FOLDER = Path(__file__).parent / "letters"
LETTERS = {
    name: (page.strip("\n"), expected.strip("\n").split("\n"))
    for file in sorted(FOLDER.glob("*.txt"))
    for letter in file.read_text(encoding="utf-8").removeprefix("##### ").split("\n\n##### ")
    for name, _, whole in [letter.partition("\n")]
    for page, _, expected in [whole.partition("\n##### reads as\n")]
}


def read(proposal: Proposal) -> Iterator[str]:
    reading = proposal.accept_all()
    letter = reading.letter
    yield f"title: {letter.title}"
    yield from (f"introduction: {text}" for text in letter.introduction)
    yield f"body: {letter.body[0][:50]}"
    for row in reading.organisations:
        cells = [row.name, row.place, row.country or "", row.city, row.representative]
        yield f"organisation: {' ¦ '.join(cells).rstrip(' ¦')}"
    for person in reading.featured + reading.others:
        cells = [person.name, person.title, person.affiliation, person.country or ""]
        kind = "featured" if person.featured else "individual"
        yield f"{kind}: {' ¦ '.join(cells).rstrip(' ¦')}"
    if proposal.flags:
        yield f"flagged: {' '.join(sorted({flag.code.value for flag in proposal.flags}))}"


@pytest.mark.parametrize(("page", "expected"), LETTERS.values(), ids=LETTERS)
def test_a_letter_reads_as_a_careful_person_reads_it(page: str, expected: list[str]) -> None:
    assert list(read(propose(page))) == expected


@pytest.mark.parametrize("page", [page for page, _ in LETTERS.values()], ids=LETTERS)
def test_every_line_of_a_letter_is_accounted_for(page: str) -> None:
    lines = enumerate(page.split("\n"), start=1)
    accounted = [line for line, _ in propose(page).accounts]
    assert accounted == [number for number, line in lines if line.strip()]


def test_there_are_many_letters() -> None:
    assert len(LETTERS) == 64
