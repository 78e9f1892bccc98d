"""Queued mail is sealed, and an act that is carried out twice mails once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.posting import SEAL, mail, no_seal, open_noted
from undersigned.mail.models import Message, MessageState, Priority
from undersigned.mail.outbox import PURPOSE, Draft, Mail, forget_settled, queue
from undersigned.vault.open import Opener
from undersigned.vault.seal import Sealer

NOW = timezone.now()

mails = st.builds(
    Mail,
    to=st.emails(),
    subject=st.text(),
    text=st.text(),
    language=st.sampled_from(["en", "es", "ar"]),
    headers=st.dictionaries(st.text(), st.text(), max_size=2),
    html=st.text(),
)


@given(one=mails)
def test_a_mail_survives_being_stored(one: Mail) -> None:
    assert Mail.from_bytes(one.to_bytes()) == one


def test_a_mail_that_was_stored_before_there_was_html_can_be_sent() -> None:
    stored = b'{"to": "a@b.example", "subject": "S", "text": "T", "language": "en", "headers": {}}'

    assert Mail.from_bytes(stored) == Mail("a@b.example", "S", "T", "en")


@pytest.mark.django_db
def test_a_queued_mail_waits_from_the_given_time() -> None:
    queue([Draft("confirm 1", "confirm", SEAL, mail())], no_seal, NOW)

    message = Message.objects.get()
    assert str(message) == "confirm 1"
    assert (message.state, message.attempts, message.outcome) == (MessageState.QUEUED, 0, "")
    assert (message.not_before, message.claimed_until, message.sent_at) == (NOW, None, None)
    assert (message.topic, message.seal) == ("confirm", SEAL)
    assert message.priority == Priority.NOW
    opened = open_noted(SEAL, message.id, PURPOSE, bytes(message.sealed))
    assert Mail.from_bytes(opened) == mail()


@pytest.mark.django_db
def test_the_same_cause_is_queued_once_for_ever() -> None:
    first = Draft("confirm 1", "confirm", SEAL, mail(subject="First"))
    again = Draft("confirm 1", "confirm", SEAL, mail(subject="Again"))
    other = Draft("confirm 2", "confirm", SEAL, mail(subject="Other"))
    queue([first], no_seal, NOW)
    Message.objects.update(state=MessageState.SENT)

    queue([again, other], no_seal, NOW)

    states = Message.objects.order_by("cause").values_list("cause", "state")
    assert list(states) == [("confirm 1", "sent"), ("confirm 2", "queued")]
    assert b"First" in bytes(Message.objects.get(cause="confirm 1").sealed)


@pytest.mark.django_db
def test_one_cause_twice_in_a_batch_is_queued_once() -> None:
    draft = Draft("confirm 1", "confirm", SEAL, mail())

    queue([draft, draft], no_seal, NOW)

    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_nothing_to_queue_is_no_trouble() -> None:
    queue([], no_seal, NOW)

    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_mail_goes_with_its_cause_or_not_at_all() -> None:
    with transaction.atomic():
        queue([Draft("confirm 1", "confirm", SEAL, mail())], no_seal, NOW)
        transaction.set_rollback(True)

    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_neither_recipient_nor_words_can_be_read_from_the_database() -> None:
    key = X25519PrivateKey.generate()
    sealer = Sealer(key.public_key().public_bytes_raw())
    canary = mail(to="canary-address@example.org", subject="canary subject", text="canary text")

    queue([Draft("confirm 1", "confirm", SEAL, canary)], lambda seal: sealer.seal, NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_message")
        stored = [bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()]
    assert "canary" not in repr(stored)
    message = Message.objects.get()
    assert (
        Mail.from_bytes(Opener(key).open(UUID(str(message.id)), PURPOSE, bytes(message.sealed)))
        == canary
    )


@pytest.mark.django_db
def test_settled_mail_is_forgotten_after_a_month_and_waiting_mail_is_not() -> None:
    drafts = [Draft(cause, "confirm", SEAL, mail()) for cause in ("sent", "given up", "waits")]
    queue(drafts, no_seal, NOW)
    Message.objects.filter(cause="sent").update(state=MessageState.SENT)
    Message.objects.filter(cause="given up").update(state=MessageState.FAILED)

    forget_settled(timezone.now() + timedelta(days=29))
    assert Message.objects.count() == 3
    forget_settled(timezone.now() + timedelta(days=31))
    assert [message.cause for message in Message.objects.all()] == ["waits"]
