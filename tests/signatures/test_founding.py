"""Founders hear of the launch, and may leave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.builders import confirmed, mails, published_letter
from undersigned.letters.gathering import plan_launch, start_gathering
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.founding import tell_founders
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import Notice, Signature, State
from undersigned.signatures.notices import write_notices
from undersigned.signatures.worker_keys import WorkerKeys

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def letter(keys: WorkerKeys, db: None) -> Letter:
    letter = published_letter(keys, slug="founded", state=LetterState.DRAFT)
    start_gathering(letter, actor="Ana")
    plan_launch(letter, NOW + timedelta(days=2), "UTC", 24, now=NOW, actor="Ana")
    return letter


def test_everybody_who_signed_is_told_once_when_the_window_opens(
    letter: Letter, keys: WorkerKeys
) -> None:
    held = confirmed(letter, keys, kind="organisation", role="Director")
    person = confirmed(letter, keys)
    list_confirmed(keys)
    opens = NOW + timedelta(days=1)

    assert tell_founders(opens - timedelta(seconds=1)) == 0
    assert tell_founders(opens) == 1
    assert tell_founders(opens) == 0

    assert set(Notice.objects.values_list("signature", "topic")) == {
        (held.pk, "founders"),
        (person.pk, "founders"),
    }
    letter.refresh_from_db()
    assert letter.founders_told_at == opens
    assert letter.events.get(act="tell founders").details == {"founders": 2}


def test_the_mail_says_when_and_how_to_leave(letter: Letter, keys: WorkerKeys) -> None:
    signature = confirmed(letter, keys, address="bo@example.org")
    tell_founders(NOW + timedelta(days=1))
    Notice.objects.update(not_before=timezone.now())

    assert write_notices(keys) == 1

    [mail] = mails(keys, topic="founders")
    assert mail.to == "bo@example.org"
    assert mail.subject == "“A letter in en” will be launched soon"
    assert "It will be launched on Wednesday, 25 November 2026, 09:00" in mail.text
    assert f"/founded/founders/{letter.founders_key}/" in mail.text
    assert "/founded/yours/" in mail.text
    assert Signature.objects.get(pk=signature.pk).state == State.CONFIRMED


def test_where_nobody_signed_nobody_is_waited_for(letter: Letter) -> None:
    assert tell_founders(NOW + timedelta(days=1, hours=3)) == 1
    letter.refresh_from_db()
    assert letter.founders_told_at == NOW + timedelta(days=1)
