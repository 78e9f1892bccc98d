"""Organisations: a name, and where the list has one, a place.

A list is read with its habits: what most of its rows do tells what an unclear row means.
"""

import re
from dataclasses import dataclass

from undersigned.signatures.importing.addresses import (
    mail_flag,
    number_flag,
    take_mail,
    take_number,
    take_website,
)
from undersigned.signatures.importing.brackets import (
    at_columns,
    at_commas,
    split_first_bracket,
    split_last_bracket,
    split_last_dash,
    trim,
)
from undersigned.signatures.importing.flags import Alter, Code, Flag
from undersigned.signatures.importing.habits import FRONT_COLON, FRONT_DASH, Habits
from undersigned.signatures.importing.place_names import US_STATE_CODES
from undersigned.signatures.importing.places import find_place
from undersigned.signatures.importing.placing import (
    Placing,
    could_be_place,
    near_label,
    place_label,
    unknown_label,
)
from undersigned.signatures.importing.row_doubts import (
    WHERE,
    city_flag,
    comma_flag,
    on_behalf,
    place_in_name,
)
from undersigned.signatures.importing.signatories import Organisation
from undersigned.signatures.importing.text import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """A row before it is read: its text without a bullet, its lines, and its group's place."""

    text: str
    lines: tuple[int, ...]
    group: str = ""


_EMOJI = re.compile("\\s*([\U0001f1e6-\U0001f1ff]{2})\\s*")


def read_organisation(
    entry: Entry, row: str, habits: Habits
) -> tuple[Organisation, tuple[Flag, ...]]:
    """Read one row. What cannot be told apart stays in the name, with a flag."""
    text, website = take_website(entry.text)
    text, had_mail = take_mail(text)
    text, number = take_number(text)
    name, placing, flags = _take_place(trim(text), row, entry.lines, habits)
    if not placing and entry.group:
        placing = place_label(entry.group) or unknown_label(entry.group)
    placing = placing or Placing("")
    organisation = Organisation(
        id=row,
        name=name or entry.text,
        place=placing.place,
        country=placing.country,
        city=placing.city,
        native_name=native_part(name),
        website=website,
        lines=entry.lines,
        source=entry.text,
    )
    if not placing.place:
        flags = (*flags, *place_in_name(name, row, entry.lines, habits))
    mail = mail_flag(row, WHERE, entry.lines) if had_mail else ()
    mail += number_flag(row, WHERE, entry.lines, organisation.name, number)
    doubts = placing.flag(row, WHERE, entry.lines)
    return organisation, (*doubts, *flags, *on_behalf(name, row, entry.lines), *mail)


def native_part(name: str) -> str:
    """Return the part of "Native name / English name" that is not in Latin letters, or ""."""
    parts = [part.strip() for part in re.split(r"\s*[/／|]\s*|\s+[–—-]\s+|\s*[（(]\s*", name)]
    latin = [bool(re.search("[A-Za-z]", part)) for part in parts]
    if len(parts) != 2 or sum(latin) != 1:
        return ""
    native = parts[latin.index(False)].strip("（）() ")
    return native if sum(letter.isalpha() for letter in native) > 1 else ""


_Found = tuple[str, Placing | None, tuple[Flag, ...]]


def _take_place(text: str, row: str, lines: tuple[int, ...], habits: Habits) -> _Found:
    if found := _at_front(text, habits):
        return (*found, ())
    if len(cells := at_columns(text)) > 1:
        return _from_columns(cells, row, lines, habits)
    if bracket := split_last_bracket(text):
        found_in_bracket = _from_bracket(*bracket, row, lines, habits)
        if found_in_bracket:
            return found_in_bracket
    if dash := split_last_dash(text):
        before, after = dash
        placing = place_label(after, codes=habits.codes, american=habits.american)
        placing = placing or near_label(after)
        if not placing and habits.dash and could_be_place(after):
            placing = unknown_label(after)
        if placing:
            return before, placing, ()
    return _from_commas(text, row, lines, habits)


def _at_front(text: str, habits: Habits) -> tuple[str, Placing] | None:
    """ "Brazil: Name", "(Brazil) Name", "🇧🇷 Name", and "Brazil – Name" where most rows do so."""
    if emoji := _EMOJI.search(text):
        rest = trim(text[: emoji.start()] + " " + text[emoji.end() :])
        placing = place_label(emoji.group(1))
        return (rest, placing) if placing and rest and not place_label(rest) else None
    if bracket := split_first_bracket(text):
        placing = place_label(bracket[0], codes=habits.codes)
        return (trim(bracket[1]), placing) if placing else None
    shape = FRONT_COLON.match(text) or (FRONT_DASH.match(text) if habits.front else None)
    if shape:
        placing = place_label(shape.group(1), codes=habits.codes)
        return (trim(text[shape.end() :]), placing) if placing else None
    return None


def _from_columns(cells: list[str], row: str, lines: tuple[int, ...], habits: Habits) -> _Found:
    """A table's row: the place is the last cell that is one, or the first."""
    for index in (len(cells) - 1, 0, *range(len(cells) - 2, 0, -1)):
        placing = place_label(cells[index], codes=True, american=habits.american)
        if placing:
            rest = cells[:index] + cells[index + 1 :]
            return _with_city(rest, placing, row, lines)
    rest = cells[:-1]
    if habits.column and could_be_place(cells[-1]):
        return _with_city(rest, unknown_label(cells[-1]), row, lines)
    name = ", ".join(cells)
    return name, None, (comma_flag(row, lines, cells[-1], rest, keep=True),)


def _with_city(cells: list[str], placing: Placing, row: str, lines: tuple[int, ...]) -> _Found:
    """Of the cells beside the country, one may be the city."""
    name = ", ".join(cells)
    for index, cell in enumerate(cells[1:], start=1):
        near = place_label(cell)
        if near and near.city and not placing.city:
            others = cells[:index] + cells[index + 1 :]
            with_city = Placing(
                placing.place, placing.country, near.city, placing.code, placing.guess
            )
            return ", ".join(others), with_city, ()
    if len(cells) == 2 and could_be_place(cells[1]):
        return name, placing, (city_flag(row, lines, name, *cells, take=True),)
    return name, placing, ()


def _from_bracket(
    before: str, inside: str, row: str, lines: tuple[int, ...], habits: Habits
) -> _Found | None:
    """Only the last bracket can be a place; an acronym or an explanation belongs to the name."""
    if not before:
        return None
    name = trim(before)
    if initials_of(name) == fold(inside) and not (habits.bracket and find_place(inside)):
        return None  # "United Samples (US)", unless the list has places in brackets
    placing = place_label(inside, codes=habits.codes, american=habits.american)
    if placing:
        return name, placing, ()
    if near := near_label(inside):
        return name, near, ()
    if not could_be_place(inside) or at_commas(inside)[1:]:
        return None
    if habits.bracket:
        return name, unknown_label(inside), ()
    whole = f"{before} ({inside})"
    flag = Flag(
        id=f"{Code.PLACE_UNKNOWN}:{row}",
        code=Code.PLACE_UNKNOWN,
        where=WHERE,
        reason=f"‘{inside}’ may be a place or a part of the name ‘{whole}’.",
        suggestion="Keep it as a part of the name?",
        rows=(row,),
        lines=lines,
        otherwise=(Alter(row, (("name", name), ("place", inside))),),
    )
    return whole, None, (flag,)


def _from_commas(text: str, row: str, lines: tuple[int, ...], habits: Habits) -> _Found:
    parts = at_commas(text)
    if len(parts) < 2:
        return text, None, ()
    *rest, last = parts
    name = _before_last_part(text, last)
    codes = habits.codes or habits.comma
    if last in US_STATE_CODES and len(rest) > 1:
        label = f"{rest[-1]}, {last}"
        state = Placing(label, None, rest[-1], Code.PLACE_IS_PART, "US")
        return _before_last_part(name, rest[-1]), state, ()
    placing = place_label(last, codes=codes, american=habits.american)
    if not placing and could_be_place(last):
        placing = near_label(last)
    if placing:
        return _city_before(name, rest, placing, row, lines, habits)
    if not could_be_place(last) or _goes_on(parts):
        return text, None, ()
    keep = not habits.comma
    return text, None, (comma_flag(row, lines, last, [name], keep=keep),)


def _city_before(
    name: str,
    parts: list[str],
    placing: Placing,
    row: str,
    lines: tuple[int, ...],
    habits: Habits,
) -> _Found:
    """ "Name, City, Country": the part before the country is a city if it is known as one."""
    if len(parts) < 2 or placing.city:
        return name, placing, ()
    last = parts[-1]
    shorter = _before_last_part(name, last)
    near = place_label(last)
    if near and near.code in {Code.PLACE_IS_CITY, Code.PLACE_IS_PART}:
        if near.code is Code.PLACE_IS_PART and fold(placing.place) == "georgia":
            return name, placing, ()
        found = Placing(placing.place, placing.country, last, placing.code, placing.guess)
        return shorter, found, ()
    if not could_be_place(last) or _goes_on(parts):
        return name, placing, ()
    return name, placing, (city_flag(row, lines, name, shorter, last, take=habits.three),)


def _before_last_part(text: str, last: str) -> str:
    """The text as written, up to the comma before its last part."""
    return trim(text[: text.rindex(last)])


def initials_of(name: str) -> str:
    """Return the first letters of the words of `name`, folded."""
    return "".join(word[0] for word in fold(name).split() if word[0].isalpha())


def _goes_on(parts: list[str]) -> bool:
    """An enumeration in a name: "Race, Inequality, and the Law"; "Health, Ethics and Law"."""
    return bool(re.match(r"(?:and|et|y|e|und|&)\s", parts[-1])) or bool(
        re.search(r"\s(?:and|et|y|e|und|&)\s", parts[-1])
    )
