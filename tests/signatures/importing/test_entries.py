"""Lines become rows: wrapped ones are joined, paragraphs parted."""

import pytest

from tests.signatures.importing.reading import codes, organisations, people
from undersigned.signatures.importing import propose_list


def names(text: str) -> list[str]:
    return [row[0] for row in organisations(propose_list(text, "organisation"))]


def test_a_paragraph_of_people_broken_over_lines() -> None:
    proposal = propose_list(
        "Jane Example, Professor, Foo University; John Sample, Director,\n"
        "Bar Institute; Ana Ejemplo, poet; Peter\nTest, writer; Mary Proof, editor",
        "individual",
    )
    assert [row[0] for row in people(proposal)] == [
        "Jane Example",
        "John Sample",
        "Ana Ejemplo",
        "Peter Test",
        "Mary Proof",
    ]


def test_a_paragraph_ends_before_a_bullet() -> None:
    text = "Example Society; Sample Society; Model Society\n- Foo Society"
    assert names(text) == ["Example Society", "Sample Society", "Model Society", "Foo Society"]


def test_a_paragraph_ends_with_its_last_semicolon() -> None:
    text = "Example Society; Sample Society; Model Society;\nFoo Society"
    assert names(text) == ["Example Society", "Sample Society", "Model Society", "Foo Society"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Example Society (of\nQuiet) (Kenya)\nFoo (Peru)", ["Example Society (of Quiet)", "Foo"]),
        ("Example Society\n(Kenya)\nFoo\n(Peru)", ["Example Society", "Foo"]),
        ("Example Society\nfor Quiet\nFoo", ["Example Society for Quiet", "Foo"]),
        ("Example Society of\nQuiet\nFoo", ["Example Society of Quiet", "Foo"]),
        (
            "Example Society,\nKenya\nFoo Society\nBar Society",
            ["Example Society", "Foo Society", "Bar Society"],
        ),
        ("Example,\nSample,\nModel", ["Example", "Sample", "Model"]),
        ("- Example Society Multi-\nlingual\n- Foo", ["Example Society Multi-lingual", "Foo"]),
        (
            "Example Society;\nFoo Society; and\nBar Society",
            ["Example Society", "Foo Society", "Bar Society"],
        ),
        ("Example Society\n\nfor Quiet", ["Example Society", "for Quiet"]),
        ("and Example Society\nand the Foo", ["Example Society and the Foo"]),
    ],
)
def test_wrapped_rows(text: str, rows: list[str]) -> None:
    assert names(text) == rows


def test_a_line_without_a_bullet_after_a_full_row_is_a_row() -> None:
    text = (
        "- Example Society (Kenya)\nFoo Society\n- Sample Society (Peru)\n- Model Society (Chile)"
    )
    assert names(text) == ["Example Society", "Foo Society", "Sample Society", "Model Society"]


def test_a_heading_over_bullets_can_be_a_row_after_all() -> None:
    text = "- Example Now\n- Sample Now\n\nMiscellany\n- Foo Now\n- Bar Now\n- Baz Now"
    proposal = propose_list(text, "organisation")
    assert codes(proposal) == ["subheading"]
    assert proposal.flags[0].reason == "‘Miscellany’ looks like a heading in the list."
    assert len(proposal.accept_all().organisations) == 5
    assert len(proposal.accept([]).organisations) == 6


def test_a_name_that_is_a_country_at_the_end_is_a_row() -> None:
    assert names("Example Society\nSample Society\nEurope") == [
        "Example Society",
        "Sample Society",
        "Europe",
    ]


def test_a_long_text_is_no_country() -> None:
    text = "Kenya " * 20
    assert names(f"{text}\nFoo") == [text.strip(), "Foo"]


def test_blocks_with_a_long_one_among_them() -> None:
    blocks = [
        "Jane Example\npoet",
        "John Sample\nwriter",
        "Ana Ejemplo\neditor",
        "Peter Test\nactor",
    ]
    long = "One Name\nTwo Name\nThree Name\nFour Name\nFive Name"
    proposal = propose_list("\n\n".join([*blocks, "Mary Proof", long]), "individual")
    assert [row[:2] for row in people(proposal)][:4] == [
        ("Jane Example", "poet"),
        ("John Sample", "writer"),
        ("Ana Ejemplo", "editor"),
        ("Peter Test", "actor"),
    ]
    assert [row[0] for row in people(proposal)][4:] == [
        "Mary Proof",
        "One Name",
        "Two Name",
        "Three Name",
        "Four Name",
        "Five Name",
    ]


def test_wrapped_lines_can_be_long_but_not_endless() -> None:
    text = "- Example\n- Sample of\n" + "word of\n" * 100
    assert len(names(text)) > 2
