"""A text cut into blocks, and put together with other words, is the same text in all else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.prose import render_prose
from undersigned.letters.translating.markdown_blocks import (
    BlockKind,
    cut_markdown,
    one_block,
    replace_blocks,
)

LETTER = """### Why ###

We ask *for* [one thing](https://a.example),
and for it now.

> They said it
> in public.

- the first
  goes on
- the second
  1. inside

     and more

Setext
---

***

    code stays

1. one
"""


def test_the_blocks_of_a_letter() -> None:
    assert [(block.kind, block.text) for block in cut_markdown(LETTER)] == [
        (BlockKind.HEADING, "Why"),
        (
            BlockKind.PARAGRAPH,
            "We ask *for* [one thing](https://a.example),\nand for it now.",
        ),
        (BlockKind.QUOTATION, "They said it\nin public."),
        (BlockKind.ITEM, "the first\ngoes on"),
        (BlockKind.ITEM, "the second"),
        (BlockKind.ITEM, "inside"),
        (BlockKind.ITEM, "and more"),
        (BlockKind.HEADING, "Setext"),
        (BlockKind.ITEM, "one"),
    ]


def test_other_words_stand_behind_the_same_marks() -> None:
    places = {place: f"Nr. {place}\nweiter" for place in range(9)}
    assert (
        replace_blocks(LETTER, places)
        == """### Nr. 0 weiter

Nr. 1
weiter

> Nr. 2
> weiter

- Nr. 3
  weiter
- Nr. 4
  weiter
  1. Nr. 5
     weiter

     Nr. 6
     weiter

Nr. 7 weiter
---

***

    code stays

1. Nr. 8
   weiter
"""
    )


def test_blocks_without_other_words_stay_as_they_are() -> None:
    assert replace_blocks(LETTER, {}) == LETTER
    assert replace_blocks(LETTER, {1: "", 2: " \n "}) == LETTER


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("# no heading", "\\# no heading"),
        ("- no item", "\\- no item"),
        ("1. no item", "1\\. no item"),
        ("> no quotation", "\\> no quotation"),
        ("first\n---", "first\n\\---"),
        ("```\ncode", "\\```\ncode"),
        ("```so```", "```so```"),
        ("[a]: https://a.example", "\\[a]: https://a.example"),
        ("one\n\n\ntwo\r\nthree\rfour", "one\ntwo\nthree\nfour"),
        ("a break  \nhere", "a break\\\nhere"),
        ("a backslash\\ \nhere", "a backslash\\\\\nhere"),
        ("  #hashtag  ", "#hashtag"),
        ("*emphasis* stays", "*emphasis* stays"),
        ("2026. It began", "2026\\. It began"),
        (" \n ", ""),
    ],
)
def test_what_is_put_in_is_one_paragraph(typed: str, kept: str) -> None:
    assert one_block(typed) == kept
    assert one_block(kept) == kept, "saved twice it is the same"


@pytest.mark.parametrize("run", [" ", "\\\\", " \t"])
def test_long_runs_take_no_time(run: str) -> None:
    typed = f"a{run * 200_000}b"
    assert one_block(typed) == typed


def test_a_heading_has_no_breaks() -> None:
    assert replace_blocks("# One", {0: "Eins  \nzwei"}) == "# Eins zwei"


WORDS = st.text(alphabet="abc ñ日ع*[]()\\`#-+>=~_.!1\n\t", max_size=40)
MARKS = st.sampled_from(
    ["# ", "## ", "- ", "* ", "1. ", "2) ", "> ", "    ", "\n", "\n\n", "---", "```", "\t"]
)
MARKDOWN = st.lists(st.one_of(WORDS, MARKS, st.just("word")), max_size=12).map("".join)


def _shown(markdown: str) -> list[str]:
    """The words of the page; a heading's line breaks are spaces there."""
    return re.sub(r"<br>|<[^>]+>", " ", render_prose(markdown)).split()


@given(MARKDOWN)
def test_every_text_put_together_from_its_own_blocks_reads_the_same(markdown: str) -> None:
    blocks = cut_markdown(markdown)
    own = {place: block.text for place, block in enumerate(blocks)}
    assert _shown(replace_blocks(markdown, own)) == _shown(markdown)


@given(MARKDOWN, WORDS)
def test_whatever_is_put_in_the_blocks_stay_as_many_and_of_their_kinds(
    markdown: str, typed: str
) -> None:
    blocks = cut_markdown(markdown)
    other = replace_blocks(markdown, dict.fromkeys(range(len(blocks)), f"{typed}x"))
    assert [block.kind for block in cut_markdown(other)] == [block.kind for block in blocks]
