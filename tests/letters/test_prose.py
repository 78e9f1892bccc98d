"""Organisers' text becomes safe HTML, and plain text becomes the same words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from undersigned.letters.prose import Behind, as_markdown, render_prose
from undersigned.letters.translating.markdown_blocks import cut_markdown


def words(rendered: str) -> list[str]:
    """What a reader sees, with typographic quotes made plain again."""
    text = html.unescape(re.sub(r"<[^>]+>", "", rendered))
    return text.translate(str.maketrans("“”‘’", "\"\"''")).split()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("*so* **much**", "<p><em>so</em> <strong>much</strong></p>\n"),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("### Part", "<h3>Part</h3>\n"),
        ('He said "yes"', "<p>He said “yes”</p>\n"),
        (
            "[us](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">us</a></p>\n',
        ),
        (
            "[us](mailto:a@example.org)",
            '<p><a href="mailto:a@example.org" rel="noopener noreferrer">us</a></p>\n',
        ),
    ],
)
def test_what_organisers_may_use(markdown: str, expected: str) -> None:
    assert render_prose(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[click](javascript:alert(1))", "<p>[click](javascript:alert(1))</p>\n"),
        ("[click](ftp://example.org)", '<p><a rel="noopener noreferrer">click</a></p>\n'),
        ("![a picture](https://tracker.example/x.png)", "<p></p>\n"),
        ("# Loud", "Loud\n"),
        ("`code`", "<p>code</p>\n"),
    ],
)
def test_what_is_not_on_the_list_does_not_reach_the_page(markdown: str, expected: str) -> None:
    assert render_prose(markdown) == expected


paragraphs = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], include_characters="\n"),
    max_size=60,
)
signs = st.text("#+-=*_`[]()<>&~|\\!:.)1 9ab\n\"'", max_size=30)


@given(st.lists(paragraphs | signs, max_size=4))
@example(["---"])
@example(["#"])
@example(["1."])
@example(["- "])
@example(["    four spaces"])
@example(["a line\n---"])
@example(["a line\n==="])
@example(["a line\n    and another"])
@example(["[x]: https://example.org"])
@example(["![x](y)"])
@example(["&amp; &copy;"])
@example(["1) one\n2) two"])
@example(["two  \nlines\\\nthree"])
@example(["```\ncode\n```"])
@example(["www.example.org <https://example.org>"])
def test_plain_paragraphs_render_to_exactly_their_words(plain: list[str]) -> None:
    quotes_made_plain = [text.translate(str.maketrans("“”‘’", "\"\"''")) for text in plain]

    assert words(render_prose(as_markdown(plain))) == " ".join(quotes_made_plain).split()


def test_paragraphs_stay_paragraphs() -> None:
    assert render_prose(as_markdown(["1. Stop.", "- Now."])) == "<p>1. Stop.</p>\n<p>- Now.</p>\n"
    assert as_markdown([]) == ""


BLOCKS = "### Why\n\nOne.\n\n- two\n- three\n\n> four\n\n1. five\n\n   six\n\n## Seven"


def behind(outdated: Iterable[int], missing: Iterable[int] = ()) -> Behind:
    return Behind(frozenset(outdated), frozenset(missing), "ar", "rtl")


@pytest.mark.parametrize(
    ("number", "element"),
    [
        (0, '<h3 class="behind">Why</h3>'),
        (1, '<p class="behind">One.</p>'),
        (2, '<li class="behind">two</li>'),
        (4, '<p class="behind">four</p>'),
        (6, '<p class="behind">six</p>'),
    ],
)
def test_blocks_that_are_behind_are_marked_and_no_other(number: int, element: str) -> None:
    plain, marked = render_prose(BLOCKS), render_prose(BLOCKS, behind({number}))

    assert element in marked
    assert marked.replace(' class="behind"', "") == plain


def test_the_mark_of_an_element_that_is_not_shown_goes_with_it() -> None:
    assert render_prose(BLOCKS, behind({7})) == render_prose(BLOCKS)


def test_missing_blocks_say_which_language_they_are_in() -> None:
    marked = render_prose("One.\n\nTwo.", behind({0}, {1}))

    assert marked == (
        '<p class="behind">One.</p>\n<p class="behind" lang="ar" dir="rtl">Two.</p>\n'
    )


@given(st.text(max_size=200), st.integers(0, 8))
def test_marks_change_no_word(markdown: str, number: int) -> None:
    assert words(render_prose(markdown, behind({number}))) == words(render_prose(markdown))


@given(
    markdown=st.text("#->*12. \n\tabc[]()`_", max_size=120),
)
def test_blocks_are_numbered_as_translators_have_them(markdown: str) -> None:
    blocks = cut_markdown(markdown)
    marked = render_prose(markdown, behind(set(range(len(blocks)))))
    none = render_prose(markdown, behind({len(blocks)}))

    assert none == render_prose(markdown)
    assert marked.count('class="behind"') <= len(blocks)
