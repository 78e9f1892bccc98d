"""Notices: what organisers do reaches the signer's mailbox, within its limits."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from tests.builders import confirmed, mails
from undersigned.letters.models import Letter
from undersigned.mail.models import Allowance
from undersigned.signatures.models import Notice, Signature, State
from undersigned.signatures.notices import write_notices
from undersigned.signatures.telling import DECLINED, tell, untell
from undersigned.signatures.worker_keys import WorkerKeys


def declined(letter: Letter, keys: WorkerKeys, **changes: str) -> Signature:
    signature = confirmed(letter, keys, **changes)
    Signature.objects.filter(pk=signature.pk).update(state=State.DECLINED)
    return signature


def test_a_declined_signer_is_told_the_reason(letter: Letter, keys: WorkerKeys) -> None:
    signature = declined(letter, keys, address="bo@example.org")
    now = timezone.now()
    assert tell([signature.pk], DECLINED, "once", now, words="We could not reach you.") == 1
    tell([signature.pk], DECLINED, "once", now, words="Again?")

    assert [write_notices(keys), write_notices(keys)] == [1, 0]

    [mail] = mails(keys, topic="declined")
    assert (mail.to, mail.subject) == ("bo@example.org", "About your signature of “A letter in en”")
    assert "We could not reach you." in mail.text
    assert "write to the organisers of the letter" in mail.text


def test_what_was_taken_back_in_time_is_never_written(letter: Letter, keys: WorkerKeys) -> None:
    signature = declined(letter, keys)
    tell([signature.pk], DECLINED, "once", timezone.now() + timedelta(minutes=10))

    assert write_notices(keys) == 0
    assert untell([signature.pk], DECLINED, "once") == 1
    assert not Notice.objects.exists()


def test_a_mailbox_that_had_enough_waits_for_another_day(letter: Letter, keys: WorkerKeys) -> None:
    signature = declined(letter, keys, address="bo@example.org")
    mark = keys.index(b"mail", "bo@example.org")
    Allowance.objects.bulk_create(
        Allowance(mark=mark, topic=bytes([n]) * 32, at=timezone.now()) for n in range(3)
    )
    tell([signature.pk], DECLINED, "once", timezone.now())

    assert write_notices(keys) == 1

    notice = Notice.objects.get()
    assert mails(keys, topic="declined") == []
    assert notice.settled_at is None
    assert notice.not_before > timezone.now() + timedelta(hours=11)


def test_a_notice_waits_for_a_key_that_is_away(letter: Letter, keys: WorkerKeys) -> None:
    signature = declined(letter, keys)
    tell([signature.pk], DECLINED, "once", timezone.now())
    path = Path(keys.keyring.folder) / "letters" / str(letter.pk)
    path.rename(path.with_suffix(".away"))

    assert write_notices(WorkerKeys(keys.keyring)) == 0
    assert Notice.objects.get().settled_at is None


def test_what_cannot_be_opened_is_given_up(letter: Letter, keys: WorkerKeys) -> None:
    signature = declined(letter, keys)
    Signature.objects.update(sealed_address=b"altered")
    tell([signature.pk], DECLINED, "once", timezone.now())
    assert write_notices(keys) == 1
    assert Notice.objects.get().settled_at is not None
    assert mails(keys, topic="declined") == []


def test_the_organisers_address_is_named_where_there_is_one(
    letter: Letter, keys: WorkerKeys
) -> None:
    Letter.objects.update(contacts={"general": "hello@example.org"})
    signature = declined(letter, keys)
    tell([signature.pk], DECLINED, "once", timezone.now())
    write_notices(keys)
    assert "write to hello@example.org." in mails(keys, topic="declined")[0].text
