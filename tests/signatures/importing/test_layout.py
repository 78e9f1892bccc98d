"""The rows as they would be stored, after answers and changes by hand."""

from undersigned.signatures.importing.brought import TEXT, Brought, read
from undersigned.signatures.importing.choices import Choices
from undersigned.signatures.importing.layout import Layout, Left, lay_out

LIST = b"""Organisations

Sample Society (Kenya)
Third Foundation (Keyna)
Example Network (Peru)
Example Network (Peru)

Individuals

Ana Example, Writer
Share
"""


def brought() -> Brought:
    return read(LIST, TEXT, Choices(), [])


def laid_out(choices: Choices) -> Layout:
    return lay_out(brought(), choices)


def names(layout: Layout) -> list[tuple[str, str]]:
    return [(laid.entry.name, laid.entry.country) for laid in layout.rows]


def test_suggestions_are_taken_unless_declined() -> None:
    layout = laid_out(Choices())
    assert names(layout) == [
        ("Sample Society", "KE"),
        ("Third Foundation", "KE"),
        ("Example Network", "PE"),
        ("Example Network", "PE"),
        ("Ana Example", ""),
    ]
    assert layout.open == len(layout.flags) == 2
    declined = Choices(answers={flag.id: False for flag in layout.flags})
    layout = laid_out(declined)
    assert names(layout)[1] == ("Third Foundation", "")
    assert len(layout.rows) == 4
    assert layout.open == 0
    assert [left.reason for left in layout.left if left.text == "Example Network"] == [
        "a question was answered so"
    ]


def test_each_row_has_the_questions_about_it() -> None:
    layout = laid_out(Choices())
    codes = [[flag.code.value for flag in laid.flags] for laid in layout.rows]
    assert codes == [
        [],
        ["place_misspelt"],
        ["possible_duplicate"],
        ["possible_duplicate"],
        [],
    ]
    assert [flag.code.value for flag in layout.doubles] == ["possible_duplicate"]


def test_rows_that_an_answer_brings_in_have_their_question() -> None:
    found = read(b"Signatories\nSample Society\nAda Moss\nBen Field\n", TEXT, Choices(), [])
    (flag,) = found.proposal.flags
    for accepted in (True, False):
        layout = lay_out(found, Choices(answers={flag.id: accepted}))
        assert [laid.flags for laid in layout.rows[1:]] == [(flag,), (flag,)]


def test_rows_can_be_left_out_and_changed_by_hand() -> None:
    layout = laid_out(
        Choices(
            left_out=frozenset({"organisation-1"}),
            edits={"individual-1": {"kind": "organisation", "name": "Example Union"}},
        )
    )
    assert names(layout)[0] == ("Third Foundation", "KE")
    changed = layout.find("individual-1")
    assert changed is not None
    assert (changed.entry.kind, changed.entry.name, changed.is_edited) == (
        "organisation",
        "Example Union",
        True,
    )
    assert layout.find("organisation-1") is None
    assert Left(3, "Sample Society", "", "organisation-1") in layout.left


def test_rows_that_cannot_be_stored_are_told() -> None:
    layout = laid_out(Choices(edits={"organisation-1": {"name": "x@example.org"}}))
    assert [laid.id for laid in layout.faulty] == ["organisation-1"]


def test_what_is_left_out_stands_in_the_order_of_the_list() -> None:
    lines = [left.line for left in laid_out(Choices()).left]
    assert lines == sorted(lines)
    assert len(lines) > 0
