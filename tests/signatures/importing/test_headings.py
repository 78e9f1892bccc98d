"""Headings of a page, in many languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing import propose_list
from undersigned.signatures.importing.headings import Heading, Section, find_heading
from undersigned.signatures.importing.signatories import Kind


@pytest.mark.parametrize(
    "text",
    [
        "Organisations",
        "Organizations:",
        "ORGANIZATIONS",
        "Organisationen",
        "Organizaciones",
        "Organizações",
        "Organisations signataires :",
        "Organizaciones firmantes",
        "List of supporting organisations",
        "Civil society organisations",
        "## Organisations",
        "**Organisations**",
        "Организации",
        "المنظمات الموقعة",
        "署名団体",
        "签署机构",
        "संगठन",
        "องค์กร",
        "အဖွဲ့အစည်းများ",
    ],
)
def test_organisations(text: str) -> None:
    assert find_heading(text) == Heading(Section.SIGNATORIES, Kind.ORGANISATION)


@pytest.mark.parametrize(
    "text",
    [
        "Individuals",
        "Personas",
        "Particuliers",
        "Einzelpersonen",
        "Individual signatories",
        "الأفراد",
        "個人",
        "Academics",
        "Физические лица",
    ],
)
def test_individuals(text: str) -> None:
    assert find_heading(text) == Heading(Section.SIGNATORIES, Kind.INDIVIDUAL)


@pytest.mark.parametrize(
    "text",
    [
        "Signatories",
        "Signers",
        "Signed by:",
        "Signed,",
        "The undersigned",
        "Signataires",
        "Firmantes",
        "Signatários",
        "Unterzeichner*innen",
        "Organisations and individuals",
        "الموقعون",
        "签署者",
    ],
)
def test_both(text: str) -> None:
    assert find_heading(text) == Heading(Section.SIGNATORIES)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Organisations (193)", Heading(Section.SIGNATORIES, Kind.ORGANISATION, count=193)),
        ("193 organisations", Heading(Section.SIGNATORIES, Kind.ORGANISATION, count=193)),
        ("Signatories: 1,204", Heading(Section.SIGNATORIES, count=1204)),
        ("Signatories as of 3 March 2021", Heading(Section.SIGNATORIES)),
        ("Premiers signataires", Heading(Section.SIGNATORIES, featured=True)),
        ("Erstunterzeichner:innen", Heading(Section.SIGNATORIES, featured=True)),
        ("Sign the Letter & Get Updates", Heading(Section.CALL)),
        ("Add your name", Heading(Section.CALL)),
        ("Jetzt unterschreiben", Heading(Section.CALL)),
        ("Other Ways to Get Involved", Heading(Section.WAYS)),
        ("What you can do", Heading(Section.WAYS)),
        ("Comment agir", Heading(Section.WAYS)),
        ("Related Campaigns", Heading(Section.RELATED)),
        ("Campañas relacionadas", Heading(Section.RELATED)),
        ("Drafted by", Heading(Section.DRAFTERS)),
        ("Media contact", Heading(Section.CONTACTS)),
    ],
)
def test_other_headings(text: str, heading: Heading) -> None:
    assert find_heading(text) == heading


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Translate",
        "Human Rights Watch",
        "Access Now",
        "Organisations;",
        "Organisations 1 of 2",
        "x" * 200,
        "The following",
        "We, the undersigned, ask for quiet",
    ],
)
def test_no_heading(text: str) -> None:
    assert find_heading(text) is None


@given(st.text(max_size=120))
def test_no_text_fails(text: str) -> None:
    find_heading(text)


@pytest.mark.parametrize(
    "text", ["Open Rights Group", "Journalists for Human Rights", "People First"]
)
def test_names_are_no_headings(text: str) -> None:
    assert find_heading(text) is None


def test_a_name_that_may_be_a_heading_is_asked_about() -> None:
    proposal = propose_list("Organisations\nExample Society\nHuman Rights Lawyers\nJane Example")
    (flag,) = [flag for flag in proposal.flags if flag.code == "subheading"]
    assert flag.reason == "‘Human Rights Lawyers’ looks like a heading in the list."


def test_other_signatories_is_a_heading_only_if_names_follow() -> None:
    listed = propose_list("Jane Example, poet\nOther signatories\nAna Ejemplo, writer")
    assert [row.name for row in listed.others] == ["Jane Example", "Ana Ejemplo"]
    assert [flag.code for flag in listed.flags] == []
    ended = propose_list("Jane Example, poet\nWeitere Unterzeichnende")
    assert [flag.code for flag in ended.flags] == ["not_a_signer"]
