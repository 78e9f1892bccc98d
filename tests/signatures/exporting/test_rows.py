"""Which signatures are read for which purpose, and what is opened of them."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import confirmed, listed, published_letter, signed, text
from tests.signatures.behind_links import own_link
from undersigned.letters.models import Letter
from undersigned.letters.publishing import publish
from undersigned.signatures.appearing import appear
from undersigned.signatures.correcting import correct
from undersigned.signatures.deciding import By
from undersigned.signatures.exporting import rows as module
from undersigned.signatures.exporting.presets import Purpose
from undersigned.signatures.exporting.rows import ReadRow, count_rows, read_rows
from undersigned.signatures.models import Kind, Organisation, Signature, Visibility
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, organisations_are_held=False)


def read(letter: Letter, purpose: Purpose, keys: WorkerKeys) -> list[ReadRow]:
    letter = Letter.objects.select_related("edition").get(pk=letter.pk)
    found = list(read_rows(letter, purpose, "en", keys))
    assert len(found) == count_rows(letter, purpose)
    return found


def names(found: list[ReadRow]) -> list[str]:
    return [one.row.name for one in found]


def test_the_public_list_is_what_the_page_shows(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Bo Public", country="NL")
    listed(letter, keys, name="Ana Lucía Initials", choice=Visibility.INITIALS)
    listed(letter, keys, name="Chi Addressee", choice=Visibility.RECIPIENT)
    listed(letter, keys, name="Di Counted", choice=Visibility.COUNTED)
    listed(letter, keys, name="Lake Watch", kind=Kind.ORGANISATION, role="Chair")
    confirmed(letter, keys, name="Eve Waits")
    signed(letter, name="Fay Pending")
    found = read(letter, Purpose.PUBLIC, keys)
    assert names(found) == ["Lake Watch", "A. L. I.", "Bo Public"]
    row = found[2].row
    assert (row.country_code, row.country, row.email) == ("NL", "Netherlands", "")


def test_the_addressee_sees_whole_names_of_those_who_want_it(
    letter: Letter, keys: WorkerKeys
) -> None:
    signature = listed(
        letter,
        keys,
        name="Chi Adressee",
        affiliation="Example School",
        choice=Visibility.RECIPIENT,
    )
    correct(By(letter, "Ana"), signature.pk, {"name": "Chi Addressee", "country": "NL"})
    (found,) = read(letter, Purpose.ADDRESSEE, keys)
    assert (found.row.name, found.row.affiliation, found.row.country) == (
        "Chi Addressee",
        "Example School",
        "Netherlands",
    )


def test_contacts_are_those_who_agreed_with_their_wording(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Ana Yes", consent_updates=True, address="ana@example.org")
    listed(letter, keys, name="Bo No", address="bo@example.org")
    (found,) = read(letter, Purpose.CONTACTS, keys)
    assert (found.row.name, found.row.email, found.row.updates_wording) == (
        "Ana Yes",
        "ana@example.org",
        "Send me updates on this letter",
    )


def test_the_record_has_every_signature_and_no_address_without_consent(
    letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Bo No", address="bo@example.org")
    signed(letter, name="Fay Pending", consent_updates=True, address="fay@example.org")
    found = read(letter, Purpose.RECORD, keys)
    assert [(one.row.state, one.row.email) for one in found] == [
        ("pending", "fay@example.org"),
        ("listed", ""),
    ]


def test_names_under_an_earlier_text_are_not_delivered_with_this_one(
    letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Ana Earlier")
    publish(letter, [text(body="Another text.")], actor="Ana")
    letter = Letter.objects.get(pk=letter.pk)
    listed(letter, keys, name="Bo Present")
    assert names(read(letter, Purpose.PUBLIC, keys)) == ["Bo Present"]


def test_a_letter_without_a_text_has_a_list_all_the_same(letter: Letter, keys: WorkerKeys) -> None:
    Letter.objects.filter(pk=letter.pk).update(state="draft", edition=None)
    assert read(letter, Purpose.PUBLIC, keys) == []


def test_what_was_altered_stays_empty(letter: Letter, keys: WorkerKeys) -> None:
    signature = listed(letter, keys, choice=Visibility.RECIPIENT, consent_updates=True)
    Signature.objects.filter(pk=signature.pk).update(
        sealed_address=b"altered", sealed_details=b"altered"
    )
    assert names(read(letter, Purpose.ADDRESSEE, keys)) == [""]
    assert [one.row.email for one in read(letter, Purpose.CONTACTS, keys)] == [""]


def test_the_registrys_native_name_comes_along(letter: Letter, keys: WorkerKeys) -> None:
    signature = listed(letter, keys, name="Free", kind=Kind.ORGANISATION, role="Chair")
    known = Organisation.objects.create(name="Free", native_name="حر")
    Signature.objects.filter(pk=signature.pk).update(organisation=known)
    (found,) = read(letter, Purpose.PUBLIC, keys)
    assert found.row.native_name == "حر"
    appear(own_link(signature, keys), Visibility.INITIALS)
    (found,) = read(letter, Purpose.PUBLIC, keys)
    assert (found.row.name, found.row.native_name) == ("F.", "")
    appear(own_link(signature, keys), Visibility.COUNTED)
    (found,) = read(letter, Purpose.RECORD, keys)
    assert (found.row.name, found.row.native_name) == ("", "")


def test_whoever_is_erased_while_it_is_read_is_left_out(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PORTION", 1)
    listed(letter, keys, name="Ana")
    gone = listed(letter, keys, name="Bo")
    letter = Letter.objects.select_related("edition").get(pk=letter.pk)
    found = read_rows(letter, Purpose.PUBLIC, "en", keys)
    first = next(found)
    Signature.objects.filter(pk=gone.pk).update(merged_into=None)
    gone.links.all().delete()
    gone.changes.all().delete()
    gone.delete()
    assert [first.row.name, *names(list(found))] == ["Ana"]


@pytest.mark.parametrize("count", [3, 12])
def test_queries_do_not_grow_with_the_rows(
    letter: Letter,
    keys: WorkerKeys,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _ in range(count):
        listed(letter, keys, choice=Visibility.RECIPIENT)
    letter = Letter.objects.select_related("edition").get(pk=letter.pk)
    with django_assert_num_queries(4):
        assert len(list(read_rows(letter, Purpose.ADDRESSEE, "en", keys))) == count
