"""A spelling or a place is corrected; what was typed is kept."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection

from tests.builders import confirmed, listed, published_letter, signed
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.correcting import (
    CannotCorrect,
    NotAWebsite,
    UnknownCountry,
    apply_corrections,
    correct,
    withdraw_correction,
)
from undersigned.signatures.counting import count_changes, read_counts, recount
from undersigned.signatures.deciding import By, accept, hold
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.listing import list_confirmed, read_details
from undersigned.signatures.models import Correction, Kind, Signature, State, Visibility
from undersigned.signatures.rules import NameRefused
from undersigned.signatures.signatories import find_signatories
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import Keyring

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(letter: Letter) -> By:
    return By(letter, "Ana")


def entry(row: Signature) -> tuple[str, str, str, str, str]:
    row.refresh_from_db()
    return row.name, row.title, row.affiliation, row.place, row.country


def found(letter: Letter, words: str) -> list[str]:
    return [one.name for one in find_signatories(letter, "en", words=words).entries]


def test_a_corrected_name_is_shown_found_and_sorted_and_the_original_is_kept(
    by: By, keys: WorkerKeys
) -> None:
    row = listed(by.letter, keys, name="Zna Exmaple", title="Poet")
    listed(by.letter, keys, name="Bo Example")
    revision = by.letter.revision
    correct(by, row.pk, {"name": "Ana Example"})
    assert apply_corrections(keys) == 1
    assert entry(row) == ("Ana Example", "Poet", "", "", "")
    assert found(by.letter, "") == ["Ana Example", "Bo Example"]
    assert found(by.letter, "exmaple") == []
    assert read_details(row, keys).name == "Zna Exmaple"
    by.letter.refresh_from_db()
    assert by.letter.revision == revision + 1
    assert apply_corrections(keys) == 0


def test_a_corrected_country_moves_in_the_count(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, country="DE")
    count_changes()
    correct(by, row.pk, {"country": "AT", "place": "Vienna"})
    apply_corrections(keys)
    count_changes()
    assert entry(row)[3:] == ("Vienna", "AT")
    assert {tally.country: tally.total for tally in by.letter.tallies.all()} == {"DE": 0, "AT": 1}
    assert (read_counts(by.letter).people, recount()) == (1, 0)


def test_corrections_add_up_and_each_can_be_withdrawn(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, name="Ana", title="Pet", country="DE")
    first = correct(by, row.pk, {"title": "Poet", "country": "AT"})
    apply_corrections(keys)
    second = correct(by, row.pk, {"title": "Poet laureate"})
    apply_corrections(keys)
    assert entry(row) == ("Ana", "Poet laureate", "", "", "AT")
    withdraw_correction(by, second.pk)
    apply_corrections(keys)
    assert entry(row) == ("Ana", "Poet", "", "", "AT")
    withdraw_correction(by, first.pk)
    apply_corrections(keys)
    assert entry(row) == ("Ana", "Pet", "", "", "DE")
    with pytest.raises(CannotCorrect):
        withdraw_correction(by, first.pk)


def test_an_imported_entry_keeps_what_it_said(by: By, keys: WorkerKeys) -> None:
    enroll(
        by.letter, [Enrolled(Kind.INDIVIDUAL, "Dr. Zna", sorts_as="Zna", place="UK", country="GB")]
    )
    row = Signature.objects.get()
    correction = correct(by, row.pk, {"name": "Dr. Ana"})
    apply_corrections(keys)
    row.refresh_from_db()
    assert (row.name, row.sorts_as, row.place) == ("Dr. Ana", "", "UK")
    assert found(by.letter, "ana") == ["Dr. Ana"]
    withdraw_correction(by, correction.pk)
    apply_corrections(keys)
    row.refresh_from_db()
    assert (row.name, row.sorts_as) == ("Dr. Zna", "Zna")


def test_what_waits_is_listed_as_corrected(by: By, keys: WorkerKeys) -> None:
    row = confirmed(by.letter, keys, kind=Kind.ORGANISATION, role="Chair", name="Unoin")
    correct(by, row.pk, {"name": "Union", "country": "FR"})
    assert apply_corrections(keys) == 1
    assert entry(row) == ("", "", "", "", "FR"), "nothing is shown before it is listed"
    accept(by, [row.pk])
    list_confirmed(keys)
    assert entry(row) == ("Union", "", "", "", "FR")
    hold(by, [row.pk])
    accept(by, [row.pk])
    list_confirmed(keys)
    assert entry(row) == ("Union", "", "", "", "FR")


@pytest.mark.parametrize(
    ("visibility", "shown"),
    [(Visibility.INITIALS, "A. E."), (Visibility.COUNTED, ""), (Visibility.RECIPIENT, "")],
)
def test_a_correction_shows_no_more_than_its_owner_lets_be_shown(
    by: By, keys: WorkerKeys, visibility: str, shown: str
) -> None:
    row = listed(by.letter, keys, name="Zna Example", title="Poet", choice=visibility)
    correct(by, row.pk, {"name": "Ana Example", "title": "Teacher", "country": "DE"})
    apply_corrections(keys)
    assert entry(row) == (shown, "", "", "", "DE")


def test_a_correction_lies_sealed_and_the_trail_names_fields_only(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, name="Zna", choice=Visibility.COUNTED)
    correct(by, row.pk, {"name": "Canary Example"})
    event = LetterEvent.objects.get(act="correct signature")
    assert event.details == {"signature": str(row.pk), "fields": ["name"]}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert "Canary" not in repr(cursor.fetchall())


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": ""}, NameRefused),
        ({"title": "see www.example.org"}, NameRefused),
        ({"country": "XX"}, UnknownCountry),
        ({"website": "javascript:alert(1)"}, NotAWebsite),
        ({"website": "https://exa mple.org"}, NotAWebsite),
        ({"website": "https://u:p@example.org"}, NotAWebsite),
        ({"website": "http://["}, NotAWebsite),
        ({"website": "https://localhost"}, NotAWebsite),
        ({"website": f"https://{'a' * 200}.org"}, NotAWebsite),
    ],
)
def test_what_a_signer_could_not_have_entered_is_refused(
    by: By, keys: WorkerKeys, changes: dict[str, str], refusal: type[Exception]
) -> None:
    row = listed(by.letter, keys)
    with pytest.raises(refusal):
        correct(by, row.pk, changes)
    assert not Correction.objects.exists()


def test_a_website_and_empty_fields_are_taken(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, title="Poet", country="DE")
    correct(by, row.pk, {"website": "https://example.org/a", "title": "", "country": ""})
    apply_corrections(keys)
    row.refresh_from_db()
    assert (row.website, row.title, row.country) == ("https://example.org/a", "", "")
    correct(by, row.pk, {"website": ""})
    apply_corrections(keys)
    row.refresh_from_db()
    assert row.website == ""


def test_only_what_stands_under_the_letter_is_corrected(by: By, keys: WorkerKeys) -> None:
    elsewhere = listed(published_letter(keys), keys)
    for signature in (signed(by.letter).pk, elsewhere.pk, uuid.uuid4()):
        with pytest.raises(CannotCorrect):
            correct(by, signature, {"title": "Poet"})
    other = correct(By(elsewhere.letter, "Ben"), elsewhere.pk, {"title": "Poet"})
    with pytest.raises(CannotCorrect):
        withdraw_correction(by, other.pk)


def test_without_the_letters_key_a_correction_waits(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys)
    correct(by, row.pk, {"title": "Poet"})
    path = keys.keyring.folder / "letters" / str(by.letter.pk)
    kept = path.read_bytes()
    path.unlink()
    assert apply_corrections(WorkerKeys(Keyring(keys.keyring.folder))) == 0
    path.write_bytes(kept)
    path.chmod(0o600)
    assert apply_corrections(WorkerKeys(Keyring(keys.keyring.folder))) == 1
    assert entry(row)[1] == "Poet"


def test_one_that_was_altered_is_left_out(
    by: By, keys: WorkerKeys, caplog: pytest.LogCaptureFixture
) -> None:
    row = listed(by.letter, keys, name="Ana")
    correct(by, row.pk, {"name": "Bo"})
    Correction.objects.update(sealed=b"nonsense")
    assert apply_corrections(keys) == 1
    assert entry(row)[0] == "Ana"
    assert f"A correction of signature {row.pk} cannot be opened" in caplog.text
    assert row.state == State.LISTED


def test_what_is_corrected_while_its_owner_leaves_is_not_written(by: By, keys: WorkerKeys) -> None:
    """No place in clear of somebody who is not on the list any more."""
    row = listed(by.letter, keys)
    correct(by, row.pk, {"place": "Village of Canaries"})
    Signature.objects.filter(pk=row.pk).update(state=State.WITHDRAWN)
    assert apply_corrections(keys) == 1
    row.refresh_from_db()
    assert (row.place, row.country) == ("", "")
