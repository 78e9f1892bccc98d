from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import listed, published_letter, signed, text, worker_keys
from undersigned.letters.models import Letter
from undersigned.signatures.audiences import Audience, Choices, choices_of, members
from undersigned.signatures.models import Signature
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, "banned", texts=[text("en"), text("fr")])


@pytest.fixture
def three(letter: Letter, keys: WorkerKeys) -> list[Signature]:
    """A person in France, one anywhere, an organisation in French; and others who get nothing."""
    signed(letter, consent_updates=True)
    listed(letter, keys, country="FR")
    return [
        listed(letter, keys, consent_updates=True, country="FR"),
        listed(letter, keys, consent_updates=True),
        listed(
            letter,
            keys,
            consent_updates=True,
            country="FR",
            language="fr",
            kind="organisation",
            name="Union",
        ),
    ]


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (Audience(), {0, 1, 2}),
        (Audience(kinds=("organisation",)), {2}),
        (Audience(countries=("FR",)), {0, 2}),
        (Audience(countries=("", "DE")), {1}),
        (Audience(languages=("en",), countries=("FR",)), {0}),
        (Audience(editions=(1,)), {0, 1, 2}),
        (Audience(editions=(2,)), set()),
    ],
)
def test_who_fits(
    letter: Letter, three: list[Signature], audience: Audience, who: set[int]
) -> None:
    assert set(members(letter, audience)) == {three[place] for place in who}
    assert Audience.from_json(audience.to_json()) == audience


def test_nobody_who_confirmed_later(letter: Letter, three: list[Signature]) -> None:
    assert three[0].confirmed_at is not None
    before = three[0].confirmed_at - timedelta(seconds=1)
    assert members(letter, Audience(), before).count() == 0
    assert members(letter, Audience(), timezone.now()).count() == 3


def test_what_there_is_to_choose(letter: Letter, three: list[Signature]) -> None:
    assert choices_of(letter) == Choices(
        total=3,
        kinds=[("individual", 2), ("organisation", 1)],
        countries=[("FR", 2), ("", 1)],
        languages=[("en", 2), ("fr", 1)],
        editions=[(1, 3)],
    )


def test_nobody_to_choose(letter: Letter) -> None:
    assert choices_of(letter) == Choices(0, [], [], [], [])
