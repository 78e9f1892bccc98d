"""Kinds, consents, dates and languages, as people fill them into cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing.sheet_values import (
    read_consent,
    read_dates,
    read_kind,
    read_language,
)
from undersigned.signatures.importing.signatories import Kind


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Organisation", Kind.ORGANISATION),
        ("NGO", Kind.ORGANISATION),
        ("organización", Kind.ORGANISATION),
        ("منظمة", Kind.ORGANISATION),
        ("individual", Kind.INDIVIDUAL),
        ("Personne", Kind.INDIVIDUAL),
        ("فرد", Kind.INDIVIDUAL),
        ("", None),
        ("Ana", None),
    ],
)
def test_kinds(cell: str, kind: Kind | None) -> None:
    assert read_kind(cell) is kind


@pytest.mark.parametrize(
    ("cell", "consent"),
    [
        ("yes", True),
        ("Sí", True),
        ("TRUE", True),
        ("✓", True),
        ("X", True),
        ("نعم", True),
        ("はい", True),
        ("no", False),
        ("Nein", False),
        ("-", False),
        ("", False),
        ("only my initials", None),
    ],
)
def test_consents(cell: str, consent: bool | None) -> None:
    assert read_consent(cell) is consent


@pytest.mark.parametrize(
    ("cells", "days", "unsure"),
    [
        (["2026-03-04", ""], [date(2026, 3, 4), None], False),
        (["3/4/2026"], [date(2026, 4, 3)], True),
        (["3/4/2026", "25/4/2026"], [date(2026, 4, 3), date(2026, 4, 25)], False),
        (["3/4/2026", "4/25/2026"], [date(2026, 3, 4), date(2026, 4, 25)], False),
        (
            ["3/4/2026", "4/25/2026", "25/4/2026"],
            [date(2026, 4, 3), *[date(2026, 4, 25)] * 2],
            True,
        ),
        (["4 de marzo de 2026", "yesterday"], [date(2026, 3, 4), None], False),
    ],
)
def test_dates(cells: list[str], days: list[date | None], unsure: bool) -> None:
    assert read_dates(cells) == (days, unsure)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("es", "es"),
        ("pt-BR", "pt"),
        ("zh_Hant", "zh"),
        ("Spanish", "es"),
        ("español", "es"),
        ("Spanisch", "es"),
        ("العربية", "ar"),
        ("မြန်မာ", "my"),
        ("", ""),
        ("Klingonian of the north", ""),
    ],
)
def test_languages(cell: str, code: str) -> None:
    assert read_language(cell) == code


@given(st.text(max_size=30))
def test_any_cell_is_read(cell: str) -> None:
    read_kind(cell)
    read_consent(cell)
    read_language(cell)
    assert len(read_dates([cell])[0]) == 1
