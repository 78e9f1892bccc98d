"""What was decided about a list is kept, and survives being stored."""

import json

from undersigned.signatures.importing.choices import Choices

CHOICES = Choices(sheet="One", header=2, columns=("name", ""), kind="individual")


def test_decisions_add_up_and_leave_the_others() -> None:
    changed = (
        CHOICES.answered("a", accepted=True)
        .answered("b", accepted=False)
        .answered("a", accepted=False)
        .without("x", left_out=True)
        .without("y", left_out=True)
        .without("x", left_out=False)
        .edited("z", {"name": "Ana"})
    )
    assert changed.answers == {"a": False, "b": False}
    assert changed.left_out == {"y"}
    assert changed.edits == {"z": {"name": "Ana"}}
    assert changed.reading() == CHOICES.reading()


def test_reading_in_another_way_forgets_the_answers() -> None:
    changed = CHOICES.answered("a", accepted=True).edited("z", {}).without("x", left_out=True)
    assert changed.read_anew(header=3) == Choices(
        sheet="One", header=3, columns=("name", ""), kind="individual"
    )


def test_stored_and_read_again() -> None:
    changed = CHOICES.answered("a", accepted=True).without("x", left_out=True)
    assert Choices.from_json(json.loads(json.dumps(changed.to_json()))) == changed
