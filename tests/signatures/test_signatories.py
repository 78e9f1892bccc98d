"""The public list: in the reader's order, in pages, with a filter, and nobody who is hidden."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import confirmed, listed, published_letter, signed, text
from undersigned.letters.models import Letter
from undersigned.signatures import signatories
from undersigned.signatures.changes import record
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Kind, Signature, Visibility
from undersigned.signatures.rules import Act
from undersigned.signatures.signatories import (
    Page,
    Signatory,
    countries_of,
    find_signatories,
    first_signatories,
)
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


def organisations(*names: str, **more: Any) -> list[Enrolled]:
    return [Enrolled(Kind.ORGANISATION, name, **more) for name in names]


def people(*names: str, **more: Any) -> list[Enrolled]:
    return [Enrolled(Kind.INDIVIDUAL, name, **more) for name in names]


def names(entries: list[Signatory]) -> list[str]:
    return [entry.name for entry in entries]


# The first screen


def test_organisations_featured_people_and_the_others_stand_apart(letter: Letter) -> None:
    enroll(
        letter,
        [
            *organisations("Union", "Access Now"),
            *people("Zoe Famous", "Abe Famous", is_featured=True),
            *people("Cleo", "Ana"),
        ],
    )

    first = first_signatories(letter, "en")

    assert names(first.organisations) == ["Access Now", "Union"]
    assert names(first.featured) == ["Zoe Famous", "Abe Famous"]  # in the order of the list
    assert names(first.people) == ["Ana", "Cleo"]
    assert (first.organisations_total, first.people_total) == (2, 2)
    assert first.newest is None


@pytest.mark.parametrize("sorted_by_language", [0, 5_000])
def test_those_of_one_name_keep_the_order_in_which_they_were_entered(
    letter: Letter, monkeypatch: pytest.MonkeyPatch, sorted_by_language: int
) -> None:
    monkeypatch.setattr(signatories, "SORTED_BY_LANGUAGE", sorted_by_language)
    places = ["Germany", "Switzerland", "Austria", "Denmark", "Chile"]
    enroll(letter, [one for place in places for one in organisations("Watch", place=place)])

    assert [one.place for one in first_signatories(letter, "en").organisations] == places


def test_an_empty_list_is_empty(letter: Letter) -> None:
    first = first_signatories(letter, "en")

    assert (first.organisations, first.featured, first.people) == ([], [], [])
    assert (first.organisations_total, first.people_total, first.newest) == (0, 0, None)


def test_nobody_stands_there_who_is_not_listed_or_not_shown(
    letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Given Initials", choice=Visibility.INITIALS)
    listed(letter, keys, name="Shown Fully")
    listed(letter, keys, name="Counted Only", choice=Visibility.COUNTED)
    listed(letter, keys, name="For Addressee", choice=Visibility.RECIPIENT)
    withdrawn = listed(letter, keys, name="Withdrawn")
    record([withdrawn], Act.WITHDRAW, timezone.now())
    listed(published_letter(keys), keys, name="Elsewhere")
    confirmed(letter, keys, name="Confirmed")
    signed(letter, name="Pending")

    assert names(first_signatories(letter, "en").people) == ["G. I.", "Shown Fully"]
    assert names(find_signatories(letter, "en").entries) == ["G. I.", "Shown Fully"]


def test_the_newest_is_the_day_of_the_latest_confirmation(letter: Letter, keys: WorkerKeys) -> None:
    for day in (21, 23, 22):
        row = listed(letter, keys)
        Signature.objects.filter(pk=row.pk).update(
            confirmed_at=datetime(2026, 11, day, 23, 59, tzinfo=UTC)
        )

    assert first_signatories(letter, "en").newest == datetime(2026, 11, 23, tzinfo=UTC).date()


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        ("en", ["Ähnlich", "Ñandú", "Nube", "Zebra", "أمل"]),
        ("sv", ["Ñandú", "Nube", "Zebra", "Ähnlich", "أمل"]),
        ("es", ["Ähnlich", "Nube", "Ñandú", "Zebra", "أمل"]),
        ("ar", ["أمل", "Ähnlich", "Ñandú", "Nube", "Zebra"]),
    ],
)
def test_each_reader_finds_names_in_the_order_of_their_language(
    letter: Letter, language: str, in_order: list[str]
) -> None:
    enroll(letter, organisations(*reversed(in_order)))

    assert names(first_signatories(letter, language).organisations) == in_order
    assert names(find_signatories(letter, language).entries) == in_order


def test_a_long_list_stands_in_the_roots_order(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatories, "SORTED_BY_LANGUAGE", 2)
    enroll(letter, organisations("Zebra", "Ähnlich", "Nube"))

    assert names(first_signatories(letter, "sv").organisations) == ["Ähnlich", "Nube", "Zebra"]


@pytest.mark.parametrize("sorted_by_language", [5_000, 0])
def test_the_first_screen_is_always_light(
    letter: Letter, monkeypatch: pytest.MonkeyPatch, sorted_by_language: int
) -> None:
    monkeypatch.setattr(signatories, "SORTED_BY_LANGUAGE", sorted_by_language)
    monkeypatch.setattr(signatories, "ORGANISATIONS_FIRST", 2)
    monkeypatch.setattr(signatories, "PEOPLE_FIRST", 1)
    monkeypatch.setattr(signatories, "FEATURED_FIRST", 1)
    enroll(
        letter,
        organisations("C", "B", "A") + people("Z", "Y") + people("F1", "F2", is_featured=True),
    )

    first = first_signatories(letter, "en")

    assert (names(first.organisations), names(first.people)) == (["A", "B"], ["Y"])
    assert (names(first.featured), first.organisations_total, first.people_total) == (
        ["F1"],
        3,
        2,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_list_takes_no_more_queries(
    letter: Letter, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    enroll(letter, (organisations("A") + people("B") + people("C", is_featured=True)) * count)

    with django_assert_num_queries(6):
        first_signatories(letter, "en")


# An entry


def test_an_entry_has_what_may_be_shown(keys: WorkerKeys) -> None:
    letter = published_letter(keys, texts=[text("en"), text("es")])
    enroll(
        letter,
        [
            Enrolled(Kind.ORGANISATION, "A", place="UK", country="GB", website="https://a.example"),
            Enrolled(Kind.ORGANISATION, "B", place="MENA"),
            Enrolled(Kind.ORGANISATION, "C", country="DE"),
            Enrolled(Kind.ORGANISATION, "D"),
            Enrolled(Kind.INDIVIDUAL, "E", title="Poet", affiliation="PEN"),
        ],
    )

    english = find_signatories(letter, "en").entries
    spanish = find_signatories(letter, "es").entries

    # As written in the letter's own language; by the country's name in others.
    assert [entry.place for entry in english] == ["UK", "MENA", "Germany", "", ""]
    assert [entry.place for entry in spanish] == ["Reino Unido", "MENA", "Alemania", "", ""]
    poet = english[4]
    brought = Signatory(poet.id, "individual", "E", "Poet", "PEN", "", "", is_brought=True)
    assert poet == brought
    assert english[0].website == "https://a.example"


# The filter and its pages


@pytest.fixture
def mixed(letter: Letter) -> Letter:
    enroll(
        letter,
        [
            *organisations("Ação Cidadã", country="BR"),
            *organisations("O’Neil Trust", country="IE"),
            *people("Москва Example", title="Poet", country="DE"),
            *people("Ana 100%", affiliation="Trust_Fund", country="DE"),
            *people("#Hashtag"),
        ],
    )
    count_changes()
    return letter


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["#Hashtag", "Ação Cidadã", "Ana 100%", "O’Neil Trust", "Москва Example"]),
        ("acao", ["Ação Cidadã"]),
        ("AÇÃO cida", ["Ação Cidadã"]),
        ("moskva poet", ["Москва Example"]),
        ("москва", ["Москва Example"]),
        ("oneil", ["O’Neil Trust"]),
        ("o'neil", ["O’Neil Trust"]),
        ("trust", ["Ana 100%", "O’Neil Trust"]),
        ("trust fund", ["Ana 100%"]),
        ("nobody", []),
        ("%", ["Ana 100%"]),
        ("#", ["#Hashtag"]),
        ("_", []),
        ("\\", []),
        ("' OR 1=1 --", []),
    ],
)
def test_every_word_must_be_found(mixed: Letter, words: str, found: list[str]) -> None:
    assert names(find_signatories(mixed, "en", words=words).entries) == found


def test_kind_and_country_narrow_the_list(mixed: Letter) -> None:
    def found(**wanted: str) -> list[str]:
        return names(find_signatories(mixed, "en", **wanted).entries)  # type: ignore[arg-type]

    assert found(kind="organisation") == ["Ação Cidadã", "O’Neil Trust"]
    assert found(country="DE") == ["Ana 100%", "Москва Example"]
    assert found(country="DE", kind="organisation") == []
    assert found(country="DE", words="moskva") == ["Москва Example"]


def test_only_countries_that_are_there_can_be_filtered_by(mixed: Letter, keys: WorkerKeys) -> None:
    enroll(published_letter(keys), people("Elsewhere", country="FR"))
    count_changes()

    assert sorted(countries_of(mixed)) == ["BR", "DE", "IE"]


@pytest.mark.parametrize(
    ("asked", "number", "found"),
    [
        (1, 1, ["A", "B"]),
        (2, 2, ["C", "D"]),
        (3, 3, ["E"]),
        (4, 3, ["E"]),
        (99_999_999, 3, ["E"]),
        (0, 1, ["A", "B"]),
        (-5, 1, ["A", "B"]),
    ],
)
@pytest.mark.parametrize("sorted_by_language", [5_000, 0])
def test_a_page_past_the_end_is_the_last(
    letter: Letter,
    monkeypatch: pytest.MonkeyPatch,
    sorted_by_language: int,
    asked: int,
    number: int,
    found: list[str],
) -> None:
    monkeypatch.setattr(signatories, "PER_PAGE", 2)
    monkeypatch.setattr(signatories, "SORTED_BY_LANGUAGE", sorted_by_language)
    enroll(letter, people("E", "D", "C", "B", "A"))

    page = find_signatories(letter, "en", number=asked)

    assert (names(page.entries), page.total, page.number, page.pages) == (found, 5, number, 3)


def test_an_empty_result_has_one_empty_page(letter: Letter) -> None:
    assert find_signatories(letter, "en", words="nobody") == Page([], 0, 1, 1)
