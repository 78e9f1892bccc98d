"""What the rows of a list do: most of them tell what an unclear one means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from undersigned.signatures.importing.brackets import (
    at_columns,
    at_commas,
    split_last_bracket,
    split_last_dash,
    trim,
)
from undersigned.signatures.importing.place_names import PARTS
from undersigned.signatures.importing.places import find_code
from undersigned.signatures.importing.placing import place_label
from undersigned.signatures.importing.text import fold


@dataclass(frozen=True, slots=True)
class Habits:
    """What the rows of a list do.

    `bracket`, `comma`, `dash`, `column`: a place is usually written that way. `front`: the place
    comes first. `codes`: places are country codes. `three`: "Name, City, Country". `american`:
    the list has states of the USA.
    """

    bracket: bool = False
    comma: bool = False
    dash: bool = False
    column: bool = False
    front: bool = False
    codes: bool = False
    three: bool = False
    american: bool = False


FRONT_DASH = re.compile(r"([^:–—]{2,40}?)\s+[–—-]\s+(?=\S)")
FRONT_COLON = re.compile(r"([^:：()]{2,40}?)\s*[:：]\s*(?=\S)")


def find_habits(texts: Sequence[str]) -> Habits:
    """Look at how the rows of a list write their places."""
    tails = [_tails(trim(text)) for text in texts]
    total = max(1, len(texts))

    def usual(shape: str, *, share: float = 0.3) -> bool:
        rows = [tail[shape] for tail in tails if shape in tail]
        known = sum(bool(place_label(label)) for label in rows)
        return known >= 2 and known / total >= share

    short = [label for tail in tails for label in tail.values() if 2 <= len(label) <= 3]
    codes = {label for label in short if find_code(label)}
    commas = [at_commas(text) for text in texts]
    long = sum(len(parts) > 2 and bool(place_label(trim(parts[-1]))) for parts in commas)
    # Places at the front are read only where hardly a row has its place at the end.
    front = sum("front" in tail and bool(place_label(tail["front"])) for tail in tails)
    states = {fold(name) for name in PARTS["US"].split("|")}
    return Habits(
        bracket=usual("bracket"),
        comma=usual("comma"),
        dash=usual("dash"),
        column=usual("column"),
        front=front >= 2 and front / total > 0.5,
        codes=len(codes) >= 3 or (len(codes) == 2 and len(short) * 2 >= total),
        three=long >= 2 and long / total >= 0.3,
        american=any(fold(label) in states for tail in tails for label in tail.values()),
    )


def _tails(text: str) -> dict[str, str]:
    """What stands where a place may stand, by shape."""
    tails: dict[str, str] = {}
    if bracket := split_last_bracket(text):
        tails["bracket"] = bracket[1]
    if len(cells := at_columns(text)) > 1:
        tails["column"] = cells[-1]
    if len(parts := at_commas(text)) > 1:
        tails["comma"] = parts[-1]
    if dash := split_last_dash(text):
        tails["dash"] = dash[1]
    if front := FRONT_DASH.match(text):
        tails["front"] = front.group(1)
    return tails
