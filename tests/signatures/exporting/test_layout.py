"""The data that the PDF's template reads."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.signatures.exporting.documents import a_document
from undersigned.signatures.exporting.document import LogHead, OnPaper, Organisation, Person
from undersigned.signatures.exporting.layout import lay_out
from undersigned.signatures.exporting.prose import read_prose


def laid_out(language: str = "en", **changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(lay_out(a_document(language, **changes)))
    return data


def test_names_and_what_stands_beside_them_keep_their_directions() -> None:
    data = laid_out(
        organisations=(Organisation("حر", "لبنان"), Organisation("Lake")),
        people=(
            Person("Bo", "Teacher", "Example School"),
            Person("سارة", "أستاذة", "جامعة"),
            Person("Chi", "", "Example School"),
        ),
    )
    assert data["organisations"] == [["\u2068حر\u2069", "\u2068لبنان\u2069"], ["Lake"]]
    assert data["people"] == [
        ["Bo", "Teacher, Example School"],
        ["\u2068سارة\u2069", "\u2068أستاذة، جامعة\u2069"],
        ["Chi", "Example School"],
    ]


def test_names_on_paper_stand_with_their_countries() -> None:
    data = laid_out(paper=(OnPaper("Ana", "Spain"), OnPaper("Bo")))
    assert data["paper"] == [["Ana", "Spain"], ["Bo"]]
    assert (laid_out()["paper"], laid_out()["words"]["on_paper"]) == ([], "")


def test_an_entry_without_a_name_is_left_out() -> None:
    assert laid_out(people=(Person(" ", "Teacher"), Person("Bo")))["people"] == [["Bo"]]


@pytest.mark.parametrize(
    ("people", "columns"),
    [((Person("Bo", "Teacher"), Person("Chi", "Teacher"), Person("Di")), 2), ((Person("Bo"),), 3)],
)
def test_entries_that_are_mostly_long_get_wider_columns(
    people: tuple[Person, ...], columns: int
) -> None:
    assert laid_out(people=people)["people_columns"] == columns


def test_the_prose_is_data() -> None:
    body = read_prose(
        "### H\n\na **b** [c](https://e.org)  \nd\n\n1. x\n\n> y\n\n---\n\n#evil $x$ @z"
    )
    assert laid_out(body=body)["body"] == [
        {"kind": "heading", "level": 2, "runs": [{"text": "H"}]},
        {
            "kind": "paragraph",
            "runs": [
                {"text": "a "},
                {"text": "b", "strong": True},
                {"text": " "},
                {"text": "c", "link": "https://e.org"},
                {"text": "\n"},
                {"text": "d"},
            ],
        },
        {
            "kind": "list",
            "ordered": True,
            "start": 1,
            "items": [[{"kind": "paragraph", "runs": [{"text": "x"}]}]],
        },
        {"kind": "quote", "blocks": [{"kind": "paragraph", "runs": [{"text": "y"}]}]},
        {"kind": "rule"},
        {"kind": "paragraph", "runs": [{"text": "#evil $x$ @z"}]},
    ]


def test_hashes_are_grouped_to_be_read_aloud() -> None:
    data = laid_out(manifest_hash="0123456789abcdef", log=LogHead(3, "ab" * 8))
    assert (data["hash"], data["log"]) == ("01234567 89abcdef", "abababab abababab")


def test_without_a_log_there_is_none() -> None:
    assert laid_out()["log"] is None


def test_a_letter_without_addressee_has_only_its_date() -> None:
    assert laid_out(addressee="")["dateline"] == ["1 September 2026"]


def test_scripts_that_stack_get_more_room_and_ragged_lines() -> None:
    latin, burmese, arabic = laid_out("es"), laid_out("my"), laid_out("ar")
    assert [data["leading"] for data in (latin, burmese, arabic)] == [0.55, 0.95, 0.7]
    assert [data["justify"] for data in (latin, burmese, arabic)] == [True, False, False]
    assert [data["direction"] for data in (latin, burmese, arabic)] == ["ltr", "ltr", "rtl"]


def test_our_words_say_which_language_they_are_in() -> None:
    assert laid_out("fa")["words"]["language"] == {"lang": "en", "region": None}
    assert laid_out("fa")["words"]["direction"] == "ltr"
    assert laid_out("zh-hant-TW")["language"] == {"lang": "zh", "region": "TW"}


def test_marks_name_the_language_of_what_is_not_translated() -> None:
    body = read_prose("### Why\n\nOne.\n\nTwo.", {0: False, 1: True}, "ar")
    heading, one, two = laid_out(body=body)["body"]

    assert heading["behind"] == {}
    assert one["behind"] == {"lang": "ar", "region": None, "direction": "rtl"}
    assert "behind" not in two
