"""Settings are stored beside what others changed, and each change leaves its event."""

from __future__ import annotations

import pytest

from tests.builders import published_letter
from undersigned.letters.logos import Logo
from undersigned.letters.merging import Conflict
from undersigned.letters.models import Letter, LetterEvent
from undersigned.letters.setting_up import SetUp, set_logo, set_up, settings_of
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, contacts={"general": "a@example.org"}, drafters=["Ana"])


def test_what_was_changed_is_stored_and_noted(letter: Letter) -> None:
    done = set_up(letter, settings_of(letter), {"goal": 100, "hashtag": "#air"}, actor="Ana")

    assert done == SetUp(("goal", "hashtag"))
    stored = Letter.objects.get()
    assert (stored.goal, stored.hashtag, stored.drafters) == (100, "#air", ["Ana"])
    assert stored.revision == letter.revision + 1
    last = LetterEvent.objects.order_by("-id")[0]
    assert (last.act, last.details) == ("change settings", {"settings": ["goal", "hashtag"]})


def test_nothing_changed_is_no_event(letter: Letter) -> None:
    before = LetterEvent.objects.count()

    assert set_up(letter, settings_of(letter), settings_of(letter), actor="Ana") == SetUp()
    assert (LetterEvent.objects.count(), Letter.objects.get().revision) == (before, letter.revision)


def test_two_change_different_settings(letter: Letter) -> None:
    began_with = settings_of(letter)
    set_up(letter, began_with, {"goal": 100, "drafters": ["Ana", "Bo"]}, actor="Bo")

    set_up(letter, began_with, {"goal": None, "drafters": ["Chi", "Ana"]}, actor="Ana")

    stored = Letter.objects.get()
    assert (stored.goal, stored.drafters) == (100, ["Chi", "Ana", "Bo"])


def test_two_change_the_same_setting_and_the_second_is_asked(letter: Letter) -> None:
    began_with = settings_of(letter)
    set_up(letter, began_with, {"goal": 100}, actor="Bo")

    done = set_up(letter, began_with, {"goal": 200, "hashtag": "#air"}, actor="Ana")

    assert done == SetUp(conflicts={"goal": (Conflict(None, 200, 100),)})
    stored = Letter.objects.get()
    assert (stored.goal, stored.hashtag) == (100, "")


def test_a_logo_comes_and_goes(letter: Letter) -> None:
    set_logo(letter, Logo(b"picture", "image/png", 1, 1), actor="Ana")
    assert bytes(Letter.objects.get().logo or b"") == b"picture"
    set_logo(letter, None, actor="Bo")

    assert Letter.objects.get().logo is None
    last = [*LetterEvent.objects.order_by("id").values_list("actor", "act")][-2:]
    assert last == [("Ana", "set logo"), ("Bo", "remove logo")]
