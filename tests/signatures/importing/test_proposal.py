"""Suggestions are accepted or declined one by one."""

import json

import pytest

from undersigned.signatures.importing import (
    Proposal,
    Reading,
    UnknownFlag,
    propose,
    propose_list,
)
from undersigned.signatures.importing.flags import Alter, Code, Flag, Swap
from undersigned.signatures.importing.signatories import Individual

TEXT = (
    "Organisations\nExample Society (Philipppines)\nSample Society (Brazill)\n"
    "Individuals\nJane Example, poet (Kenya)"
)


def test_each_suggestion_stands_alone() -> None:
    proposal = propose_list(TEXT)
    philippines, brazil = proposal.flags
    assert [row.country for row in proposal.accept([philippines.id]).organisations] == ["PH", None]
    assert [row.country for row in proposal.accept([brazil.id]).organisations] == [None, "BR"]
    assert [row.country for row in proposal.accept([]).organisations] == [None, None]


def test_identities_of_flags_are_stable() -> None:
    assert [flag.id for flag in propose_list(TEXT).flags] == [
        "place_misspelt:organisations:philipppines",
        "place_misspelt:organisations:brazill",
    ]


def test_an_unknown_flag_is_refused() -> None:
    with pytest.raises(UnknownFlag, match="The proposal has no flag nonsense"):
        propose_list(TEXT).accept(["nonsense"])


def test_json_of_a_proposal() -> None:
    found = json.loads(json.dumps(propose_list(TEXT).to_json()))
    assert list(found) == [
        "letter",
        "drafters",
        "facilitator",
        "related_campaigns",
        "organisations",
        "featured_individuals",
        "other_individuals",
        "left_out",
        "counts",
        "flags",
        "ignored",
        "lines",
    ]
    assert found["flags"][0] == {
        "id": "place_misspelt:organisations:philipppines",
        "code": "place_misspelt",
        "where": "organisations",
        "rows": ["organisation-1"],
        "lines": [2],
        "reason": "‘Philipppines’ is not a country we know.",
        "suggestion": "Use Philippines (PH)?",
        "changes_something": True,
    }
    assert found["other_individuals"][0] == {
        "name": "Jane Example",
        "title": "poet",
        "affiliation": "",
        "country": "KE",
        "place": "Kenya",
        "city": "",
        "website": "",
        "sorting_name": "Jane Example",
        "featured": False,
        "id": "individual-1",
        "lines": [5],
        "source": "Jane Example, poet (Kenya)",
    }
    assert found["lines"] == {"heading of a list": 2, "individual": 1, "organisation": 2}


def test_json_of_a_reading() -> None:
    found = propose(
        "Open letter for quiet\nWe ask for quiet in all of our libraries, now and always.\n"
        "Get involved\nHelp\nYou can help.\nRelated campaigns\nHush\nHelp to hush.\n"
        "Signatories\n-----\nExample Society (Global)\nSample Society (Kenya)"
    ).accept_all()
    as_json = json.loads(json.dumps(found.to_json()))
    assert as_json["counts"] == {
        "organisations": 2,
        "featured_individuals": 0,
        "other_individuals": 0,
        "countries": 1,
        "countries_of_everybody": 1,
        "organisations_with_place_label_only": 1,
    }
    assert as_json["letter"]["first_words"] == "We ask for quiet in all of our"
    assert as_json["letter"]["ways_to_help"] == [{"heading": "Help", "text": "You can help."}]
    assert as_json["related_campaigns"] == [
        {"title": "Hush", "tags": [], "description": "Help to hush."}
    ]


def test_ignored_lines_stand_in_the_json() -> None:
    found = propose_list("Example Society\n-----", "organisation").to_json()
    assert found["ignored"] == [{"line": 2, "text": "-----", "reason": "a line without words"}]


def test_a_row_that_is_gone_is_not_swapped_again() -> None:
    row = Individual("one", "Jane Example")
    first = Individual("one.1", "Jane")
    second = Individual("one.2", "Example")
    flags = tuple(
        Flag(
            str(number),
            Code.PEOPLE_JOINED,
            "individuals",
            "",
            "",
            changes=(Alter("one", (("title", "poet"),)), Swap(("one",), by)),
        )
        for number, by in enumerate([(), (first, second)])
    )
    reading = Proposal(others=(row,), flags=flags).accept_all()
    assert reading == Reading(left_out=(row,))
