"""A block goes to a machine and comes back whole, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.letters.translating.translation_server import translate
from undersigned.letters.translating.blocks import Block, Place
from undersigned.letters.translating.markdown_blocks import BlockKind
from undersigned.letters.translating.marking import Marked, Spoilt, marked, unmarked


def block(words: str, kind: BlockKind = BlockKind.PARAGRAPH, field: str = "body") -> Block:
    return Block(Place(field, 0, 0), kind, words)


def line(words: str, field: str = "title") -> Block:
    return block(words, BlockKind.LINE, field)


def translated(one: Block) -> str:
    sent = marked(one)
    return unmarked(sent, translate(sent.words, "html" if sent.is_html else "text"))


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("We ask for\none thing.", "We ask for one thing."),
        (r"Not \*so\*, \[sic], AT&amp;T", "Not *so*, [sic], AT&T"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
    ],
)
def test_what_has_no_marks_is_sent_as_plain_words(words: str, sent: str) -> None:
    assert marked(block(words)) == Marked(block(words), sent, {})


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("We *ask* & **wait**", 'We <em id="1">ask</em> &amp; <strong id="2">wait</strong>'),
        ("See [our *plan*](https://a.example/x)", 'See <a id="1">our <em id="2">plan</em></a>'),
        ("One\\\ntwo", 'One<br id="1">two'),
        ("Dear {name},", 'Dear <span id="1" translate="no">9001</span>,'),
    ],
)
def test_marks_become_elements_with_a_number(words: str, sent: str) -> None:
    assert marked(block(words)).words == sent


@pytest.mark.parametrize(
    "stays",
    [
        "https://a.example/b_c?d=e", "<https://a.example/x>", "<us@a.example>", "us.all@a.example",
        "{{ name }}", "%(number)d", "`code`", "``a`b``", "`` ` ``", "![a *map*](m.png)",
        '![map](m.png "the \\"old\\" one")', "[ours]", "[ours][]", "<b>",
    ],
)  # fmt: skip
def test_what_is_no_language_stays_here(stays: str) -> None:
    one = block(f"We say {stays} here")
    assert stays not in marked(one).words
    assert translated(one) == f"WE SAY {stays} HERE"


@pytest.mark.parametrize(
    ("words", "comes_back"),
    [
        ("We *ask*, and __wait__.", "WE *ASK*, AND **WAIT**."),
        ("[our plan](https://a.example 'a title')", '[OUR PLAN](https://a.example "a title")'),
        ("[a](https://a.example/b(c))", "[A](<https://a.example/b(c)>)"),
        ("[a *b*](<>)", "[A *B*](<>)"),
        ("[our *plan*][plan]", "[OUR *PLAN*][plan]"),
        ("one  \ntwo", "ONE\\\nTWO"),
        (r"*so* \*not so\* a_b", r"*SO* \*NOT SO\* A_B"),
        ("*so* &lt; \\[x\\]", "*SO* \\< \\[X\\]"),
        ("Why `  ` *so*", "WHY `  ` *SO*"),
    ],
)
def test_markdown_comes_back_whole(words: str, comes_back: str) -> None:
    assert translated(block(words)) == comes_back


def test_a_line_is_no_markdown() -> None:
    assert translated(line("Ban *it* [now]")) == "BAN *IT* [NOW]"
    assert translated(line("Ban *it*: {name} & more")) == "BAN *IT*: {name} & MORE"


def test_marks_of_the_machine_are_words() -> None:
    sent = marked(line("Nothing", "addressee"))
    assert unmarked(sent, "  *Nada*\n de  nada ") == "*Nada* de nada"
    sent = marked(block("We ask **now**"))
    assert unmarked(sent, 'Con [x] <strong id="1"> ya </strong>') == r"Con \[x\]  **ya**"


SENT = "We *ask* {name}, see [ours](https://a.example)"
GOOD = '<em id="1">Pedimos</em> a <span id="2">9001</span>, <a id="3">nuestro</a>'


def test_elements_may_change_their_order() -> None:
    sent = marked(block(SENT))
    assert unmarked(sent, GOOD) == "*Pedimos* a {name}, [nuestro](https://a.example)"
    moved = '<a id="3">Nuestro</a>: <span id="2"></span> <em id="1">pide</em>'
    assert unmarked(sent, moved) == "[Nuestro](https://a.example): {name} *pide*"


@pytest.mark.parametrize("end", ['<br id="1">', '<br id="1"/>', '<br id="1"></br>'])
def test_a_break_may_be_written_in_any_way(end: str) -> None:
    assert unmarked(marked(block("One\\\ntwo")), f"Uno {end} dos") == "Uno\\\ndos"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "Pedimos a 9001",
        GOOD.replace('<em id="1">Pedimos</em>', "Pedimos"),
        GOOD.replace('<em id="1">', '<em id="9">'),
        GOOD.replace('<em id="1">', "<em>"),
        GOOD.replace('<em id="1">', "<em id>"),
        GOOD.replace('<em id="1">Pedimos</em>', '<b id="1">Pedimos</b>'),
        GOOD.replace("Pedimos", " "),
        GOOD.replace("</a>", ""),
        GOOD.replace("</em>", "</a>"),
        GOOD.replace("</em>", "</em></em>"),
        GOOD.replace('<span id="2">9001</span>', '<span id="2"/>'),
        GOOD + '<em id="1">otra vez</em>',
        GOOD + "<script>alert(1)</script>",
        GOOD + "<!-- note -->",
        GOOD + "<!doctype html>",
        GOOD + "<?php ?>",
        GOOD + "<![CDATA[x]]>",
        GOOD + " https://evil.example",
        GOOD + " {other}",
        GOOD + "\u202e",
        GOOD + "\ud800",
        GOOD + "\0",
        GOOD + "x" * 20_000,
    ],
)
def test_what_did_not_come_back_whole_is_spoilt(answer: str) -> None:
    with pytest.raises(Spoilt):
        unmarked(marked(block(SENT)), answer)


def test_other_words_are_wanted() -> None:
    sent = marked(block("We ask for one thing."))
    for answer in ("", " \n", "We ask for one thing."):
        with pytest.raises(Spoilt):
            unmarked(sent, answer)


def test_marks_that_hold_in_one_script_only_are_spoilt() -> None:
    """Stars between a full stop and a letter close nothing (CommonMark 6.2)."""
    sent = marked(block("**Yes.** Then"))
    with pytest.raises(Spoilt):
        unmarked(sent, '<strong id="1">是的。</strong>然后')


_WORDS = st.lists(
    st.sampled_from(
        ["we", "*ask*", "**now**", "[x](https://a.example)", "{name}", "a_b", r"\*", "&lt;", "<3",
         "`c`", "*", "_", "[", "]", "`", "\\", "&", "<", "\n", "  \n", "!", "日本", "#", "1."]
    ),
    min_size=1,
).map(" ".join)  # fmt: skip


def rendered(markdown: str) -> str:
    """As a reader sees it, but for case and spaces."""
    written = MarkdownIt("commonmark", {"html": False}).renderInline(markdown)
    return " ".join(written.casefold().replace("<br />", " <br /> ").split())


@given(_WORDS)
def test_whatever_is_written_comes_back_the_same_or_is_spoilt(words: str) -> None:
    try:
        assert rendered(translated(block(words.strip()))) == rendered(words.strip())
    except Spoilt:
        return


@given(st.text(), st.text())
def test_no_answer_breaks_it(words: str, answer: str) -> None:
    sent = marked(block(words))
    try:
        assert unmarked(sent, answer) != ""
    except Spoilt:
        return
