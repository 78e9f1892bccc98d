"""Days, hours, numbers and lists as readers of a language write them: CLDR's forms, by ICU.

`language` is a BCP 47 tag (`pt-br`). Our English is British, and so are its dates; a language that
CLDR does not know is given British English too (ask `is_known` first where another one is better).
Years are Gregorian and digits Latin in every language. A day is the one that its fields say: no
time zone moves it.

ICU reads CLDR from a file that all processes map into memory, so that a language costs a process
next to nothing. Its formatters take a while to make (up to 0.1 ms) and are not meant for several
threads at once: the last used are kept, and used by one thread at a time.
"""

from __future__ import annotations

from calendar import timegm
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from threading import Lock
from typing import Any

import icu

KEPT = 128  # formatters: those of a page in each of many languages
_ENGLISH = "en-GB"
_ONE_AT_A_TIME = Lock()
type _Kind = Callable[[icu.Locale], Any]


def long_day(day: date, language: str) -> str:
    """`23 November 2026`"""
    return _written(_LONG, day, language)


def full_day(day: date, language: str) -> str:
    """`Monday, 23 November 2026`"""
    return _written(_FULL, day, language)


def medium_day(day: date, language: str) -> str:
    """`23 Nov 2026`"""
    return _written(_MEDIUM, day, language)


def day_of_month(day: date, language: str) -> str:
    """`23 Nov`"""
    return _written(_DAY_OF_MONTH, day, language)


def month(day: date, language: str) -> str:
    """`November 2026`"""
    return _written(_MONTH, day, language)


def short_month(day: date, language: str) -> str:
    """`Nov 2026`"""
    return _written(_SHORT_MONTH, day, language)


def year(day: date, language: str) -> str:
    """`2026`, or `2026年`"""
    return _written(_YEAR, day, language)


def clock(at: datetime, language: str) -> str:
    """`08:05`, or `8:05 PM`, of the hour in `at`'s own zone."""
    return _written(_CLOCK, at, language)


def moment(at: datetime, language: str) -> str:
    """`23 Nov 2026, 08:05`, in `at`'s own zone."""
    return _written(_MOMENT, at, language)


def days_between(first: date, last: date, language: str) -> str:
    """`16–22 Nov 2026`, `30 Nov – 6 Dec 2026`"""
    between = icu.DateInterval(_seconds(first), _seconds(last))
    return _formatted(_INTERVAL, between, language)


def time_from_now(delta: timedelta, language: str) -> str:
    """`3 hours ago`, `in 2 days`: in the largest unit of which it is nearly one (0.85)."""
    seconds = delta.days * 86_400 + delta.seconds
    size, unit = next(
        ((size, unit) for size, unit in _UNITS if abs(seconds) >= 0.85 * size), (1, _SECOND)
    )
    value = round(abs(seconds) / size)
    with _ONE_AT_A_TIME:
        formatter = _formatter(_RELATIVE, language)
        return str(formatter.formatNumeric(float(-value if seconds < 0 else value), unit))


def duration(delta: timedelta, language: str) -> str:
    """`20 minutes`, `1 hour`: in the largest unit of which there is one, at least a second."""
    seconds = max(round(delta.total_seconds()), 1)
    size, unit = next((size, unit) for size, unit in _MEASURES if seconds >= size)
    measure = icu.Measure((2 * seconds + size) // (2 * size), unit)
    with _ONE_AT_A_TIME:
        return str(_formatter(_measures, language).formatMeasure(measure))


def number(value: int, language: str) -> str:
    """`1,234` or `1.234`"""
    return _formatted(_NUMBER, value, language)


def compact_number(value: int, language: str) -> str:
    """`20K`, `1.5M`: with one digit after the point at most."""
    return _formatted(_with_one_digit, value, language)


def percent(part: float, language: str) -> str:
    """`57%` of 0.57"""
    return _formatted(_PERCENT, part, language)


def joined(parts: Sequence[str], language: str) -> str:
    """`Ana, Bo and Chi`"""
    return _formatted(_LIST, list(parts), language)


@lru_cache(maxsize=256)
def is_known(language: str) -> bool:
    """Whether CLDR has a language's dates and numbers."""
    try:
        return icu.Locale.forLanguageTag(language).getLanguage() in _known_languages()
    except icu.ICUError:  # no language tag at all
        return False


def _written(kind: _Kind, day: date, language: str) -> str:
    return _formatted(kind, _seconds(day), language)


def _seconds(day: date) -> float:
    """The seconds at which UTC shows the same fields: formatters are in UTC."""
    return float(timegm(day.timetuple()))


def _formatted(kind: _Kind, value: object, language: str) -> str:
    with _ONE_AT_A_TIME:
        return str(_formatter(kind, language).format(value))


@lru_cache(maxsize=KEPT)
def _formatter(kind: _Kind, language: str) -> Any:
    return kind(_locale(language))


def _locale(language: str) -> icu.Locale:
    if language == "en" or not is_known(language):
        language = _ENGLISH
    # Otherwise Persian years for Persian, Buddhist ones for Thai, and the digits of Bengali.
    plain = icu.Locale.forLanguageTag(language).getBaseName()
    return icu.Locale(f"{plain}@calendar=gregorian;numbers=latn;timezone=Etc/UTC")


@lru_cache(maxsize=1)
def _known_languages() -> frozenset[str]:
    return frozenset(name.partition("_")[0] for name in icu.Locale.getAvailableLocales())


def _of_fields(skeleton: str, locale: icu.Locale) -> Any:
    """Some fields of a date, in the order and with the words between them of the language."""
    pattern = icu.DateTimePatternGenerator.createInstance(locale).getBestPattern(skeleton)
    return icu.SimpleDateFormat(pattern, locale)


def _measures(locale: icu.Locale) -> Any:
    return icu.MeasureFormat(locale, icu.UMeasureFormatWidth.WIDE)


def _with_one_digit(locale: icu.Locale) -> Any:
    formatter = icu.CompactDecimalFormat.createInstance(locale, icu.UNumberCompactStyle.SHORT)
    formatter.setMaximumFractionDigits(1)
    return formatter


_LONG = partial(icu.DateFormat.createDateInstance, icu.DateFormat.LONG)
_FULL = partial(icu.DateFormat.createDateInstance, icu.DateFormat.FULL)
_MEDIUM = partial(icu.DateFormat.createDateInstance, icu.DateFormat.MEDIUM)
_CLOCK = partial(icu.DateFormat.createTimeInstance, icu.DateFormat.SHORT)
_MOMENT = partial(icu.SimpleDateFormat, "d MMM y, HH:mm")
_DAY_OF_MONTH = partial(_of_fields, "MMMd")
_MONTH = partial(_of_fields, "yMMMM")
_SHORT_MONTH = partial(_of_fields, "yMMM")
_YEAR = partial(_of_fields, "y")
_INTERVAL = partial(icu.DateIntervalFormat.createInstance, "yMMMd")
_NUMBER = icu.NumberFormat.createInstance
_PERCENT = icu.NumberFormat.createPercentInstance
_LIST = icu.ListFormatter.createInstance
_RELATIVE = icu.RelativeDateTimeFormatter

_SECOND = icu.URelativeDateTimeUnit.SECOND
_UNITS = (
    (365 * 86_400, icu.URelativeDateTimeUnit.YEAR),
    (30 * 86_400, icu.URelativeDateTimeUnit.MONTH),
    (7 * 86_400, icu.URelativeDateTimeUnit.WEEK),
    (86_400, icu.URelativeDateTimeUnit.DAY),
    (3_600, icu.URelativeDateTimeUnit.HOUR),
    (60, icu.URelativeDateTimeUnit.MINUTE),
)
_MEASURES = (
    (86_400, icu.MeasureUnit.createDay()),
    (3_600, icu.MeasureUnit.createHour()),
    (60, icu.MeasureUnit.createMinute()),
    (1, icu.MeasureUnit.createSecond()),
)
