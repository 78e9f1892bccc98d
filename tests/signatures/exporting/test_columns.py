"""Names as programs for mailings want them, and what listmonk keeps beside them."""

import json
from dataclasses import replace

import pytest

from tests.signatures.exporting.examples import ANA, SOCIETY
from undersigned.signatures.exporting.columns import (
    ExportRow,
    attributes,
    family_name,
    given_name,
    organisation_name,
    own,
    part_name,
    titled,
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ana Example", ("Ana", "Example")),
        ("Dr. Ana Lucía Example, PhD", ("Ana Lucía", "Example")),
        ("Ana van der Example", ("Ana", "van der Example")),
        ("Ana Van Example", ("Ana Van", "Example")),
        ("de la Example", ("de", "la Example")),
        ("Ana", ("Ana", "")),
        ("例示", ("例示", "")),
        ("", ("", "")),
    ],
)
def test_a_name_is_parted_at_its_last_word(name: str, parts: tuple[str, str]) -> None:
    assert part_name(name) == parts


def test_an_organisation_has_no_given_name() -> None:
    assert (given_name(SOCIETY), family_name(SOCIETY)) == ("", "")
    assert organisation_name(SOCIETY) == "Example Society"


def test_a_person_has_an_organisation_beside_them() -> None:
    assert (given_name(ANA), family_name(ANA)) == ("Ana Lucía", "van der Example")
    assert organisation_name(ANA) == "University of Samples"


def test_attributes_hold_no_empty_values() -> None:
    assert json.loads(attributes(ANA)) == {
        "kind": "individual",
        "title": "Professor",
        "organisation": "University of Samples",
        "city": "Lima",
        "country": "PE",
        "language": "es",
        "signed_on": "2026-03-04",
        "consent": "Write to me about this letter.",
    }
    assert json.loads(attributes(ExportRow(kind="individual"))) == {"kind": "individual"}


def test_a_column_is_named_for_people_or_for_a_service() -> None:
    assert (own("title", "position").key, own("title", "position").header) == (
        "position",
        "position",
    )
    assert (titled("title", "Title").key, titled("title", "Title").header) == ("title", "Title")


def test_a_date_that_is_not_known_is_an_empty_cell() -> None:
    column = titled("signed_on", "Signed on")
    assert column.value(ANA) == ANA.signed_on
    assert column.value(replace(ANA, signed_on=None)) == ""
