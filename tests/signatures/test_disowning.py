"""What else the owner of a mailbox may ask for: "this wasn't me", and a new link."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.builders import confirmed, link_of, mails, signed, tokens_in
from undersigned.letters.models import Letter, LetterState
from undersigned.mail.models import Allowance, Message
from undersigned.signatures import disowning
from undersigned.signatures.confirming import Choice, Outcome, confirm
from undersigned.signatures.disowning import ask_for_new_link, disown
from undersigned.signatures.mailboxes import NOT_ME
from undersigned.signatures.models import (
    Change,
    ConfirmationLink,
    Signature,
    State,
    Visibility,
)
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


def test_a_disowned_signature_is_void_and_what_was_typed_is_gone(
    letter: Letter, keys: WorkerKeys
) -> None:
    signature = signed(letter)
    token = link_of(signature, keys)

    assert disown(token) is True

    signature.refresh_from_db()
    assert (signature.state, signature.void_because) == (State.VOID, NOT_ME)
    assert (signature.sealed_address, signature.sealed_details) == (None, None)
    assert signature.address_index is not None  # so that we know not to write again
    assert ConfirmationLink.objects.count() == 0
    assert Change.objects.values_list("act", "after").get() == ("void", "void")


def test_the_mailbox_is_not_written_to_about_this_letter_again(
    letter: Letter, keys: WorkerKeys
) -> None:
    disown(link_of(signed(letter, address="ana@example.org"), keys))
    Allowance.objects.all().delete()
    before = len(mails(keys))

    again = signed(letter, address="ANA+again@example.org")
    assert answer_pending(keys) == 1

    again.refresh_from_db()
    assert (again.state, again.needs_mail) == (State.PENDING, False)
    assert len(mails(keys)) == before


def test_an_unknown_link_disowns_nothing(letter: Letter) -> None:
    assert disown("A" * 22) is False


def test_what_was_confirmed_cannot_be_disowned(letter: Letter, keys: WorkerKeys) -> None:
    signature = signed(letter)
    token = link_of(signature, keys)
    confirm(Choice(token=token, visibility=Visibility.PUBLIC))

    assert disown(token) is False

    signature.refresh_from_db()
    assert signature.state == State.CONFIRMED
    assert ConfirmationLink.objects.count() == 1


def test_who_confirms_at_the_same_moment_wins(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = signed(letter)
    token = link_of(signature, keys)
    link = ConfirmationLink.objects.select_related("signature__letter").get()
    assert confirm(Choice(token=token, visibility=Visibility.PUBLIC)) is Outcome.CONFIRMED
    # As it was read a moment before.
    monkeypatch.setattr(disowning, "_link", lambda token: link)

    assert disown(token) is False

    signature.refresh_from_db()
    assert (signature.state, signature.void_because) == (State.CONFIRMED, "")
    assert signature.sealed_address is not None
    assert ConfirmationLink.objects.count() == 1


def expire_everything() -> None:
    ConfirmationLink.objects.update(expires_at=timezone.now())
    Allowance.objects.all().delete()


def test_a_new_link_replaces_an_expired_one(letter: Letter, keys: WorkerKeys) -> None:
    signature = signed(letter)
    expired = link_of(signature, keys)
    expire_everything()
    Message.objects.update(cause="yesterday")  # a mail has one cause a day

    assert ask_for_new_link(expired) is True
    fresh = link_of(signature, keys)

    assert fresh != expired
    assert confirm(Choice(token=expired, visibility=Visibility.PUBLIC)) is Outcome.EXPIRED
    assert confirm(Choice(token=fresh, visibility=Visibility.PUBLIC)) is Outcome.CONFIRMED


def test_asking_many_times_mails_once_a_day(letter: Letter, keys: WorkerKeys) -> None:
    token = link_of(signed(letter), keys)

    for _ in range(5):
        assert ask_for_new_link(token) is True
        answer_pending(keys)

    assert len(mails(keys)) == 1


def test_there_is_no_new_link_where_nothing_can_be_confirmed(
    letter: Letter, keys: WorkerKeys
) -> None:
    done = signed(letter)
    token = link_of(done, keys)
    confirm(Choice(token=token, visibility=Visibility.PUBLIC))
    waiting = link_of(signed(letter), keys)
    Letter.objects.update(state=LetterState.CLOSED)

    assert ask_for_new_link("A" * 22) is False
    assert ask_for_new_link(token) is False
    assert ask_for_new_link(waiting) is False
    assert not Signature.objects.filter(needs_mail=True).exists()


def test_a_confirmed_signature_needs_no_link_while_the_letter_is_open(
    letter: Letter, keys: WorkerKeys
) -> None:
    confirmed(letter, keys)
    (token,) = tokens_in(mails(keys)[0])

    assert ask_for_new_link(token) is False
