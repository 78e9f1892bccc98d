"""From rows of cells to signatories, with doubts, and what is left out and why."""

import io
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.exporting.examples import ANA, SOCIETY
from undersigned.signatures.exporting.csv_files import write_csv
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.importing.sheet_columns import Holds, guess_columns
from undersigned.signatures.importing.sheet_rows import Beside, SheetReading, read_rows
from undersigned.signatures.importing.sheets import Sheet, read_sheet
from undersigned.signatures.importing.signatories import Individual, Kind, Organisation, Row

WORDS = ("Lantern", "Juniper", "Orchard", "Meadow")


def read(text: str, *, listed: tuple[Row, ...] = (), kind: Kind | None = None) -> SheetReading:
    sheet = read_sheet("list.csv", text.encode())
    mapping = guess_columns(sheet.header, (row for _, row in sheet.body()))
    return read_rows(sheet, mapping, listed, kind)


def organisations(reading: SheetReading) -> list[tuple[str, str, str | None]]:
    found = reading.proposal.accept_all()
    return [(row.name, row.place, row.country) for row in found.organisations]


def people(reading: SheetReading) -> list[tuple[str, str, str]]:
    found = reading.proposal.accept_all()
    return [(row.name, row.title, row.affiliation) for row in (*found.featured, *found.others)]


def codes(reading: SheetReading) -> list[str]:
    return [flag.code.value for flag in reading.proposal.flags]


def ignored(reading: SheetReading) -> list[tuple[int, str]]:
    return [(line.line, line.reason) for line in reading.proposal.ignored]


def test_people_with_everything_known() -> None:
    reading = read(
        "First name,Last name,Job title,Affiliation,Country,City,Website,Language,Date,Featured\n"
        "Dr. Ana,Example,Director,Sample University,Perú,Lima,https://example.org,Spanish,"
        "2026-03-04,yes\n"
    )
    assert reading.proposal.featured == (
        Individual(
            id="individual-1",
            name="Dr. Ana Example",
            title="Director",
            affiliation="Sample University",
            country="PE",
            place="Perú",
            city="Lima",
            website="https://example.org",
            sorting_name="Ana Example",
            featured=True,
            lines=(2,),
            source="Dr. Ana · Example · Director · Sample University · Perú · Lima · "
            "https://example.org · Spanish · 2026-03-04 · yes",
        ),
    )
    assert reading.beside == {"individual-1": Beside("es", date(2026, 3, 4))}
    assert reading.proposal.accounts == ((1, "ignored"), (2, "individual"))
    assert codes(reading) == []


def test_an_organisation_with_who_signed_for_it() -> None:
    reading = read(
        "Organisation,Native name,Representative,Position,Country,Website\n"
        "Sample Society,جمعية,Ana Example,Director,KE,example.org\n"
    )
    assert reading.proposal.organisations == (
        Organisation(
            id="organisation-1",
            name="Sample Society",
            place="",
            country="KE",
            native_name="جمعية",
            website="example.org",
            representative="Ana Example, Director",
            lines=(2,),
            source="Sample Society · جمعية · Ana Example · Director · KE · example.org",
        ),
    )


def test_of_names_and_organisations_the_column_that_leads_signs() -> None:
    text = "Name,Organisation\nAna Example,Sample Society\n,Example Network\n"
    assert people(read(text)) == [("Ana Example", "", "Sample Society")]
    assert organisations(read(text)) == [("Example Network", "", None)]


def test_a_column_says_who_is_an_organisation() -> None:
    reading = read("Type,Name\nOrganisation,Ana Example\nPerson,Sample Watch\n")
    assert organisations(reading) == [("Ana Example", "", None)]
    assert people(reading) == [("Sample Watch", "", "")]
    assert codes(reading) == []


def test_a_person_may_stand_in_the_column_of_organisations() -> None:
    assert people(read("Type,Organisation\nPerson,Ana Example\n")) == [("Ana Example", "", "")]


def test_an_address_or_a_dash_is_no_name() -> None:
    text = "Name,Organisation\nana@example.org,Sample Society\nDr. Ana Example,-\n"
    assert organisations(read(text)) == [("Sample Society", "", None)]
    assert people(read(text)) == [("Dr. Ana Example", "", "")]


def test_the_person_who_imports_can_say_what_all_rows_are() -> None:
    text = "Name,Country\nBen Field,Kenya\nAda Moss,Peru\n"
    assert len(read(text, kind=Kind.INDIVIDUAL).proposal.others) == 2
    assert len(read(text, kind=Kind.ORGANISATION).proposal.organisations) == 2


def test_rows_that_may_be_either_are_asked_about_once() -> None:
    reading = read(
        "Name,Country\nSample Society,Kenya\nDr. Ana Example,Peru\nAda Moss,Peru\nBen Field,Peru\n"
    )
    (flag,) = reading.proposal.flags
    assert (flag.code.value, flag.lines) == ("kind_unsure", (4, 5))
    assert flag.reason == (
        "‘Ada Moss’ and 1 more rows do not show whether they are people or organisations."
    )
    declined = reading.proposal.accept([])
    accepted = reading.proposal.accept_all()
    assert {len(declined.organisations), len(accepted.organisations)} == {1, 3}


def test_one_row_that_may_be_either() -> None:
    (flag,) = read("Name,Country\nAda Moss,Peru\n").proposal.flags
    assert flag.reason == "‘Ada Moss’ may be a person or an organisation."


def test_a_few_rows_that_show_nothing_go_with_the_others() -> None:
    rows = "".join(f"{word} Society,Kenya\n" for word in WORDS)
    assert codes(read(f"Name,Country\n{rows}Ada Moss,Peru\n")) == []


def test_names_alone_are_read_like_a_list() -> None:
    reading = read(
        "Signatories\n"
        '"Example Society (Kenya)"\n"Sample Network (Peru)"\n"Third Foundation (Chad)"\n'
    )
    assert organisations(reading) == [
        ("Example Society", "Kenya", "KE"),
        ("Sample Network", "Peru", "PE"),
        ("Third Foundation", "Chad", "TD"),
    ]
    reading = read('Name\n"Dr. Ana Example, Professor, Sample University"\n')
    assert people(reading) == [("Dr. Ana Example", "Professor", "Sample University")]


@pytest.mark.parametrize(
    ("columns", "cells", "place"),
    [
        ("Country", "Keyna", ("Keyna", None, "KE")),
        ("Country,City", "Kenya,Nairobi", ("Kenya", "KE", None)),
        ("City", "Nairobi", ("Nairobi", None, "KE")),
        ("City", "Sampleville", ("Sampleville", None, None)),
        ("Place", "MENA", ("MENA", None, None)),
        ("Place,Country", "East Africa,Kenya", ("East Africa", "KE", None)),
        ("Country", "", ("", None, None)),
    ],
)
def test_places(columns: str, cells: str, place: tuple[str, str | None, str | None]) -> None:
    reading = read(f"Organisation,{columns}\nExample Society,{cells}\n")
    (row,) = reading.proposal.organisations
    (accepted,) = reading.proposal.accept_all().organisations
    guess = accepted.country if accepted.country != row.country else None
    assert (row.place, row.country, guess) == place


def test_rows_without_a_name_are_left_out_with_the_reason() -> None:
    reading = read(
        "Name,Country,Email\n,Kenya,\n-,Peru,\nana@example.org,Peru,\nAna Example,Chad,\n"
    )
    assert ignored(reading) == [
        (1, "names of columns"),
        (2, "no name in this row"),
        (3, "no name in this row"),
        (4, "no name in this row"),
    ]


def test_only_who_agreed_is_published() -> None:
    reading = read(
        "Name,Title,Publish my name\nAna Example,Editor,yes\nJon Sample,Editor,no\n"
        "Eva Sample,Editor,\nIda Sample,Editor,perhaps\n"
    )
    assert people(reading) == [("Ana Example", "Editor", "")]
    assert ignored(reading)[1:] == [
        (3, "no consent to be published"),
        (4, "no consent to be published"),
        (5, "the consent is not clear"),
    ]


def test_addresses_are_neither_kept_nor_repeated() -> None:
    reading = read(
        "Name,Title,E-mail\nAna Example ana@example.org,Editor,canary@example.org\n"
        "Jon Sample,jon@example.net,canary@example.org\n,,canary@example.org\n"
    )
    assert people(reading) == [("Ana Example", "Editor", ""), ("Jon Sample", "", "")]
    assert codes(reading) == ["address_in_row", "address_in_row"]
    assert "@" not in repr(reading)


def test_doubles_within_the_sheet_and_with_the_list() -> None:
    listed = (Organisation(id="x", name="Example Society"), Individual(id="y", name="Ana Example"))
    reading = read(
        "Organisation,Country\nExample Society,Kenya\nSample Network,Peru\nSample Network,Peru\n",
        listed=listed,
    )
    assert [(flag.rows, flag.lines) for flag in reading.proposal.flags] == [
        (("organisation-1",), (2,)),
        (("organisation-2", "organisation-3"), (3, 4)),
    ]
    assert organisations(reading) == [("Sample Network", "Peru", "PE")] * 2


def test_sentences_and_unclear_dates_are_flagged() -> None:
    sentence = (
        "We are not sure whether this is the place to say that we will be there if you have us, "
        "but it is not ours to tell you that"
    )
    reading = read(
        f'Name,Country,Date\n"{sentence}",Kenya,3/4/2026\nSample Society,Kenya,3/5/2026\n'
    )
    assert codes(reading) == ["row_is_prose", "date_unsure"]


def test_missing_places_are_flagged_but_codes_are_places() -> None:
    rows = "".join(f"{word} Society,KE\n" for word in WORDS)
    assert codes(read(f"Name,Country\n{rows}Harbour Society,KE\n")) == []
    rows = rows.replace("KE", "Kenya")
    assert codes(read(f"Name,Country\n{rows}Harbour Society,\n")) == ["place_missing"]


def test_a_sheet_without_anybody() -> None:
    reading = read("Name,Country\n,Kenya\n")
    assert codes(reading) == ["no_signatories"]


def test_a_sheet_without_names_of_columns() -> None:
    reading = read("Ana Example,Peru,Editor\nJon Sample,Kenya,Writer\n", kind=Kind.INDIVIDUAL)
    assert people(reading) == [("Ana Example", "", ""), ("Jon Sample", "", "")]
    assert ignored(reading) == []


def test_our_own_export_can_be_brought_in_again() -> None:
    file = io.BytesIO()
    write_csv([ANA, SOCIETY], PRESETS["full"], file)
    reading = read(file.getvalue().decode("utf-8-sig"))
    assert people(reading) == [
        ("Dr. Ana Lucía van der Example", "Professor", "University of Samples")
    ]
    (society,) = reading.proposal.organisations
    assert (society.name, society.native_name, society.country, society.city) == (
        "Example Society",
        "مثال",
        "PE",
        "Lima",
    )
    assert {beside.signed_on for beside in reading.beside.values()} == {date(2026, 3, 4)}


ROLES = st.sampled_from([*Holds])


@given(
    st.lists(ROLES, min_size=4, max_size=4),
    st.lists(
        st.lists(
            st.text(max_size=6) | st.sampled_from(["Ana Example", "Peru", "no", "a@e.org", "x, y"]),
            min_size=4,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    ),
)
def test_any_cells_in_any_columns_are_read(mapping: list[Holds], cells: list[list[str]]) -> None:
    rows = tuple(tuple(" ".join(cell.split()) for cell in row) for row in cells)
    reading = read_rows(Sheet("x", (), "", 1, rows, None), tuple(mapping))
    accounts = [line for line, _ in reading.proposal.accounts]
    assert accounts == [number for number, row in enumerate(rows, start=1) if any(row)]
    for final in (reading.proposal.accept_all(), reading.proposal.accept([])):
        assert all(
            row.name.strip() for row in (*final.organisations, *final.featured, *final.others)
        )
    assert set(reading.beside) <= {
        row.id
        for row in (
            *reading.proposal.organisations,
            *reading.proposal.featured,
            *reading.proposal.others,
        )
    }


@pytest.mark.long
def test_50_000_rows_are_read_in_seconds() -> None:
    rows = "".join(
        f"Example {n * 7919 % 10007} Society {n},Kenya,https://example.org\n" for n in range(50_000)
    )
    start = time.process_time()
    assert len(read(f"Name,Country,Website\n{rows}").proposal.organisations) == 50_000
    assert time.process_time() - start < 40
