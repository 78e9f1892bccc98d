"""A page invented for these tests: its letter, its lists, and what stands around them."""

from functools import cache

from tests.signatures.importing.reading import codes, organisations, people
from undersigned.signatures.importing import (
    Passage,
    Proposal,
    Reading,
    RelatedCampaign,
    propose,
)

PAGE = """Some machines are so loud that nobody can think beside them. We have had enough of it.
More than 20 groups have signed the letter below. Will you join us to #QuietPlease?
Open letter calling for an end to loud machines in libraries
We, the undersigned, ask that loud machines are kept out of libraries. They have no place there, \
and this is what the people who read want — now and always.
No rule about volume could ever make up for the noise that they make in our reading rooms.
Sign the Letter & Get News
We ask all who read to sign this letter with us.
"*" indicates required fields
Other Ways to Help
Translate
We would like this letter to be in more languages. Write to [email protected] if you can help!
Read
This campaign is for readers, and we want to read with you!
Related Campaigns
Noise, Reading
Ban the Bang
Your bang is being heard. Help to end it.
Noise
Project Hush
Help us to tell people about the noise of machines in the libraries of Example
Signers
This statement was drafted by Example Now, Hush International, European Quiet Readers (EQuRe),
Model Rights Watch, and Instituto Exemplar de Defesa do
Leitor (IDEL).
Last Update: January 9, 2020
Organizations
- #LecturaTranquila (Mexico)
- 9amleh – The Arab Center for the Advancement of Reading (Palestine)
- Bar Association of Readers, Rio de Janeiro (Brazil)
- Associação Quiet Reading Brasil de Pesquisa (Brazil)
- Quiet Reading Brazil Research (Brazil)
- Chaos Reading Club (Germany)
- Chaos Reading Club (Luxembourg)
- eREAD (Philipppines)
- Quiet Readers of the Valley (Kashmir)
- Hush Everywhere (Global)
Individuals
- Ada Example, PhD student, University College Sample
- Bea Sample-Test, Scholar and Reader
Carla da Amostra, Computer Scientist; Dino Di Esempio, La Gazzetta (newspaper) (Italy); \
Bruno Exemplo, Researcher, Centro de Estudos de Leitura, Daiana Modelo, Coordinator, XAJOR-RX, \
Fern Amostra, Professor, UXRJ; Grace; Tester, Interim Director, Quiet Rights; \
Sandra Prueba Professor, Institute of Reading / Unex; Tobi Probe, UXSW Sample; \
Paolo Saggio, Artist and Cultural Critic, Carla Prova, Co-founder, leggoCode
…and more
This letter was facilitated by Example Now, a group that works for readers. Contact us at \
[email protected] to learn more."""


@cache
def page() -> Proposal:
    return propose(PAGE)


def accepted() -> Reading:
    return page().accept_all()


def test_introduction_title_and_body() -> None:
    letter = accepted().letter
    assert [text[:13] for text in letter.introduction] == ["Some machines", "More than 20 "]
    assert letter.title == "Open letter calling for an end to loud machines in libraries"
    assert [text[:12] for text in letter.body] == ["We, the unde", "No rule abou"]
    assert letter.language == "en"


def test_call_and_ways_to_help() -> None:
    letter = accepted().letter
    assert letter.call_heading == "Sign the Letter & Get News"
    assert letter.call == ("We ask all who read to sign this letter with us.",)
    assert letter.ways_to_help == (
        Passage(
            "Translate",
            "We would like this letter to be in more languages. "
            "Write to [email protected] if you can help!",
        ),
        Passage("Read", "This campaign is for readers, and we want to read with you!"),
    )


def test_related_campaigns_with_tags() -> None:
    assert accepted().letter.related_campaigns == (
        RelatedCampaign(
            "Ban the Bang", ("Noise", "Reading"), "Your bang is being heard. Help to end it."
        ),
        RelatedCampaign(
            "Project Hush",
            ("Noise",),
            "Help us to tell people about the noise of machines in the libraries of Example",
        ),
    )


def test_drafters_facilitator_hashtag_and_date() -> None:
    letter = accepted().letter
    assert letter.drafters == (
        "Example Now",
        "Hush International",
        "European Quiet Readers (EQuRe)",
        "Model Rights Watch",
        "Instituto Exemplar de Defesa do Leitor (IDEL)",
    )
    assert letter.facilitator == "Example Now"
    assert letter.hashtag == "#QuietPlease"
    assert letter.last_update == "2020-01-09"
    assert letter.contacts[0].startswith("This letter was facilitated by")


def test_organisations_with_places() -> None:
    assert organisations(page()) == [
        ("#LecturaTranquila", "Mexico", "MX"),
        ("9amleh – The Arab Center for the Advancement of Reading", "Palestine", "PS"),
        ("Bar Association of Readers, Rio de Janeiro", "Brazil", "BR"),
        ("Associação Quiet Reading Brasil de Pesquisa", "Brazil", "BR"),
        ("Quiet Reading Brazil Research", "Brazil", "BR"),
        ("Chaos Reading Club", "Germany", "DE"),
        ("Chaos Reading Club", "Luxembourg", "LU"),
        ("eREAD", "Philipppines", "PH"),
        ("Quiet Readers of the Valley", "Kashmir", None),
        ("Hush Everywhere", "Global", None),
    ]


def test_individuals_one_by_one_are_featured_those_run_together_are_not() -> None:
    reading = accepted()
    assert [row.name for row in reading.featured] == ["Ada Example", "Bea Sample-Test"]
    assert people(page())[2:] == [
        ("Carla da Amostra", "Computer Scientist", ""),
        ("Dino Di Esempio", "", "La Gazzetta (newspaper)"),
        ("Bruno Exemplo", "Researcher", "Centro de Estudos de Leitura"),
        ("Daiana Modelo", "Coordinator", "XAJOR-RX"),
        ("Fern Amostra", "Professor", "UXRJ"),
        ("Grace Tester", "Interim Director", "Quiet Rights"),
        ("Sandra Prueba", "Professor", "Institute of Reading / Unex"),
        ("Tobi Probe", "", "UXSW Sample"),
        ("Paolo Saggio", "Artist and Cultural Critic", ""),
        ("Carla Prova", "Co-founder", "leggoCode"),
    ]
    assert [row.country for row in reading.others if row.country] == ["IT"]


def test_what_is_flagged() -> None:
    assert codes(page()) == [
        "address_hidden",
        "not_a_signer",
        "people_joined",
        "people_joined",
        "person_split",
        "place_contested",
        "place_misspelt",
        "possible_duplicate",
        "title_not_separated",
        "two_brackets",
    ]


def test_a_reason_and_a_suggestion_are_sentences_for_a_person() -> None:
    (misspelt,) = [flag for flag in page().flags if flag.code == "place_misspelt"]
    assert misspelt.reason == "‘Philipppines’ is not a country we know."
    assert misspelt.suggestion == "Use Philippines (PH)?"


def test_what_is_declined_stays_as_it_was_written() -> None:
    reading = page().accept([])
    rows = {row.name: row for row in reading.organisations}
    assert rows["eREAD"].country is None
    assert "Quiet Reading Brazil Research" not in rows  # of a duplicate, the second is left out
    assert [row.name for row in reading.left_out] == ["Quiet Reading Brazil Research"]
    names = [row.name for row in reading.others]
    assert "Grace" in names
    assert "Sandra Prueba Professor" in names
    dino = next(row for row in reading.others if row.name == "Dino Di Esempio")
    assert (dino.affiliation, dino.country) == ("La Gazzetta (newspaper) (Italy)", None)


def test_every_line_is_accounted_for_once() -> None:
    proposal = page()
    assert [line for line, _ in proposal.accounts] == list(range(1, PAGE.count("\n") + 2))
    assert [(line.line, line.reason) for line in proposal.ignored] == [
        (8, "a note of the form"),
        (41, "not a signatory"),
    ]


SIMPLE = """Joint statement on the shutdown of the network in Exampleland

To the President of Exampleland:

We, the undersigned organisations, are writing to you about the decision of your government to
shut down the network during the elections. The shutdown has caused harm to people, and it is
against international law.

We ask you to:

- restore access at once;
- promise that it will not happen again.

Sincerely,

Example Society
Society of Journalists, Nairobi, Kenya
Ligue Exemple (France)
"""


def test_a_letter_wrapped_at_a_width_keeps_its_paragraphs() -> None:
    letter = propose(SIMPLE).accept_all().letter
    assert letter.title == "Joint statement on the shutdown of the network in Exampleland"
    assert [text[:20] for text in letter.body] == [
        "To the President of ",
        "We, the undersigned ",
        "We ask you to:",
        "- restore access at ",
        "- promise that it wi",
        "Sincerely,",
    ]


def test_a_closing_begins_the_list_of_those_who_sign() -> None:
    proposal = propose(SIMPLE)
    assert organisations(proposal) == [
        ("Example Society", "", None),
        ("Society of Journalists", "Kenya", "KE"),
        ("Ligue Exemple", "France", "FR"),
    ]
    assert codes(proposal) == []


def test_a_list_without_a_heading_is_found_and_flagged() -> None:
    proposal = propose(
        "Open letter to the Ministry\n"
        "Dear Minister, we are writing to ask that the law be changed, for it is bad for us all.\n"
        "Jane Example, Professor, University of Samples\n"
        "John Sample, Director, Institute of Examples\n"
        "\n"
        "Ana Ejemplo, lawyer"
    )
    assert [name for name, _, _ in people(proposal)] == [
        "Jane Example",
        "John Sample",
        "Ana Ejemplo",
    ]
    assert codes(proposal) == ["language_unsure", "list_start_unsure"] or codes(proposal) == [
        "list_start_unsure"
    ]


def test_a_french_page() -> None:
    proposal = propose(
        "Lettre ouverte pour le silence\n"
        "Nous, organisations soussignées, demandons au gouvernement de ne pas permettre le bruit "
        "qui est contraire aux droits de tous. Il est dangereux pour les gens et pour nous.\n"
        "Premiers signataires :\n"
        "Jean Exemple, professeur, Université de Modèle ;\n"
        "Mme Claire Essai, avocate ;\n"
        "Organisations signataires (2)\n"
        "Silence Exemple (France)\n"
        "Ligue Modèle (Belgique)\n"
        "Dernière mise à jour : 3 mars 2022\n"
        "Contact presse\n"
        "presse arobase exemple\n"
    )
    reading = proposal.accept_all()
    assert (reading.letter.language, reading.letter.last_update) == ("fr", "2022-03-03")
    assert [row.name for row in reading.featured] == ["Jean Exemple", "Mme Claire Essai"]
    assert organisations(proposal) == [
        ("Silence Exemple", "France", "FR"),
        ("Ligue Modèle", "Belgique", "BE"),
    ]
    assert reading.letter.contacts == ("presse arobase exemple",)
    assert codes(proposal) == []


def test_a_page_in_markdown() -> None:
    proposal = propose(
        "# Open letter: End the noise\n\n"
        "We call on the council to end the noise because it is harmful to people and of no use.\n\n"
        "## Signatories\n\n### Organisations\n\n* **Example Now** – Global\n* Xample – Spain\n\n"
        "### Individuals\n\n* Jane Example (University of Samples, UK)\n"
    )
    reading = proposal.accept_all()
    assert reading.letter.title == "Open letter: End the noise"
    assert organisations(proposal) == [("Example Now", "Global", None), ("Xample", "Spain", "ES")]
    assert [(row.name, row.affiliation, row.country) for row in reading.others] == [
        ("Jane Example", "University of Samples", "GB")
    ]


def test_an_empty_text_gives_a_proposal_that_says_so() -> None:
    proposal = propose("")
    assert codes(proposal) == ["no_signatories", "title_unsure"]
    assert proposal.accept_all() == Reading()


def test_a_title_alone() -> None:
    proposal = propose("Open letter")
    assert codes(proposal) == ["body_missing", "no_signatories"]
