"""Who is shown first, and in which order."""

from __future__ import annotations

import pytest

from tests.builders import confirmed, listed
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.deciding import By
from undersigned.signatures.featuring import feature, featured_in_order, put_in_order, unfeature
from undersigned.signatures.models import Signature
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(letter: Letter) -> By:
    return By(letter, "Ana")


def names(letter: Letter) -> list[str]:
    return [row.name for row in featured_in_order(letter)]


def people(by: By, keys: WorkerKeys, *called: str) -> list[Signature]:
    return [listed(by.letter, keys, name=name) for name in called]


def test_the_newly_featured_stand_behind_the_others(by: By, keys: WorkerKeys) -> None:
    chi, ana, bo = people(by, keys, "Chi", "Ana", "Bo")
    before = by.letter.revision
    assert feature(by, [chi.pk]) == 1
    assert feature(by, [bo.pk, ana.pk, chi.pk]) == 2
    assert names(by.letter) == ["Chi", "Ana", "Bo"]
    by.letter.refresh_from_db()
    assert by.letter.revision == before + 2, "the page is rendered anew"


def test_only_who_is_listed_is_featured(by: By, keys: WorkerKeys) -> None:
    assert feature(by, [confirmed(by.letter, keys).pk]) == 0
    assert not LetterEvent.objects.filter(act="feature signatures").exists()


def test_the_order_is_chosen_and_the_rest_follows(by: By, keys: WorkerKeys) -> None:
    ana, bo, chi = people(by, keys, "Ana", "Bo", "Chi")
    feature(by, [ana.pk, bo.pk, chi.pk])
    assert put_in_order(by, [chi.pk, chi.pk, listed(by.letter, keys).pk]) == 3
    assert names(by.letter) == ["Chi", "Ana", "Bo"]
    assert put_in_order(by, [chi.pk]) == 0
    assert LetterEvent.objects.get(act="order featured signatures").details == {"signatures": 3}


def test_who_is_featured_no_more_stands_among_everybody(by: By, keys: WorkerKeys) -> None:
    (ana,) = people(by, keys, "Ana")
    feature(by, [ana.pk])
    assert unfeature(by, [ana.pk]) == 1
    assert names(by.letter) == []
    assert unfeature(by, [ana.pk]) == 0
