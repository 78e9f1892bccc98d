"""The owner of the mailbox says yes: once, deliberately, and for good."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.builders import confirmed, link_of, listed, published_letter, signed
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures import confirming
from undersigned.signatures.confirming import Choice, Outcome, confirm, confirm_all
from undersigned.signatures.disowning import disown
from undersigned.signatures.models import (
    Change,
    ConfirmationLink,
    Kind,
    Signature,
    State,
    Visibility,
)
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


def public(token: str) -> Choice:
    return Choice(token=token, visibility=Visibility.PUBLIC)


def states() -> list[str]:
    return list(Signature.objects.order_by("created_at").values_list("state", flat=True))


@pytest.mark.parametrize(
    ("choice", "consent"),
    [
        (Visibility.PUBLIC, True),
        (Visibility.INITIALS, True),
        (Visibility.RECIPIENT, False),
        (Visibility.COUNTED, False),
    ],
)
def test_the_choice_behind_the_link_decides_how_the_name_appears(
    letter: Letter, keys: WorkerKeys, choice: Visibility, consent: bool
) -> None:
    signature = signed(letter, visibility=Visibility.PUBLIC, consent_publication=not consent)
    before = timezone.now()

    outcome = confirm(Choice(token=link_of(signature, keys), visibility=choice))

    signature.refresh_from_db()
    assert outcome is Outcome.CONFIRMED
    assert (signature.state, signature.visibility) == (State.CONFIRMED, choice)
    assert signature.consent_publication is consent
    assert signature.confirmed_at is not None
    assert before <= signature.confirmed_at <= timezone.now()


def test_confirming_writes_the_signature_and_its_change_and_never_the_letter(
    letter: Letter, keys: WorkerKeys
) -> None:
    confirmed(letter, keys)

    change = Change.objects.get()
    assert (change.act, change.before, change.after) == ("confirm", "pending", "confirmed")
    assert Letter.objects.get().revision == letter.revision


def test_the_same_link_twice_changes_nothing(letter: Letter, keys: WorkerKeys) -> None:
    signature = signed(letter)
    token = link_of(signature, keys)
    confirm(public(token))
    first = Signature.objects.get()

    again = confirm(Choice(token=token, visibility=Visibility.COUNTED))

    assert again is Outcome.ALREADY
    second = Signature.objects.get()
    assert (second.visibility, second.confirmed_at) == (first.visibility, first.confirmed_at)
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "policy", "reason"),
    [
        (Kind.ORGANISATION, True, "organisation"),
        (Kind.ORGANISATION, False, ""),
        (Kind.INDIVIDUAL, True, ""),
    ],
)
def test_organisations_wait_for_a_person_where_the_letter_says_so(
    keys: WorkerKeys, kind: Kind, policy: bool, reason: str
) -> None:
    letter = published_letter(keys, organisations_are_held=policy)

    assert confirmed(letter, keys, kind=kind, role="Chair").held_because == reason


def test_an_unknown_link_says_so(letter: Letter) -> None:
    assert confirm(public("A" * 22)) is Outcome.UNKNOWN


def test_a_link_works_for_seven_days(letter: Letter, keys: WorkerKeys) -> None:
    signature = signed(letter)
    token = link_of(signature, keys)
    link = ConfirmationLink.objects.get()
    assert timedelta(days=6, hours=23) < link.expires_at - timezone.now() <= timedelta(days=7)
    ConfirmationLink.objects.update(expires_at=timezone.now())

    assert confirm(public(token)) is Outcome.EXPIRED
    assert states() == [State.PENDING]


@pytest.mark.parametrize("closed", ["by its state", "by its deadline"])
def test_a_closed_letter_takes_no_confirmation(
    letter: Letter, keys: WorkerKeys, closed: str
) -> None:
    token = link_of(signed(letter), keys)
    if closed == "by its state":
        Letter.objects.update(state=LetterState.CLOSED)
    else:
        Letter.objects.update(deadline=timezone.now())

    assert confirm(public(token)) is Outcome.CLOSED
    assert states() == [State.PENDING]


def test_a_disowned_signature_cannot_be_confirmed(letter: Letter, keys: WorkerKeys) -> None:
    token = link_of(signed(letter), keys)
    disown(token)

    assert confirm(public(token)) is Outcome.UNKNOWN
    assert states() == [State.VOID]


def test_a_nonsense_choice_changes_nothing(letter: Letter, keys: WorkerKeys) -> None:
    token = link_of(signed(letter), keys)

    with pytest.raises(ValueError, match="loudly"):
        confirm(Choice(token=token, visibility="loudly"))

    assert states() == [State.PENDING]


# Several links of one mailbox


def two_links(letter: Letter, keys: WorkerKeys) -> list[str]:
    rows = [
        signed(letter, address="ana.lucia@gmail.com", name="Ana"),
        signed(letter, address="AnaLucia+again@googlemail.com", name="Ana Lucía"),
    ]
    return [link_of(row, keys) for row in rows]


def test_of_two_links_of_one_mailbox_one_counts(letter: Letter, keys: WorkerKeys) -> None:
    first, second = two_links(letter, keys)

    assert confirm(public(second)) is Outcome.CONFIRMED
    assert confirm(public(first)) is Outcome.ALREADY
    assert states() == [State.PENDING, State.CONFIRMED]


def test_of_two_links_in_one_batch_one_counts(letter: Letter, keys: WorkerKeys) -> None:
    first, second = two_links(letter, keys)

    outcomes = confirm_all([public(first), public(second), public(first), public("A" * 22)])

    assert outcomes == [Outcome.CONFIRMED, Outcome.ALREADY, Outcome.ALREADY, Outcome.UNKNOWN]
    assert states() == [State.CONFIRMED, State.PENDING]


def test_one_mailbox_may_confirm_two_letters_at_once(letter: Letter, keys: WorkerKeys) -> None:
    other = published_letter(keys)
    rows = [signed(one, address="ana@example.org") for one in (letter, other)]

    outcomes = confirm_all([public(link_of(row, keys)) for row in rows])

    assert outcomes == [Outcome.CONFIRMED, Outcome.CONFIRMED]


def blind(signatures: Sequence[Signature]) -> set[object]:
    """What a process sees that looks before another commits."""
    return set()


def test_two_that_look_at_the_same_moment_are_told_apart_by_the_database(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_links(letter, keys)
    confirm(public(first))
    monkeypatch.setattr(confirming, "_addresses_taken", blind)

    assert confirm(public(second)) is Outcome.ALREADY
    assert states() == [State.CONFIRMED, State.PENDING]
    assert Change.objects.count() == 1


def test_one_that_lost_takes_no_other_of_its_batch_with_it(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_links(letter, keys)
    unrelated = link_of(signed(letter), keys)
    confirm(public(first))
    monkeypatch.setattr(confirming, "_addresses_taken", blind)

    outcomes = confirm_all([public(second), public(unrelated)])

    assert outcomes == [Outcome.ALREADY, Outcome.CONFIRMED]
    assert states() == [State.CONFIRMED, State.PENDING, State.CONFIRMED]


@pytest.mark.django_db(transaction=True)
def test_two_processes_confirm_one_mailbox_once(letter: Letter, keys: WorkerKeys) -> None:
    tokens = two_links(letter, keys)
    ready = threading.Barrier(2)
    outcomes: list[Outcome] = []

    def press(token: str) -> None:
        try:
            ready.wait()
            outcomes.append(confirm(public(token)))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[token]) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcome.value for outcome in outcomes) == ["already", "confirmed"]
    assert sorted(states()) == [State.CONFIRMED, State.PENDING]


def test_a_second_signature_of_a_listed_mailbox_is_not_confirmed(
    letter: Letter, keys: WorkerKeys
) -> None:
    waiting = link_of(signed(letter, address="ana@example.org"), keys)
    listed(letter, keys, address="ana@example.org")

    assert confirm(public(waiting)) is Outcome.UNKNOWN  # the unconfirmed rest went
    assert states() == [State.LISTED]
