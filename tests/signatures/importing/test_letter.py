"""Introduction, title and body, and what is spread over the page."""

from tests.signatures.importing.reading import codes
from tests.signatures.importing.test_around import LETTER, flagged
from undersigned.signatures.importing import propose


def test_text_without_a_title() -> None:
    text = "We ask that all of the libraries in our towns are kept quiet, as they have been to us."
    proposal = propose(text)
    assert proposal.letter.body == (text,)
    assert codes(proposal) == ["no_signatories", "title_unsure"]


def test_a_title_that_nothing_in_its_words_shows() -> None:
    proposal = propose(
        "Machines are loud, and this is bad for all of us.\nQuiet libraries\n"
        "We, the undersigned, ask that the libraries are kept quiet for us and for all of you.\n"
    )
    assert proposal.letter.title == "Quiet libraries"
    assert flagged(proposal, "title_unsure") == [
        (
            "‘Quiet libraries’ may be the title, but nothing in its words says so.",
            "Use it as the title?",
        )
    ]


def test_a_date_or_a_bullet_is_no_title() -> None:
    proposal = propose(f"15 March 2023\n- a bullet\n{LETTER}")
    assert proposal.letter.title == "Open letter for quiet libraries"
    assert proposal.letter.introduction == ("15 March 2023", "- a bullet")


def test_several_hashtags() -> None:
    proposal = propose(f"{LETTER}Join #Quiet and #Hush! Yes, #Quiet it is, for all of us in it.")
    assert proposal.letter.hashtag == "#Quiet"
    assert flagged(proposal, "hashtags_several") == [
        ("The page has several hashtags: #Quiet, #Hush.", "Use #Quiet?")
    ]
    assert proposal.accept([]).letter.hashtag == ""


def test_a_language_in_doubt() -> None:
    unknown = propose("Open letter\nLorem ipsum dolor sit amet consectetur adipiscing elit.")
    assert flagged(unknown, "language_unsure") == [
        (
            "The language of the letter is not certain.",
            "Go on without a language, and choose it afterwards?",
        )
    ]
    short = propose("Open letter\nStop the noise and the machines.")
    assert flagged(short, "language_unsure") == [
        ("The language of the letter is not certain.", "Use ‘en’?")
    ]


def test_paragraphs_wrapped_at_a_width_without_empty_lines_between_them() -> None:
    proposal = propose(
        "Open letter for quiet libraries\n"
        "We, the undersigned, ask that all of the libraries in our\n"
        "towns are kept quiet.\n"
        "Loud machines have no place in them, and we believe that\n"
        "this is so.\n"
    )
    assert proposal.letter.body == (
        "We, the undersigned, ask that all of the libraries in our towns are kept quiet.",
        "Loud machines have no place in them, and we believe that this is so.",
    )
