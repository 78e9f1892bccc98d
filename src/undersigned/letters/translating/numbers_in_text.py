"""The numbers of a text, whatever digits it writes them with.

A number may be grouped, spelt as a date or with a decimal comma, so that each is known by all its
digits in a row, and by its parts. Those up to twelve are written in words often enough, as months
are: nothing is said of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_SMALL = 12
# Digits with single signs between them: points, commas, apostrophes, slashes, dashes, narrow
# spaces, the Arabic separators; and plain spaces between groups of three.
_NUMBER = re.compile(
    r"\d+(?:(?:[.,:/'\u2019\u066b\u066c\u00a0\u2009\u202f\u2010-\u2014-]"
    r"|(?<!\d{4})[ ](?=\d{3}(?!\d)))\d+)*"
)
# Groups of three, and decimals: told apart from dates, whose parts say something alone.
_GROUPED = re.compile(r"\d+(?:[^\d:/-]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,\u066b]\d+")
# Signs and beginnings of words that multiply the number before them: 2.5 million, 250万, 25 लाख.
_SCALE = re.compile(
    r"\s*(?:[万萬億亿만억千천兆조]|k\b|mil|mln|mio|mld|mrd|md\b|mn\b|bil|bln|tril|thous|taus|elfu|laki"
    r"|тыс|тис|мил|міл|млн|млрд|χιλ|εκατ|δισ|bin\b|triệu|nghìn|ngàn|tỷ|rib|jut"
    r"|ألف|آلاف|مليون|ملايين|مليار|هزار|میلیون|میلیارد|ہزار|لاکھ|کروڑ|ملین"
    r"|हज़ार|हजार|लाख|करोड़|হাজার|লাখ|লক্ষ|কোটি|ആയിരം|ലക്ഷം|കോടി"
    r"|พัน|หมื่น|แสน|ล้าน|ထောင်|သောင်း|သိန်း|သန်း|ሺ|ሚሊዮን)",
    re.IGNORECASE,
)
# What years are counted from in Thailand, and what Thai letters are.
_BUDDHIST_YEARS = 543
_THAI = re.compile("[\u0e01-\u0e4e]")


@dataclass(frozen=True)
class Number:
    """A number as it is written, with its digits in a row and those of each of its parts.

    `is_scaled`: a word or sign after it says thousands, millions or the like.
    """

    written: str
    digits: str
    parts: tuple[int, ...]
    is_scaled: bool


def numbers_lost(source: str, target: str) -> list[str]:
    """The numbers of one text that another one does not have, as they are written there."""
    there = list(_numbers(target))
    whole = {number.digits for number in there}
    parts = {part for number in there for part in number.parts}
    if _THAI.search(target):
        parts |= {part - _BUDDHIST_YEARS for part in parts}
    digits = {number.digits.rstrip("0") for number in there}
    scaled = {number.digits.rstrip("0") for number in there if number.is_scaled}
    lost = [
        number.written
        for number in _numbers(source)
        if number.digits not in whole
        and (_is_whole(number) or any(part > _SMALL and part not in parts for part in number.parts))
        # 2.5 million and 2,500,000 have the same digits but for the zeros.
        and number.digits.rstrip("0") not in (digits if number.is_scaled else scaled)
    ]
    return list(dict.fromkeys(lost))


def _is_whole(number: Number) -> bool:
    """Whether its parts alone do not say what it does: `1,000`, `1.5`."""
    if _GROUPED.fullmatch(number.written):
        return True
    return max(number.parts) <= _SMALL and _DECIMAL.fullmatch(number.written) is not None


def _numbers(text: str) -> Iterator[Number]:
    for found in _NUMBER.finditer(text):
        parts = [_plain(part) for part in re.findall(r"\d+", found[0])]
        yield Number(
            found[0],
            "".join(parts).lstrip("0"),
            # A thousand digits are no number that anybody wrote.
            tuple(int(part[:18]) for part in parts),
            _SCALE.match(text, found.end()) is not None,
        )


def _plain(digits: str) -> str:
    """`٣٤` as `34`."""
    return "".join(str(unicodedata.decimal(digit)) for digit in digits)
