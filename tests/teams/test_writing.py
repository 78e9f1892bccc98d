"""Mail to people who run letters."""

from __future__ import annotations

import pytest

from tests.builders import mails
from undersigned.mail.models import Message
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.writing import write_to
from undersigned.vault.seal import SealingKeyMissing


def test_a_mail_waits_sealed_in_the_outbox(keys: WorkerKeys) -> None:
    write_to("ana@example.org", "es", "Hola", "Bienvenida.", topic="account")
    (mail,) = mails(keys)
    assert (mail.to, mail.subject, mail.text) == ("ana@example.org", "Hola", "Bienvenida.")
    assert mail.language == "es"
    assert b"ana@" not in bytes(Message.objects.get().sealed)


def test_a_cause_is_written_of_once(keys: WorkerKeys) -> None:
    for _ in range(2):
        write_to("ana@example.org", "en", "Hello", "You.", topic="invitation", cause="invite 7")
        write_to("ana@example.org", "en", "Hello", "You.", topic="account")
    assert sorted(Message.objects.values_list("topic", flat=True)) == [
        "account",
        "account",
        "invitation",
    ]


def test_before_the_installation_has_its_keys_nothing_is_written(db: None) -> None:
    with pytest.raises(SealingKeyMissing):
        write_to("ana@example.org", "en", "Hello", "You.", topic="account")
    assert not Message.objects.exists()
