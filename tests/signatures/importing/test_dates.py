"""Dates in the languages and shapes of pages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing.dates import FoundDate, find_date


@pytest.mark.parametrize(
    "text",
    [
        "Last Update: December 21, 2021",
        "21 December 2021",
        "21st of Dec. 2021",
        "Stand: 21. Dezember 2021",
        "21 de diciembre de 2021",
        "le 21 décembre 2021",
        "21 de dezembro de 2021",
        "21 dicembre 2021",
        "21 декабря 2021 г.",
        "٢١ ديسمبر ٢٠٢١",
        "2021年12月21日",
        "2021년 12월 21일",
        "21 ธันวาคม 2564",
        "2021-12-21",
        "2021/12/21",
        "21.12.2021",
        "21/12/2021",
        "12/21/2021",
    ],
)
def test_a_date_is_read(text: str) -> None:
    assert find_date(text) == FoundDate(date(2021, 12, 21))


def test_day_and_month_may_be_the_other_way_round() -> None:
    assert find_date("03/04/2021") == FoundDate(date(2021, 4, 3), unsure=True)
    assert find_date("04/04/2021") == FoundDate(date(2021, 4, 4))


@pytest.mark.parametrize(
    "text",
    ["", "soon", "June 2021", "may you", "31 February 2021", "99/99/2021", "2021-13-45", "May 5"],
)
def test_what_is_no_date(text: str) -> None:
    assert find_date(text) is None


@given(st.text(max_size=60))
def test_no_text_fails(text: str) -> None:
    find_date(text)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2399, 1, 1)))
def test_every_day_in_words_is_read(day: date) -> None:
    assert find_date(f"{day:%B} {day.day}, {day.year}") == FoundDate(day)
