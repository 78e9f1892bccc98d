"""The database refuses by itself what must never be."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from tests.builders import listed, published_letter, signed
from undersigned.letters.models import Letter
from undersigned.signatures.counting import count_changes
from undersigned.signatures.models import (
    Change,
    ConfirmationLink,
    ConsentChange,
    Hiding,
    Kind,
    PaperName,
    PaperSheet,
    PartnerFile,
    ReceivedMail,
    Signature,
    SignerRequest,
    State,
    Tally,
    Visibility,
)
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

NOW = timezone.now()
INDEX = b"i" * 32


def store(letter: Letter, **columns: Any) -> Signature:
    values = {
        "letter": letter,
        "edition": letter.edition,
        "kind": Kind.INDIVIDUAL,
        "state": State.PENDING,
        "visibility": Visibility.PUBLIC,
        "consent_publication": True,
        "language": "en",
        "created_at": NOW,
        **columns,
    }
    # Through the database's defaults, as the intake does.
    return Signature.objects.create(**values)


def refused(letter: Letter, **columns: Any) -> bool:
    try:
        with transaction.atomic():
            store(letter, **columns)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("first", [State.CONFIRMED, State.LISTED])
@pytest.mark.parametrize("second", [State.CONFIRMED, State.LISTED])
def test_a_mailbox_counts_once_under_a_letter(
    letter: Letter, keys: WorkerKeys, first: State, second: State
) -> None:
    store(letter, state=first, address_index=INDEX)

    assert refused(letter, state=second, address_index=INDEX)
    assert not refused(letter, state=second, address_index=b"j" * 32)
    assert not refused(published_letter(keys), state=second, address_index=INDEX)


@pytest.mark.parametrize("state", [State.PENDING, State.DECLINED, State.WITHDRAWN, State.VOID])
def test_what_does_not_count_takes_no_mailbox(letter: Letter, state: State) -> None:
    store(letter, state=State.LISTED, address_index=INDEX)

    assert not refused(letter, state=state, address_index=INDEX, void_because="fraud")


def test_imported_signatures_have_no_mailbox(letter: Letter) -> None:
    store(letter, state=State.LISTED)

    assert not refused(letter, state=State.LISTED)


def test_a_pending_signature_shows_nothing(letter: Letter) -> None:
    assert refused(letter, name="Ana")
    assert not refused(letter, name="")


@pytest.mark.parametrize(
    ("visibility", "may_be_named"),
    [
        (Visibility.PUBLIC, True),
        (Visibility.INITIALS, True),
        (Visibility.RECIPIENT, False),
        (Visibility.COUNTED, False),
    ],
)
def test_a_hidden_signature_shows_nothing(
    letter: Letter, visibility: Visibility, may_be_named: bool
) -> None:
    assert refused(letter, state=State.LISTED, visibility=visibility, name="Ana") != may_be_named
    assert not refused(letter, state=State.LISTED, visibility=visibility)


@pytest.mark.parametrize(
    ("visibility", "needs_consent"),
    [
        (Visibility.PUBLIC, True),
        (Visibility.INITIALS, True),
        (Visibility.RECIPIENT, False),
        (Visibility.COUNTED, False),
    ],
)
def test_nobody_is_shown_without_consent(
    letter: Letter, visibility: Visibility, needs_consent: bool
) -> None:
    assert needs_consent == refused(
        letter, state=State.LISTED, visibility=visibility, consent_publication=False
    )


def test_what_is_void_has_a_reason(letter: Letter) -> None:
    assert refused(letter, state=State.VOID)
    assert not refused(letter, state=State.VOID, void_because="fraud")


def test_a_letter_with_signatures_cannot_be_deleted(letter: Letter) -> None:
    store(letter)

    with pytest.raises(ProtectedError):
        letter.delete()


def test_a_tally_is_kept_once(letter: Letter) -> None:
    Tally.objects.create(letter=letter, kind=Kind.INDIVIDUAL, country="DE")

    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.create(letter=letter, kind=Kind.INDIVIDUAL, country="DE")


def test_rows_name_themselves_without_naming_anybody(letter: Letter, keys: WorkerKeys) -> None:
    signature = listed(letter, keys, name="Ana Example", country="DE")
    count_changes()

    link = ConfirmationLink.objects.get()
    tally = Tally.objects.get()
    nowhere = Tally(letter=letter, kind=Kind.ORGANISATION, country="")
    assert str(signature) == str(signature.pk)
    assert str(link) == link.expires_at.isoformat()
    assert str(Change.objects.order_by("id")[0]) == f"confirm {signature.pk}"
    assert str(tally) == f"{letter.pk} individual DE"
    assert str(nowhere) == f"{letter.pk} organisation -"


def test_a_pending_row_of_the_web_has_the_databases_defaults(letter: Letter) -> None:
    row = signed(letter)

    assert (row.state, row.source, row.needs_mail) == (State.PENDING, "web", True)
    assert (row.held_because, row.void_because, row.confirmed_at) == ("", "", None)
    assert (row.name, row.search, bytes(row.sort_key), row.is_featured) == ("", "", b"", False)
    assert row.address_index is None


def test_what_signers_and_partners_ask_for_names_nobody_either(letter: Letter) -> None:
    row = signed(letter)
    change = ConsentChange(signature=row, purpose="updates")
    asked = SignerRequest(signature=row, act=SignerRequest.Act.ERASE)
    assert str(change) == f"updates {row.pk}"
    assert str(asked) == f"erase {asked.pk}"
    assert str(PaperSheet(letter=letter, number=3)) == f"{letter.pk} 3"
    assert str(PaperName(pk=7, name="Ana Example")) == "7"
    file, hiding = PartnerFile(), Hiding()
    assert [str(file), str(hiding)] == [str(file.pk), str(hiding.pk)]
    assert str(ReceivedMail(at=NOW)) == NOW.isoformat()
