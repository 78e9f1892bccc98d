"""Rows are taken apart outside their brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing import brackets


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a (b) (c)", ("a (b)", "c")),
        ("a (b (c))", ("a", "b (c)")),
        ("a（b）", ("a", "b")),
        ("a [b]", ("a", "b")),
        ("(b)", ("", "b")),
        ("a ()", None),
        ("a b)", None),
        ("a (b", None),
        ("", None),
    ],
)
def test_the_last_bracket(text: str, parts: tuple[str, str] | None) -> None:
    assert brackets.split_last_bracket(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a, b (c, d), e", ["a", "b (c, d)", "e"]),
        ("a， b、c，d", ["a", "b", "c", "d"]),
        ("a (b, c", ["a (b", "c"]),
        ("a) b, c", ["a) b", "c"]),
        (", ,", []),
        ("", []),
        ("a", ["a"]),
    ],
)
def test_commas(text: str, parts: list[str]) -> None:
    assert brackets.at_commas(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a, b, and c", (["a", "b", "c"], "")),
        ("a, b and c", (["a", "b and c"], "b and c")),
        ("a, b", (["a", "b"], "")),
        ("", ([], "")),
    ],
)
def test_enumerations(text: str, parts: tuple[list[str], str]) -> None:
    assert brackets.split_names(text) == parts


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        (" a  b ; ", "a b"),
        ("Example Society.", "Example Society"),
        ("Example e.V.", "Example e.V."),
        ("Example Inc.", "Example Inc."),
        ("Jane Example*", "Jane Example"),
        ("wait...", "wait..."),
        ("a\tb", "a\tb"),
    ],
)
def test_trimming(text: str, trimmed: str) -> None:
    assert brackets.trim(text) == trimmed


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a – b – c", ("a – b", "c")),
        ("a - b", ("a", "b")),
        ("a-b", None),
        ("a – ", None),
        (" – b", None),
    ],
)
def test_dashes(text: str, parts: tuple[str, str] | None) -> None:
    assert brackets.split_last_dash(text) == parts


@given(st.text(alphabet="ab ,;()[]（）–|\t.*"))
def test_no_text_fails(text: str) -> None:
    brackets.split_last_bracket(text)
    brackets.split_last_dash(text)
    brackets.trim(text)
    kept = "".join(brackets.at_commas(text))
    assert [letter for letter in kept if letter in "ab"] == [x for x in text if x in "ab"]
