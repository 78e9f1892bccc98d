"""What happened, in words: no codes, no ids."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.models import EditionChange
from undersigned.letters.setting_up import SETTINGS
from undersigned.signatures.correcting import FIELDS
from undersigned.signatures.reasons import DECLINE_REASONS, VOID_REASONS
from undersigned.studio.event_details import detail_words
from undersigned.teams.models import Role


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({}, ""),
        ({"rule": 7, "decision": "x", "person": "Ana"}, ""),
        ({"signatures": 1}, "1 signature"),
        ({"founders": 2}, "2 founders"),
        ({"update": 3}, "Update 3"),
        ({"update": "x"}, ""),
        ({"signatures": "many", "founders": None}, ""),
        ({"number": 1, "change": "first"}, "Edition 1, the first"),
        ({"number": 2, "change": "editorial"}, "Edition 2, a correction"),
        ({"number": 3, "change": "substantive"}, "Edition 3, another text"),
        ({"number": 4, "change": "translation"}, "Edition 4, a translation"),
        ({"number": 3}, ""),
        ({"number": "3", "change": "first"}, ""),
        ({"form": "xlsx", "preset": "public", "language": "es"}, "The public list, XLSX, Español"),
        ({"form": "xlsx", "preset": "unheard of", "language": "en"}, "unheard of, XLSX, English"),
        ({"form": "xlsx"}, ""),
        ({"settings": ["goal", "accent"]}, "Goal, Colour"),
        ({"settings": ["unheard of", 7]}, "unheard of, 7"),
        ({"settings": "goal"}, ""),
        ({"fields": ["country", "name"]}, "Country, Name"),
        ({"team": "Coalition"}, "Coalition"),
        ({"role": "moderator"}, "Moderator"),
        ({"from": "viewer", "to": "editor"}, "Viewer before, Editor now"),
        ({"role": "unheard of"}, "unheard of"),
        ({"to": "editor"}, ""),
        ({"signatures": 2, "reason": "fraud"}, "2 signatures; Not given by whom it names"),
        ({"reason": "unheard of"}, "unheard of"),
    ],
)
def test_details_are_said_in_words(details: dict[str, Any], words: str) -> None:
    assert detail_words(details) == words


def test_every_code_that_we_note_has_its_words() -> None:
    for key, codes in {
        "settings": SETTINGS,
        "fields": FIELDS,
        "role": tuple(Role),
        "reason": [one.code for one in (*DECLINE_REASONS, *VOID_REASONS)],
    }.items():
        for code in codes:
            value = [code] if key in {"settings", "fields"} else code
            assert detail_words({key: value}) not in {"", str(code)}, code
    for change in (EditionChange.FIRST, EditionChange.EDITORIAL, EditionChange.SUBSTANTIVE):
        assert detail_words({"number": 1, "change": change}) != "", change


KEYS = ("signatures", "number", "change", "settings", "fields", "team", "role", "from", "reason")
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(KEYS), anything))
def test_nothing_that_another_version_wrote_breaks_the_page(details: dict[str, Any]) -> None:
    assert isinstance(detail_words(details), str)
