"""Files for partners: who is in them, who opens them, and whom they tell to erase."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyrage
import pytest
from django.utils import timezone

from tests.builders import confirmed, listed, signed
from tests.panicking import ZERO, panic
from tests.partners import ANA as BY
from tests.partners import joined, recipient, with_key
from tests.signatures.behind_links import own_link
from tests.signatures.partnered import (
    asking,
    brief,
    clear_folder,
    fetched,
    made,
    read,
    ticked,
)
from undersigned.letters.models import Letter, LetterEvent, Partner
from undersigned.letters.partnering import end_partner, reword, set_key, set_schedule
from undersigned.mail.models import Allowance
from undersigned.signatures import writing_partner_files
from undersigned.signatures.appearing import appear
from undersigned.signatures.deciding import By
from undersigned.signatures.erasing import erase
from undersigned.signatures.errands import cancel, take
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group
from undersigned.signatures.leaving import leave
from undersigned.signatures.models import (
    ErrandState,
    PartnerConsent,
    PartnerFile,
    PassedOn,
    Signature,
)
from undersigned.signatures.partner_consents import give_to, take_back_from
from undersigned.signatures.partner_files import (
    BeingMade,
    NoKey,
    can_be_fetched,
    contacts_by_partner,
    file_name,
    note_fetched,
    order_due_files,
    order_erasures,
    order_file,
    path_of,
    remove_leftovers,
)
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_partner_files import write_partner_files
from undersigned.vault.keys import Keyring
from undersigned.vault.panics import Panicked


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


def take_back(row: Signature, partner: Partner, keys: WorkerKeys) -> None:
    assert take_back_from(own_link(row, keys), str(partner.pk)) is True


def test_a_file_holds_those_who_asked_and_only_its_partner_opens_it(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    river = joined(letter, slug="river")
    asking(letter, keys, green, address="ana@example.org", name="Ana Example")
    asking(letter, keys, green, river, address="bo@example.org", choice="counted")
    asking(letter, keys, river, address="only-river@example.org")
    listed(letter, keys, address="canary@example.org", consent_updates=True)
    file = made(green, keys)
    today = timezone.now().date().isoformat()
    words = "Let green write to me"
    assert read(file, identity) == [
        ["contact", "ana@example.org", "Ana Example", "en", today, words],
        ["contact", "bo@example.org", "", "en", today, words],
    ]
    assert (file.number, file.contacts, file.erasures, file.state) == (1, 2, 0, "done")
    assert file.size == path_of(file).stat().st_size
    assert file_name(file, green) == "banned-green-1.csv.age"
    with pytest.raises(pyrage.DecryptError):
        read(file, pyrage.x25519.Identity.generate())
    event = LetterEvent.objects.get(act="write partner file")
    assert event.details == {"partner": "Green Union", "number": 1, "contacts": 2, "erasures": 0}


def test_whoever_does_not_stand_is_in_no_file(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    signed(letter, partners=ticked(green), address="pending@example.org")
    confirmed(letter, keys, partners=ticked(green), address="confirmed@example.org")
    gone = asking(letter, keys, green, address="gone@example.org")
    leave(own_link(gone, keys))
    void = asking(letter, keys, green, address="void@example.org")
    Signature.objects.filter(pk=void.pk).update(state="void", void_because="fraud")
    assert brief(read(made(green, keys), identity)) == [("contact", "confirmed@example.org")]
    assert contacts_by_partner(letter) == {green.pk: 1}


def test_the_name_of_initials_is_not_passed_on(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    asking(letter, keys, green, name="Ana Lena Example", choice="initials")
    assert [row[2] for row in read(made(green, keys), identity)] == [""]


def test_no_cell_is_a_formula(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    row = asking(letter, keys, green, address="+ana@example.org", name="Ana")
    Signature.objects.filter(pk=row.pk).update(name="=1+1")
    assert read(made(green, keys), identity)[0][1:3] == ['"+ana"@example.org', "'=1+1"]


def test_whoever_agrees_again_is_a_contact_again(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    row = asking(letter, keys, green, address="ana@example.org")
    fetched(green, keys, identity)
    take_back(row, green, keys)
    assert brief(read(made(green, keys), identity)) == [("erase", "ana@example.org")]
    give_to(own_link(row, keys), str(ticked(green)[0][1]))
    assert brief(fetched(green, keys, identity)) == [("contact", "ana@example.org")]
    assert PassedOn.objects.get().told_in is None


def test_whoever_left_and_signed_anew_is_not_erased(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    row = asking(letter, keys, green, address="ana@example.org")
    fetched(green, keys, identity)
    leave(own_link(row, keys))
    Allowance.objects.all().delete()  # as on another day
    asking(letter, keys, green, address="Ana@example.org")
    assert brief(fetched(green, keys, identity)) == [("contact", "Ana@example.org")]
    assert brief(fetched(green, keys, identity)) == [("contact", "Ana@example.org")]


@pytest.mark.parametrize("how", ["take back", "leave", "erase"])
def test_whom_a_partner_never_had_it_is_not_told_of(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any, how: str
) -> None:
    row = asking(letter, keys, green, address="ana@example.org")
    waiting = made(green, keys)
    assert can_be_fetched(waiting, green, timezone.now()) is True
    if how == "erase":
        erase([row.pk], timezone.now(), actor="Ana")
    elif how == "leave":
        leave(own_link(row, keys))
    else:
        take_back(row, green, keys)
    waiting.refresh_from_db()
    assert can_be_fetched(waiting, green, timezone.now()) is False
    assert note_fetched(waiting, green, actor="Ana") is False
    assert waiting.is_overtaken is True
    assert brief(fetched(green, keys, identity)) == []
    assert not path_of(waiting).exists()
    assert not PassedOn.objects.exists()


def test_of_two_files_that_wait_the_older_one_goes(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    row = asking(letter, keys, green, address="ana@example.org")
    first, second = made(green, keys), made(green, keys)
    write_partner_files(keys)
    assert [path_of(first).exists(), path_of(second).exists()] == [False, True]
    first.refresh_from_db()
    assert (first.is_overtaken, second.number) == (False, 2)
    note_fetched(second, green, actor="Ana")
    note_fetched(second, green, actor="Ana")
    take_back(row, green, keys)
    assert brief(read(made(green, keys), identity)) == [("erase", "ana@example.org")]


def test_who_leaves_while_it_is_written_is_not_in_what_can_be_fetched(
    letter: Letter,
    keys: WorkerKeys,
    green: Partner,
    identity: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = asking(letter, keys, green)
    token = own_link(row, keys)

    def leaving_meanwhile(*given: Any) -> None:
        encrypt_to(*given)
        take_back_from(token, str(green.pk))

    encrypt_to = writing_partner_files.encrypt_to
    monkeypatch.setattr(writing_partner_files, "encrypt_to", leaving_meanwhile)
    file = made(green, keys)
    assert (file.is_overtaken, can_be_fetched(file, green, timezone.now())) == (True, False)


def test_no_key_no_file(letter: Letter, keys: WorkerKeys, green: Partner) -> None:
    with pytest.raises(NoKey):
        order_file(green, actor="Ana")
    set_key(green, recipient(), BY)
    green.refresh_from_db()
    with pytest.raises(NoKey):
        order_file(green, actor="Ana")
    assert not PartnerFile.objects.exists()


def test_another_key_meanwhile_makes_no_file_and_closes_the_one_there(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    ready = made(green, keys)
    waiting = order_file(green, actor="Ana")
    set_key(green, recipient(), BY)
    green.refresh_from_db()
    write_partner_files(keys)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.outcome) == ("failed", "no partner key")
    assert can_be_fetched(ready, green, timezone.now()) is False


@pytest.mark.parametrize("key", ["age1broken", ZERO])
def test_a_broken_key_loses_nothing(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any, key: str
) -> None:
    asking(letter, keys, green, address="ana@example.org")
    Partner.objects.filter(pk=green.pk).update(recipient=key)
    file = made(green, keys)
    assert (file.state, file.outcome, file.is_there) == ("failed", "no partner key", False)
    assert list(media_folder("partners").iterdir()) == []
    assert not PassedOn.objects.exists()
    Partner.objects.filter(pk=green.pk).update(recipient=str(identity.to_public()))
    assert brief(read(made(green, keys), identity)) == [("contact", "ana@example.org")]


def test_without_the_letters_key_it_says_so(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any, tmp_path: Any
) -> None:
    asking(letter, keys, green)
    order_file(green, actor="Ana")
    write_partner_files(WorkerKeys(Keyring(tmp_path / "empty")))
    assert PartnerFile.objects.get().outcome == "letter key missing"


def test_what_was_altered_is_left_out(
    letter: Letter,
    keys: WorkerKeys,
    green: Partner,
    identity: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    row = asking(letter, keys, green, address="ana@example.org")
    Signature.objects.filter(pk=row.pk).update(sealed_address=b"altered")
    assert read(made(green, keys), identity) == []
    assert "cannot be opened; it is left out" in caplog.text
    assert "ana@example.org" not in caplog.text


def test_what_cannot_be_told_any_more_is_left_out(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    row = asking(letter, keys, green)
    fetched(green, keys, identity)
    take_back(row, green, keys)
    Signature.objects.filter(pk=row.pk).update(sealed_address=None)
    assert read(made(green, keys), identity) == []


def test_who_goes_between_reading_and_writing_is_left_out(
    letter: Letter,
    keys: WorkerKeys,
    green: Partner,
    identity: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two = (asking(letter, keys, green) for _ in "12")
    fetched(green, keys, identity)
    take_back(one, green, keys)
    take_back(two, green, keys)
    three = asking(letter, keys, green)
    four = asking(letter, keys, green, address="four@example.org")

    def going(*_: object) -> None:
        PassedOn.objects.filter(signature=one.pk).delete()
        PartnerConsent.objects.filter(signature=three.pk).update(taken_back_at=timezone.now())

    monkeypatch.setattr(writing_partner_files.errands, "report", going)
    rows = brief(read(made(green, keys), identity))
    assert [action for action, _ in rows] == ["contact", "erase"]
    assert rows[0] == ("contact", "four@example.org")
    assert four.state == "listed"


def test_one_at_a_time_and_cancelled_is_gone(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    file = order_file(green, actor="Ana")
    with pytest.raises(BeingMade):
        order_file(green, actor="Bo")
    assert cancel(file) is True
    assert write_partner_files(keys) == 0
    assert made(green, keys).number == 1


@pytest.mark.parametrize("late", [False, True])
def test_cancelled_while_it_is_written(
    letter: Letter,
    keys: WorkerKeys,
    green: Partner,
    identity: Any,
    monkeypatch: pytest.MonkeyPatch,
    late: bool,
) -> None:
    def cancelled(*given: Any) -> None:
        if late:
            encrypt_to(*given)
        cancel(PartnerFile.objects.get())
        if not late:
            encrypt_to(*given)

    encrypt_to = writing_partner_files.encrypt_to
    monkeypatch.setattr(writing_partner_files, "encrypt_to", cancelled)
    assert made(green, keys).state == "cancelled"
    assert list(media_folder("partners").iterdir()) == []


def fill_the_disk(*_: object) -> None:
    raise OSError


@pytest.mark.parametrize(("fault", "raised"), [(fill_the_disk, OSError), (panic, Panicked)])
def test_a_fault_is_told_and_leaves_nothing(
    letter: Letter,
    keys: WorkerKeys,
    green: Partner,
    identity: Any,
    monkeypatch: pytest.MonkeyPatch,
    fault: Any,
    raised: type[Exception],
) -> None:
    monkeypatch.setattr(writing_partner_files, "encrypt_to", fault)
    with pytest.raises(raised):
        made(green, keys)
    assert PartnerFile.objects.get().outcome == "not written"


def test_a_killed_workers_order_is_taken_up(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    order_file(green, actor="Ana")
    take(PartnerFile, timezone.now() - timedelta(hours=1))
    (media_folder("partners") / "half.1234").write_bytes(b"half")
    write_partner_files(keys)
    file = PartnerFile.objects.get()
    assert file.state == ErrandState.DONE
    old = timezone.now().timestamp() - 7200
    for path in media_folder("partners").iterdir():
        os.utime(path, (old, old))
    remove_leftovers(timezone.now())
    assert [path.name for path in media_folder("partners").iterdir()] == [f"{file.pk}.age"]


def test_schedules_are_kept(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    joined(letter, slug="river")
    now = timezone.now()
    assert order_due_files(now) == 0
    set_schedule(green, "weekly", actor="Ana")  # type: ignore[arg-type]
    assert [order_due_files(now), order_due_files(now)] == [1, 0]
    assert order_due_files(now + timedelta(days=8)) == 0  # it waits for a worker
    write_partner_files(keys)
    assert PartnerFile.objects.get().actor == "worker"
    assert order_due_files(now + timedelta(days=6)) == 0
    assert order_due_files(now + timedelta(days=8)) == 1


def test_a_file_that_was_overtaken_is_made_again(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    row = asking(letter, keys, green)
    set_schedule(green, "daily", actor="Ana")  # type: ignore[arg-type]
    now = timezone.now()
    write_partner_files(keys)
    take_back(row, green, keys)
    assert order_due_files(now + timedelta(minutes=30)) == 0
    assert order_due_files(now + timedelta(hours=2)) == 1


def test_after_two_weeks_it_is_removed(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    asking(letter, keys, green)
    file = made(green, keys)
    PartnerFile.objects.update(expires_at=timezone.now())
    assert write_partner_files(keys) == 1
    file.refresh_from_db()
    assert (file.is_there, path_of(file).exists()) == (False, False)
    assert not PassedOn.objects.exists()


def test_an_ended_partner_is_told_whom_to_erase_and_gets_no_contacts(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    one, _two = (asking(letter, keys, green, address=f"{n}@example.org") for n in "12")
    fetched(green, keys, identity)
    end_partner(green, actor="Ana")
    take_back(one, green, keys)
    assert brief(fetched(green, keys, identity)) == [("erase", "1@example.org")]


def test_earlier_words_stay_with_their_consents(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    asking(letter, keys, green)
    words = {"en": "Other words"}
    reword(green, name="Greens", privacy_url="https://g.example", words=words, actor="Ana")
    asking(letter, keys, Partner.objects.get())
    said = [row[5] for row in read(made(green, keys), identity)]
    assert said == ["Let green write to me", "Other words"]


@pytest.mark.parametrize("how", ["hide", "organisers"])
def test_a_file_that_waits_ends_when_a_name_in_it_is_hidden(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any, how: str
) -> None:
    river = joined(letter, slug="river")
    with_key(river)
    row = asking(letter, keys, green, name="Ana Canary", country="BY")
    asking(letter, keys, river)
    waits, another = made(green, keys), made(river, keys)
    if how == "hide":
        appear(own_link(row, keys), "counted")
    else:
        hide_group(By(letter, "Mo"), Group(Shared.COUNTRY, "BY"))
    for file in (waits, another):
        file.refresh_from_db()
    assert can_be_fetched(waits, green, timezone.now()) is False
    assert (waits.is_overtaken, another.is_overtaken) == (True, False)
    assert PartnerConsent.objects.filter(taken_back_at=None).count() == 2
    [[action, _address, name, *_]] = read(made(green, keys), identity)
    assert (action, name) == ("contact", "")


def test_a_name_that_is_hidden_while_it_is_written_is_not_in_what_can_be_fetched(
    letter: Letter,
    keys: WorkerKeys,
    green: Partner,
    identity: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = own_link(asking(letter, keys, green), keys)

    def hiding_meanwhile(*given: Any) -> None:
        encrypt_to(*given)
        appear(token, "recipient")

    encrypt_to = writing_partner_files.encrypt_to
    monkeypatch.setattr(writing_partner_files, "encrypt_to", hiding_meanwhile)
    file = made(green, keys)
    assert (file.is_overtaken, can_be_fetched(file, green, timezone.now())) == (True, False)


def test_a_pseudonym_is_not_written_beside_an_address(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    row = asking(letter, keys, green, address="ana@example.org")
    Signature.objects.filter(pk=row.pk).update(name="Red Fox", is_pseudonym=True)
    assert [line[1:3] for line in read(made(green, keys), identity)] == [["ana@example.org", ""]]


def test_erasures_are_ordered_also_when_a_partnership_has_ended(
    letter: Letter, keys: WorkerKeys, green: Partner, identity: Any
) -> None:
    row = asking(letter, keys, green, address="ana@example.org")
    fetched(green, keys, identity)
    end_partner(green, actor="Ana")
    now = timezone.now()
    assert order_erasures(now) == 0
    take_back(row, green, keys)
    assert [order_erasures(now), order_erasures(now)] == [1, 0]
    write_partner_files(keys)
    file = PartnerFile.objects.latest("number")
    assert (file.actor, brief(read(file, identity))) == ("worker", [("erase", "ana@example.org")])
    # It waits to be fetched; once it is over, another one is made.
    assert order_erasures(timezone.now()) == 0
    assert order_erasures(now + timedelta(days=20)) == 1
