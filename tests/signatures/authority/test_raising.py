"""Evidence is noted with a signature, and weaker evidence never replaces stronger."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import confirmed, listed
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.authority.levels import public_sentence
from undersigned.signatures.authority.raising import (
    CannotBeRaised,
    CannotVouch,
    evidence_of,
    raise_authority,
    see,
    vouch,
)
from undersigned.signatures.deciding import By, decline
from undersigned.signatures.models import Kind, Level, Signature, Visibility
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Team

DAY = date(2026, 11, 20)


def organisation(letter: Letter, keys: WorkerKeys, **changes: str) -> Signature:
    return listed(
        letter, keys, **{"kind": Kind.ORGANISATION, "name": "QRL", "role": "Director", **changes}
    )


def sentence(signature: Signature) -> str:
    return public_sentence(evidence_of(Signature.objects.get(pk=signature.pk)), "en")


def test_a_mailbox_at_the_claimed_domain_is_noted_when_it_is_listed(
    letter: Letter, keys: WorkerKeys
) -> None:
    signature = organisation(
        letter, keys, website="https://www.example.org/", address="ana@example.org"
    )

    assert signature.confirmed_at is not None
    day = signature.confirmed_at.day
    assert sentence(signature).startswith(f"confirmed from a mailbox at example.org on {day} ")
    assert sentence(signature).endswith("; role stated by the signatory")


@pytest.mark.parametrize(
    "changes",
    [
        {"website": "https://example.com", "address": "ana@example.org"},
        {"website": "https://gmail.com", "address": "ana@gmail.com"},
        {"website": "https://example.org", "address": "ana@example.org", "choice": "counted"},
        {"website": "https://example.org", "address": "ana@example.org", "choice": "initials"},
    ],
)
def test_another_mailbox_or_a_hidden_name_leaves_no_domain(
    letter: Letter, keys: WorkerKeys, changes: dict[str, str]
) -> None:
    signature = organisation(letter, keys, **changes)

    assert (signature.authority, signature.authority_domain) == (Level.NONE, "")
    assert sentence(signature) == "no evidence of authority was looked at"


def test_stronger_evidence_replaces_weaker_and_never_the_reverse(
    letter: Letter, keys: WorkerKeys
) -> None:
    signature = organisation(letter, keys)
    revision = Letter.objects.get().revision

    assert raise_authority(signature.pk, Level.DNS, "example.org", DAY)
    assert Letter.objects.get().revision == revision + 1
    assert not raise_authority(signature.pk, Level.MAILBOX, "example.org", DAY)
    assert not raise_authority(signature.pk, Level.DNS, "other.org", DAY)
    assert sentence(signature) == (
        "controlled example.org by DNS on 20 November 2026; role stated by the signatory"
    )
    with pytest.raises(CannotBeRaised):
        see(By(letter, "Ana"), signature.pk)


def test_people_and_what_does_not_stand_show_no_authority(letter: Letter, keys: WorkerKeys) -> None:
    person = listed(letter, keys, name="Ana Example")
    declined = organisation(letter, keys)
    decline(By(letter, "Ana"), [declined.pk])

    assert not raise_authority(person.pk, Level.DNS, "example.org", DAY)
    assert not raise_authority(declined.pk, Level.DNS, "example.org", DAY)


def test_a_moderator_looks(letter: Letter, keys: WorkerKeys) -> None:
    signature = confirmed(letter, keys, kind=Kind.ORGANISATION, name="QRL", role="Director")
    revision = Letter.objects.get().revision
    see(By(letter, "Ana"), signature.pk)

    assert sentence(signature).startswith("looked at by a moderator on ")
    assert Letter.objects.get().revision == revision
    event = LetterEvent.objects.get(act="note authority")
    assert event.details == {"signature": str(signature.pk), "level": "seen"}


def test_verified_organisations_vouch(letter: Letter, keys: WorkerKeys) -> None:
    team = Team.objects.create(name="Team")
    Letter.objects.update(team=team)
    letter.refresh_from_db()
    by = By(letter, "Ana")
    vouchers = [organisation(letter, keys, name=name) for name in ("Zebra", "River, League")]
    signature = organisation(letter, keys)
    with pytest.raises(CannotVouch):
        vouch(by, signature.pk, [one.pk for one in vouchers])
    for voucher in vouchers:
        raise_authority(voucher.pk, Level.DNS, "example.org", DAY)
    with pytest.raises(CannotVouch):
        vouch(by, vouchers[0].pk, [vouchers[0].pk])
    with pytest.raises(CannotVouch):
        vouch(by, signature.pk, [])

    vouch(by, signature.pk, [one.pk for one in vouchers])

    assert sentence(signature).startswith("vouched for by River, League and Zebra on ")


def test_a_signature_of_another_letter_is_out_of_reach(letter: Letter, keys: WorkerKeys) -> None:
    signature = organisation(letter, keys)
    other = By(Letter.objects.create(slug="other", source_language="en"), "Ana")

    with pytest.raises(CannotBeRaised):
        see(other, signature.pk)
    assert Signature.objects.get(pk=signature.pk).visibility == Visibility.PUBLIC
