from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.plain_prose import plain_prose
from undersigned.letters.prose import as_markdown


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("", ""),
        ("One *thing*,\nand **another**.", "One thing, and another."),
        ("First.\n\nSecond.", "First.\n\nSecond."),
        ("A line.  \nThe next.", "A line.\nThe next."),
        ("# What happened\n\nMuch.", "What happened\n\nMuch."),
        ("See [our page](https://example.org/a).", "See our page <https://example.org/a>."),
        ("<https://example.org/a>", "https://example.org/a"),
        (
            "[Write](mailto:a@example.org) to <b@example.org>",
            "Write <a@example.org> to b@example.org",
        ),
        ("- one\n- two\n  - deeper", "- one\n- two\n  - deeper"),
        ("- one\n\n- two", "- one\n\n- two"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("> They said\n>\n> no.", "> They said\n> \n> no."),
        ("One\n\n---\n\nTwo", "One\n\n* * *\n\nTwo"),
        ("    as it stands\n", "as it stands"),
        ("`code` and ![a picture](x.png)", "code and a picture"),
        ("مرحبا *بكم*", "مرحبا بكم"),
    ],
)
def test_reads_well_without_marks(markdown: str, plain: str) -> None:
    assert plain_prose(markdown) == plain


@given(st.text(alphabet="ab *_-#>`1.[]()\n<&", max_size=60))
def test_any_text_is_read(markdown: str) -> None:
    assert isinstance(plain_prose(markdown), str)


@given(
    st.lists(st.from_regex(r"[a-z][a-z*_#>. ]{0,20}[a-z]", fullmatch=True), min_size=1, max_size=4)
)
def test_plain_paragraphs_come_back_word_by_word(paragraphs: list[str]) -> None:
    plain = plain_prose(as_markdown(paragraphs)).replace("…", "...")
    assert plain.split() == " ".join(paragraphs).split()
