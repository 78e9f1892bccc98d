"""Lists in the shapes that pages have come out right, or flagged."""

import pytest

from tests.signatures.importing.reading import codes, organisations, people
from tests.signatures.importing.shapes import SHAPES, Shape
from undersigned.signatures.importing import propose_list


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_list_reads_as_a_careful_person_reads_it(shape: Shape) -> None:
    proposal = propose_list(shape.text, shape.kind)
    assert organisations(proposal) == shape.organisations
    assert people(proposal) == shape.people
    assert sorted(set(codes(proposal))) == sorted(shape.flagged)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_line_of_a_list_is_accounted_for(shape: Shape) -> None:
    lines = enumerate(shape.text.split("\n"), start=1)
    accounted = [line for line, _ in propose_list(shape.text, shape.kind).accounts]
    assert accounted == [number for number, line in lines if line.strip()]


@pytest.mark.parametrize(
    "mark", ["1. ", "1) ", "(1) ", "- ", "* ", "• ", "– ", "· ", "1.- ", "1º "]
)
def test_bullets_and_numbers_are_no_part_of_a_name(mark: str) -> None:
    proposal = propose_list(f"{mark}Example Society (Kenya)", "organisation")
    assert organisations(proposal) == [("Example Society", "Kenya", "KE")]


def test_numbers_in_names_stay() -> None:
    names = ["350 Example", "350.example", "7amleh Example", "2 Degrees Institute"]
    found = organisations(propose_list("\n".join(names), "organisation"))
    assert [name for name, _, _ in found] == names


def test_numbers_in_order_are_no_part_of_names_even_without_a_full_stop() -> None:
    text = "1 Example\n2 Sample\n3 Model"
    assert [row[0] for row in organisations(propose_list(text, "organisation"))] == [
        "Example",
        "Sample",
        "Model",
    ]


def test_dashes_without_a_space_are_bullets_if_most_rows_have_them() -> None:
    text = "-Example\n-Sample"
    assert [row[0] for row in organisations(propose_list(text, "organisation"))] == [
        "Example",
        "Sample",
    ]


def test_a_bullet_before_a_number() -> None:
    text = "• 1) Example\n• 2) Sample"
    assert [row[0] for row in organisations(propose_list(text, "organisation"))] == [
        "Example",
        "Sample",
    ]


def test_a_heading_that_promises_more_rows_is_flagged() -> None:
    proposal = propose_list("Organisations (3)\nExample Society\nSample Society")
    (flag,) = proposal.flags
    assert flag.reason == "The heading speaks of 3 signatories; 2 were found under it."


def test_a_heading_without_rows_is_flagged() -> None:
    assert codes(propose_list("Organisations (3)")) == ["count_differs", "no_signatories"]


def test_a_person_among_organisations_is_flagged_and_can_be_moved() -> None:
    proposal = propose_list("Organisations\nExample Society\nDr. Jane Example, Professor")
    assert codes(proposal) == ["kind_unsure"]
    assert people(proposal) == [("Dr. Jane Example", "Professor", "")]
    assert len(proposal.accept([]).organisations) == 2


def test_an_organisation_among_individuals_is_flagged_and_can_be_moved() -> None:
    proposal = propose_list("Individuals\nJane Example\nExample Foundation (Kenya)")
    assert codes(proposal) == ["kind_unsure"]
    assert organisations(proposal) == [("Example Foundation", "Kenya", "KE")]
    assert len(proposal.accept([]).others) == 2


def test_a_row_that_may_be_either_is_asked_about_once() -> None:
    proposal = propose_list("Example Now")
    (flag,) = proposal.flags
    assert flag.reason == "‘Example Now’ may be a person or an organisation."
    assert flag.suggestion == "List it among the individuals?"
    assert [row.name for row in proposal.accept([]).organisations] == ["Example Now"]


def test_rows_that_may_be_either_are_organisations_if_they_have_places() -> None:
    proposal = propose_list("Example Now (Kenya)\nSample Then (Peru)")
    assert proposal.flags[0].suggestion == "List them among the organisations?"
    assert organisations(proposal) == [
        ("Example Now", "Kenya", "KE"),
        ("Sample Then", "Peru", "PE"),
    ]
    assert len(proposal.accept([]).others) == 2


def test_declining_to_leave_out_brings_a_row_in() -> None:
    proposal = propose_list("Organisations\nExample Society\nand more")
    assert as_names(proposal.accept_all().organisations) == ["Example Society"]
    assert as_names(proposal.accept([]).organisations) == ["Example Society", "and more"]


def as_names(rows: tuple[object, ...]) -> list[object]:
    return [getattr(row, "name", None) for row in rows]


def test_and_more_at_the_end_of_a_paragraph_is_left_out() -> None:
    proposal = propose_list(
        "Jane Example, Professor; John Sample, Director; and 20 others", "individual"
    )
    assert people(proposal) == [("Jane Example", "Professor", ""), ("John Sample", "Director", "")]
    assert codes(proposal) == ["not_a_signer"]


def test_rows_that_stand_on_two_lines_can_be_read_apart() -> None:
    text = "- Example Society of Long and Longer\nNames (Kenya)\n- Sample Society (Peru)"
    proposal = propose_list(text, "organisation")
    assert codes(proposal) == ["row_wrapped"]
    assert as_names(proposal.accept_all().organisations) == [
        "Example Society of Long and Longer Names",
        "Sample Society",
    ]
    assert as_names(proposal.accept([]).organisations) == [
        "Example Society of Long and Longer",
        "Names",
        "Sample Society",
    ]


def test_a_sentence_in_a_list_is_flagged() -> None:
    sentence = (
        "This is a remark about the list which is not a row of it, and it is here because "
        "somebody wrote it"
    )
    proposal = propose_list(f"Organisations\n- Example Society\n- {sentence}")
    assert codes(proposal) == ["row_is_prose"]
    assert as_names(proposal.accept_all().organisations) == ["Example Society"]
    assert as_names(proposal.accept_all().left_out) == [sentence]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="robot"):
        propose_list("Example", "robot")


def test_a_line_that_is_only_a_mail_address_is_no_row() -> None:
    proposal = propose_list("Jane Example, poet\njane@example.org", "individual")
    assert people(proposal) == [("Jane Example", "poet", "")]
    assert [line.reason for line in proposal.ignored] == ["an e-mail address"]


def test_a_mail_address_alone_in_a_paragraph_is_no_row() -> None:
    proposal = propose_list(
        "Jane Example, poet; jane@example.org; ,; John Sample, writer", "individual"
    )
    assert people(proposal) == [("Jane Example", "poet", ""), ("John Sample", "writer", "")]
    assert [line.reason for line in proposal.ignored] == ["an e-mail address"]


@pytest.mark.parametrize("kind", ["organisation", "individual"])
def test_a_row_without_a_name_keeps_what_was_written(kind: str) -> None:
    text = "[*](https://example.org)"
    reading = propose_list(text, kind).accept_all()
    assert [row.name for row in reading.organisations + reading.others] == [text]
