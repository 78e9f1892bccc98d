"""What may be wrong with a translation, and what is not wrong at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.translating.blocks import Block, Place
from undersigned.letters.translating.checking import Fault, FaultCode, faults, refusals
from undersigned.letters.translating.markdown_blocks import BlockKind


def block(text: str, field: str = "body", kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(Place(field, 0, 0), kind, text)


def line(text: str, field: str = "title") -> Block:
    return block(text, field, BlockKind.LINE)


def codes(source: Block | str, text: str) -> list[FaultCode]:
    source = source if isinstance(source, Block) else block(source)
    return [fault.code for fault in faults(source, text)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("We ask for *one* thing.", "Pedimos *una* cosa."),
        ("See [the report](https://a.example/r).", "Véase [el informe](https://a.example/r)."),
        ("See <https://a.example/r>.", "Véase [https://a.example/r](https://a.example/r)."),
        ("See https://a.example/r.", "見よ https://a.example/r。"),
        ("Mind {name} and %(count)s.", "Cuide de %(count)s y {name}."),
        ("Line\\\ntwo", "Línea\\\ndos"),
        ("Line\ntwo", "Línea dos"),
        ("It is 5 < 6 <3", "Es 5 < 6 <3"),
        ("The tag `<b>` is bold", "La etiqueta `<b>` es negrita"),
        ("By 100 %s", "Un 100 %s"),
        ("", "Algo"),
        ("A sentence that is told", ""),
        ("A sentence that is told", " \r\n "),
        ("Amnesty", "Amnesty"),
        ("Snake_case, ![alt](a.png)", "Snake_case, ![otro](a.png)"),
    ],
)
def test_a_good_translation_has_no_faults(source: str, text: str) -> None:
    assert faults(block(source), text) == []


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        (
            "See [a](https://a.example)",
            "Véase",
            Fault(FaultCode.LINKS_LOST, ("https://a.example",)),
        ),
        ("See", "Véase https://b.example", Fault(FaultCode.LINKS_MADE_UP, ("https://b.example",))),
        ("See [a][One]", "Véase [a][uno]", Fault(FaultCode.LINKS_LOST, ("[one]",))),
        ("Mind {name}", "Cuidado", Fault(FaultCode.PLACEHOLDERS_LOST, ("{name}",))),
        ("Mind", "Cuidado %(n)s", Fault(FaultCode.PLACEHOLDERS_MADE_UP, ("%(n)s",))),
        ("In 2026", "En este año", Fault(FaultCode.NUMBERS_LOST, ("2026",))),
        ("*One*", "Uno", Fault(FaultCode.EMPHASIS_LOST)),
        ("One\\\ntwo", "Uno dos", Fault(FaultCode.BREAKS_LOST)),
        ("One", "**「一」**は", Fault(FaultCode.STRAY_MARKS, ("**",))),
        ("A sentence as it is", "A sentence as it is", Fault(FaultCode.SAME)),
        ("word " * 20, "Palabra", Fault(FaultCode.SHORT)),
        ("A word", "palabra " * 20, Fault(FaultCode.LONG)),
        ("A word", "<b>Una</b>", Fault(FaultCode.TAGS, ("<b>", "</b>"))),
        ("A word", "<SCRIPT src=x>", Fault(FaultCode.TAGS, ("<SCRIPT src=x>",))),
        ("A word", "<script", Fault(FaultCode.TAGS, ("<script",))),
        ("A word", "una <!-- x", Fault(FaultCode.TAGS, ("<!--",))),
        ("A word", "[x](javascript:x)", Fault(FaultCode.TAGS, ("javascript:x",))),
        ("A word", "una\u202eatse", Fault(FaultCode.HIDDEN, ("U+202E",))),
    ],
)
def test_what_is_wrong_is_said_with_what_it_is_about(source: str, text: str, found: Fault) -> None:
    assert found in faults(block(source), text)


def test_the_words_that_share_a_link_are_not_the_link() -> None:
    assert codes("[a](https://a.example) [b](https://a.example)", "[a](https://a.example)") == [
        FaultCode.LINKS_LOST
    ]


def test_markdown_is_not_read_in_a_line() -> None:
    assert codes(line("Ban *it*"), "Prohibirlo") == []
    assert codes(line("Ban https://a.example"), "Prohibirlo") == [FaultCode.LINKS_LOST]


def test_a_title_is_to_fit_what_people_share_and_must_fit_its_column() -> None:
    assert faults(line("Ban " * 50), "a" * 200) == []
    assert faults(line("Ban " * 50), "a" * 201) == [Fault(FaultCode.LONG_TITLE, limit=200)]
    assert faults(line("Ban " * 50), "a" * 301) == [Fault(FaultCode.TOO_LONG, limit=300)]
    assert faults(line("Them", "addressee"), "a" * 301) == [Fault(FaultCode.TOO_LONG, limit=300)]
    assert refusals(line("Ban it"), "a" * 201) == []


def test_what_is_far_too_long_is_not_read_at_all() -> None:
    assert faults(block("a" * 9000), "a" * 20_000) == []
    assert faults(block("A"), "<b>" * 2_000_000) == [Fault(FaultCode.TOO_LONG, limit=20_000)]
    # Blanks around the words would be trimmed, but nobody types so many.
    assert faults(block("A"), " " * 20_001) == [Fault(FaultCode.TOO_LONG, limit=20_000)]


def test_a_consent_has_words() -> None:
    assert codes(line("I agree", "consent_updates"), "—") == [FaultCode.NO_WORDS]
    assert codes(line("—", "title"), "–") == []
    assert refusals(line("I agree", "consent_updates"), "") == []


def test_only_some_faults_refuse() -> None:
    refusing = {code for code in FaultCode if Fault(code).is_refusal}
    assert refusing == {
        FaultCode.TOO_LONG,
        FaultCode.HIDDEN,
        FaultCode.TAGS,
        FaultCode.NO_WORDS,
    }
    assert refusals(block("In 2026"), "En <i>este</i> año") == [
        Fault(FaultCode.TAGS, ("<i>", "</i>"))
    ]


def test_much_that_is_wrong_is_told_in_short() -> None:
    text = " ".join(f"<{letter * 80}>" for letter in "abcdefg")
    assert faults(block("x" * 600), text) == [
        Fault(FaultCode.TAGS, tuple(f"<{letter * 58}…" for letter in "abcde"))
    ]


def test_a_chinese_text_is_short_without_lacking_anything() -> None:
    source = "We ask the European Union to ban the recognition of faces in public places."
    assert codes(source, "我们要求欧盟禁止在公共场所进行人脸识别。") == []


@given(st.text(), st.text())
def test_any_text_can_be_checked(source: str, text: str) -> None:
    found = faults(block(source), text)
    assert [one for one in found if one.is_refusal] == refusals(block(source), text)
