"""Days, hours, numbers and lists as readers of a language write them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters import formatting

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("write", "english", "german", "arabic", "japanese"),
    [
        (
            formatting.long_day,
            "3 November 2026",
            "3. November 2026",
            "3 نوفمبر 2026",
            "2026年11月3日",
        ),
        (
            formatting.full_day,
            "Tuesday, 3 November 2026",
            "Dienstag, 3. November 2026",
            "الثلاثاء، 3 نوفمبر 2026",
            "2026年11月3日火曜日",
        ),
        (formatting.medium_day, "3 Nov 2026", "03.11.2026", "03\u200f/11\u200f/2026", "2026/11/03"),
        (formatting.day_of_month, "3 Nov", "3. Nov.", "3 نوفمبر", "11月3日"),
        (formatting.month, "November 2026", "November 2026", "نوفمبر 2026", "2026年11月"),
        (formatting.short_month, "Nov 2026", "Nov. 2026", "نوفمبر 2026", "2026年11月"),
        (formatting.year, "2026", "2026", "2026", "2026年"),
    ],
)
def test_days_stand_as_each_language_has_them(
    write: Callable[[date, str], str], english: str, german: str, arabic: str, japanese: str
) -> None:
    found = tuple(write(DAY, language) for language in ("en", "de", "ar", "ja"))

    assert found == (english, german, arabic, japanese)


def test_years_are_gregorian_and_digits_latin_everywhere() -> None:
    assert [formatting.long_day(DAY, language) for language in ("fa", "th", "am", "bn")] == [
        "3 نوامبر 2026",
        "3 พฤศจิกายน ค.ศ. 2026",
        "3 ኖቬምበር 2026",
        "3 নভেম্বর, 2026",
    ]


def test_a_language_keeps_what_it_says_of_script_and_country_and_nothing_else() -> None:
    assert formatting.long_day(DAY, "zh-hant") == "2026年11月3日"
    assert formatting.long_day(DAY, "sr-latn") == "3. novembar 2026."
    assert formatting.long_day(DAY, "fa-u-ca-persian-nu-arabext") == "3 نوامبر 2026"
    assert formatting.number(1234, "pt-br") == "1.234"


def test_hours_are_those_of_the_moments_own_zone() -> None:
    at = datetime(2026, 11, 3, 8, 5, tzinfo=timezone(timedelta(hours=13)))

    assert formatting.clock(at, "en") == "08:05"
    assert formatting.clock(at, "ko") == "오전 8:05"
    assert formatting.moment(at, "en") == "3 Nov 2026, 08:05"
    assert formatting.long_day(at.replace(hour=0), "en") == "3 November 2026"


@given(day=st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_no_time_zone_of_the_machine_moves_a_day(day: date) -> None:
    mine = icu.TimeZone.createDefault()
    written = []
    try:
        for zone in ("Pacific/Kiritimati", "Pacific/Midway"):
            icu.TimeZone.setDefault(icu.TimeZone.createTimeZone(zone))
            formatting._formatter.cache_clear()
            written.append(formatting.long_day(day, "en"))
            written.append(
                formatting.days_between(day, day, "en").replace(f"{day:%b}", f"{day:%B}")
            )
    finally:
        icu.TimeZone.setDefault(mine)
        formatting._formatter.cache_clear()

    assert written[0] == f"{day.day} {day:%B} {day.year}"
    assert written[2] == written[0]
    assert written[1] == written[3]


def test_two_days_say_together_what_they_share() -> None:
    assert formatting.days_between(DAY, date(2026, 11, 9), "en") == "3–9 Nov 2026"
    assert formatting.days_between(DAY, date(2026, 12, 2), "en") == "3 Nov\u2009–\u20092 Dec 2026"
    assert formatting.days_between(DAY, date(2026, 11, 9), "ja") == "2026年11月3日～9日"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-7200, "2 hours ago"),
        (0, "in 0 seconds"),
        (-1, "1 second ago"),
        (-50, "50 seconds ago"),
        (-51, "1 minute ago"),
        (45 * 60, "in 45 minutes"),
        (-51 * 60, "1 hour ago"),
        (21 * 3600, "in 1 day"),
        (-6 * 86_400, "1 week ago"),
        (-26 * 86_400, "1 month ago"),
        (-300 * 86_400, "10 months ago"),
        (400 * 86_400, "in 1 year"),
    ],
)
def test_time_from_now_is_told_in_the_largest_unit_that_is_nearly_reached(
    seconds: int, words: str
) -> None:
    assert formatting.time_from_now(timedelta(seconds=seconds), "en") == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (89, "1 minute"),
        (90, "2 minutes"),
        (1200, "20 minutes"),
        (3600, "1 hour"),
        (200_000, "2 days"),
    ],
)
def test_a_duration_is_told_in_the_largest_unit(seconds: int, words: str) -> None:
    assert formatting.duration(timedelta(seconds=seconds), "en") == words


def test_time_from_now_in_other_languages() -> None:
    assert formatting.time_from_now(timedelta(days=-3), "ar") == "قبل 3 أيام"
    assert formatting.time_from_now(timedelta(hours=2), "de") == "in 2 Stunden"


def test_numbers_and_shares() -> None:
    languages = ("en", "de", "fr", "hi", "ar")

    assert [formatting.number(1_234_567, language) for language in languages] == [
        "1,234,567",
        "1.234.567",
        "1\u202f234\u202f567",
        "12,34,567",
        "1,234,567",
    ]
    # The marks keep the sign on its side of the number, whatever stands around it.
    assert [formatting.percent(0.57, language) for language in languages] == [
        "57%",
        "57\xa0%",
        "57\xa0%",
        "57%",
        "57\u200e%\u200e",
    ]


def test_numbers_for_an_axis_are_short() -> None:
    assert [formatting.compact_number(n, "en") for n in (20_000, 12_345, 1_500_000)] == [
        "20K",
        "12.3K",
        "1.5M",
    ]
    assert formatting.compact_number(100_000, "hi") == "1\xa0लाख"
    assert formatting.compact_number(12_345, "de") == "12.345"


def test_lists_have_the_words_and_marks_of_the_language() -> None:
    assert [formatting.joined(["Ana", "Bo", "Chi"][:length], "en") for length in range(4)] == [
        "",
        "Ana",
        "Ana and Bo",
        "Ana, Bo and Chi",
    ]
    assert formatting.joined(["Ana", "Bo", "Chi"], "ar") == "Ana وBo وChi"
    assert formatting.joined(["Ana", "Inés"], "es") == "Ana e Inés"


def test_a_language_that_cldr_does_not_know_is_given_british_english() -> None:
    known = {"en", "pt-br", "sr-latn", "qu"}
    asked = [*sorted(known), "xx", "tlh", "", "no such"]

    assert {language for language in asked if formatting.is_known(language)} == known
    assert formatting.long_day(DAY, "xx") == "3 November 2026"
    assert formatting.joined(["A", "B", "C"], "no such") == "A, B and C"


def test_many_threads_write_at_once_and_get_their_own_words() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(300)]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda day: formatting.long_day(day, "en"), days))

    assert found == [f"{day.day} {day:%B} {day.year}" for day in days]


def test_only_so_many_formatters_are_kept() -> None:
    for language in icu.Locale.getISOLanguages():
        formatting.number(1, language)

    assert formatting._formatter.cache_info().currsize == formatting.KEPT


def test_a_moment_in_utc() -> None:
    assert formatting.moment(datetime(2026, 11, 3, 23, 59, tzinfo=UTC), "es") == "3 nov 2026, 23:59"
