"""Tables whose columns have names."""

import pytest

from tests.signatures.importing.reading import codes, organisations, people
from undersigned.signatures.importing import propose_list


def test_a_number_before_each_row_needs_no_column() -> None:
    text = "Name\tOrganisation\n1\tJane Example\tSample Society\n2\tAna Ejemplo\tModel Network"
    assert people(propose_list(text)) == [
        ("Jane Example", "", "Sample Society"),
        ("Ana Ejemplo", "", "Model Network"),
    ]


def test_empty_cells_at_the_end_do_not_count() -> None:
    text = "Name\tOrganisation\nJane Example\tSample Society\t\t"
    assert people(propose_list(text)) == [("Jane Example", "", "Sample Society")]


def test_a_row_with_more_cells_than_columns_is_flagged_and_kept() -> None:
    text = "Name\tOrganisation\nJane Example\tSample Society\tKenya\tone more\nAna Ejemplo\tXample"
    proposal = propose_list(text, "individual")
    assert ("Ana Ejemplo", "", "Xample") in people(proposal)
    assert len(people(proposal)) == 2
    (flag,) = [flag for flag in proposal.flags if flag.code == "columns_unsure"]
    assert flag.reason.endswith("does not fit the columns of the table.")


def test_several_rows_that_do_not_fit_are_flagged_once() -> None:
    text = "Name\tOrganisation\na\tb\tc\td\ne\tf\tg\th"
    (flag,) = [flag for flag in propose_list(text).flags if flag.code == "columns_unsure"]
    assert flag.reason.endswith("and neither do 1 more rows.")
    assert flag.lines == (2, 3)


def test_who_signs_may_differ_from_row_to_row() -> None:
    text = (
        "Name\tOrganisation\tCity\n"
        "Jane Example\tSample Society\tParis\n"
        "\tModel Network\tNowhere\n"
        "Foundation for Examples\t\t\n"
        "and more"
    )
    proposal = propose_list(text)
    assert people(proposal) == [("Jane Example", "", "Sample Society")]
    assert organisations(proposal) == [
        ("Model Network", "Nowhere", None),
        ("Foundation for Examples", "", None),
    ]
    assert codes(proposal) == ["not_a_signer", "place_is_city", "place_unknown"]


def test_a_table_of_titles() -> None:
    text = "Name | Title\nJane Example | Poet"
    assert people(propose_list(text)) == [("Jane Example", "Poet", "")]


def test_names_and_places_alone_are_read_like_other_lists() -> None:
    text = "Name\tCountry\nExample Society\tKenya\nModel Network\tPeru"
    assert organisations(propose_list(text)) == [
        ("Example Society", "Kenya", "KE"),
        ("Model Network", "Peru", "PE"),
    ]


@pytest.mark.parametrize("kind", ["organisation", "individual"])
def test_a_known_kind_decides(kind: str) -> None:
    text = "Name\tOrganisation\nJane Example\tSample Society"
    proposal = propose_list(text, kind)
    assert len(organisations(proposal)) == (kind == "organisation")
    assert len(people(proposal)) == (kind == "individual")


def test_columns_parted_by_gaps_need_no_names() -> None:
    text = "Example Society  Kenya\nModel Network  Peru"
    assert organisations(propose_list(text, "organisation")) == [
        ("Example Society", "Kenya", "KE"),
        ("Model Network", "Peru", "PE"),
    ]
