"""Partners are told by mail that a file waits, and find it behind the link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.builders import mails, published_letter, text
from tests.partners import ANA as BY
from tests.partners import joined, recipient, with_key
from tests.signatures.behind_links import own_link
from tests.signatures.partnered import asking, clear_folder, fetched, file_token, made
from undersigned.letters.models import Letter, Partner
from undersigned.letters.partner_contacts import set_contact
from undersigned.letters.partnering import end_partner, set_key
from undersigned.mail.models import Message
from undersigned.signatures import telling_partners
from undersigned.signatures.errands import Cancelled
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.forgetting import destroy_key, go_on
from undersigned.signatures.models import PartnerFile, PassedOn
from undersigned.signatures.partner_consents import take_back_from
from undersigned.signatures.partner_erasures import REPEATED_FOR
from undersigned.signatures.partner_files import order_erasures, path_of
from undersigned.signatures.telling_partners import (
    is_mail_lost,
    partner_behind,
    tell_of_file,
    waiting_file,
)
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_partner_files import write_partner_files
from undersigned.vault.keys import KeyMissing

ADDRESS = "files@green.example"


@pytest.fixture(autouse=True)
def files_of_this_test() -> Iterator[None]:
    yield
    clear_folder(media_folder("partners"))


@pytest.fixture
def green(letter: Letter) -> Partner:
    partner = joined(letter)
    with_key(partner)
    set_contact(partner, ADDRESS, actor="Ana")
    partner.refresh_from_db()
    return partner


def told(keys: WorkerKeys) -> list[Any]:
    return mails(keys, topic="partner file")


def test_a_file_is_told_once_and_nobody_in_it_is_named(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    asking(letter, keys, green, address="ana@example.org", name="Ana Example")
    file = made(green, keys)
    [mail] = told(keys)
    assert (mail.to, mail.language) == (ADDRESS, "en")
    assert mail.subject == "A file is ready for you: A letter in en"
    assert "Ana" not in mail.text + mail.subject
    assert "Green" not in mail.text + mail.subject
    assert "ana@example.org" not in mail.text
    message = Message.objects.get(topic="partner file")
    assert (message.cause, message.seal) == (f"partner file {file.pk}", letter.pk)
    before = PartnerFile.objects.values("link_hash").get()
    tell_of_file(file, keys, timezone.now())
    assert PartnerFile.objects.values("link_hash").get() == before
    assert Message.objects.filter(topic="partner file").count() == 1


def test_the_mail_is_in_the_letters_language(keys: WorkerKeys, db: None) -> None:
    partner = joined(published_letter(keys, texts=[text("de")]))
    with_key(partner)
    set_contact(partner, ADDRESS, actor="Ana")
    made(partner, keys)
    assert [mail.language for mail in told(keys)] == ["de"]


def test_the_link_leads_to_what_waits_now(letter: Letter, keys: WorkerKeys, green: Partner) -> None:
    row = asking(letter, keys, green)
    made(green, keys)
    token = file_token(keys)
    assert partner_behind("banned", token) == green
    assert waiting_file(green) == PartnerFile.objects.get()
    take_back_from(own_link(row, keys), str(green.pk))
    assert waiting_file(green) is None
    later = made(green, keys)
    assert partner_behind("banned", token) == green
    assert waiting_file(green) == later


def test_without_an_address_or_a_public_letter_nobody_is_mailed(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    Letter.objects.update(state="gathering")
    made(green, keys)
    Letter.objects.update(state="open")
    set_contact(green, "", actor="Ana")
    made(green, keys)
    assert not Message.objects.filter(topic="partner file").exists()
    assert PartnerFile.objects.filter(link_hash=None, state="done").count() == 2


def test_an_address_that_cannot_be_opened_stops_no_file(
    letter: Letter,
    keys: WorkerKeys,
    green: Partner,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    Partner.objects.update(sealed_contact=b"altered")
    assert made(green, keys).state == "done"
    assert caplog.messages == [f"Where partner {green.pk} is mailed cannot be opened."]

    def gone(*_: object) -> None:
        raise KeyMissing

    monkeypatch.setattr(WorkerKeys, "opener", gone)
    assert made(green, keys).state == "done"
    assert not Message.objects.filter(topic="partner file").exists()


def test_there_is_an_end_of_mails_in_a_day(
    letter: Letter, keys: WorkerKeys, green: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling_partners, "MAILS_A_DAY", 1)
    made(green, keys)
    made(green, keys)
    assert len(told(keys)) == 1
    PartnerFile.objects.update(ended_at=timezone.now() - timedelta(days=1))
    made(green, keys)
    assert len(told(keys)) == 2


def test_a_file_that_somebody_left_meanwhile_is_not_told(
    letter: Letter, keys: WorkerKeys, green: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersigned.signatures.writing_partner_files._has_changed", lambda _: True)
    assert made(green, keys).is_overtaken is True
    assert told(keys) == []


def test_links_end_with_time_and_with_the_address(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    made(green, keys)
    token = file_token(keys)
    assert partner_behind("another", token) is None
    assert partner_behind("banned", "x" * 22) is None
    assert partner_behind("banned", "cut-short") is None
    set_contact(green, "others@green.example", actor="Ana")
    assert partner_behind("banned", token) is None
    made(green, keys)
    newer = file_token(keys)
    assert partner_behind("banned", newer) == green
    PartnerFile.objects.update(ended_at=timezone.now() - timedelta(days=14))
    assert partner_behind("banned", newer) is None


def test_a_link_without_the_address_behind_it_is_dead(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    made(green, keys)
    token = file_token(keys)
    Partner.objects.update(sealed_contact=None)
    assert partner_behind("banned", token) is None


def test_another_key_ends_what_waits(letter: Letter, keys: WorkerKeys, green: Partner) -> None:
    made(green, keys)
    set_key(green, recipient(), BY)
    green.refresh_from_db()
    assert waiting_file(green) is None


def test_the_address_goes_with_the_letters_key(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    destroy_key(letter.pk, keys, timezone.now())
    go_on(keys, timezone.now())
    assert Partner.objects.get().sealed_contact is None


def test_the_address_goes_once_a_partner_that_ended_has_nobody_left_to_erase(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    identity = with_key(green)
    row = asking(letter, keys, green)
    fetched(green, keys, identity)
    end_partner(green, actor="Ana")
    assert order_erasures(timezone.now()) == 0
    assert Partner.objects.get().sealed_contact is not None
    take_back_from(own_link(row, keys), str(green.pk))
    fetched(green, keys, identity)
    made(green, keys)
    order_erasures(timezone.now())
    # Told once, it is repeated for a month.
    assert Partner.objects.get().sealed_contact is not None
    PassedOn.objects.update(told_at=timezone.now() - REPEATED_FOR)
    write_partner_files(keys)
    order_erasures(timezone.now())
    assert Partner.objects.get().sealed_contact is None


@pytest.mark.parametrize(
    ("became", "is_lost"),
    [
        ({"state": "queued"}, False),
        ({"state": "sent"}, False),
        ({"state": "failed"}, True),
        ({"state": "sent", "came_back": "bounced"}, True),
        ({"state": "sent", "came_back": "complained"}, False),
    ],
)
def test_a_mail_that_does_not_arrive_is_noticed_until_the_next_one(
    letter: Letter, keys: WorkerKeys, green: Partner, became: dict[str, str], is_lost: bool
) -> None:
    assert is_mail_lost(green) is False
    made(green, keys)
    Message.objects.filter(topic="partner file").update(**became)
    assert is_mail_lost(green) is is_lost
    made(green, keys)
    assert is_mail_lost(green) is False


def test_a_mail_to_an_address_that_was_changed_since_is_not_looked_at(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    made(green, keys)
    Message.objects.filter(topic="partner file").update(state="failed")
    set_contact(green, "others@green.example", actor="Ana")
    assert is_mail_lost(green) is False
    PartnerFile.objects.update(ended_at=timezone.now())
    assert is_mail_lost(green) is True
    set_contact(green, "", actor="Ana")
    PartnerFile.objects.update(ended_at=timezone.now())
    assert is_mail_lost(green) is False


def test_a_file_that_was_cancelled_at_its_end_is_not_told(
    letter: Letter, keys: WorkerKeys, green: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(*_: object, **__: object) -> None:
        raise Cancelled

    monkeypatch.setattr("undersigned.signatures.errands.finish", cancelled)
    assert path_of(made(green, keys)).is_file() is False
    assert told(keys) == []
