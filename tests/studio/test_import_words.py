"""Refusals of lists, in the reader's language."""

from __future__ import annotations

import pytest

from undersigned.signatures.importing.sheet_columns import MappingNotUsable, check_mapping
from undersigned.signatures.importing.sheet_limits import SheetNotReadable, too_large
from undersigned.studio import import_words
from undersigned.studio.import_words import say_mapping_refusal, say_refusal


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language that has every sentence, in brackets."""
    monkeypatch.setattr(import_words, "gettext", "«{}»".format)


def test_a_refusal_is_said_in_english_where_there_is_no_reader() -> None:
    assert str(too_large()).startswith("The file is larger than 20 MB: keep only the sheet")


@pytest.mark.usefixtures("foreign")
def test_a_refusal_is_translated_as_a_whole_and_filled_in_then() -> None:
    said = say_refusal(too_large())
    assert said == f"«{too_large()}»"
    assert say_refusal(SheetNotReadable("Such a file.")) == "«Such a file.»"


@pytest.mark.usefixtures("foreign")
def test_columns_are_called_what_the_page_calls_them() -> None:
    with pytest.raises(MappingNotUsable) as caught:
        check_mapping(["native_name", "native_name"], 2)
    assert str(caught.value).startswith("Two columns are said to hold the same (native name):")
    assert say_mapping_refusal(caught.value).startswith(
        "«Two columns are said to hold the same (Name in its own script):"
    )
