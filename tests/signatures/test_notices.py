"""Notices: what organisers do reaches the signer's mailbox, within its limits."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import confirmed, mails
from tests.signatures.canaries import everything_stored
from undersigned.letters.models import Letter, Translation
from undersigned.mail.models import Allowance, Message, Priority
from undersigned.signatures.addresses import normalise_address
from undersigned.signatures.models import Notice, Signature, State
from undersigned.signatures.notices import wanted_among, write_notices
from undersigned.signatures.telling import DECLINED, FOUNDERS, PROOF, RENEW, tell, untell, words_of
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


def test_what_is_taken_back_while_it_is_opened_is_not_written(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = declined(letter, keys)
    tell([signature.pk], DECLINED, "once", timezone.now(), words="No.")

    def meanwhile(address: str) -> str:
        untell([signature.pk], DECLINED, "once")
        return normalise_address(address)

    monkeypatch.setattr("undersigned.signatures.notices.normalise_address", meanwhile)
    write_notices(keys)
    assert mails(keys, topic="declined") == []


def test_a_title_of_two_lines_makes_one_subject(letter: Letter, keys: WorkerKeys) -> None:
    Translation.objects.update(title="A letter\r\nBcc: everybody@example.org")
    signature = declined(letter, keys)
    tell([signature.pk], DECLINED, "once", timezone.now())
    write_notices(keys)
    [mail] = mails(keys, topic="declined")
    assert mail.subject == "About your signature of “A letter Bcc: everybody@example.org”"


def test_words_to_one_signer_are_sealed_and_where_no_key_is_left_dropped(
    letter: Letter, keys: WorkerKeys
) -> None:
    rows = [declined(letter, keys), declined(letter, keys)]
    tell([rows[0].pk], DECLINED, "once", timezone.now(), words="Dear Bo Canary")
    assert "canary" not in everything_stored()
    Letter.objects.update(sealing_key=None)
    tell([rows[1].pk], DECLINED, "once", timezone.now(), words="Dear Bo Canary")
    notices = {notice.signature_id: notice for notice in Notice.objects.all()}
    opener = keys.opener(letter.pk)
    assert [words_of(notices[row.pk], opener) for row in rows] == ["Dear Bo Canary", ""]


@pytest.mark.parametrize("topic", [RENEW, FOUNDERS, PROOF])
def test_notices_leave_behind_confirmations(letter: Letter, keys: WorkerKeys, topic: str) -> None:
    signature = confirmed(letter, keys)
    tell([signature.pk], topic, "once", timezone.now())
    write_notices(keys)
    priorities = dict(Message.objects.values_list("topic", "priority"))
    assert priorities == {"confirm": Priority.NOW, topic: Priority.SOON}


def test_what_is_over_when_it_would_leave_is_not_wanted(letter: Letter, keys: WorkerKeys) -> None:
    stays, leaves = confirmed(letter, keys), confirmed(letter, keys, address="bo@example.org")
    tell([stays.pk, leaves.pk], FOUNDERS, "once", timezone.now())
    tell([leaves.pk], PROOF, "once", timezone.now())
    write_notices(keys)
    Signature.objects.filter(pk=leaves.pk).update(state=State.WITHDRAWN)
    messages = {message.pk: message for message in Message.objects.all()}

    wanted = [messages[pk].topic for pk in wanted_among(messages.values())]

    assert sorted(wanted) == ["confirm", "confirm", "founders", "proof"]
    assert wanted_among([]) == set()
