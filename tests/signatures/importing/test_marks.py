"""Lines that are no signatory: "…and more", remarks, buttons."""

import pytest

from undersigned.signatures.importing.furniture import furniture
from undersigned.signatures.importing.marks import is_and_more, is_footer


@pytest.mark.parametrize(
    "text",
    [
        "…and more",
        "and more",
        "...and many more",
        "and 300 others",
        "+ 300 more",
        "and hundreds of others",
        "et autres",
        "et 250 autres signataires",
        "et bien d’autres",
        "y muchos más",
        "y otros",
        "e outros",
        "und viele weitere",
        "und viele mehr",
        "u.v.m.",
        "e altri",
        "en vele anderen",
        "и другие",
        "وآخرون",
        "他100名",
        "ほか",
        "等",
        "외 20명",
        "and counting",
        "Load more signatories",
        "See the full list",
        "et al.",
        "more",
        "etc.",
    ],
)
def test_it_stands_for_names_that_are_not_listed(text: str) -> None:
    assert is_and_more(text)


@pytest.mark.parametrize(
    "text",
    [
        "More in Common",
        "Others Unlimited",
        "Free Press",
        "Plus Europe",
        "Andrea Más",
        "Y Otros Cuentos",
        "El Otro Lado",
        "The More Institute",
        "and more " * 20,
    ],
)
def test_names_are_names(text: str) -> None:
    assert not is_and_more(text)


@pytest.mark.parametrize(
    "text",
    [
        "* Affiliations for identification only",
        "*Institutions are listed for identification purposes",
        "Signing in my personal capacity",
        "† à titre individuel",
        "(a título personal)",
        "In alphabetical order",
    ],
)
def test_remarks_about_the_list(text: str) -> None:
    assert is_footer(text)


def test_an_organisation_is_no_remark() -> None:
    assert not is_footer("Organisation for Information")
    assert not is_footer("affiliations for identification only " * 20)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-----", "a line without words"),
        ("* * *", "a line without words"),
        ("Share", "a button or menu of the page"),
        ('"*" indicates required fields', "a note of the form"),
        ("Page 2 of 5", "a page number"),
        ("12", "a page number"),
        ("https://example.org/letter", "an address of a web page"),
        ("Name | Country", "names of columns"),
        ("© 2021 Example", "the imprint of the page"),
        ("Example Society", None),
        ("Name Society | Country", None),
    ],
)
def test_parts_of_the_page(text: str, reason: str | None) -> None:
    assert furniture(text) == reason
