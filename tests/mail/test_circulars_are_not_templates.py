"""Nothing that somebody writes into a circular is filled in, and one that is broken stops none."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mail.posting import (
    SEAL,
    FakeTransport,
    blank,
    circular,
    kept,
    no_seal,
    open_noted,
    post_copies,
)
from undersigned.mail import circulars
from undersigned.mail.circulars import Blanks, CannotFill, Copy, Words, keep_circular
from undersigned.mail.delivery import deliver_due
from undersigned.mail.models import Circular, Message, MessageState, Priority
from undersigned.mail.outbox import Draft, Mail, queue
from undersigned.mail.printing import compose_copy, print_message

pytestmark = pytest.mark.django_db
TO, TOKEN = "canary.address@example.org", "CanaryToken-0123456789"
FIELDS = ("0", "1", "7", "to", "date", "id")
OLD = " ".join(f"https://evil.example/?a=blank-{one}-in-a-circular" for one in FIELDS)


def printed(message: EmailMessage) -> list[bytes]:
    return [print_message(message, takes_8bit=value) for value in (True, False)]


def test_the_names_of_old_are_words_like_others() -> None:
    words = circular(text=OLD, html=f"<p>{OLD}</p>", subject=OLD)
    copy = Copy(TO, kept(words), (TOKEN,))
    mail = copy.mail()
    assert (mail.subject, mail.text, mail.html) == (OLD, OLD, f"<p>{OLD}</p>")
    for raw in printed(compose_copy(uuid.uuid4(), copy)):
        # Once each, in the headers that are ours.
        assert (raw.count(TO.encode()), raw.count(TOKEN.encode())) == (1, 1)


def test_what_stands_for_values_is_another_each_time_and_kept_nowhere() -> None:
    one, other = Blanks(), Blanks()
    assert one.blank(0) != other.blank(0)
    assert one.blank(0) not in repr(one)
    assert one.split(other.blank(0)) == (other.blank(0),)
    text = f"a {one.blank(0)}"
    number = keep_circular(Words.of(Mail("", "S", text, "en"), one))
    content = bytes(Circular.objects.get().content).decode()
    assert one.blank(0)[1:33] not in content
    # So that the same words are kept once, whoever writes them.
    text = f"a {other.blank(0)}"
    assert keep_circular(Words.of(Mail("", "S", text, "en"), other)) == number


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(text=st.text(st.sampled_from("abn019-e{}%$\\ \n0123456789abcdef"), max_size=200))
def test_whatever_stands_in_words_stays(db: None, text: str) -> None:
    copy = Copy(TO, kept(circular(text=text, html=text)), (TOKEN,))
    assert (copy.mail().text, copy.mail().html) == (text, text)


def test_a_blank_without_a_value_is_that_messages_fault_alone() -> None:
    broken = kept(circular(text=f"{blank(7)} {blank(0)}"))
    draft = Draft(
        "broken", "update", SEAL, Copy(TO, broken, (TOKEN,)), Priority.LATER, None, broken
    )
    queue([draft], no_seal, timezone.now())
    post_copies(("ana@example.org", "AAA"), ("ben@example.org", "BBB"))
    transport = FakeTransport()

    assert deliver_due(transport, open_noted) == 2

    message = Message.objects.get(cause="broken")
    assert (message.state, message.outcome) == (MessageState.FAILED, "cannot be filled in")
    assert not Message.objects.filter(claimed_until__isnull=False, state="queued").exists()
    assert sorted(one.to[0] for one in transport.taken) == ["ana@example.org", "ben@example.org"]


@pytest.mark.parametrize("value", ["a\r\nBcc: x@example.org", "é"])
def test_values_of_another_kind_are_refused(value: str) -> None:
    copy = Copy(TO, kept(circular()), (value,))
    with pytest.raises(CannotFill):
        Copy.from_bytes(copy.circular, copy.to_bytes())


def test_a_circular_that_is_gone(monkeypatch: Any) -> None:
    (message,) = post_copies(("ana@example.org", "AAA"))
    circulars.read_circular.cache_clear()
    gone = Circular.objects.none()
    monkeypatch.setattr(Circular.objects, "get", gone.get)
    assert deliver_due(FakeTransport(), open_noted) == 0
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
