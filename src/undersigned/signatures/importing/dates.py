"""Dates as pages write them, in the languages of CLDR."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import icu

from undersigned.signatures.importing.text import fold


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date, and whether day and month could be meant the other way round."""

    day: date
    unsure: bool = False


_LANGUAGES = """
    en es fr pt de it nl ca eu gl ar fa he ur hi bn ta th my id ms tl vi zh ja ko ru uk be bg sr
    hr sl bs mk sq cs sk pl hu ro el tr ka hy az kk uz sv da nb fi et lv lt is ga cy sw am
"""
"""Codes of CLDR; where a month has one name in two of them, the first one counts."""
_BUDDHIST_YEARS_AHEAD = 543
_ISO = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")


def find_date(text: str, *, language: str = "") -> FoundDate | None:
    """Return the first date in `text`, or None.

    `03/04/2021` is read as 3 April, and as unsure; English pages may mean 4 March. Years of the
    Thai calendar are turned into common ones.
    """
    text = text[:300]
    if found := _ISO.search(text):
        year, month, day = (int(number) for number in found.groups())
        return _make(year, month, day)
    if found := _NUMBERS.search(text):
        day, month, year = (int(number) for number in found.groups())
        if month > 12:
            return _make(year, day, month)
        return _make(year, month, day, unsure=day <= 12 and day != month)
    return _find_written(fold(text).split())


def _find_written(words: list[str]) -> FoundDate | None:
    """A month by its name, with a day before or after it, and a year."""
    months = _months()
    for index, word in enumerate(words):
        month = months.get(word) or months.get(" ".join(words[index : index + 2]))
        if not month:
            continue
        near = [*words[max(0, index - 3) : index][::-1], *words[index + 1 : index + 5]]
        numbers = [int(digits) for word in near if (digits := _leading_digits(word))]
        days = [number for number in numbers if number <= 31]
        years = [number for number in numbers if number > 1900]
        if days and years:
            return _make(years[0], month, days[0])
    return None


def _leading_digits(word: str) -> str:
    found = re.match(r"\d{1,4}(?=\D{0,3}$)", word)
    return found.group() if found else ""


def _make(year: int, month: int, day: int, *, unsure: bool = False) -> FoundDate | None:
    if 2400 < year < 2700:
        year -= _BUDDHIST_YEARS_AHEAD
    try:
        return FoundDate(date(year, month, day), unsure)
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for language in reversed(_LANGUAGES.split()):
        symbols = icu.DateFormatSymbols(icu.Locale(f"{language}@calendar=gregorian"))
        for context in (symbols.STANDALONE, symbols.FORMAT):
            for width in (symbols.ABBREVIATED, symbols.WIDE):
                for number, name in enumerate(symbols.getMonths(context, width), start=1):
                    key = fold(name)
                    if len(key) > 2 and not key.isdigit():
                        months[key] = number
    months["sept"] = 9
    return months
