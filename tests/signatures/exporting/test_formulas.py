"""No cell starts a formula, whatever somebody typed as their name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.exporting.examples import FORMULAS
from undersigned.signatures.exporting.formulas import (
    harmless,
    harmless_address,
    starts_formula,
)


@pytest.mark.parametrize("text", FORMULAS[:-2])
def test_formulas_are_recognised_and_get_an_apostrophe(text: str) -> None:
    assert starts_formula(text)
    assert not starts_formula(harmless(text))
    assert harmless(text).startswith("'")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        (" \u200b=1+1", "' \u200b=1+1"),
        ("Example;=1+1", "Example;'=1+1"),
        ("Example, \u200b@SUM(A1)", "Example, \u200b'@SUM(A1)"),
        ("Example\t=1+1", "Example =1+1"),
        ("Example\r\n=1+1", "Example =1+1"),
        ("\ud800Ana\x07\ufffe", "Ana"),
    ],
)
def test_what_is_written(text: str, safe: str) -> None:
    assert harmless(text) == safe


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jean-Pierre Example",
        "Ana & Co.",
        "C++ Users = Friends",
        "https://example.org/?a=b;c=d",
        "क्षि\u200dख",
        "'Abd al-Example",
        "…",
    ],
)
def test_names_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.text(st.characters() | st.sampled_from("=+-@＝ \t\r\n;,|\u200b"), max_size=20))
def test_nothing_starts_a_formula_in_whichever_way_a_row_is_parted(text: str) -> None:
    safe = harmless(text)
    assert not starts_formula(safe)
    for separator in ";,|\t\n\r":
        assert not any(starts_formula(part) for part in safe.split(separator))
    assert harmless(safe) == safe


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("ana@example.org", "ana@example.org"),
        ("=ana@example.org", '"=ana"@example.org'),
        ("+ana@example.org", '"+ana"@example.org'),
        ("", ""),
    ],
)
def test_an_address_leads_to_the_same_mailbox(address: str, safe: str) -> None:
    assert harmless_address(address) == safe
    assert harmless(safe) == safe
