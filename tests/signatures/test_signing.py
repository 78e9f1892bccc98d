"""Signing seals what was typed and stores it, and reads nothing."""

from __future__ import annotations

import itertools
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import desk, entry, listed, published_letter, signed
from tests.signatures.canaries import everything_stored
from undersigned.letters.models import TAKING_STATES, Letter, LetterState
from undersigned.signatures import signing
from undersigned.signatures.models import Signature, State
from undersigned.signatures.signing import (
    Desk,
    Entry,
    SigningClosed,
    prepare,
    store,
    time_ordered_id,
)
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.seal import WRAPPED

CANARIES = {
    "name": "Kanarie Zwaluw",
    "address": "kanarie.zwaluw@example.org",
    "title": "Vogelkundige",
    "affiliation": "Vogelwacht",
    "website": "https://kanarie.example.org",
    "role": "Voorzitter",
}


def sign(at: Desk, typed: Entry) -> None:
    """As the website does."""
    store([prepare(at, typed)])


@pytest.mark.django_db
def test_the_worker_reads_what_was_typed(letter: Letter, keys: WorkerKeys) -> None:
    typed = entry(**CANARIES, country="NL", language="es", consent_updates=True)
    before = datetime.now(UTC)

    sign(desk(letter), typed)

    row = Signature.objects.get()
    opener = keys.opener(letter.pk)
    address = opener.open(row.pk, "address", bytes(row.sealed_address or b""))
    details = json.loads(opener.open(row.pk, "details", bytes(row.sealed_details or b"")))
    assert address.decode() == typed.address
    assert details == {name: value for name, value in CANARIES.items() if name != "address"}
    assert (row.letter, row.edition, row.kind) == (letter, letter.edition, "individual")
    assert (row.visibility, row.language, row.country) == ("public", "es", "NL")
    assert (row.consent_publication, row.consent_updates) == (True, True)
    assert row.state == State.PENDING
    assert before <= row.created_at <= datetime.now(UTC)


@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_typed_is_stored_in_clear(letter: Letter) -> None:
    sign(desk(letter), entry(**CANARIES, country="NL"))

    stored = everything_stored()
    for canary in CANARIES.values():
        assert canary.casefold() not in stored
    # The test can see what is in clear: this is.
    assert "banned" in stored


@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_typed_is_in_the_databases_files(letter: Letter) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("The files of PostgreSQL are not ours to read here; its rows are, above.")
    sign(desk(letter), entry(**CANARIES))

    files = sorted(Path(settings.DATA).glob(Path(connection.settings_dict["NAME"]).name + "*"))
    content = b"".join(path.read_bytes() for path in files)
    assert b"banned" in content
    for canary in CANARIES.values():
        assert canary.encode() not in content


@pytest.mark.django_db
def test_the_same_address_leaves_no_trace_of_being_the_same(
    letter: Letter, keys: WorkerKeys
) -> None:
    other = published_letter(keys)
    rows = [signed(one, address="ana@example.org") for one in (letter, letter, other)]

    # Past the data key, which a desk uses for some minutes.
    sealed = [bytes(row.sealed_address or b"")[1 + WRAPPED :] for row in rows]
    assert all(one[:12] != other[:12] for one, other in itertools.combinations(sealed, 2))
    assert all(one[12:] != other[12:] for one, other in itertools.combinations(sealed, 2))
    assert all(row.address_index is None for row in rows)


@pytest.mark.django_db
def test_signing_does_the_same_for_known_and_unknown_addresses(
    letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, address="known@example.org")
    counter = desk(letter)

    statements = []
    for address in ("known@example.org", "unknown@example.org"):
        with CaptureQueriesContext(connection) as queries:
            sign(counter, entry(address=address))
        statements.append([query["sql"].partition("VALUES")[0] for query in queries])

    known, unknown = statements
    assert len(known) == 3  # one insert, in a savepoint of the test's
    assert known[1].startswith('1 times: INSERT INTO "signatures_signature"')
    assert known[1] == unknown[1]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [s for s in LetterState if s not in TAKING_STATES])
def test_only_an_open_letter_or_one_that_gathers_takes_signatures(
    keys: WorkerKeys, state: LetterState
) -> None:
    closed = published_letter(keys, state=state)

    with pytest.raises(SigningClosed):
        sign(desk(closed), entry())

    assert Signature.objects.count() == 0


@pytest.mark.django_db
def test_signing_ends_at_the_deadline_to_the_second(
    keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadline = datetime(2026, 12, 1, tzinfo=UTC)
    counter = desk(published_letter(keys, deadline=deadline))

    class Clock(datetime):
        at = deadline - timedelta(microseconds=1)

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return cls.at

    monkeypatch.setattr(signing, "datetime", Clock)
    sign(counter, entry())
    Clock.at = deadline
    with pytest.raises(SigningClosed):
        sign(counter, entry())

    assert Signature.objects.count() == 1


@pytest.mark.django_db
def test_stored_times_read_back_to_the_microsecond(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2026, 11, 23, 9, 0, 0, 0, tzinfo=UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return at

    monkeypatch.setattr(signing, "datetime", Clock)
    row = signed(letter)

    assert row.created_at == at
    assert Signature.objects.filter(created_at__lte=at + timedelta(seconds=1)).count() == 1
    assert Signature.objects.filter(created_at__lt=at - timedelta(seconds=1)).count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_stored_whole_or_not_at_all(letter: Letter) -> None:
    counter = desk(letter)
    good = prepare(counter, entry())
    twice = prepare(counter, entry())

    with pytest.raises(DatabaseError):
        store([good, twice, twice])
    assert Signature.objects.count() == 0

    assert store([good, twice]) == [None, None]
    assert Signature.objects.count() == 2


def test_ids_are_uuids_of_version_7_in_the_order_of_time() -> None:
    before = time.time_ns() // 1_000_000
    ids = []
    for _ in range(50):
        ids.append(time_ordered_id())
        time.sleep(0.0002)
    after = time.time_ns() // 1_000_000

    assert {(made.version, made.variant) for made in ids} == {(7, "specified in RFC 4122")}
    milliseconds = [made.int >> 80 for made in ids]
    assert milliseconds == sorted(milliseconds)
    assert before <= milliseconds[0]
    assert milliseconds[-1] <= after
    assert len(set(ids)) == 50


@given(now=st.integers(0, 2**48 * 1_000_000 - 1), noise=st.binary(min_size=10, max_size=10))
def test_an_id_holds_its_time_and_its_randomness(now: int, noise: bytes) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(signing.time, "time_ns", lambda: now)
        monkeypatch.setattr(signing.os, "urandom", lambda count: noise[:count])
        made = time_ordered_id()

    assert made.int >> 80 == now // 1_000_000
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    random_bits = (0xFFF << 64) | (2**62 - 1)
    assert made.int & random_bits == int.from_bytes(noise, "big") & random_bits
    assert UUID(str(made)) == made
