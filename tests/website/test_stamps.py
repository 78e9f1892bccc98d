"""The form's stamp."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.website.stamps import MAX_AGE, MIN_AGE, Stamp, check_stamp, make_stamp

LETTER = uuid.UUID(int=7)
NOW = 1_795_000_000.0


@pytest.mark.parametrize(
    ("age", "verdict"),
    [
        (0, Stamp.TOO_QUICK),
        (MIN_AGE - 1, Stamp.TOO_QUICK),
        (MIN_AGE, Stamp.GOOD),
        (MAX_AGE, Stamp.GOOD),
        (MAX_AGE + 1, Stamp.STALE),
        (-60, Stamp.TOO_QUICK),
    ],
)
def test_a_stamp_is_good_from_three_seconds_to_two_hours(age: int, verdict: Stamp) -> None:
    stamp = make_stamp(LETTER, now=NOW)
    assert check_stamp(LETTER, stamp, now=NOW + age) is verdict


def test_who_has_filled_in_the_form_need_not_wait_again() -> None:
    assert check_stamp(LETTER, make_stamp(LETTER, waited=True)) is Stamp.GOOD
    assert check_stamp(LETTER, make_stamp(LETTER)) is Stamp.TOO_QUICK


def test_a_stamp_of_another_letter_is_forged() -> None:
    assert check_stamp(uuid.UUID(int=8), make_stamp(LETTER, waited=True)) is Stamp.FORGED


def test_a_stamp_names_a_time_and_nothing_else() -> None:
    assert make_stamp(LETTER, now=0.0).startswith("0.")
    assert len(make_stamp(LETTER, now=NOW)) == 6 + 1 + 22


@pytest.mark.parametrize(
    "stamp", ["", ".", "abc", "-1.x", "٣.x", "zzzzzzzzzzz.x", "a b.x", "t0p8w0.", "\ud800.\ud800"]
)
def test_anything_else_is_forged(stamp: str) -> None:
    assert check_stamp(LETTER, stamp, now=NOW) is Stamp.FORGED


@given(st.text(max_size=40), st.integers(0, 28))
def test_no_change_of_a_stamp_goes_unseen(noise: str, at: int) -> None:
    stamp = make_stamp(LETTER, now=NOW)
    changed = stamp[:at] + noise + stamp[at + 1 :]
    if changed != stamp:
        assert check_stamp(LETTER, changed, now=NOW + 10) is not Stamp.GOOD
