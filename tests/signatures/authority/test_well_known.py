"""A file on a website shows that whoever signed controls it."""

from __future__ import annotations

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.authority.nameserver import nameserver
from tests.signatures.authority.website import http, trusting_tests, website
from undersigned.signatures.authority.fetching import Network
from undersigned.signatures.authority.well_known import (
    WellKnown,
    WellKnownOutcome,
    check_well_known,
    file_address,
    file_text,
    read_file,
    well_known_sentence,
)

TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
LETTER = uuid.UUID(int=1)
SLUG = "for-the-river"
FOUND = WellKnown(WellKnownOutcome.FOUND)


def read(document: object) -> WellKnown:
    return read_file(json.dumps(document).encode(), LETTER, SLUG, TOKEN)


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ({SLUG: TOKEN}, FOUND),
        ({SLUG: f" {TOKEN.upper()} "}, FOUND),
        ({str(LETTER): TOKEN}, FOUND),
        ({SLUG: "old", str(LETTER): TOKEN}, FOUND),
        ({"other": "x", SLUG: {"token": TOKEN}}, FOUND),
        (
            {SLUG: {"token": TOKEN, "role": "Director"}},
            WellKnown(WellKnownOutcome.FOUND, "Director"),
        ),
        ({SLUG: {"token": TOKEN, "role": "write to me@example.org"}}, FOUND),
        ({SLUG: {"token": TOKEN, "role": ["Director"]}}, FOUND),
        ({}, WellKnown(WellKnownOutcome.NOT_LISTED)),
        ({"other": TOKEN}, WellKnown(WellKnownOutcome.NOT_LISTED)),
        ({SLUG: "other"}, WellKnown(WellKnownOutcome.WRONG_TOKEN)),
        ({SLUG: {"token": "other", "role": "x"}}, WellKnown(WellKnownOutcome.WRONG_TOKEN)),
        ({SLUG: {"role": "Director"}}, WellKnown(WellKnownOutcome.WRONG_TOKEN)),
        ({SLUG: [TOKEN]}, WellKnown(WellKnownOutcome.WRONG_TOKEN)),
        ({SLUG: None}, WellKnown(WellKnownOutcome.WRONG_TOKEN)),
        ({SLUG: 5}, WellKnown(WellKnownOutcome.WRONG_TOKEN)),
    ],
)
def test_what_the_file_says(letters: object, found: WellKnown) -> None:
    assert read({"undersigned": letters, "more": 1}) == found


@pytest.mark.parametrize("document", [{}, [], "undersigned", None, 1, {"undersigned": [TOKEN]}])
def test_another_document_cannot_be_read(document: object) -> None:
    assert read(document) == WellKnown(WellKnownOutcome.UNREADABLE)


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"\xff\xfe\xff", b"{" * 60_000, b"[" * 60_000, b"1" * 60_000, b'{"a": '],
)
def test_what_is_no_json_cannot_be_read(content: bytes) -> None:
    assert read_file(content, LETTER, SLUG, TOKEN) == WellKnown(WellKnownOutcome.UNREADABLE)


@given(st.binary(max_size=60))
def test_whatever_the_file_is_it_is_not_taken_for_a_proof(content: bytes) -> None:
    assert read_file(content, LETTER, SLUG, TOKEN) != FOUND


def test_the_file_as_we_give_it_is_a_proof() -> None:
    assert read_file(file_text(SLUG, TOKEN).encode(), LETTER, SLUG, TOKEN) == FOUND


def test_it_is_fetched_from_the_website() -> None:
    asked: list[str] = []

    def answer(path: str) -> bytes:
        asked.append(path)
        return http(file_text(SLUG, TOKEN).encode())

    zone = {"example.org A": ["127.0.0.1"]}
    with nameserver(zone) as server, website("example.org", answer) as site:
        network = Network(server.resolver(), lambda _: True, trusting_tests, site.port)
        assert check_well_known("example.org", LETTER, SLUG, TOKEN, network) == FOUND
        inside = Network(server.resolver(), tls=trusting_tests, port=site.port)
        assert check_well_known("example.org", LETTER, SLUG, TOKEN, inside) == WellKnown(
            WellKnownOutcome.ADDRESS_REFUSED
        )
    assert asked == ["/.well-known/undersigned.json"]


def test_where_the_file_belongs() -> None:
    assert file_address("example.org") == "https://example.org/.well-known/undersigned.json"


def test_every_outcome_has_a_sentence() -> None:
    sentences = {well_known_sentence(outcome, "example.org") for outcome in WellKnownOutcome}

    assert len(sentences) == len(WellKnownOutcome)
    assert well_known_sentence(WellKnownOutcome.NOT_FOUND, "example.org") == (
        "There is no file at https://example.org/.well-known/undersigned.json yet. "
        "Put it there and check again."
    )
