"""The delivery log: what is written down, who is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import published_letter, worker_keys
from undersigned.letters.handing_over import (
    Delivery,
    add_handover,
    change_handover,
    handovers_of,
    public_handovers,
    remove_handover,
)
from undersigned.letters.models import Handover, Letter, LetterEvent

pytestmark = pytest.mark.django_db

FIRST = Delivery("The city", date(2026, 11, 20), organisations=3, people=40)
SECOND = Delivery("The state", date(2026, 11, 22), organisations=4, people=50, is_public=False)


@pytest.fixture
def letter(tmp_path: Path) -> Letter:
    return published_letter(worker_keys(tmp_path))


def acts() -> list[str]:
    found = LetterEvent.objects.filter(act__endswith="handover").order_by("pk")
    return list(found.values_list("act", flat=True))


def test_the_latest_comes_first_and_only_public_ones_are_shown(letter: Letter) -> None:
    first = add_handover(letter, FIRST, actor="Ana")
    second = add_handover(letter, SECOND, actor="Ana")
    assert handovers_of(letter) == [second, first]
    assert public_handovers(letter) == [first]
    assert first.edition == letter.edition


def test_each_change_leaves_an_event_and_renews_the_page(letter: Letter) -> None:
    before = letter.revision
    handover = add_handover(letter, FIRST, actor="Ana")
    change_handover(handover, SECOND, actor="Ana")
    handover.refresh_from_db()
    assert (handover.recipient, handover.people) == ("The state", 50)
    remove_handover(handover, actor="Ana")
    assert not Handover.objects.exists()
    assert acts() == ["add handover", "change handover", "remove handover"]
    letter.refresh_from_db()
    assert letter.revision == before + 3
