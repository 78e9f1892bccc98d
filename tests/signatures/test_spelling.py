"""Which ways of writing a name have the same letters, and no more about them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.spelling import same_letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana example", "Ána  Example"),
        ("Nguyen Van Hoa", "Nguyễn Văn Hoà"),
        ("YILMAZ IŞIK", "Yılmaz Işık"),
        ("Ilker", "İlker"),
        ("ΓΙΩΡΓΟΣ", "Γιώργος"),
        ("Сергей", "Сергеи"),
        ("O'Neil", "O’Neil"),
        ("O Neil", "O'Neil"),
        ("ONeil", "O'Neil"),
        ("Jean Paul", "Jean-Paul"),
        ("J R Example", "J. R. Example"),
        ("Ｗａｌｔｅｒ", "Walter"),
        ("Gross", "Groß"),
        ("أحمد", "احمد"),
        ("علی رضا", "علی‌رضا"),
        ("מֹשֶׁה", "משה"),
        ("김 민준", "김민준"),
        ("王 伟", "王伟"),
    ],
)
def test_accents_capitals_and_signs_of_names_are_no_other_letters(one: str, other: str) -> None:
    assert same_letters(one, other)
    assert same_letters(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王伟", "汪维"),
        ("李娜", "黎那"),
        ("國", "国"),
        ("Ana", "Аna"),  # the first letter is Cyrillic
        ("Ана", "Ana"),
        ("Ana", "Αna"),  # … Greek
        ("राम", "रमा"),
        ("राम", "रीमा"),
        ("สุดา", "สีดา"),
        ("かわ", "がわ"),
        ("Lech", "Łech"),
        ("Bo", "Bob"),
        ("Ana Bo", "Bo Ana"),
        ("Therapist", "The Rapist"),
        ("Therapist", "The-Rapist"),
        ("Therapist", "The.Rapist"),
        ("Anna", "A n n a"),
        ("김민준", "김민주"),
        ("Walter", "W\u0336a\u0336lter"),  # struck out
        ("Walter", "Walter\u20e0"),  # forbidden
        ("Walter", "Walter\ufe0f"),
    ],
)
def test_other_letters_are_other_letters(one: str, other: str) -> None:
    assert not same_letters(one, other)
    assert not same_letters(other, one)


@pytest.mark.parametrize(
    "sign", ["✔", "☭", "€", "+", "★", "🏳", "!", "(", "/", "_", "1", "²", "Ⅳ", "†", "™", "“"]
)
def test_no_sign_comes_in(sign: str) -> None:
    assert not same_letters("Walter Erase", f"Walter Erase {sign}")
    assert same_letters(f"walter erase {sign}", f"Walter Erase {sign}")


@pytest.mark.parametrize(("one", "other"), [("Ana", "Ⓐna"), ("No", "№"), ("IV", "Ⅳ")])
def test_a_sign_is_no_letter_though_it_stands_for_some(one: str, other: str) -> None:
    assert not same_letters(one, other)
    assert same_letters(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Berg", "𝔄𝔫𝔫𝔞 𝔅𝔢𝔯𝔤"),
        ("Anna", "ᴬⁿⁿᵃ"),
        ("Fina", "ﬁna"),
        ("Anna", f"A{'\u0301' * 60}nna"),
        ("Anna", "A\u0301\u0302\u0303nna"),
        ("Anna", "'''...---Anna,,,"),
        ("Anna", "Anna..."),
    ],
)
def test_ornament_may_go_and_not_come(one: str, other: str) -> None:
    assert not same_letters(one, other)
    assert same_letters(other, one)
    assert same_letters(other, other)


@given(st.text(max_size=30))
def test_every_name_has_its_own_letters(name: str) -> None:
    assert same_letters(name, name)


@given(st.text(max_size=30))
def test_capitals_never_matter(name: str) -> None:
    is_plain = name.isalpha() and unicodedata.is_normalized("NFKC", name)
    assert same_letters(name.lower().upper(), name.lower()) or not is_plain
