"""No mail makes reading fail in a way that nobody expects."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.receiving.letters import written
from undersigned.signatures.receiving.reading import LeftAlone, read_mail

NAMES = [
    "=?utf-8?b?a?=",
    "=?utf-8?q?=f?=",
    "=?x?b?YQ==?=",
    "=?undefined?b?/w==?=",
    "=?idna?q?=ff?=",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_cannot_be_decoded(name: str) -> None:
    mail = read_mail(written(sender=f"{name} <x@example.net>"), timezone.now())
    assert (mail.sender, mail.domain) == ("x@example.net", "example.net")
    assert len(mail.shown_name) < 20


@given(
    name=st.text(st.sampled_from('=?utf-8bBqQ_ aé"(),<>:;@[]\\'), max_size=40),
    kind=st.text(st.sampled_from("text/plain;chars=\"'*0?multi utf-8"), max_size=40),
)
def test_whatever_is_in_its_headers(name: str, kind: str) -> None:
    with suppress(LeftAlone):
        read_mail(written(sender=f"{name} <x@example.net>", kind=kind), timezone.now())
