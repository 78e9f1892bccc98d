"""Whose rows may be in which export, and what of them."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.exporting.examples import ANA, SOCIETY, rows
from undersigned.signatures.exporting.columns import PAPER, ExportRow
from undersigned.signatures.exporting.formulas import harmless
from undersigned.signatures.exporting.presets import (
    PRESETS,
    Preset,
    Purpose,
    allowed,
    select,
    with_paper,
)
from undersigned.signatures.rules import initials

presets = st.sampled_from([*PRESETS.values()])
CONTACTS = [preset for preset in PRESETS.values() if preset.purpose is Purpose.CONTACTS]
LISTS = [PRESETS["public"], PRESETS["addressee"]]


def tells_who(row: ExportRow) -> list[str]:
    return [row.name, row.native_name, row.title, row.affiliation, row.website, row.place, row.city]


@given(rows, presets)
def test_a_name_leaves_only_as_its_owner_chose(row: ExportRow, preset: Preset) -> None:
    shown = allowed(row, preset)
    if shown is None or not any(tells_who(shown)):
        return
    assert row.state in {"confirmed", "listed"}
    assert row.visibility != "counted"
    if row.visibility == "recipient":
        assert preset.purpose is Purpose.ADDRESSEE
    else:
        assert row.consent_publication
    if row.visibility == "initials":
        assert tells_who(shown) == [initials(row.name), *[""] * 6]
        assert not shown.featured
    else:
        assert tells_who(shown) == tells_who(row)


@given(rows, presets)
def test_an_address_leaves_only_with_consent_to_updates(row: ExportRow, preset: Preset) -> None:
    shown = allowed(row, preset)
    if shown is not None and shown.email:
        assert row.consent_updates
        assert row.state in {"confirmed", "listed"}
        assert preset.purpose in {Purpose.CONTACTS, Purpose.RECORD}


@given(rows, st.sampled_from(CONTACTS))
def test_contacts_are_those_who_asked_for_updates(row: ExportRow, preset: Preset) -> None:
    stands = row.state in {"confirmed", "listed"}
    asked = stands and row.consent_updates and row.email != ""
    shown = allowed(row, preset)
    assert (shown is not None) == asked
    assert shown is None or shown.email == row.email


@given(rows, st.sampled_from(LISTS))
def test_lists_hold_listed_names_and_nothing_else(row: ExportRow, preset: Preset) -> None:
    shown = allowed(row, preset)
    if shown is not None:
        assert row.state == "listed"
        assert shown.name
        assert shown.email == ""


@given(rows)
def test_the_record_holds_every_signature(row: ExportRow) -> None:
    shown = allowed(row, PRESETS["full"])
    assert shown is not None
    assert (shown.kind, shown.state, shown.signed_on) == (row.kind, row.state, row.signed_on)


def test_only_the_addressee_sees_who_chose_that() -> None:
    row = replace(ANA, visibility="recipient", consent_publication=False)
    assert allowed(row, PRESETS["addressee"]) == replace(row, email="")
    assert allowed(row, PRESETS["public"]) is None
    record = allowed(row, PRESETS["full"])
    assert record is not None
    assert record.name == ""


def test_who_is_only_counted_can_still_be_written_to() -> None:
    row = replace(ANA, visibility="counted", consent_publication=False)
    shown = allowed(row, PRESETS["mailchimp"])
    assert shown is not None
    assert (shown.email, shown.name) == ("ana@example.org", "")
    assert allowed(row, PRESETS["addressee"]) is None


def test_a_withdrawn_signature_keeps_no_name_in_the_record() -> None:
    shown = allowed(replace(ANA, state="withdrawn"), PRESETS["full"])
    assert shown is not None
    assert (shown.name, shown.email, shown.country_code) == ("", "", "PE")


def test_a_name_on_paper_needs_no_state_and_has_no_address() -> None:
    row = replace(ANA, state="", source=PAPER, consent_updates=False)
    for preset in PRESETS.values():
        is_for_writing = preset.purpose is Purpose.CONTACTS
        assert allowed(row, preset) == (None if is_for_writing else replace(row, email=""))
        assert allowed(replace(row, source="web"), PRESETS["public"]) is None


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_file_with_paper_has_one_column_that_says_so(preset: Preset) -> None:
    assert with_paper(preset).headers.count("Source") == 1


def test_selected_cells_stand_in_the_order_of_the_columns() -> None:
    assert list(select([ANA, SOCIETY], PRESETS["listmonk"])) == [
        [
            "ana@example.org",
            "Dr. Ana Lucía van der Example",
            (
                '{"kind": "individual", "title": "Professor", '
                '"organisation": "University of Samples", '
                '"city": "Lima", "country": "PE", "language": "es", "signed_on": "2026-03-04", '
                '"consent": "Write to me about this letter."}'
            ),
        ]
    ]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_no_two_columns_have_one_name_in_any_language(preset: Preset) -> None:
    for language, _ in settings.LANGUAGES:
        with override(language):
            headers = preset.headers
        assert len(set(headers)) == len(headers), language
        assert [harmless(header) for header in headers] == [*headers], language
    assert len({column.key for column in preset.columns}) == len(preset.columns)
    assert PRESETS[preset.name] is preset


def test_lists_have_no_column_for_addresses() -> None:
    for preset in LISTS:
        assert "E-mail" not in preset.headers
