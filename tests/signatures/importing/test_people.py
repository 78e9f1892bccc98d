"""Individuals: names, titles, affiliations, places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.importing.reading import codes, one_person, people
from undersigned.signatures.importing import Individual, propose_list


def read(text: str) -> Individual:
    reading = propose_list(text, "individual").accept_all()
    (person,) = reading.featured + reading.others
    return person


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Jane Example", ("Jane Example", "", "")),
        ("Jane Example, Professor", ("Jane Example", "Professor", "")),
        ("Jane Example, Foo Institute", ("Jane Example", "", "Foo Institute")),
        (
            "Jane Example, Professor at Foo University",
            ("Jane Example", "Professor", "Foo University"),
        ),
        (
            "Jane Example, Foo University, Professor",
            ("Jane Example", "Professor", "Foo University"),
        ),
        (
            "Jane Example, Professor, Director of Foo, Bar University",
            ("Jane Example", "Professor, Director of Foo", "Bar University"),
        ),
        ("Jane Example – Professor", ("Jane Example", "Professor", "")),
        (
            "Jane Example, Professor – Foo University",
            ("Jane Example", "Professor", "Foo University"),
        ),
        ("Jane Example | Professor | Foo", ("Jane Example", "Professor", "Foo")),
        ("Jane Example\tProfessor\tFoo", ("Jane Example", "Professor", "Foo")),
        ("Jane Example (Foo Institute)", ("Jane Example", "", "Foo Institute")),
        ("Jane Example on behalf of Foo", ("Jane Example", "", "Foo")),
        ("Jane Example, on behalf of Foo", ("Jane Example", "", "Foo")),
        ("Jane Example, au nom de Foo", ("Jane Example", "", "Foo")),
        ("Jane Example, concerned citizen", ("Jane Example", "concerned citizen", "")),
        ("Jane Example, Greenery, Europe", ("Jane Example", "", "Greenery, Europe")),
        ("Jane Example, LL.M., lawyer", ("Jane Example, LL.M.", "lawyer", "")),
        ("Jane Example*", ("Jane Example", "", "")),
        ("Madonna Of Nowhere (Maddy), poet", ("Madonna Of Nowhere", "poet", "Maddy")),
        ("Cher (Foo), poet", ("Cher (Foo)", "poet", "")),
    ],
)
def test_a_row(text: str, row: tuple[str, str, str]) -> None:
    assert one_person(f"- {text}") == row


@pytest.mark.parametrize(
    ("text", "place", "country", "city"),
    [
        ("Jane Example, Professor, Foo University, Nairobi, Kenya", "Kenya", "KE", "Nairobi"),
        ("Jane Example, Professor, Foo University, UK", "UK", "GB", ""),
        ("Jane Example (Kenya)", "Kenya", "KE", ""),
        ("Jane Example, Foo (Philipppines)", "Philipppines", "PH", ""),
        ("Jane Example, Foo Institute (Global)", "Global", None, ""),
        ("Jane Example, poet, Berlin", "Berlin", "DE", "Berlin"),
        ("Jane Example, poet, Kashmir", "Kashmir", None, ""),
        ("Jane Example, Kenia", "Kenia", "KE", ""),
    ],
)
def test_a_place(text: str, place: str, country: str | None, city: str) -> None:
    person = read(text)
    assert (person.place, person.country, person.city) == (place, country, city)


def test_a_surname_that_is_a_country_is_in_doubt() -> None:
    proposal = propose_list("Michael, Jordan", "individual")
    assert codes(proposal) == ["one_word_name", "place_ambiguous"]


def test_people_under_a_country_have_its_place() -> None:
    proposal = propose_list("Kenya\nJane Example, poet\nPeru\nJohn Sample, poet", "individual")
    rows = proposal.accept_all().others
    assert [(row.name, row.country) for row in rows] == [
        ("Jane Example", "KE"),
        ("John Sample", "PE"),
    ]


def test_a_mail_address_goes_and_a_website_is_kept() -> None:
    text = "Jane Example, poet, jane@example.org, https://example.org"
    person = read(text)
    assert (person.name, person.title, person.affiliation) == ("Jane Example", "poet", "")
    assert person.website == "https://example.org"
    flags = propose_list(text, "individual").flags
    assert [flag.code for flag in flags] == ["address_in_row"]
    assert "@" not in flags[0].reason + flags[0].suggestion


def test_two_people_in_a_row_where_the_first_has_no_title() -> None:
    proposal = propose_list(
        "Jane Example, Foo Institute, John Sample, Professor, Bar University (Kenya)", "individual"
    )
    assert codes(proposal) == ["people_joined"]
    assert people(proposal) == [
        ("Jane Example", "", "Foo Institute"),
        ("John Sample", "Professor", "Bar University"),
    ]
    assert [row.country for row in proposal.accept_all().others] == [None, "KE"]


def test_one_word_is_asked_about() -> None:
    proposal = propose_list("Jane Example\nCherry\nJohn Sample\nMadonna", "individual")
    assert codes(proposal) == ["one_word_name", "one_word_name"]
    assert [row.name for row in proposal.accept([]).others] == ["Jane Example", "John Sample"]


def test_names_without_spaces_in_east_asian_scripts_are_names() -> None:
    assert codes(propose_list("山田太郎\n김예시", "individual")) == []


def test_a_few_rows_with_a_single_first_word_do_not_turn_the_list_around() -> None:
    text = "Doe, Jane\nJohn Sample, poet\nAna Ejemplo, poet\nPeter Test, poet"
    assert "surname_first" not in codes(propose_list(text, "individual"))


@given(st.text(max_size=120))
def test_no_word_of_a_row_is_lost(text: str) -> None:
    """What is not in a field is in an ignored line, or is a mail address or a mark."""
    proposal = propose_list(text, "individual")
    rows = (*proposal.featured, *proposal.others)
    for row in rows:
        fields = f"{row.name} {row.title} {row.affiliation} {row.place} {row.city} {row.website}"
        for word in row.source.replace("@", " ").split():
            letters = [letter for letter in word if letter.isalnum()]
            assert all(letter in fields for letter in letters) or "@" in row.source


def test_a_second_title_after_a_semicolon_is_nobody_else() -> None:
    text = "Jane Example, Director of Foo; Professor at Bar\nJohn Sample, poet"
    proposal = propose_list(text, "individual")
    assert people(proposal) == [
        ("Jane Example", "Director of Foo, Professor at Bar", ""),
        ("John Sample", "poet", ""),
    ]
    assert proposal.featured == ()
