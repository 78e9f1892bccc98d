"""Countries, in a reader's language and order."""

from __future__ import annotations

import pytest

from undersigned.letters.places import COUNTRY_CODES, country_choices, country_names


def test_every_code_has_two_letters_and_a_name_of_its_own() -> None:
    names = country_names("en")

    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in COUNTRY_CODES)
    assert names.keys() == COUNTRY_CODES
    assert len(set(names.values())) == len(names)
    assert not any(name == code for code, name in names.items())


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("en", "DE", "Germany"),
        ("es", "DE", "Alemania"),
        ("ar", "EG", "مصر"),
        ("my", "MM", "မြန်မာ"),
        ("en", "XK", "Kosovo"),
        ("en", "PS", "Palestine"),
        ("en", "HK", "Hong Kong"),
        ("en", "GB", "United Kingdom"),
    ],
)
def test_names_are_those_that_people_use(language: str, code: str, name: str) -> None:
    assert country_names(language)[code] == name


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        # Swedish puts Å, Ä, Ö at the end of the alphabet; Spanish sorts É with E.
        ("sv", ["Belgien", "Zambia", "Åland", "Österrike"]),
        ("es", ["Dinamarca", "Egipto", "Estonia", "Etiopía", "Fiyi"]),
        ("en", ["Åland Islands", "Albania", "Zambia"]),
    ],
)
def test_choices_stand_in_the_order_of_the_language(language: str, in_order: list[str]) -> None:
    names = [name for _, name in country_choices(language)]

    assert [name for name in names if name in in_order] == in_order
    assert len(names) == len(COUNTRY_CODES)
