"""Only what we wrote on an envelope is taken for ours when it comes back."""

from __future__ import annotations

import re
import uuid

from hypothesis import given
from hypothesis import strategies as st

from undersigned.mail.envelopes import Envelopes

KEY = b"k" * 32
OURS = Envelopes("bounces@example.org", KEY, str.encode)
THEIRS = Envelopes("bounces@example.org", b"x" * 32, str.encode)


@given(message=st.uuids())
def test_an_envelope_names_its_message(message: uuid.UUID) -> None:
    sender = OURS.sender(message)

    assert re.fullmatch(r"bounces\+[a-z2-7]{42}@example\.org", sender)
    assert OURS.find(sender) == message
    assert OURS.find(f"<{sender.upper()}>") == message
    assert THEIRS.find(sender) is None


def test_returned_mail_may_go_nowhere() -> None:
    assert Envelopes("", KEY, str.encode).sender(uuid.UUID(int=1)) == ""


@given(message=st.uuids(), place=st.integers(0, 40), letter=st.sampled_from("abcdefgh234567"))
def test_an_altered_token_names_nothing(message: uuid.UUID, place: int, letter: str) -> None:
    token = OURS.token(message)
    altered = token[:place] + letter + token[place + 1 :]

    assert OURS.read_token(altered) == (message if altered == token else None)


@given(text=st.text(max_size=60))
def test_whatever_else_is_there_names_nothing(text: str) -> None:
    assert OURS.read_token(text) is None
    assert OURS.find(text) is None


def test_the_first_of_ours_is_found_among_others() -> None:
    message = uuid.UUID(int=5)
    text = f"someone+tag@example.org, {THEIRS.sender(message)}, {OURS.sender(message)}"

    assert OURS.find(text) == message


@given(one=st.uuids(), other=st.uuids(), mark=st.binary(min_size=32, max_size=32))
def test_a_mark_is_masked_for_each_message(one: uuid.UUID, other: uuid.UUID, mark: bytes) -> None:
    masked = OURS.mask(one, mark)

    assert masked != mark
    assert OURS.mask(one, masked) == mark
    assert (OURS.mask(other, mark) == masked) == (one == other)
