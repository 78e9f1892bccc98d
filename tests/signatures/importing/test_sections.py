"""A page is cut where its parts begin."""

from tests.signatures.importing.reading import codes, organisations
from tests.signatures.importing.test_around import LETTER, SIGNATORIES
from undersigned.signatures.importing import propose


def test_we_the_undersigned_on_a_line_of_its_own_begins_a_letter() -> None:
    proposal = propose(
        "Open letter for quiet libraries\nWe, the undersigned,\n"
        "ask that all of the libraries in our towns are kept quiet, as they have been for years.\n"
        f"{SIGNATORIES}"
    )
    assert proposal.letter.body[0] == "We, the undersigned,"
    assert organisations(proposal) == [
        ("Example Society", "Kenya", "KE"),
        ("Sample Society", "Peru", "PE"),
    ]


def test_a_sentence_is_no_heading() -> None:
    proposal = propose(f"{LETTER}Join us, sign,\nTake action.\n{SIGNATORIES}")
    assert proposal.letter.body[2:] == ("Join us, sign,", "Take action.")


def test_a_button_among_the_signatories_is_not_the_call() -> None:
    proposal = propose(
        f"{LETTER}Signatories\nExample Society (Kenya)\nSign now\nFoo Society (Peru)"
    )
    assert proposal.letter.call == ()
    assert "Sign now" in {row.name for row in proposal.organisations + proposal.others}


def test_what_is_not_listed_is_no_heading() -> None:
    proposal = propose(f"{LETTER}{SIGNATORIES}and 20 other signatories")
    assert "not_a_signer" in codes(proposal)
    assert len(organisations(proposal)) == 2


def test_a_closing_at_the_end_begins_no_list() -> None:
    proposal = propose(f"{LETTER}Sincerely,")
    assert proposal.letter.body[-1] == "Sincerely,"
    assert codes(proposal) == ["no_signatories"]


def test_a_list_in_the_letter_is_not_the_list_of_signatories() -> None:
    proposal = propose(f"{LETTER}One\nTwo\nThis is the end of it.")
    assert codes(proposal) == ["no_signatories"]


def test_a_letter_that_is_only_short_lines_has_no_list() -> None:
    assert "list_start_unsure" not in codes(propose("One\nTwo\nThree\nFour"))


def test_a_menu_above_the_letter_cuts_nothing() -> None:
    body = LETTER.split("\n", 1)[1]
    proposal = propose(
        "Home\nAbout\nSignatories\nContact\nJoint letter: keep libraries quiet\n"
        f"{body}Respectfully,\nOrganisations\nExample Society (Kenya)\n"
    )
    assert proposal.letter.title == "Joint letter: keep libraries quiet"
    assert proposal.letter.introduction == ()
    assert proposal.letter.body[-1] == "Respectfully,"
    assert organisations(proposal) == [("Example Society", "Kenya", "KE")]
    assert [line.text for line in proposal.ignored] == ["Home", "About", "Signatories", "Contact"]


def test_a_count_above_two_lists_is_their_sum() -> None:
    proposal = propose(
        f"{LETTER}Signatories (2)\nOrganisations (1)\nExample Society\n"
        "Individuals (1)\nJane Example"
    )
    assert codes(proposal) == []


def test_we_the_undersigned_begins_a_letter_also_where_no_list_follows() -> None:
    proposal = propose(
        "Open letter for quiet libraries\nWe, the undersigned,\n"
        "ask that all of the libraries in our towns are kept quiet, as they have been for years."
    )
    assert len(proposal.letter.body) == 2
    assert codes(proposal) == ["no_signatories"]
