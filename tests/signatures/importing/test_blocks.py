"""Signatories on several lines each."""

from tests.signatures.importing.reading import codes, people
from undersigned.signatures.importing import propose_list


def test_people_with_a_line_more_or_less() -> None:
    text = (
        "Jane Example\nProfessor of Law\nUniversity of Samples\n"
        "John Sample\nDirector\nAna Ejemplo\nLawyer\nInstitute of Models"
    )
    proposal = propose_list(text)
    assert people(proposal) == [
        ("Jane Example", "Professor of Law", "University of Samples"),
        ("John Sample", "Director", ""),
        ("Ana Ejemplo", "Lawyer", "Institute of Models"),
    ]
    assert codes(proposal) == ["row_wrapped"]


def test_organisations_in_turn_stay_apart() -> None:
    text = "Access Example\nSample International\nFair Models\nExample Foundation"
    assert len(propose_list(text).organisations) == 4


def test_blocks_of_organisations_stay_apart() -> None:
    text = "Example Society\nModel Network\n\nSample Foundation\nXample Institute"
    assert len(propose_list(text).organisations) == 4
