"""Before a confirmed signature is listed, rules and likenesses may hold it; a person decides."""

from __future__ import annotations

import pytest

from tests.builders import confirmed, listed
from undersigned.letters.models import Letter
from undersigned.signatures.deciding import By, accept, hold
from undersigned.signatures.holding_rules import read_conditions
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import Kind, Organisation, Signature, State
from undersigned.signatures.setting_rules import add_rules
from undersigned.signatures.undoing import undo
from undersigned.signatures.worker_keys import WorkerKeys


def after_listing(signature: Signature, keys: WorkerKeys) -> tuple[str, str]:
    while list_confirmed(keys):
        pass
    signature.refresh_from_db()
    return signature.state, signature.held_because


def test_what_falls_under_a_rule_is_held_instead_of_listed(
    letter: Letter, keys: WorkerKeys
) -> None:
    add_rules(By(letter, "Ana"), read_conditions("word", "casino"))
    signature = confirmed(letter, keys, name="Golden Casino")
    other = confirmed(letter, keys, name="Bo Example")

    assert after_listing(signature, keys) == (State.CONFIRMED, "rule")
    assert after_listing(other, keys) == (State.LISTED, "")


def test_a_rule_looks_at_the_mailbox_too(letter: Letter, keys: WorkerKeys) -> None:
    add_rules(By(letter, "Ana"), read_conditions("domain", "evil.example"))
    signature = confirmed(letter, keys, address="bo@evil.example")

    assert after_listing(signature, keys) == (State.CONFIRMED, "rule")


def test_what_a_person_let_pass_is_not_held_again(letter: Letter, keys: WorkerKeys) -> None:
    by = By(letter, "Ana")
    add_rules(by, read_conditions("word", "casino"))
    signature = confirmed(letter, keys, name="Golden Casino")
    after_listing(signature, keys)
    accepted = accept(by, [signature.pk])

    assert after_listing(signature, keys) == (State.LISTED, "")
    assert accepted.decision is not None
    undo(by, accepted.decision.pk)
    assert after_listing(signature, keys) == (State.CONFIRMED, "rule")


def test_what_was_held_by_mistake_stays_listed(letter: Letter, keys: WorkerKeys) -> None:
    by = By(letter, "Ana")
    signature = listed(letter, keys, name="Golden Casino")
    add_rules(by, read_conditions("word", "casino"))
    outcome = hold(by, [signature.pk])
    assert outcome.decision is not None
    undo(by, outcome.decision.pk)

    assert after_listing(signature, keys) == (State.LISTED, "")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Quiet Rivеr League", State.CONFIRMED),  # a Cyrillic е
        ("Quiet River League", State.LISTED),
        ("Loud River League", State.LISTED),
    ],
)
def test_a_name_that_only_looks_like_a_known_one_is_held(
    letter: Letter, keys: WorkerKeys, name: str, state: State
) -> None:
    Organisation.objects.create(name="Quiet River League", native_name="", aliases=["QRL"])

    signature = confirmed(letter, keys, name=name)

    assert after_listing(signature, keys)[0] == state


@pytest.mark.parametrize(
    ("website", "state"),
    [
        ("https://quietrnedia.org", State.CONFIRMED),
        ("https://quietmedia.org", State.LISTED),
        ("https://elsewhere.org", State.LISTED),
        ("", State.LISTED),
    ],
)
def test_so_is_a_website_that_only_looks_like_a_known_one(
    keys: WorkerKeys, letter: Letter, website: str, state: State
) -> None:
    Letter.objects.update(organisations_are_held=False)
    Organisation.objects.create(name="Quiet Media", domains=["quietmedia.org"])

    signature = confirmed(
        letter, keys, kind=Kind.ORGANISATION, name="Another Name", role="Director", website=website
    )

    assert after_listing(signature, keys)[0] == state
