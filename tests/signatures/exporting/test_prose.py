"""Markdown becomes blocks: words and their styles, never code."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.translating.markdown_blocks import cut_markdown
from undersigned.signatures.exporting.prose import (
    LINE_BREAK,
    LONGEST_LINK,
    Heading,
    Items,
    Mark,
    Paragraph,
    Quotation,
    Rule,
    Run,
    read_prose,
)


def plain(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def test_paragraphs_keep_styles_links_and_line_breaks() -> None:
    blocks = read_prose('He said "**no *way* out**"\nto [us](https://example.org).  \nBye.')
    assert blocks == (
        Paragraph(
            (
                Run("He said “"),
                Run("no ", strong=True),
                Run("way", strong=True, emphasis=True),
                Run(" out", strong=True),
                Run("”"),
                Run(" "),
                Run("to "),
                Run("us", link="https://example.org"),
                Run("."),
                Run(LINE_BREAK),
                Run("Bye."),
            )
        ),
    )


def test_a_letter_of_headings_begins_with_the_second_level_and_skips_none() -> None:
    blocks = read_prose("#### Deep\n\n### Why\n\n#### Deeper\n\n#\n")
    assert blocks == (
        Heading(2, (Run("Deep"),)),
        Heading(2, (Run("Why"),)),
        Heading(3, (Run("Deeper"),)),
    )


def test_lists_hold_blocks_and_begin_where_their_numbers_do() -> None:
    blocks = read_prose("3. Three\n\n   more\n4. Four\n   - inner\n")
    assert blocks == (
        Items(
            ordered=True,
            start=3,
            items=(
                (plain("Three"), plain("more")),
                (plain("Four"), Items(ordered=False, start=1, items=((plain("inner"),),))),
            ),
        ),
    )


def test_headings_in_a_quotation_are_bold_lines() -> None:
    blocks = read_prose("> ## Then\n>\n> he spoke\n\n***\n")
    assert blocks == (
        Quotation((Paragraph((Run("Then", strong=True),)), plain("he spoke"))),
        Rule(),
    )


def test_code_becomes_words_and_pictures_go() -> None:
    blocks = read_prose("    four\n\n```\nfence\n```\n\n```\n```\n\n`in` ![alt](p.png)line\n")
    assert blocks == (
        plain("four"),
        plain("fence"),
        Paragraph((Run("in"), Run(" "), Run("line"))),
    )


def test_html_is_shown_as_it_was_typed() -> None:
    assert read_prose("<b>x</b>") == (plain("<b>x</b>"),)


def test_addresses_that_no_reader_should_follow_are_no_links() -> None:
    long = "https://example.org/" + "x" * LONGEST_LINK
    blocks = read_prose(f"[a](/here) [b]({long}) [](https://example.org)")
    assert blocks == (Paragraph((Run("a"), Run(" "), Run("b"), Run(" "))),)


@given(st.text())
def test_any_text_can_be_read(markdown: str) -> None:
    assert isinstance(read_prose(markdown), tuple)


BEHIND = "### Why\n\n![x](y)\n\nOne.\n\n- two\n- three\n\n> ## four\n\n    code\n\n5 stands."


def test_blocks_that_are_behind_are_marked_as_translators_count_them() -> None:
    numbered = {number: block.text for number, block in enumerate(cut_markdown(BEHIND))}
    assert numbered == {
        0: "Why",
        1: "![x](y)",
        2: "One.",
        3: "two",
        4: "three",
        5: "four",
        6: "5 stands.",
    }
    heading, one, items, quotation, code, last = read_prose(
        BEHIND, {0: False, 2: True, 4: False, 5: True}, "ar"
    )
    assert heading == Heading(2, (Run("Why"),), Mark())
    assert one == Paragraph((Run("One."),), Mark("ar"))
    assert items == Items(
        ordered=False, start=1, items=((plain("two"),), (Paragraph((Run("three"),), Mark()),))
    )
    assert quotation == Quotation((Paragraph((Run("four", strong=True),), Mark("ar")),))
    assert (code, last) == (plain("code"), plain("5 stands."))
