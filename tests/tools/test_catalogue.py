"""A translation that would break a page, or a sentence, is found."""

from __future__ import annotations

import polib
import pytest

from tools.catalogue import faults

ARABIC = (
    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
)
SPANISH = "nplurals=2; plural=(n != 1);"


def catalogue(*entries: polib.POEntry, plurals: str = SPANISH) -> polib.POFile:
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": plurals}
    made.extend(entries)
    return made


def entry(source: str, translation: str, **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=source, msgstr=translation, **more)


def plural(*translations: str) -> polib.POEntry:
    return polib.POEntry(
        msgid="%(n)s signature",
        msgid_plural="%(n)s signatures",
        msgstr_plural={**dict(enumerate(translations))},
    )


@pytest.mark.parametrize(
    "good",
    [
        entry("Sign", "Firmar"),
        entry("By %(name)s", "De %(name)s"),
        entry("100 % sure <b>{count}</b>", "<b>{count}</b> 100 % seguro"),
        entry("Gone", "", obsolete=True),
        plural("%(n)s firma", "%(n)s firmas"),
        plural("una firma", "%(n)s firmas"),
    ],
)
def test_a_good_translation_passes(good: polib.POEntry) -> None:
    assert [*faults(catalogue(good), "es")] == []


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (entry("Sign", ""), "“Sign”: is not translated"),
        (
            entry("Sign", "Firma", flags=["fuzzy"]),
            "“Sign”: is marked fuzzy: check the translation, then remove the mark",
        ),
        (entry("By %(name)s", "De"), "“By %(name)s”: the translation lost %(name)s"),
        (entry("By", "De {name}"), "“By”: the translation made up {name}"),
        (entry("<b>By</b>", "<i>De</i>"), "“<b>By</b>”: the translation has other HTML tags"),
        (
            entry("By\n", "De"),
            "“By\n”: one ends with a line break and the other does not",
        ),
        (plural("%(n)s firma", ""), "“%(n)s signature”: lacks a plural form"),
        (plural("%(n)s firma"), "“%(n)s signature”: has 1 plural forms, of 2"),
        (plural("%(n)s firma", "firmas"), "“%(n)s signature”: the translation lost %(n)s"),
    ],
)
def test_a_bad_translation_is_named(bad: polib.POEntry, fault: str) -> None:
    assert [*faults(catalogue(bad), "es")] == [fault]


def test_arabic_says_none_one_and_two_in_words() -> None:
    words = plural("لا توقيعات", "توقيع", "توقيعان", *3 * ["%(n)s توقيع"])

    assert [*faults(catalogue(words, plurals=ARABIC), "ar")] == []


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("", "the header has no Plural-Forms"),
        (SPANISH, "Plural-Forms gives 0 and 2 one form; the language has two"),
        ("nplurals=1; plural=(n != 1);", "Plural-Forms gives 0 the form 1, of 1 forms"),
        ("nplurals=2; plural=(n $ 1);", "invalid token in plural form: $"),
    ],
)
def test_the_header_fits_the_language(header: str, fault: str) -> None:
    assert [*faults(catalogue(plurals=header), "ar")] == [fault]


def test_a_fuzzy_header_would_switch_the_language_off() -> None:
    fresh = catalogue()
    fresh.metadata_is_fuzzy = True

    assert [*faults(fresh, "es")] == [
        "the header is marked fuzzy, so that nothing is compiled: remove the mark"
    ]
