"""Which of a letter's languages a visitor reads best, from what their browser says (RFC 9110).

Asked at `/<slug>/` only: whoever follows a link to a language gets that language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

# Browsers send fewer than ten; nobody makes us weigh a thousand.
RANGES_AT_MOST = 20
# Where Chinese is read in which script, if the browser says only where.
_SCRIPTS = {
    **dict.fromkeys(("zh-tw", "zh-hk", "zh-mo"), "zh-hant"),
    **dict.fromkeys(("zh", "zh-cn", "zh-sg", "zh-my"), "zh-hans"),
}


@lru_cache(maxsize=4096)
def best_language(accepted: str, languages: tuple[str, ...]) -> str:
    """One of `languages`, the letter's own first: it answers when none is asked for.

    `accepted`: the header Accept-Language. The visitor's order decides; `pt` finds `pt-br`, `de-AT`
    finds `de`, and `zh-HK` the traditional script.
    """
    for wanted in _by_weight(accepted):
        found = languages[0] if wanted == "*" else _lookup(wanted, languages)
        if found:
            return found
    return languages[0]


def _by_weight(accepted: str) -> Iterator[str]:
    """The language ranges that are wanted at all, in lower case, the best first."""
    ranges = [_read(part) for part in accepted.split(",")[:RANGES_AT_MOST]]
    for weight, wanted in sorted(ranges, key=lambda one: -one[0]):
        if weight > 0 and wanted:
            yield wanted


def _read(part: str) -> tuple[float, str]:
    wanted, *parameters = (word.strip().lower() for word in part.split(";"))
    weight = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
    return (weight if 0 <= weight <= 1 else 0.0), wanted


def _lookup(wanted: str, languages: Sequence[str]) -> str:
    """RFC 4647's lookup, and then any other form of the same language."""
    parts = _SCRIPTS.get(wanted, wanted).split("-")
    for length in range(len(parts), 0, -1):
        shorter = "-".join(parts[:length])
        if shorter in languages:
            return shorter
    return next((one for one in languages if one.split("-")[0] == parts[0]), "")
