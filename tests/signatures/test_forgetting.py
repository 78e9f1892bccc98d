"""What goes when its time is over: exactly that, in batches, through crashes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import confirmed, listed, published_letter, signed, worker_keys
from tests.partners import joined
from tests.signatures.behind_links import own_link
from tests.signatures.partnered import asking
from tests.signatures.updating import mailing_of, many_readers
from undersigned.letters.closing import close, reopen
from undersigned.letters.models import Forgetting, Forgotten, Letter, LetterEvent, LetterState
from undersigned.letters.partnering import end_partner
from undersigned.mail.models import Message, MessageState
from undersigned.signatures import forgetting
from undersigned.signatures.counting import count_changes
from undersigned.signatures.deciding import By
from undersigned.signatures.exporting.presets import Purpose
from undersigned.signatures.exporting.rows import count_rows
from undersigned.signatures.forgetting import (
    begin_ended,
    begin_unasked,
    destroy_again,
    destroy_key,
    go_on,
)
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group
from undersigned.signatures.models import (
    Notice,
    PartnerFile,
    PassedOn,
    Signature,
    State,
    Tally,
    Visibility,
)
from undersigned.signatures.partner_consents import take_back_from
from undersigned.signatures.signer_links import SignerLinks, find_own_page
from undersigned.signatures.telling import RENEW
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_mailings import write_mailings
from undersigned.vault.keys import KeyDestroyed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()
# What the web had still in hand has come in.
LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, "banned", organisations_are_held=False)


def closed(letter: Letter, days: int) -> None:
    """Closed so many days ago."""
    close(letter, actor="Ana")
    Letter.objects.filter(pk=letter.pk).update(closed_at=NOW - timedelta(days=days))


def at_its_end(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(addresses_until=TODAY)


def all_mail_left() -> None:
    Message.objects.all().delete()


def went(letter: Letter, what: Forgotten) -> dict[str, int]:
    return dict(letter.forgettings.get(what=what).counts)


def with_address(letter: Letter) -> set[str]:
    rows = letter.signatures.filter(sealed_address__isnull=False)
    return set(rows.values_list("name", flat=True))


def test_after_closing_addresses_go_of_those_who_asked_to_hear_no_more(
    letter: Letter, keys: WorkerKeys
) -> None:
    ana = listed(letter, keys, name="Ana")
    listed(letter, keys, name="Bea", consent_updates=True)
    all_mail_left()
    closed(letter, 30)
    assert begin_unasked(NOW) == 1
    while go_on(keys, NOW):
        pass
    assert with_address(letter) == {"Bea"}
    ana.refresh_from_db()
    assert (ana.state, ana.name, ana.sealed_address) == (State.LISTED, "Ana", None)
    assert ana.sealed_details is not None
    assert ana.address_index is not None  # so that she still finds her own page
    assert went(letter, Forgotten.UNASKED) == {"addresses": 1}
    event = LetterEvent.objects.get(act="forget addresses after closing")
    assert (event.actor, event.details) == ("worker", {"addresses": 1})
    assert begin_unasked(NOW) == 0


@pytest.mark.parametrize("state", [LetterState.OPEN, LetterState.CLOSED])
def test_before_that_they_stay(state: str, letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Ana")
    if state == LetterState.CLOSED:
        closed(letter, 29)
    assert begin_unasked(NOW) == 0
    assert go_on(keys, NOW) == 0
    assert with_address(letter) == {"Ana"}


def test_who_takes_the_signature_back_is_not_written_to_either(
    letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, consent_updates=True)
    Signature.objects.filter(pk=row.pk).update(state=State.WITHDRAWN, name="")
    closed(letter, 30)
    begin_unasked(NOW)
    assert go_on(keys, NOW) == 1
    assert with_address(letter) == set()


def test_a_letter_that_opens_again_keeps_the_rest(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "AHEAD", 1)
    for name in ("Ana", "Bea", "Cid"):
        listed(letter, keys, name=name)
    all_mail_left()
    closed(letter, 30)
    begin_unasked(NOW)
    assert go_on(keys, NOW) == 1
    letter.refresh_from_db()
    reopen(letter, actor="Ana")
    assert go_on(keys, NOW) == 0
    assert len(with_address(letter)) == 2
    assert went(letter, Forgotten.UNASKED) == {"addresses": 1}
    assert Letter.objects.get().closed_at is None


def test_mail_that_waits_goes_with_the_address(letter: Letter, keys: WorkerKeys) -> None:
    ana, bea = listed(letter, keys), listed(letter, keys, consent_updates=True)
    for row in (ana, bea):
        Notice.objects.create(signature=row, topic=RENEW, occasion="1", not_before=NOW)
    all_mail_left()
    for cause in (f"notice {ana.notices.get().pk}", f"already {ana.pk} 1", f"update 1 {bea.pk}"):
        Message.objects.create(cause=cause, seal=letter.pk, sealed=b"x", not_before=NOW)
    closed(letter, 40)
    begin_unasked(NOW)
    go_on(keys, NOW)
    assert list(Message.objects.values_list("cause", flat=True)) == [f"update 1 {bea.pk}"]
    assert list(Notice.objects.values_list("signature", flat=True)) == [bea.pk]
    assert went(letter, Forgotten.UNASKED) == {"addresses": 1, "mails": 2}


def test_on_the_end_date_everything_sealed_goes_and_names_and_counts_stay(
    letter: Letter, keys: WorkerKeys
) -> None:
    ana = listed(letter, keys, name="Ana", consent_updates=True)
    listed(letter, keys, choice=Visibility.RECIPIENT)
    held = confirmed(letter, keys)
    Signature.objects.filter(pk=held.pk).update(held_because="name")
    signed(letter)
    all_mail_left()
    Message.objects.create(cause="a mail", seal=letter.pk, sealed=b"x", not_before=NOW)
    count_changes()
    before = list(Tally.objects.order_by("pk").values())
    at_its_end(letter)
    assert begin_ended(keys, NOW) == 1
    assert go_on(keys, NOW) == 4
    assert go_on(keys, NOW) == 0  # and nothing more came in, but it is too early to say so
    assert Forgetting.objects.get().ended_at is None
    go_on(keys, LATER)
    letter.refresh_from_db()
    assert (letter.state, letter.sealing_key) == (LetterState.CLOSED, None)
    assert (letter.key_destroyed_at, letter.closed_at) == (NOW, NOW)
    with pytest.raises(KeyDestroyed):
        keys.opener(letter.pk)
    ana.refresh_from_db()
    assert (ana.state, ana.name, ana.consent_updates) == (State.LISTED, "Ana", True)
    assert (ana.sealed_address, ana.sealed_details, ana.address_index) == (None, None, None)
    held.refresh_from_db()
    assert (held.state, held.void_because) == (State.VOID, "unreadable")
    assert letter.signatures.count() == 3
    count_changes()
    assert list(Tally.objects.order_by("pk").values()) == before
    told = {"addresses": 4, "unconfirmed": 1, "undecided": 1, "mails": 1}
    assert went(letter, Forgotten.ALL) == told
    assert LetterEvent.objects.get(act="forget all addresses").details == told
    assert go_on(keys, NOW) == begin_ended(keys, NOW) == 0


def test_nothing_is_left_under_links_either_not_even_those_that_are_just_being_mailed(
    letter: Letter, keys: WorkerKeys
) -> None:
    ana, other = listed(letter, keys, name="Ana"), published_letter(keys, "other")
    token, kept = own_link(ana, keys), own_link(listed(other, keys, name="Bea"), keys)
    links = SignerLinks(NOW)
    late = links.signer_token(ana, b'{"name": "Ana"}', "renew")
    destroy_key(letter.pk, keys, NOW)
    go_on(keys, NOW)
    links.save()
    go_on(keys, NOW)
    assert {len(link.sealed_details) for link in ana.signer_links.all()} == {0}
    assert {len(link.sealed_details) for link in ana.links.all()} == {0}
    pages = [find_own_page(secret) for secret in (token, late, kept)]
    assert [page and page.details.name for page in pages] == ["", "", "Bea"]


def test_a_letter_before_its_end_and_a_draft_keep_everything(
    letter: Letter, keys: WorkerKeys
) -> None:
    Letter.objects.create(slug="draft", source_language="en", addresses_until=TODAY)
    Letter.objects.filter(pk=letter.pk).update(addresses_until=TODAY + timedelta(days=1))
    assert begin_ended(keys, NOW) == 0


def test_who_has_confirmed_is_listed_first_within_a_day(letter: Letter, keys: WorkerKeys) -> None:
    confirmed(letter, keys)
    at_its_end(letter)
    assert begin_ended(keys, NOW) == 0
    assert begin_ended(keys, NOW + timedelta(days=1)) == 1


def everything(keys: WorkerKeys) -> None:
    begin_ended(keys, NOW)
    while go_on(keys, NOW):
        pass


class Killed(BaseException):
    """As a worker ends that is killed: nothing of ours is told."""


@pytest.mark.parametrize("kills_at", range(1, 8))
def test_killed_at_any_moment_it_goes_on_and_counts_nothing_twice(
    kills_at: int, letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    many_readers(letter, keys, 5)
    Signature.objects.update(state=State.LISTED)
    at_its_end(letter)
    steps = 0

    def stepping(act: Any) -> Any:
        def step(*args: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == kills_at:
                raise Killed
            return act(*args)

        return step

    for name in ("_begin", "_empty", "_note", "_forget_around"):
        monkeypatch.setattr(forgetting, name, stepping(getattr(forgetting, name)))
    monkeypatch.setattr(WorkerKeys, "destroy", stepping(WorkerKeys.destroy))
    with pytest.raises(Killed):
        everything(keys)
    again = WorkerKeys(keys.keyring)  # another process
    everything(again)
    go_on(again, LATER)
    assert went(letter, Forgotten.ALL) == {"addresses": 5}
    assert letter.signatures.filter(sealed_details__isnull=False).count() == 0
    assert keys.keyring.is_destroyed(letter.pk)
    assert not (keys.keyring.folder / "letters" / str(letter.pk)).exists()


def test_what_the_web_stored_a_moment_later_goes_too(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys)
    all_mail_left()
    at_its_end(letter)
    stale = Letter.objects.get()
    begin_ended(keys, NOW)
    go_on(keys, NOW)
    signed(stale)
    go_on(keys, LATER)
    assert Forgetting.objects.get().ended_at is None
    go_on(keys, LATER)
    go_on(keys, LATER)
    assert went(letter, Forgotten.ALL) == {"addresses": 2, "unconfirmed": 1}
    assert Forgetting.objects.get().ended_at is not None


def test_what_a_backup_brings_back_goes_again(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Ana")
    row = Letter.objects.values().get()
    sealed = Signature.objects.values("sealed_address", "address_index").get()
    path = keys.keyring.folder / "letters" / str(letter.pk)
    key = path.read_bytes()
    destroy_key(letter.pk, keys, NOW)
    while go_on(keys, NOW):
        pass
    go_on(keys, LATER)
    assert destroy_again(keys, NOW) == 0
    # The database as it was, and the key too.
    Letter.objects.filter(pk=letter.pk).update(**row)
    Signature.objects.update(**sealed)
    path.write_bytes(key)
    with pytest.raises(KeyDestroyed):
        keys.opener(letter.pk)
    assert destroy_again(keys, NOW) == 1
    assert not path.exists()
    while go_on(keys, NOW):
        pass
    assert Signature.objects.get().sealed_address is None
    assert Letter.objects.get().sealing_key is None
    # Nothing but the letter's row says so: as after a restore onto another machine.
    (keys.keyring.folder / "destroyed" / str(letter.pk)).unlink()
    path.write_bytes(key)
    assert destroy_again(keys, NOW) == 0
    assert not path.exists()


def test_a_founding_round_takes_nobody_after_its_end(keys: WorkerKeys) -> None:
    letter = published_letter(keys, state=LetterState.GATHERING)
    at_its_end(letter)
    begin_ended(keys, NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.takes_signatures(NOW)) == (LetterState.GATHERING, False)


def test_a_mailing_that_was_under_way_ends(letter: Letter, keys: WorkerKeys) -> None:
    many_readers(letter, keys, 2)
    Signature.objects.update(state=State.LISTED)
    mailing = mailing_of(letter)
    write_mailings(keys)
    at_its_end(letter)
    begin_ended(keys, NOW)
    while go_on(keys, NOW):
        pass
    assert went(letter, Forgotten.ALL) == {"addresses": 2, "mails": 2}
    write_mailings(keys)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.written) == ("done", 2)
    assert not Message.objects.filter(state=MessageState.QUEUED).exists()


def test_who_asked_to_hear_from_a_partner_stays_until_they_take_it_back(
    letter: Letter, keys: WorkerKeys
) -> None:
    green = joined(letter)
    asking(letter, keys, green, name="Ana")
    cid = asking(letter, keys, green, name="Cid")
    listed(letter, keys, name="Bea")
    file = PartnerFile.objects.create(partner=green, actor="Ana")
    PassedOn.objects.create(partner=green, signature=cid.pk, given_in=file)
    sealed = bytes(cid.sealed_address or b"")
    take_back_from(own_link(cid, keys), str(green.pk))
    closed(letter, 30)
    begin_unasked(NOW)
    while go_on(keys, NOW):
        pass
    assert with_address(letter) == {"Ana"}
    # The partner has still to be told to erase Cid; by whom it was read, it is gone at the end.
    assert bytes(PassedOn.objects.get().sealed_address or b"") == sealed
    at_its_end(letter)
    everything(keys)
    assert with_address(letter) == set()
    assert not PassedOn.objects.exists()


def test_names_for_the_addressee_alone_leave_the_copy_with_the_key(
    letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, choice=Visibility.RECIPIENT)
    listed(letter, keys)
    assert count_rows(letter, Purpose.ADDRESSEE) == 2
    at_its_end(letter)
    everything(keys)
    assert count_rows(letter, Purpose.ADDRESSEE) == 1


def test_who_is_hidden_after_the_end_is_hidden_for_good(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, country="BY")
    at_its_end(letter)
    everything(keys)
    letter.refresh_from_db()
    assert hide_group(By(letter, "Ana"), Group(Shared.COUNTRY, "BY")) == 1
    row = Signature.objects.get()
    assert (row.name, row.sealed_details) == ("", None)


def test_a_run_says_what_it_is(letter: Letter) -> None:
    run = Forgetting(letter=letter, what=Forgotten.UNASKED)
    assert str(run) == f"unasked {letter.pk}"


def test_who_asks_to_hear_more_at_the_last_moment_stays(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 1)
    for _ in range(2):
        listed(letter, keys)
    all_mail_left()
    closed(letter, 30)
    begin_unasked(NOW)
    first = forgetting._unasked_of(letter.pk)[:1].get()
    locked = forgetting._locked

    def a_moment_later(among: Any, batch: Any) -> Any:
        Signature.objects.filter(pk=first.pk).update(consent_updates=True)
        return locked(among, batch)

    monkeypatch.setattr(forgetting, "_locked", a_moment_later)
    while go_on(keys, NOW):
        pass
    row = letter.signatures.get(sealed_address__isnull=False)
    assert row.pk == first.pk
    assert went(letter, Forgotten.UNASKED) == {"addresses": 1}


def test_who_asked_to_hear_from_an_ended_partner_alone_goes(
    letter: Letter, keys: WorkerKeys
) -> None:
    green, river = joined(letter), joined(letter, slug="river")
    asking(letter, keys, green, name="Ana")
    asking(letter, keys, green, river, name="Bea")
    end_partner(green, actor="Ana")
    closed(letter, 30)
    begin_unasked(NOW)
    while go_on(keys, NOW):
        pass
    assert with_address(letter) == {"Bea"}
