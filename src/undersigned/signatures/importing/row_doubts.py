"""Doubts about rows of organisations, each with a suggestion."""

import re

from undersigned.signatures.importing.brackets import (
    at_commas,
    split_last_bracket,
    split_last_dash,
)
from undersigned.signatures.importing.flags import Alter, Code, Flag
from undersigned.signatures.importing.habits import Habits
from undersigned.signatures.importing.names import (
    has_honorific,
    looks_like_a_name,
    looks_like_a_title,
)
from undersigned.signatures.importing.placing import place_label, unknown_label
from undersigned.signatures.importing.vocabulary import names_organisation

WHERE = "organisations"

_BEHALF = re.compile(
    r",?\s+(?:(?:signing )?(?:for and )?on behalf of|au nom de|en nombre de|"
    r"en representación de|em nome de|im namen (?:von|der|des)|a nome di|namens)\s+(?=\S)",
    re.IGNORECASE,
)
_FOR = re.compile(r",?\s+(?:for|für|pour|por|per)\s+(?=\S)")


_AFTER_HYPHEN = re.compile(r"\w-(\w+)$")
_LAST_WORD = re.compile(r"\w[\s-](\w+)$")


def city_flag(
    row: str, lines: tuple[int, ...], name: str, shorter: str, city: str, *, take: bool
) -> Flag:
    """Return the doubt whether a part of a row is the city. `take`: suggest that it is."""
    change = Alter(row, (("name", shorter), ("city", city)))
    return Flag(
        id=f"{Code.CITY_UNSURE}:{row}",
        code=Code.CITY_UNSURE,
        where=WHERE,
        reason=f"‘{city}’ may be a city or a part of the name ‘{name}’.",
        suggestion=(
            f"Read ‘{shorter}’ as the name and ‘{city}’ as the city?"
            if take
            else "Keep it as a part of the name?"
        ),
        rows=(row,),
        lines=lines,
        changes=(change,) if take else (),
        otherwise=() if take else (change,),
    )


def comma_flag(row: str, lines: tuple[int, ...], last: str, rest: list[str], *, keep: bool) -> Flag:
    """Return the doubt whether a part of a row is the place. `keep`: suggest that it is not."""
    name = ", ".join(rest)
    placing = unknown_label(last)
    change = Alter(row, (("name", name), ("place", last), ("country", placing.guess)))
    return Flag(
        id=f"{Code.COMMA_UNSURE}:{row}",
        code=Code.COMMA_UNSURE,
        where=WHERE,
        reason=f"‘{last}’ may be a place or a part of the name ‘{name}, {last}’.",
        suggestion=(
            "Keep it as a part of the name?" if keep else f"Read ‘{last}’ as the place of ‘{name}’?"
        ),
        rows=(row,),
        lines=lines,
        changes=() if keep else (change,),
        otherwise=(change,) if keep else (),
    )


def _behalf(name: str) -> re.Match[str] | None:
    """A council signs on behalf of its members, and Gesellschaft für Muster for nobody else."""
    found = _BEHALF.search(name) or _FOR.search(name)
    person = at_commas(name[: found.start()])[:1] if found else []
    somebody = any(looks_like_a_name(part) for part in person)
    titled = any(has_honorific(part) for part in person)
    if found is None or not somebody:
        return None
    whom = name[found.end() :]
    for_it = whom.startswith("the ") and names_organisation(whom)
    return found if titled or for_it or _BEHALF.search(name) else None


_REPRESENTED = re.compile(
    r",?\s+[(–—-]?\s?(?:represented|signed) by:?\s+|,?\s+(?:représentée? par|representad[ao] por|"
    r"vertreten durch|rappresentat[ao] da)\s+",
    re.IGNORECASE,
)


def _signed_by(name: str) -> tuple[str, str] | None:
    """ "Sample Society (Jane Doe, Director)", "Sample Society, represented by Jane Doe"."""
    if found := _REPRESENTED.search(name):
        return name[: found.start()], name[found.end() :].rstrip(") ")
    apart = split_last_bracket(name) or split_last_dash(name)
    if apart is None:
        return None
    somebody, *rest = at_commas(apart[1]) or [""]
    titled = bool(rest) and looks_like_a_title(rest[0])
    return apart if titled and looks_like_a_name(somebody) else None


def on_behalf(name: str, row: str, lines: tuple[int, ...]) -> tuple[Flag, ...]:
    """ "Jane Doe, on behalf of X" in a list of organisations: X signs, through Jane Doe."""
    parts = at_commas(name)
    if found := _behalf(name):
        person, organisation = name[: found.start()], name[found.end() :].removeprefix("the ")
    elif signed := _signed_by(name):
        organisation, person = signed
    elif len(parts) > 2 and looks_like_a_title(parts[-1]) and looks_like_a_name(parts[-2]):
        organisation, person = ", ".join(parts[:-2]), ", ".join(parts[-2:])
    else:
        return ()
    flag = Flag(
        id=f"{Code.SIGNED_ON_BEHALF}:{row}",
        code=Code.SIGNED_ON_BEHALF,
        where=WHERE,
        reason=f"‘{name}’ names a person and the organisation they sign for.",
        suggestion=f"List ‘{organisation}’ as the organisation, signed for by ‘{person}’?",
        rows=(row,),
        lines=lines,
        changes=(Alter(row, (("name", organisation), ("representative", person))),),
    )
    return (flag,)


def place_in_name(name: str, row: str, lines: tuple[int, ...], habits: Habits) -> tuple[Flag, ...]:
    """ "Example Witness-Uganda", and in a list that has places also "Example Denmark"."""
    usual = habits.bracket or habits.comma or habits.dash or habits.column
    found = _LAST_WORD.search(name) if usual else _AFTER_HYPHEN.search(name)
    placing = place_label(found.group(1)) if found else None
    if not placing or not placing.country:
        return ()
    flag = Flag(
        id=f"{Code.PLACE_IN_NAME}:{row}",
        code=Code.PLACE_IN_NAME,
        where=WHERE,
        reason=f"‘{name}’ has no place, and ‘{placing.place}’ in its name may be it.",
        suggestion=f"Keep the name, and use {placing.place} ({placing.country}) as the place?",
        rows=(row,),
        lines=lines,
        changes=(Alter(row, (("place", placing.place), ("country", placing.country))),),
    )
    return (flag,)
