"""Telephone numbers and other numbers at the end of a row."""

from tests.signatures.importing.reading import codes, organisations
from undersigned.signatures.importing import propose_list
from undersigned.signatures.importing.addresses import take_number


def test_a_telephone_number_is_left_out_and_flagged() -> None:
    proposal = propose_list("Example Society, +254 700 000 000", "organisation")
    assert organisations(proposal) == [("Example Society", "", None)]
    assert codes(proposal) == ["number_in_row"]


def test_a_short_number_stays_unless_it_is_declined() -> None:
    proposal = propose_list("Example Society – 12", "organisation")
    assert organisations(proposal) == [("Example Society – 12", "", None)]
    assert [row.name for row in proposal.accept([]).organisations] == ["Example Society"]


def test_years_and_numbers_in_names_are_no_doubt() -> None:
    assert take_number("Movement – 2020") == ("Movement – 2020", "")
    assert take_number("Example Street, 12") == ("Example Street, 12", "")
