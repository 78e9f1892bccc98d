"""What stands around a letter: calls, ways to help, campaigns, drafters, dates, contacts."""

import pytest

from tests.signatures.importing.reading import codes, organisations
from undersigned.signatures.importing import LetterText, Passage, Proposal, RelatedCampaign, propose

LETTER = """Open letter for quiet libraries
We, the undersigned, ask that all of the libraries in our towns are kept quiet, as they have been.
Loud machines have no place in them, and we believe that this is what the readers want of us all.
"""
SIGNATORIES = "Signatories\nExample Society (Kenya)\nSample Society (Peru)\n"


def read(page: str) -> LetterText:
    return propose(page).accept_all().letter


def flagged(proposal: Proposal, code: str) -> list[tuple[str, str]]:
    return [(flag.reason, flag.suggestion) for flag in proposal.flags if flag.code == code]


def test_a_button_above_the_letter_is_not_the_call() -> None:
    proposal = propose("Open letter for quiet libraries\nSign now\n" + LETTER.split("\n", 1)[1])
    letter = proposal.accept_all().letter
    assert len(letter.body) == 2
    assert letter.call == ()
    assert [line.reason for line in proposal.ignored] == ["a button or menu of the page"]


def test_a_call_interrupted_by_a_date_goes_on() -> None:
    letter = read(
        f"{LETTER}Sign the letter\nWe ask you to sign.\nLast update: 9 January 2020\n"
        "Please do it now."
    )
    assert letter.call_heading == "Sign the letter"
    assert letter.call == ("We ask you to sign.", "Please do it now.")


def test_ways_to_help_without_headings() -> None:
    letter = read(f"{LETTER}Get involved\nWrite to us.\nTell others.\nTranslate\nYou can help.")
    assert letter.ways_to_help == (
        Passage("", "Write to us. Tell others."),
        Passage("Translate", "You can help."),
    )


@pytest.mark.parametrize(
    ("text", "campaigns"),
    [
        (
            "Ban the Bang\nProject Hush",
            (RelatedCampaign("Ban the Bang"), RelatedCampaign("Project Hush")),
        ),
        ("Ban the Bang\nHelp us.", (RelatedCampaign("Ban the Bang", (), "Help us."),)),
    ],
)
def test_related_campaigns(text: str, campaigns: tuple[RelatedCampaign, ...]) -> None:
    proposal = propose(f"{LETTER}Related campaigns\n{text}")
    assert proposal.letter.related_campaigns == campaigns
    assert flagged(proposal, "campaigns_unsure") == []


def test_related_campaigns_in_another_shape_are_flagged() -> None:
    proposal = propose(f"{LETTER}Related campaigns\nHelp us.\nOne\nTags\nTwo\nHelp them.")
    assert proposal.letter.related_campaigns == (
        RelatedCampaign("Help us."),
        RelatedCampaign("One"),
        RelatedCampaign("Two", ("Tags",), "Help them."),
    )
    assert len(flagged(proposal, "campaigns_unsure")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Drafted by: Example Now, Sample International, and Model Watch.",
        "This letter was jointly drafted by Example Now, Sample International, and Model Watch",
        "Drafters\nExample Now\n- Sample International\n• Model Watch",
        "Drafters\nExample Now, Sample International, and Model Watch",
        "Esta carta fue redactada por Example Now, Sample International, y Model Watch.",
    ],
)
def test_drafters(text: str) -> None:
    letter = read(f"{LETTER}{text}\n{SIGNATORIES}")
    assert letter.drafters == ("Example Now", "Sample International", "Model Watch")


def test_one_drafter_or_two() -> None:
    proposal = propose(f"{LETTER}Drafted by Example Now, Foo and Bar.\n{SIGNATORIES}")
    assert flagged(proposal, "drafters_unsure") == [
        ("‘Foo and Bar’ may be one drafter or two.", "Read it as two?")
    ]
    assert proposal.accept_all().letter.drafters == ("Example Now", "Foo", "Bar")
    assert proposal.accept([]).letter.drafters == ("Example Now", "Foo and Bar")


def test_drafters_without_names() -> None:
    assert read(f"{LETTER}Drafters\n\n{SIGNATORIES}").drafters == ()


def test_a_sentence_about_drafters_ends_where_the_next_part_begins() -> None:
    proposal = propose(f"{LETTER}Signatories\nDrafted by Example Now,\nOrganisations\nFoo Society")
    assert proposal.letter.drafters == ("Example Now",)
    assert organisations(proposal) == [("Foo Society", "", None)]


def test_a_short_line_about_drafters_does_not_take_the_next_line() -> None:
    proposal = propose(f"{LETTER}Organisations\nDrafted by Example Now\nFoo Society (Kenya)")
    assert proposal.letter.drafters == ("Example Now",)
    assert organisations(proposal) == [("Foo Society", "Kenya", "KE")]


def test_a_very_long_sentence_about_drafters_is_cut_off() -> None:
    names = "".join(f"Example {chr(97 + n)},\n" for n in range(20))
    assert len(read(f"{LETTER}Drafted by Foo,\n{names}\n{SIGNATORIES}").drafters) == 13


def test_a_date_in_doubt() -> None:
    proposal = propose(f"Last updated: 03/04/2021\n{LETTER}")
    assert flagged(proposal, "date_unsure") == [
        (
            "‘Last updated: 03/04/2021’ may mean 2021-04-03 or 2021-03-04.",
            "Use 2021-04-03, the day first?",
        )
    ]
    assert proposal.accept_all().letter.last_update == "2021-04-03"
    assert proposal.accept([]).letter.last_update == "2021-03-04"


def test_a_date_that_cannot_be_read() -> None:
    proposal = propose(f"{LETTER}Last update: recently")
    assert flagged(proposal, "date_unsure") == [
        (
            "No date could be read from ‘Last update: recently’.",
            "Go on without a date of the last update?",
        )
    ]
    assert proposal.letter.last_update is None


@pytest.mark.parametrize(
    ("text", "facilitator"),
    [
        ("This letter was facilitated by Example Now, a group for readers.", "Example Now"),
        ("This campaign is coordinated by Example Now.", "Example Now"),
        (
            "Cette lettre est coordonnée par Exemple Maintenant, une association.",
            "Exemple Maintenant",
        ),
        ("Diese Kampagne wird koordiniert von Beispiel e.V., einem Verein.", "Beispiel e.V."),
        ("Organised by Example Now", "Example Now"),
    ],
)
def test_the_facilitator(text: str, facilitator: str) -> None:
    assert read(f"{LETTER}{SIGNATORIES}{text}").facilitator == facilitator


def test_contacts_after_a_list() -> None:
    sentence = (
        "If you have any questions about this letter or if you would like to help us, please "
        "contact us at [email protected]."
    )
    proposal = propose(f"{LETTER}{SIGNATORIES}{sentence}\nContacts\nWrite to Example Now.")
    assert proposal.letter.contacts == (sentence, "Write to Example Now.")
    assert proposal.letter.facilitator == ""
    assert codes(proposal) == ["address_hidden"]
