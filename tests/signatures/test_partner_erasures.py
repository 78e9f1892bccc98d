"""Whom partners must erase: told again for a month, since one download may come to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from tests.partners import joined, with_key
from tests.signatures.behind_links import own_link
from tests.signatures.partnered import asking, brief, clear_folder, fetched, made, read, ticked
from undersigned.letters.models import Letter, Partner
from undersigned.letters.partner_contacts import set_contact
from undersigned.letters.partnering import end_partner
from undersigned.mail.models import Allowance
from undersigned.signatures import writing_partner_files
from undersigned.signatures.erasing import erase
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.forgetting import destroy_key, go_on
from undersigned.signatures.leaving import leave
from undersigned.signatures.models import PartnerConsent, PartnerFile, PassedOn, Signature
from undersigned.signatures.partner_consents import give_to, take_back_from
from undersigned.signatures.partner_files import note_fetched, order_erasures
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_partner_files import write_partner_files

ERASE_ANA = [("erase", "ana@example.org")]


@pytest.fixture(autouse=True)
def files_of_this_test() -> Iterator[None]:
    yield
    clear_folder(media_folder("partners"))


@pytest.fixture
def green(letter: Letter) -> Partner:
    return joined(letter)


@pytest.fixture
def identity(green: Partner) -> Any:
    """What opens Green's files."""
    return with_key(green)


@pytest.fixture
def ana(letter: Letter, keys: WorkerKeys, green: Partner, identity: Any) -> Signature:
    """Her address was given to Green."""
    row = asking(letter, keys, green, address="ana@example.org")
    assert brief(fetched(green, keys, identity)) == [("contact", "ana@example.org")]
    return row


def take_back(row: Signature, partner: Partner, keys: WorkerKeys) -> None:
    assert take_back_from(own_link(row, keys), str(partner.pk)) is True


def days_go_by(days: int) -> None:
    """For files and what they told, and for the worker's next round."""
    passed = timedelta(days=days)
    for column in ("asked_at", "ended_at", "expires_at", "fetched_at"):
        PartnerFile.objects.update(**{column: F(column) - passed})
    PassedOn.objects.update(told_at=F("told_at") - passed)


@pytest.mark.parametrize("how", ["take back", "leave", "erase"])
def test_it_is_told_in_each_file_of_a_month_and_then_forgotten(
    keys: WorkerKeys, green: Partner, identity: Any, ana: Signature, how: str
) -> None:
    if how == "erase":
        erase([ana.pk], timezone.now(), actor="Ana")
        ana.refresh_from_db()
        assert (ana.sealed_address, PartnerConsent.objects.count()) == (None, 0)
    elif how == "leave":
        leave(own_link(ana, keys))
    else:
        take_back(ana, green, keys)
    # This one is never fetched, so that the month begins after it.
    assert brief(read(made(green, keys), identity)) == ERASE_ANA
    days_go_by(20)
    for _week in range(5):
        assert brief(fetched(green, keys, identity)) == ERASE_ANA
        days_go_by(7)
    assert b"ana@example.org" not in bytes(PassedOn.objects.get().sealed_address or b"")
    write_partner_files(keys)
    assert not PassedOn.objects.exists()
    assert brief(fetched(green, keys, identity)) == []


def test_what_was_told_once_stays_until_another_file_told_it(
    keys: WorkerKeys, green: Partner, identity: Any, ana: Signature
) -> None:
    take_back(ana, green, keys)
    assert brief(fetched(green, keys, identity)) == ERASE_ANA
    days_go_by(90)
    write_partner_files(keys)
    assert brief(read(made(green, keys), identity)) == ERASE_ANA
    write_partner_files(keys)
    assert not PassedOn.objects.exists()


def test_a_file_that_could_not_be_fetched_has_repeated_nothing(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any, ana: Signature
) -> None:
    bo = asking(letter, keys, green, address="bo@example.org")
    take_back(ana, green, keys)
    fetched(green, keys, identity)
    days_go_by(31)
    made(green, keys)
    take_back(bo, green, keys)
    write_partner_files(keys)
    assert PassedOn.objects.filter(signature=ana.pk).exists()
    erased = {("erase", "ana@example.org"), ("erase", "bo@example.org")}
    assert set(brief(read(made(green, keys), identity))) == erased


def test_a_file_that_is_fetched_while_the_next_one_is_written_has_told(
    keys: WorkerKeys,
    green: Partner,
    identity: Any,
    ana: Signature,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take_back(ana, green, keys)
    first = made(green, keys)

    def fetching_meanwhile(*given: Any) -> None:
        encrypt_to(*given)
        assert note_fetched(first, green, actor="Ana") is True

    encrypt_to = writing_partner_files.encrypt_to
    monkeypatch.setattr(writing_partner_files, "encrypt_to", fetching_meanwhile)
    second = made(green, keys)
    first.refresh_from_db()
    told = PassedOn.objects.get()
    assert (told.told_in, told.told_at) == (second, first.fetched_at)


def test_whoever_agrees_again_and_leaves_again_is_told_for_another_month(
    keys: WorkerKeys, green: Partner, identity: Any, ana: Signature
) -> None:
    take_back(ana, green, keys)
    fetched(green, keys, identity)
    days_go_by(20)
    give_to(own_link(ana, keys), str(ticked(green)[0][1]))
    assert brief(fetched(green, keys, identity)) == [("contact", "ana@example.org")]
    given = PassedOn.objects.get()
    assert (given.told_in, given.told_at) == (None, None)
    days_go_by(20)
    take_back(ana, green, keys)
    for _ in range(2):
        assert brief(fetched(green, keys, identity)) == ERASE_ANA
        days_go_by(20)


def signed_anew(letter: Letter, keys: WorkerKeys, ana: Signature, green: Partner) -> Signature:
    leave(own_link(ana, keys))
    Allowance.objects.all().delete()  # as on another day
    return asking(letter, keys, green, address="ana@example.org")


def test_whoever_signed_anew_is_not_erased_by_an_ended_partner(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any, ana: Signature
) -> None:
    again = signed_anew(letter, keys, ana, green)
    assert brief(read(made(green, keys), identity)) == [("contact", "ana@example.org")]
    end_partner(green, actor="Ana")
    assert brief(fetched(green, keys, identity)) == []
    # Nobody fetched the file in which the new signature stands, but Green had the address before.
    take_back(again, green, keys)
    assert brief(fetched(green, keys, identity)) == ERASE_ANA
    assert PassedOn.objects.get().signature == again.pk


def test_whoever_signed_anew_and_goes_while_it_is_written_is_still_told(
    letter: Letter,
    keys: WorkerKeys,
    green: Partner,
    identity: Any,
    ana: Signature,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    again = signed_anew(letter, keys, ana, green)

    def erasing_meanwhile(*given: Any) -> None:
        encrypt_to(*given)
        erase([again.pk], timezone.now(), actor="Ana")

    encrypt_to = writing_partner_files.encrypt_to
    with monkeypatch.context() as while_it_is_written:
        while_it_is_written.setattr(writing_partner_files, "encrypt_to", erasing_meanwhile)
        assert made(green, keys).is_overtaken is True
    assert brief(fetched(green, keys, identity)) == ERASE_ANA


def test_to_an_ended_partner_it_is_told_twice_two_weeks_apart(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any, ana: Signature
) -> None:
    set_contact(green, "files@green.example", actor="Ana")
    end_partner(green, actor="Ana")
    take_back(ana, green, keys)
    assert order_erasures(timezone.now()) == 1
    for number in (2, 3):
        # It can be fetched for two weeks, also once more.
        write_partner_files(keys)
        file = PartnerFile.objects.get(number=number)
        assert brief(read(file, identity)) == ERASE_ANA
        note_fetched(file, green, actor="partner")
        assert order_erasures(timezone.now()) == 0
        days_go_by(15)
        write_partner_files(keys)
        assert order_erasures(timezone.now()) == (1 if number == 2 else 0)
        assert PassedOn.objects.exists() is (number == 2)
        green.refresh_from_db()
        assert (green.sealed_contact is not None) is (number == 2)


def test_an_ended_partner_with_another_key_is_told_again(
    keys: WorkerKeys, green: Partner, identity: Any, ana: Signature
) -> None:
    end_partner(green, actor="Ana")
    take_back(ana, green, keys)
    assert order_erasures(timezone.now()) == 1
    write_partner_files(keys)
    note_fetched(PartnerFile.objects.get(number=2), green, actor="Ana")
    assert order_erasures(timezone.now()) == 0
    other = with_key(green)
    assert order_erasures(timezone.now()) == 1
    write_partner_files(keys)
    assert brief(read(PartnerFile.objects.get(number=3), other)) == ERASE_ANA


def test_with_the_letters_key_nothing_is_left_to_tell(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any, ana: Signature
) -> None:
    take_back(ana, green, keys)
    fetched(green, keys, identity)
    now = timezone.now() + timedelta(minutes=2)
    destroy_key(letter.pk, keys, now)
    while go_on(keys, now):
        pass
    assert not PassedOn.objects.exists()
    assert read(made(green, keys), identity) == []
