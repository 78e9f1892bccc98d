"""Organisations: what is the name, what is the place, and what is in doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.importing.reading import (
    as_written,
    codes,
    one_organisation,
    organisations,
)
from undersigned.signatures.importing import Organisation, propose_list

COMMAS = "Example Society, Kenya\nSample Society, Peru\nModel Society, Chile\n"
BRACKETS = "Example Society (Kenya)\nSample Society (Peru)\nModel Society (Chile)\n"


def last(text: str) -> tuple[str, str, str | None]:
    return organisations(propose_list(text, "organisation"))[-1]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Example Society (Kenya)", ("Example Society", "Kenya", "KE")),
        ("Example Society [Kenya]", ("Example Society", "Kenya", "KE")),
        ("例示協会（日本）", ("例示協会", "日本", "JP")),
        ("Example Society (ES) (Kenya)", ("Example Society (ES)", "Kenya", "KE")),
        ("Example Society (ES), Kenya", ("Example Society (ES)", "Kenya", "KE")),
        ("Example Society, ES", ("Example Society, ES", "", None)),
        ("EXS (Example Society of Old) (Kenya)", ("EXS (Example Society of Old)", "Kenya", "KE")),
        ("Example Society, Mumbai (India)", ("Example Society, Mumbai", "India", "IN")),
        ("Example Society (Nairobi, Kenya)", ("Example Society", "Kenya", "KE")),
        ("Example Society (Kenya and Uganda)", ("Example Society", "Kenya and Uganda", None)),
        ("(Kenya) Example Society", ("Example Society", "Kenya", "KE")),
        ("[Old] Example Society", ("[Old] Example Society", "", None)),
        ("🇰🇪 Example Society", ("Example Society", "Kenya", "KE")),
        ("Example Society, Kenya.", ("Example Society", "Kenya", "KE")),
        ("Example e.V.", ("Example e.V.", "", None)),
        ("Example Society;", ("Example Society", "", None)),
        ("Example, Inc., Kenya", ("Example, Inc.", "Kenya", "KE")),
        ("Example – Philipppines", ("Example", "Philipppines", "PH")),
        ("Example (Philipppines)", ("Example", "Philipppines", "PH")),
        ("United Samples (US)", ("United Samples (US)", "", None)),
        ("(Example)", ("(Example)", "", None)),
        ("Example ()", ("Example ()", "", None)),
        ("Example)", ("Example)", "", None)),
        ("Example Europe, Tbilisi, Georgia", ("Example Europe", "Georgia", "GE")),
        ("Example, Victoria, Georgia", ("Example, Victoria", "Georgia", "GE")),
        ("Example Bar, Springfield, Kenya", ("Example Bar, Springfield", "Kenya", "KE")),
    ],
)
def test_a_row(text: str, row: tuple[str, str, str | None]) -> None:
    assert one_organisation(f"- {text}") == row


def test_what_most_rows_do_tells_what_an_unclear_one_means() -> None:
    assert last("Example, Jinotepe") == ("Example, Jinotepe", "", None)
    assert last(COMMAS + "Example, Jinotepe") == ("Example", "Jinotepe", None)
    assert last("Example (Jinotepe)") == ("Example (Jinotepe)", "", None)
    assert last(BRACKETS + "Example (Jinotepe)") == ("Example", "Jinotepe", None)
    assert last(BRACKETS + "Union Society (US)") == ("Union Society", "US", "US")
    dashes = "Example – Kenya\nSample – Peru\nModel – Chile\n"
    assert last(dashes + "Foo – Jinotepe") == ("Foo", "Jinotepe", None)
    three = "Example, Foo, Kenya\nSample, Bar, Peru\nModel, Baz, Chile"
    assert last(three) == ("Model", "Chile", "CL")
    assert codes(propose_list(three, "organisation")) == ["city_unsure"] * 3


@pytest.mark.parametrize(
    ("text", "code", "written", "declined"),
    [
        (
            "Example (Jinotepe)",
            "place_unknown",
            ("Example (Jinotepe)", "", None),
            ("Example", "Jinotepe", None),
        ),
        (
            "Example, Jinotepe",
            "comma_unsure",
            ("Example, Jinotepe", "", None),
            ("Example", "Jinotepe", None),
        ),
        (
            "Example | Words Of Others",
            "comma_unsure",
            ("Example, Words Of Others", "", None),
            ("Example", "Words Of Others", None),
        ),
    ],
)
def test_a_doubt_that_is_declined(
    text: str,
    code: str,
    written: tuple[str, str, str | None],
    declined: tuple[str, str, str | None],
) -> None:
    proposal = propose_list(text, "organisation")
    assert codes(proposal) == [code]
    assert organisations(proposal) == [written]
    assert as_written(proposal) == [declined]


def test_a_person_who_signs_for_an_organisation() -> None:
    proposal = propose_list("Jane Example on behalf of Sample Society", "organisation")
    assert "signed_on_behalf" in codes(proposal)
    flag = next(flag for flag in proposal.flags if flag.code == "signed_on_behalf")
    (row,) = proposal.accept([flag.id]).organisations
    assert (row.name, row.representative) == ("Sample Society", "Jane Example")


def test_one_question_for_all_rows_with_the_same_misspelling() -> None:
    text = "Example (Philipppines)\nSample (Philipppines)\nModel (Brazill)"
    proposal = propose_list(text, "organisation")
    assert [(flag.reason, len(flag.rows)) for flag in proposal.flags] == [
        ("‘Philipppines’ is not a country we know.", 2),
        ("‘Brazill’ is not a country we know.", 1),
    ]
    assert [row[2] for row in organisations(proposal)] == ["PH", "PH", "BR"]


def test_rows_without_a_place_where_nearly_all_have_one() -> None:
    rows = [
        f"Example {word} Society (Kenya)"
        for word in ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr"]
    ]
    one = propose_list("\n".join([*rows, "Model Society"]), "organisation")
    assert [flag.reason for flag in one.flags if flag.code == "place_missing"] == [
        "‘Model Society’ has no place, and nearly all others have one."
    ]
    two = propose_list("\n".join([*rows, "Model Society", "Foo Society"]), "organisation")
    assert [flag.reason for flag in two.flags if flag.code == "place_missing"] == [
        "2 rows have no place, and nearly all others have one."
    ]


@pytest.mark.parametrize(
    ("text", "native"),
    [
        ("مثال / Mithal Society", "مثال"),
        ("Example Society – 例示協会", "例示協会"),
        ("例示協会 (Example Society)", "例示協会"),
        ("Example / Sample", ""),
        ("Example Society", ""),
        ("Example – 9", ""),
    ],
)
def test_a_bilingual_name_keeps_both(text: str, native: str) -> None:
    row: Organisation
    (row,) = propose_list(text, "organisation").accept_all().organisations
    assert (row.name, row.native_name) == (text, native)


def test_city_and_country_in_a_row() -> None:
    text = "Example Society, Nairobi, Kenya\nSample\tParis\tFrance"
    rows = propose_list(text, "organisation").accept_all().organisations
    assert [(row.name, row.city, row.country) for row in rows] == [
        ("Example Society", "Nairobi", "KE"),
        ("Sample", "Paris", "FR"),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "Foo",
                "Bar",
                "Kenya",
                "Peru",
                ",",
                "–",
                "-",
                "(",
                ")",
                "[",
                "]",
                "|",
                "\t",
                ":",
                ";",
                "US",
                "TX",
                "and",
            ]
        )
    )
)
def test_no_word_of_a_row_is_lost(words: list[str]) -> None:
    proposal = propose_list(" ".join(words), "organisation")
    for row in proposal.organisations:
        fields = f"{row.name} {row.place} {row.city}"
        assert all(word in fields for word in row.source.split() if word.isalnum())


def test_a_person_named_after_the_organisation() -> None:
    proposal = propose_list("Ligue Exemple (LE), Paul Essai, président", "organisation")
    assert codes(proposal) == ["signed_on_behalf"]
    (row,) = proposal.accept_all().organisations
    assert (row.name, row.representative) == ("Ligue Exemple (LE)", "Paul Essai, président")


def test_a_country_at_the_end_of_a_name_may_be_the_place() -> None:
    proposal = propose_list("Example Witness-Uganda\nSample Denmark", "organisation")
    assert [(flag.code, flag.reason, flag.suggestion) for flag in proposal.flags] == [
        (
            "place_in_name",
            "‘Example Witness-Uganda’ has no place, and ‘Uganda’ in its name may be it.",
            "Keep the name, and use Uganda (UG) as the place?",
        )
    ]
    assert organisations(proposal) == [
        ("Example Witness-Uganda", "Uganda", "UG"),
        ("Sample Denmark", "", None),
    ]
    assert last(BRACKETS + "Sample Denmark") == ("Sample Denmark", "Denmark", "DK")


def test_a_dot_in_the_middle_parts_name_and_place() -> None:
    text = "Ejemplo Digital · América Latina\nMuestra · Perú"
    assert organisations(propose_list(text, "organisation")) == [
        ("Ejemplo Digital", "América Latina", None),
        ("Muestra", "Perú", "PE"),
    ]
