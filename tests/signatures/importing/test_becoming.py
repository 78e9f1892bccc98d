"""From rows to entries, by the same rules as the form on the letter's page."""

from dataclasses import replace

import pytest

from undersigned.signatures.enrolling import Enrolled
from undersigned.signatures.importing.becoming import (
    Fault,
    WebsiteFault,
    as_enrolled,
    edit_row,
    find_website,
    tidy,
)
from undersigned.signatures.importing.signatories import Individual, Organisation
from undersigned.signatures.models import Kind
from undersigned.signatures.rules import NameFault

ANA = Individual(
    "individual-1",
    "Dr. Ana Example",
    "Writer",
    "PEN",
    "PE",
    "Peru",
    "Lima",
    sorting_name="Ana Example",
    featured=True,
    lines=(3,),
)
SOCIETY = Organisation("organisation-1", "Sample Society", "Kenya", "KE", website="s.example.org")


def test_entries() -> None:
    assert as_enrolled(ANA) == Enrolled(
        kind=Kind.INDIVIDUAL,
        name="Dr. Ana Example",
        sorts_as="Ana Example",
        title="Writer",
        affiliation="PEN",
        place="Lima, Peru",
        country="PE",
        is_featured=True,
    )
    assert as_enrolled(SOCIETY) == Enrolled(
        kind=Kind.ORGANISATION,
        name="Sample Society",
        place="Kenya",
        country="KE",
        website="s.example.org",
    )


def test_a_person_can_become_an_organisation_and_the_other_way_round() -> None:
    assert edit_row(ANA, {"kind": "organisation", "name": "PEN"}) == Organisation(
        "individual-1", "PEN", "Peru", "PE", "Lima", lines=(3,)
    )
    assert edit_row(SOCIETY, {"kind": "individual", "country": ""}) == Individual(
        "organisation-1",
        "Sample Society",
        place="Kenya",
        website="s.example.org",
        sorting_name="Sample Society",
    )


def test_what_is_written_by_hand_is_the_whole_place() -> None:
    row = edit_row(ANA, {"place": "Cusco", "name": "Prof. Ana Sample"})
    assert as_enrolled(row).place == "Cusco"
    assert as_enrolled(row).sorts_as == "Ana Sample"
    assert edit_row(SOCIETY, {"website": ""}) == replace(SOCIETY, website="")


def test_entries_are_tidied() -> None:
    entry = Enrolled(
        kind=Kind.ORGANISATION, name=" Sample  Society\u200b", country="ZZ", website="example.org"
    )
    assert tidy(entry) == (
        Enrolled(kind=Kind.ORGANISATION, name="Sample Society", website="https://example.org"),
        (),
    )


def test_what_stands_in_the_way_is_said_part_by_part() -> None:
    entry = Enrolled(
        kind=Kind.INDIVIDUAL,
        name="a" * 121,
        title="ana@example.org",
        affiliation="www.example.org",
        place="\u202eLima",
        website="javascript:alert(1)",
    )
    assert tidy(entry)[1] == (
        Fault("name", NameFault.TOO_LONG),
        Fault("title", NameFault.ADDRESS),
        Fault("affiliation", NameFault.LINK),
        Fault("place", NameFault.HIDDEN_CHARACTERS),
        Fault("website", WebsiteFault.NOT_A_WEBSITE),
    )


@pytest.mark.parametrize(
    ("text", "website"),
    [
        ("", ""),
        ("  ", ""),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("www.example.org", "https://www.example.org"),
        ("müsterverein.example/über", "https://müsterverein.example/über"),
        ("example.org:8080/", "https://example.org:8080/"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("see our page", None),
        ('https://example.org/"onclick="', None),
        ("ftp://example.org", None),
        ("https://example.org/" + "a" * 200, None),
        ("none", None),
    ],
)
def test_websites(text: str, website: str | None) -> None:
    assert find_website(text) == website
