"""Doubts about people that only the rows beside them raise."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from undersigned.signatures.importing.brackets import at_commas
from undersigned.signatures.importing.flags import Alter, Code, Flag, Swap
from undersigned.signatures.importing.names import looks_like_a_name, sorting_name
from undersigned.signatures.importing.people import WHERE, title_and_affiliation
from undersigned.signatures.importing.placing import is_acronym
from undersigned.signatures.importing.signatories import Individual


def find_split_people(people: Sequence[Individual]) -> list[Flag]:
    """Return flags for people that a stray separator split in two: "Gracie; Bradley, Director"."""
    found: list[Flag] = []
    joined = ""
    for first, second in zip_longest(people, people[1:]):
        alone = first.name.isalpha() and not (first.title or first.affiliation)
        if not alone or first.id == joined or looks_like_a_name(first.name):
            continue
        if second is None or not _is_second_half(first, second):
            found.append(_one_word(first))
            continue
        joined = second.id
        name = f"{first.name} {second.name}"
        whole = replace(
            second,
            id=f"{first.id}+{second.id}",
            name=name,
            sorting_name=sorting_name(name),
            source=f"{first.source}; {second.source}",
        )
        found.append(
            Flag(
                id=f"{Code.PERSON_SPLIT}:{first.id}",
                code=Code.PERSON_SPLIT,
                where=WHERE,
                reason=f"‘{first.name}’ and ‘{second.name}’ seem to be one person, split in two.",
                suggestion=f"Read them as ‘{name}’?",
                rows=(first.id, second.id),
                lines=first.lines + second.lines,
                changes=(Swap((first.id, second.id), (whole,)),),
            )
        )
    return found


def _is_second_half(first: Individual, second: Individual) -> bool:
    described = bool(second.title or second.affiliation)
    return " " not in second.name and described and first.lines[-1] == second.lines[0]


def _one_word(person: Individual) -> Flag:
    return Flag(
        id=f"{Code.ONE_WORD_NAME}:{person.id}",
        code=Code.ONE_WORD_NAME,
        where=WHERE,
        reason=f"‘{person.name}’ is a single word.",
        suggestion="Keep it as somebody’s name?",
        rows=(person.id,),
        lines=person.lines,
        otherwise=(Swap((person.id,), ()),),
    )


def find_surnames_first(people: Sequence[Individual]) -> list[Flag]:
    """Return one flag if the list writes "Doe, Jane": most rows have a surname and given names."""
    turned = [
        person
        for person in people
        if person.affiliation
        and not person.title
        and " " not in person.name
        and person.name[0] < "\u2e80"
        and looks_like_a_name(f"{person.name} {person.affiliation.partition(',')[0]}")
        and not is_acronym(person.affiliation)
    ]
    if not turned or len(turned) * 2 < len(people):
        return []
    changes = []
    for person in turned:
        given, *rest = at_commas(person.affiliation)
        title, affiliation = title_and_affiliation(rest)
        values = (
            ("name", f"{given} {person.name}"),
            ("sorting_name", f"{person.name}, {given}"),
            ("title", title),
            ("affiliation", affiliation),
        )
        changes.append(Alter(person.id, values))
    return [_surname_first(turned, changes)]


def find_capital_surnames(people: Sequence[Individual]) -> list[Flag]:
    """Return one flag if the list writes "DOE Jane": most names begin with capitals, and go on."""
    found = [(person, _CAPITALS.match(person.name)) for person in people]
    turned = [(person, match.groups()) for person, match in found if match]
    if len(turned) < 2 or len(turned) * 5 < len(people) * 3:
        return []
    changes = [
        Alter(
            person.id,
            (("name", f"{given} {surname}"), ("sorting_name", f"{surname}, {given}")),
        )
        for person, (surname, given) in turned
    ]
    return [_surname_first([person for person, _ in turned], changes)]


_UPPER = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ'’-]+"
_CAPITALS = re.compile(rf"({_UPPER}(?: {_UPPER})*) ([^\W\d_][^\W\d_]*[a-zß-öø-ÿ].*)")


def _surname_first(turned: Sequence[Individual], changes: Sequence[Alter]) -> Flag:
    first = turned[0]
    return Flag(
        id=f"{Code.SURNAME_FIRST}:{first.id}",
        code=Code.SURNAME_FIRST,
        where=WHERE,
        reason=f"The list seems to write surnames first (‘{first.source}’).",
        suggestion=f"Read ‘{_new_name(changes[0])}’, and the others the same way?",
        rows=tuple(person.id for person in turned),
        lines=tuple(line for person in turned for line in person.lines),
        changes=tuple(changes),
    )


def _new_name(change: Alter) -> str:
    """Return the name that `change` gives."""
    return dict(change.values)["name"] or ""
