"""Rows that are on the list already are found, also when spelt differently."""

from undersigned.signatures.importing.listed_already import find_listed
from undersigned.signatures.importing.signatories import Individual, Organisation


def organisations(*names: str) -> list[Organisation]:
    return [Organisation(id=f"organisation-{n}", name=name) for n, name in enumerate(names, 1)]


def people(*names: str) -> list[Individual]:
    return [
        Individual(id=f"individual-{n}", name=name, sorting_name=name)
        for n, name in enumerate(names, 1)
    ]


def test_the_same_and_nearly_the_same_organisation() -> None:
    rows = organisations("Sample Watch", "Fundación Ejemplar de Derechos Digitales", "Other Group")
    listed = organisations("Sample Watch", "Ejemplar Digital Rights Foundation", "Third Society")
    flags = find_listed(rows, listed)
    assert [(flag.rows, flag.reason) for flag in flags] == [
        (("organisation-1",), "‘Sample Watch’ is on the list already."),
        (
            ("organisation-2",),
            (
                "‘Fundación Ejemplar de Derechos Digitales’ may be on the list already, as "
                "‘Ejemplar Digital Rights Foundation’."
            ),
        ),
    ]


def test_people_who_are_listed_without_a_name_to_sort_by() -> None:
    listed = [Individual(id="x", name="Dr. Ana Lucia Example")]
    (flag,) = find_listed(people("Ana Lucía Example"), listed)
    assert (flag.rows, flag.where) == (("individual-1",), "individuals")


def test_doubles_within_either_list_are_not_this_question() -> None:
    rows = people("Ana Example", "Ana Example")
    assert [flag.rows for flag in find_listed(rows, people("Ana Example", "Ana Example"))] == [
        ("individual-1",),
        ("individual-2",),
    ]
    assert find_listed(rows, people("Jon Sample")) == []
    assert find_listed(rows, people("Ana Sample", "Ana Sample")) == []
