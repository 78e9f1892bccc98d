"""Which column holds what, in the words of many languages and kinds of forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing.sheet_columns import (
    Holds,
    MappingNotUsable,
    check_mapping,
    find_header_row,
    guess_columns,
)


@pytest.mark.parametrize(
    ("header", "held"),
    [
        (
            "Kind|Name|Title|Affiliation|Place|Country|City|Website|E-mail|Language|Date",
            "kind|name|title|affiliation|place|country|city|website|email|language|date",
        ),
        (
            (
                "Tipo|Nombre completo|Cargo|Institución|Lugar|País|Ciudad|Sitio web|"
                "Correo electrónico|Idioma|Fecha"
            ),
            "kind|name|title|affiliation|place|country|city|website|email|language|date",
        ),
        (
            (
                "Type|Nom et prénom|Fonction|Établissement|Lieu|Pays|Ville|Site web|Courriel|"
                "Langue|Horodateur"
            ),
            "kind|name|title|affiliation|place|country|city|website|email|language|date",
        ),
        (
            (
                "Art|Vorname|Nachname|Funktion|Einrichtung|Land|Stadt|Webseite|E-Mail-Adresse|Sprache|"
                "Datum"
            ),
            "kind|given|surname|title|affiliation|country|city|website|email|language|date",
        ),
        (
            (
                "Categoria|Nome completo|Organização|Função|Instituição|País|Cidade|"
                "Endereço de e-mail|Língua|Data|Publicar o meu nome"
            ),
            (
                "kind|name|organisation|title|affiliation|country|city|email|language|date|"
                "consent_publication"
            ),
        ),
        (
            (
                "النوع|الاسم|المنصب|الانتماء|البلد|المدينة|الموقع الإلكتروني|البريد الإلكتروني|"
                "اللغة|التاريخ|الموافقة على النشر"
            ),
            (
                "kind|name|title|affiliation|country|city|website|email|language|date|"
                "consent_publication"
            ),
        ),
        ("Название|Организация|Страна", "|organisation|country"),
        ("名前|国|肩書", "name|country|title"),
        (
            (
                "Timestamp|What is your full name?|Which organisation do you represent? *|"
                "Your role in the organisation|Country where you are based|E-mail (not published)|"
                "May we publish your name?|Send me updates"
            ),
            "date|name|organisation|title|country|email|consent_publication|consent_updates",
        ),
        ("Name (in full):|COUNTRY *|Notes", "name|country|"),
        ("Name|Full name|Country|Country code", "name||country|"),
        ("Featured|Native name|Name", "featured|native_name|name"),
    ],
)
def test_columns_by_their_names(header: str, held: str) -> None:
    assert "|".join(guess_columns(header.split("|"), [])) == held


def test_columns_without_names_are_told_by_what_is_in_them() -> None:
    rows = [
        ("1", "Ana Example", "ana@example.org", "Peru", "https://example.org", "4.3.2026", "x"),
        ("2", "Jon Sample", "jon@example.net", "KE", "www.example.net", "2026-03-05 10:00", ""),
        ("", "", "", "", "", "", ""),
    ]
    assert guess_columns([""] * 7, rows) == (
        Holds.NOTHING,
        Holds.NAME,
        Holds.EMAIL,
        Holds.COUNTRY,
        Holds.WEBSITE,
        Holds.DATE,
        Holds.NOTHING,
    )


def test_a_short_row_is_no_fault() -> None:
    assert guess_columns(["", ""], [["Ana"], []]) == (Holds.NAME, Holds.NOTHING)


def test_numbers_are_no_names() -> None:
    assert guess_columns([""], [["1"], ["2"]]) == (Holds.NOTHING,)


def test_a_long_cell_names_no_column() -> None:
    assert guess_columns(["x" * 300, "Name"], []) == (Holds.NOTHING, Holds.NAME)


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([("Name", "Country"), ("Ana", "Peru")], 0),
        ([("Our open letter", ""), ("", ""), ("Name", "Country"), ("Ana", "Peru")], 2),
        ([("Signatory",), ("Ana Example",)], 0),
        ([("What is your name?", "Where are you?"), ("Ana", "Lima")], 0),
        ([("Ana Example", "Peru"), ("Jon Sample", "Kenya")], None),
        ([("Sample Organisation", "Kenya"), ("Example Network", "Peru")], None),
        ([("", ""), ("", "")], None),
        ([], None),
    ],
)
def test_the_row_that_names_the_columns(rows: list[tuple[str, ...]], at: int | None) -> None:
    assert find_header_row(rows) == at


def test_a_person_may_choose_otherwise() -> None:
    assert check_mapping(["name", "", "country"], 3) == (Holds.NAME, Holds.NOTHING, Holds.COUNTRY)


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (["name", "shoe size"], "Choose what each column holds"),
        (["name"], "has 2 columns, and 1 were described"),
        (["name", "name"], r"hold the same \(name\)"),
        (["country", "city"], "No column holds names"),
    ],
)
def test_choices_that_cannot_be_read(mapping: list[str], words: str) -> None:
    with pytest.raises(MappingNotUsable, match=words):
        check_mapping(mapping, 2)


@given(st.lists(st.lists(st.text(max_size=8), min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_cells_give_a_guess(rows: list[list[str]]) -> None:
    guessed = guess_columns(rows[0], rows[1:])
    told = [holds for holds in guessed if holds]
    assert len(guessed) == 3
    assert len(told) == len(set(told))
    assert find_header_row(rows) in {None, *range(len(rows))}
