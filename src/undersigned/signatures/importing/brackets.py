"""Taking a row apart at its brackets, commas and dashes."""

import re
from collections.abc import Callable

_PAIRS = {")": "(", "]": "[", "）": "（", "】": "【", "〕": "〔", "］": "［"}
_OPENING = frozenset(_PAIRS.values())
_FULL_STOP_STAYS = re.compile(
    r"(?:^|\W)(?:\w|[\w.]*\.\w+|inc|ltd|co|corp|assn|assoc|dept|univ|jr|sr|esq|etc|vs|st|bros|intl|"
    r"org|gov|fdn|prof|dr|hon|ing|lic|mag|dipl|s\.?a|a\.?c|a\.?s)\.$",
    re.IGNORECASE,
)


def split_last_bracket(text: str) -> tuple[str, str] | None:
    """Return what stands before and inside the bracket that ends `text`, or None.

    >>> split_last_bracket("La Repubblica (newspaper) (Italy)")
    ('La Repubblica (newspaper)', 'Italy')
    """
    text = text.rstrip()
    if not text or text[-1] not in _PAIRS:
        return None
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        if text[index] in _PAIRS:
            depth += 1
        elif text[index] in _OPENING:
            depth -= 1
            if depth == 0:
                inside = text[index + 1 : -1].strip()
                return (text[:index].rstrip(), inside) if inside else None
    return None


def split_first_bracket(text: str) -> tuple[str, str] | None:
    """Return what stands inside a bracket that begins `text`, and what follows it, or None."""
    found = re.match(r"[(\[（【]([^()\[\]（）【】]{1,60})[)\]）】][\s:–-]*(?=\w)", text)
    return (found.group(1).strip(), text[found.end() :]) if found else None


def is_open(text: str) -> bool:
    """Tell whether a bracket in `text` is not closed."""
    opened = sum(letter in _OPENING for letter in text)
    return opened > sum(letter in _PAIRS for letter in text)


_COMMAS = ",，،、﹐"
_SEMICOLONS = ";；؛"
_BY = {marks: re.compile(f"[{marks}]") for marks in (_COMMAS, _SEMICOLONS)}


def _split_at(text: str, marks: str) -> list[str]:
    if _OPENING.isdisjoint(text):
        return [part for piece in _BY[marks].split(text) if (part := piece.strip())]
    return split_outside(text, marks.__contains__)


def split_outside(text: str, is_separator: Callable[[str], bool]) -> list[str]:
    """Part `text` where `is_separator` says so of a single character, but not inside brackets.

    A bracket that is never closed does not count as one. Empty parts are left out.
    """
    if not any(map(is_separator, set(text))):
        return [text.strip()] if text.strip() else []
    closes = sum(letter in _PAIRS for letter in text)
    parts: list[list[str]] = [[]]
    depth = 0
    for letter in text:
        if letter in _PAIRS:
            closes -= 1
            depth = max(0, depth - 1)
        if depth == 0 and is_separator(letter):
            parts.append([])
            continue
        if letter in _OPENING and closes > depth:
            depth += 1
        parts[-1].append(letter)
    return [part for letters in parts if (part := "".join(letters).strip())]


def at_commas(text: str) -> list[str]:
    """Part `text` at the commas of all scripts."""
    return _split_at(text, _COMMAS)


def at_semicolons(text: str) -> list[str]:
    """Part `text` at the semicolons of all scripts."""
    return _split_at(text, _SEMICOLONS)


_COLUMNS = re.compile(r"\s*[\t|｜]\s*")
_DASHES = re.compile(r"\s+(?:[–—―·•~]|--?)\s+|\s*[―—](?=\S)")


def at_columns(text: str) -> list[str]:
    """Part `text` at tabs and upright strokes."""
    return [cell for cell in _COLUMNS.split(text.strip()) if cell]


def at_dashes(text: str) -> list[str]:
    """Part `text` at dashes with spaces around them."""
    return [part.strip() for part in _DASHES.split(text) if part.strip()]


def split_last_dash(text: str) -> tuple[str, str] | None:
    """Return what stands before and after the last dash with spaces around it, or None."""
    found = [*_DASHES.finditer(text)]
    if not found:
        return None
    before, after = text[: found[-1].start()].strip(), text[found[-1].end() :].strip()
    return (before, after) if before and after else None


def trim(text: str) -> str:
    """Take away spaces, and the commas, semicolons and full stop that end a row.

    The full stop of an abbreviation stays ("e.V.", "Inc.").
    """
    stripped = re.sub(" {2,}", " ", text).lstrip(" \t;,").rstrip(_ENDS)
    if (
        not stripped.endswith(".")
        or stripped.endswith("..")
        or (_FULL_STOP_STAYS.search(stripped[-16:]))
    ):
        return stripped
    return stripped[:-1].rstrip(_ENDS)


_ENDS = " \t;,；،、，*†‡。"


_AND = re.compile(r"\s+(?:and|et|y|e|und|&)\s+")
_AND_FIRST = re.compile(r"^(?:and|et|y|e|und|&)\s+")


def split_names(text: str) -> tuple[list[str], str]:
    """Part an enumeration of names; the second value is a part that may be two names, or ""."""
    parts = at_commas(text)
    if not parts:
        return [], ""
    last = parts[-1]
    if _AND_FIRST.match(last):
        return [*parts[:-1], _AND_FIRST.sub("", last)], ""
    return parts, last if _AND.search(last) else ""


def in_two(names: list[str], unsure: str) -> list[str]:
    """Return `names` with the last of them, `unsure`, parted at its last "and"."""
    *_, last = _AND.finditer(unsure)
    return [*names[:-1], unsure[: last.start()], unsure[last.end() :]]
