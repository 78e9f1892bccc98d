"""A person is erased, and the count stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import confirmed, link_of, listed, published_letter, signed, worker_keys
from undersigned.letters.models import Letter, LetterEvent
from undersigned.mail.models import Message
from undersigned.signatures.counting import count_changes, read_counts, recount
from undersigned.signatures.erasing import Erasure, erase, foresee
from undersigned.signatures.exporting.writing import remove_expired
from undersigned.signatures.mailboxes import NOT_ME
from undersigned.signatures.models import (
    AuthorityCheck,
    Case,
    Change,
    Correction,
    Export,
    Notice,
    Organisation,
    Signature,
    SignerLink,
    State,
    Visibility,
)
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db
NOW = timezone.now()
NAME = "Ana Canary"


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys)


def erased(row: Signature) -> Erasure:
    foreseen = foresee([row])
    done = erase([row.pk], NOW, actor="Ola")
    assert done == foreseen
    return done


def surround(row: Signature) -> None:
    """Everything that may stand beside a signature."""
    Case.objects.create(signature=row, sealed=b"sealed", prepared_at=NOW)
    SignerLink.objects.create(
        token_hash=row.pk.bytes, signature=row, purpose="leave", sealed_details=b"", expires_at=NOW
    )
    Notice.objects.create(signature=row, topic="void", occasion="x", not_before=NOW)
    Correction.objects.create(signature=row, sealed=b"sealed", actor="Ola", at=NOW)
    AuthorityCheck.objects.create(
        signature=row, method="dns", domain="example.org", token="t", asked_by="Ola"
    )


def beside(row: Signature) -> list[int]:
    return [
        related.objects.filter(signature=row).count()
        for related in (Case, SignerLink, Notice, Correction, AuthorityCheck)
    ]


def test_a_listed_name_leaves_and_is_counted_on(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name=NAME, country="UY", title="Teacher", affiliation="School")
    Signature.objects.filter(pk=row.pk).update(is_featured=True, position=3)
    count_changes()
    before, revision = read_counts(letter), Letter.objects.get().revision
    surround(row)
    assert beside(row) == [1] * 5
    assert row.links.exists()

    assert erased(row) == Erasure(nameless=1)

    row.refresh_from_db()
    assert (row.state, row.visibility, row.country) == (State.LISTED, Visibility.COUNTED, "UY")
    assert (row.sealed_address, row.sealed_details, row.address_index) == (None, None, None)
    assert (row.name, row.title, row.affiliation, row.website, row.place) == ("",) * 5
    assert (row.search, row.sorts_as, bytes(row.sort_key)) == ("", "", b"")
    assert (row.is_featured, row.position) == (False, 0)
    assert (row.consent_publication, row.consent_updates) == (False, False)
    assert beside(row) == [0] * 5
    assert not row.links.exists()
    assert {change.act for change in Change.objects.order_by("-id")[:2]} == {"erase"}
    count_changes()
    assert read_counts(letter) == before
    assert recount() == 0
    assert Letter.objects.get().revision > revision


def test_one_that_waits_is_withdrawn(letter: Letter, keys: WorkerKeys) -> None:
    row = confirmed(letter, keys, name=NAME)
    surround(row)
    assert erased(row) == Erasure(withdrawn=1)
    row.refresh_from_db()
    assert (row.state, row.sealed_details, row.address_index) == (State.WITHDRAWN, None, None)
    assert beside(row) == [0] * 5


def test_what_nobody_confirmed_is_deleted_with_the_mail_that_waits(
    letter: Letter, keys: WorkerKeys
) -> None:
    row, other = signed(letter, name=NAME), signed(letter)
    link_of(row, keys)
    assert Message.objects.count() == 2
    assert erased(row) == Erasure(deleted=1)
    assert [*Signature.objects.all()] == [other]
    [left] = Message.objects.all()
    assert str(other.pk) in left.cause


def test_an_organisation_stays_and_who_signed_for_it_is_forgotten(
    letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, kind="organisation", name="Example Union", role="director")
    surround(row)
    assert erased(row) == Erasure(organisations=1)
    row.refresh_from_db()
    assert (row.name, row.visibility) == ("Example Union", Visibility.PUBLIC)
    assert (row.sealed_address, row.sealed_details, row.address_index) == (None, None, None)
    assert beside(row) == [0, 0, 0, 0, 1], "the proof is the organisation's"


def test_an_organisation_that_is_not_shown_is_counted_on(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(
        letter, keys, kind="organisation", name="Example Union", role="director", choice="recipient"
    )
    assert erased(row) == Erasure(nameless=1)


@pytest.mark.parametrize("reason", ["spam", NOT_ME])
def test_one_that_had_ended_is_emptied(letter: Letter, keys: WorkerKeys, reason: str) -> None:
    row = confirmed(letter, keys, name=NAME)
    Signature.objects.filter(pk=row.pk).update(state=State.VOID, void_because=reason)
    row.refresh_from_db()
    assert erased(row) == Erasure(emptied=1)
    row.refresh_from_db()
    assert (row.state, row.sealed_address, row.sealed_details) == (State.VOID, None, None)
    # The mark stops further mail to somebody who said that it was not them.
    assert (row.address_index is not None) == (reason == NOT_ME)


def test_mail_of_a_notice_goes_too(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name=NAME)
    notice = Notice.objects.create(signature=row, topic="void", occasion="x", not_before=NOW)
    message = Message.objects.all()[0]
    Message.objects.exclude(pk=message.pk).delete()
    Message.objects.update(cause=f"notice {notice.pk}")
    erased(row)
    assert not Message.objects.exists()


def test_it_leaves_an_event_without_a_name_and_may_be_repeated(
    letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, name=NAME)
    erased(row)
    event = LetterEvent.objects.get(act="erase on request")
    assert (event.actor, event.details) == ("Ola", {"signatures": 1})
    assert erase([row.pk], NOW, actor="Ola") == Erasure(nameless=1)
    assert erase([], NOW, actor="Ola") == Erasure()


def test_what_a_held_organisation_showed_is_forgotten(letter: Letter, keys: WorkerKeys) -> None:
    row = confirmed(letter, keys, kind="organisation", role="Chair")
    known = Organisation.objects.create(name="Canary Society")
    Signature.objects.filter(pk=row.pk).update(
        authority="dns",
        authority_domain="canary.example.org",
        authority_on=NOW.date(),
        authority_by="Canary Friends",
        organisation=known,
    )
    row.refresh_from_db()

    erase([row.pk], NOW, actor="Ola")

    row.refresh_from_db()
    shown = (row.authority, row.authority_domain, row.authority_by)
    assert (*shown, row.authority_on, row.organisation_id) == ("", "", "", None, None)


def test_a_file_that_still_holds_the_person_ends_at_once(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys)
    export = Export.objects.create(
        letter=letter,
        form="csv",
        preset="public",
        language="en",
        actor="Ana",
        state="done",
        sealed_key=b"key",
        expires_at=NOW + timedelta(hours=20),
    )
    erase([row.pk], NOW, actor="Ola")
    assert remove_expired(keys) == 1
    export.refresh_from_db()
    assert export.sealed_key is None
