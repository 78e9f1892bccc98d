"""From a label to the fields of a row, and the doubt about it."""

import pytest

from undersigned.signatures.importing import Code
from undersigned.signatures.importing.placing import Placing, place_label, unknown_label


@pytest.mark.parametrize(
    ("label", "placing"),
    [
        ("Kenya", Placing("Kenya", "KE")),
        ("Nairobi, Kenya", Placing("Kenya", "KE", "Nairobi")),
        ("Kampala, Central Region, Uganda", Placing("Uganda", "UG", "Kampala, Central Region")),
        ("Austin, TX", Placing("Austin, TX", None, "Austin", Code.PLACE_IS_PART, "US")),
        ("Kenya and Uganda", Placing("Kenya and Uganda", code=Code.PLACE_SEVERAL)),
        ("Kenya, Uganda", Placing("Kenya, Uganda", code=Code.PLACE_SEVERAL)),
        ("US/Europe", Placing("US/Europe", code=Code.PLACE_SEVERAL)),
        ("🇰🇪 Kenya", Placing("Kenya", "KE")),
        ("🇰🇪", Placing("Kenya", "KE")),
        ("University of X, Kenya", None),
        ("Foo and Bar", None),
        ("a, b, c, d", None),
        ("x" * 200, None),
    ],
)
def test_a_label(label: str, placing: Placing | None) -> None:
    assert place_label(label) == placing


def test_codes_count_only_where_the_list_has_them() -> None:
    assert place_label("KE") is None
    assert place_label("KE", codes=True) == Placing("KE", "KE")


def test_georgia_is_in_doubt_only_among_states_of_the_usa() -> None:
    assert place_label("Georgia") == Placing("Georgia", "GE")
    doubt = Placing("Georgia", code=Code.PLACE_AMBIGUOUS, guess="US")
    assert place_label("Georgia", american=True) == doubt


@pytest.mark.parametrize(
    ("label", "reason", "suggestion"),
    [
        ("Philipppines", "is not a country we know", "Use Philippines (PH)?"),
        (
            "Nowhereville",
            "is not a place we know",
            "Keep ‘Nowhereville’ as the place, without a country?",
        ),
        (
            "Kashmir",
            "has no country of its own in ISO 3166, or is disputed",
            "Keep ‘Kashmir’ as the place, without a country?",
        ),
        (
            "Scotland",
            "is a part of a country",
            "Keep ‘Scotland’ as the place, and use United Kingdom (GB) for it?",
        ),
        (
            "Nairobi",
            "is the name of a city",
            "Keep ‘Nairobi’ as the place, and use Kenya (KE) for it?",
        ),
        (
            "Korea",
            "can mean more than one place",
            "Keep ‘Korea’ as the place, and use South Korea (KR) for it?",
        ),
        (
            "Kenya & Uganda",
            "names more than one country",
            "Keep ‘Kenya & Uganda’ as the place, without a country?",
        ),
    ],
)
def test_a_doubt_is_a_sentence(label: str, reason: str, suggestion: str) -> None:
    (flag,) = (place_label(label) or unknown_label(label)).flag("row", "organisations", (1,))
    assert (flag.reason, flag.suggestion) == (f"‘{label}’ {reason}.", suggestion)


def test_no_doubt_no_flag() -> None:
    assert Placing("Kenya", "KE").flag("row", "organisations", (1,)) == ()
