"""What a signature may become, and what a name may be."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.models import Kind, State
from undersigned.signatures.rules import (
    NAME_LENGTH,
    Act,
    NameFault,
    NameRefused,
    NotAllowed,
    clean_name,
    clean_text,
    initials,
    next_state,
    reason_to_hold,
)

# The state table, written out once more: a row for each state, a column for each act.
TABLE = """
              confirm    list    decline   withdraw   void  restore    hold
    pending   confirmed  -       -         -          void  -          -
    confirmed -          listed  declined  withdrawn  void  -          -
    listed    -          -       declined  withdrawn  void  -          confirmed
    declined  -          -       -         withdrawn  void  confirmed  -
    withdrawn -          -       -         -          -     -          -
    void      -          -       -         -          -     confirmed  -
"""
_head, *_rows = [line.split() for line in TABLE.strip().splitlines()]
EXPECTED = {
    (row[0], act): result for row in _rows for act, result in zip(_head, row[1:], strict=True)
}


def test_the_table_names_every_pair() -> None:
    assert set(EXPECTED) == set(itertools.product(map(str, State), map(str, Act)))


@pytest.mark.parametrize(("state", "act"), sorted(EXPECTED))
def test_an_act_leads_where_the_table_says_or_is_refused(state: str, act: str) -> None:
    expected = EXPECTED[state, act]
    if expected == "-":
        with pytest.raises(NotAllowed, match=f"^{act} cannot follow {state}$"):
            next_state(state, Act(act))
    else:
        assert next_state(state, Act(act)) == State(expected)


def test_an_unknown_state_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        next_state("nonsense", Act.CONFIRM)


@pytest.mark.parametrize(
    ("kind", "policy", "reason"),
    [
        (Kind.ORGANISATION, True, "organisation"),
        (Kind.ORGANISATION, False, ""),
        (Kind.INDIVIDUAL, True, ""),
        (Kind.INDIVIDUAL, False, ""),
    ],
)
def test_organisations_are_held_where_the_letter_says_so(
    kind: Kind, policy: bool, reason: str
) -> None:
    assert reason_to_hold(kind=kind, organisations_are_held=policy) == reason


# Names

REAL_LOOKING = [
    "Ana Lucía Example",
    "O",
    "Ng",
    "J",
    "X Æ",
    "John Smith 3rd",
    "John Smith, Jr.",
    "J. R. R. Example",
    "Dr. Eva-Maria Müller-Lüdenscheidt",
    "Siobhán O'Brien",
    "Siobhán O’Brien",
    "D'Angelo d'Arc",
    "Nguyễn Thị Minh Khai",
    "Đặng Văn Ấn",
    "Þórdís Ægisdóttir",
    "Łukasz Żółć",
    "Ñuñez",
    "İbrahim Iğdır",
    "Şeyma Çağ",
    "ʻIolani Kamakaʻeha",
    "Oʻtkir Gʻulomov",
    "Ọláṣubọ̀mí Àjàyí",
    "N!xau ǂToma",
    "Ƙwaƴa Ɓala",
    "Αλέξανδρος Παπαδόπουλος",
    "Дмитро Ґонта",
    "Ђорђе Љубичић",
    "Գոհար Հակոբյան",
    "ნინო ბერიძე",
    "שרה כֹּהֵן",
    "أحمد عبد الله",
    "مُحَمَّد",
    "علی‌رضا حسینی",  # Persian, zero-width non-joiner
    "مهسا می‌خواه",
    "گلنار ژاله",
    "ئاسۆ",
    "ڈاکٹر عمران",
    "ދިވެހި އަހްމަދު",
    "ܝܘܚܢܢ",
    "ሰላም ኃይሌ",
    "ⴰⵎⴰⵣⵉⵖ",
    "ߒߞߏ ߡߊ߬ߘߌ߬",
    "𞤀𞤣𞤢𞤥 𞤄𞤮𞤦𞤮",
    "नरेन्द्र क्षेत्री",
    "प्रिया र्‍य",  # zero-width joiner
    "শ্রেয়া চট্টোপাধ্যায়",
    "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "ગાયત્રી",
    "ଶ୍ରୀମତୀ",
    "தமிழ்ச்செல்வி",
    "శ్రీనివాస్",
    "ಕೃಷ್ಣ",
    "അനില്‍ കുമാര്‍",  # Malayalam, zero-width joiner at the end of words
    "ශ්‍රී ලාල්",  # Sinhala, zero-width joiner
    "สมชาย ใจดี",
    "เอกชัย",
    "ເພັດ ວົງສາ",
    "ស្រី សុខា",
    "အောင်ဆန်းစုကြည်",
    "ဒေါ် ခင်မျိုးချစ်",
    "བསྟན་འཛིན་རྒྱ་མཚོ",
    "ᠮᠣᠩᠭᠣᠯ",
    "ᠨᠠᠷ\u180eᠠ",  # Mongolian, vowel separator
    "김민준",
    "王小明",
    "山田 太郎",
    "ハンナ・アーレント",
    "𠮷野家",
    "Mary-Jane (MJ) Example",
    "María José de la O y Fernández",
    "Iñigo",
    "Jeremías 🌻",
]


@pytest.mark.parametrize("name", REAL_LOOKING)
def test_names_of_people_pass_as_they_are(name: str) -> None:
    assert clean_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana \t Lucía\n", "Ana Lucía"),
        ("Ana\u00a0Lucía", "Ana Lucía"),
        ("Jose\u0301", "José"),
        ("ស្រី\u200bសុខា", "ស្រីសុខា"),  # what the space bar of a Khmer keyboard types
        ("\u200fأحمد\u200e", "أحمد"),
        ("\ufeffAna", "Ana"),
        ("Müller\u00adLüdenscheidt", "MüllerLüdenscheidt"),
    ],
)
def test_what_changes_nothing_to_see_is_tidied(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


HIDDEN = [
    "Ana\x00",
    "Ana\x07Lucía",
    "Ana\x1b[31m",
    "Ana\x7f",
    "Ana\x80",
    *(f"Ana{chr(code)}Lucía" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    "Ana\U000e0041\U000e0042",  # tag characters
    "Ana\U000e0001",
    "Ana\ue000",  # private use
    "Ana\U000f0000",
    "Ana\ud800",  # half a character
    "Ana\u0378",  # not assigned
    "Ana\ufff9x\ufffa",  # interlinear annotation
]


@pytest.mark.parametrize("name", HIDDEN, ids=ascii)
def test_hidden_characters_are_refused(name: str) -> None:
    assert fault_of(name) == NameFault.HIDDEN_CHARACTERS


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", NameFault.EMPTY),
        (" \t\n\u200b", NameFault.EMPTY),
        ("...", NameFault.NO_LETTERS),
        ("🌻", NameFault.NO_LETTERS),
        ("\u200d", NameFault.NO_LETTERS),
        ("\u0301", NameFault.NO_LETTERS),
        ("ana@example.org", NameFault.ADDRESS),
        ("ana＠example", NameFault.ADDRESS),
        ("ana﹫example", NameFault.ADDRESS),
        ("http://example.org", NameFault.LINK),
        ("see https example", NameFault.LINK),
        ("HTTPS：／／example", NameFault.LINK),
        ("www.example.org", NameFault.LINK),
        ("Buy at WWW.Example", NameFault.LINK),
        ("example.com", NameFault.LINK),
        ("shop.example.ru", NameFault.LINK),
        ("Buy at example.com now", NameFault.LINK),
        ("Look at example.info/x", NameFault.LINK),
        ("A" * (NAME_LENGTH + 1), NameFault.TOO_LONG),
        ("é" * (NAME_LENGTH + 1), NameFault.TOO_LONG),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(name: str, fault: NameFault) -> None:
    assert fault_of(name) == fault


def fault_of(name: str) -> NameFault:
    with pytest.raises(NameRefused) as refusal:
        clean_name(name)
    # The message is the fault's code, never what was typed.
    assert str(refusal.value) == refusal.value.fault.value
    return refusal.value.fault


def test_a_name_may_have_120_characters_however_they_were_typed() -> None:
    assert clean_name("A" * NAME_LENGTH) == "A" * NAME_LENGTH
    assert clean_name("e\u0301" * NAME_LENGTH) == "é" * NAME_LENGTH


@pytest.mark.parametrize("name", ["Vrijschrift.org", "Campaigns.com e.V.", "38 Degrees", "7amleh"])
def test_organisations_may_be_called_after_their_domain(name: str) -> None:
    assert clean_name(name, kind=Kind.ORGANISATION) == name


def test_organisations_may_not_be_links_either() -> None:
    with pytest.raises(NameRefused):
        clean_name("https://vrijschrift.org/", kind=Kind.ORGANISATION)


@pytest.mark.parametrize("line", ["", "M.Sc/PhD", "Head of Dept. 3", "Vrijschrift.org", "100%"])
def test_an_optional_line_may_be_empty_or_have_no_letters(line: str) -> None:
    assert clean_text(line, length=20) == line


def test_an_optional_line_has_its_own_length() -> None:
    with pytest.raises(NameRefused) as refusal:
        clean_text("abcdef", length=5)

    assert refusal.value.fault == NameFault.TOO_LONG


@given(st.text(max_size=150))
def test_whatever_is_typed_is_cleaned_for_good_or_refused(typed: str) -> None:
    try:
        name = clean_name(typed)
    except NameRefused:
        return
    assert clean_name(name) == name
    assert 0 < len(name) <= NAME_LENGTH
    assert "@" not in name
    assert unicodedata.is_normalized("NFC", name)


# Initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Lucía Example", "A. L. E."),
        ("ana", "A."),
        ("Élodie", "É."),
        ("Jean-Paul Sartre", "J. P. S."),
        ("Anne‑Marie", "A. M."),
        ("Siobhán O’Brien", "S. O."),
        ("(MJ) Example", "M. E."),
        ("John Smith 3rd", "J. S. 3."),
        ("J. R. R. Example", "J. R. R. E."),
        ("ʻIolani", "I."),
        ("Jeremías 🌻", "J."),
        ("…", ""),
        ("", ""),
        ("ßeta", "Ss."),
        # Right-to-left
        ("أحمد عبد الله", "أ. ع. ا."),
        ("مُحَمَّد", "مُ."),
        ("علی‌رضا حسینی", "ع. ح."),
        ("שרה כֹּהֵן", "ש. כֹּ."),
        # Whole syllables: a consonant without what is stacked onto it is another letter
        ("अनिता", "अ."),
        ("नरेन्द्र क्षेत्री", "न. क्षे."),
        ("प्रिया", "प्रि."),
        ("শ্রেয়া", "শ্রে."),
        ("ශ්‍රී ලාල්", "ශ්‍රී. ලා."),
        ("ស្រី សុខា", "ស្រី. សុ."),
        ("അനില്‍", "അ."),
        ("അല്‍ഫ", "അ."),
        ("ല്‍", "ല്."),
        ("အောင် ဆန်း", "အော. ဆ."),
        ("မ်က", "မ်."),
        ("བསྟན་འཛིན", "བ."),
        # The vowel before is not what the name begins with
        ("เอกชัย ใจดี", "อ. จ."),
        ("ໂພໄຊ", "ພ."),
        ("ნინო ბერიძე", "ნ. ბ."),
        ("김민준", "김."),
        ("王小明", "王."),
        ("𞤀𞤣𞤢𞤥", "𞤀."),
    ],
)
def test_initials_are_whole_first_characters(name: str, expected: str) -> None:
    assert initials(name) == expected


@given(st.text(max_size=NAME_LENGTH))
def test_initials_fit_where_the_name_did_and_can_be_shown(typed: str) -> None:
    try:
        name = clean_name(typed)
    except NameRefused:
        return
    short = initials(name)

    assert len(short) <= NAME_LENGTH
    assert short == "" or short.endswith(".")
    assert not any(
        unicodedata.category(character)[0] == "C" for character in short.replace("\u200d", "")
    )


def test_many_short_names_keep_as_many_initials_as_fit() -> None:
    name = " ".join("abcdefghij" * 6)
    assert len(name) == NAME_LENGTH - 1

    short = initials(name)

    assert short == " ".join(f"{letter}." for letter in "ABCDEFGHIJ" * 4)
    assert len(short) == NAME_LENGTH - 1
