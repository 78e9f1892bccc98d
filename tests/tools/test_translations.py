"""Catalogues are read, compiled and compared as the site will use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import translations
from tools.translations import compile_catalogue, keys

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
SIGN = '\nmsgctxt "button"\nmsgid "Sign"\nmsgstr "Firmar"\n'
GONE = '\n#~ msgid "Gone"\n#~ msgstr "Ida"\n'


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "locale" / "es" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    monkeypatch.setattr(translations, "catalogue_of", lambda language: path)
    return path


def test_a_catalogue_compiles_to_what_a_reader_sees(spanish: Path) -> None:
    spanish.write_text(HEADER + SIGN + GONE)

    assert [*translations.check("es")] == []
    assert compile_catalogue(spanish, "es").pgettext("button", "Sign") == "Firmar"


def test_messages_are_known_by_context_and_obsolete_ones_are_not(spanish: Path) -> None:
    spanish.write_text(HEADER + SIGN + GONE)

    assert keys(spanish) == {("button", "Sign", "")}


def test_a_language_without_a_catalogue_is_named(spanish: Path) -> None:
    assert [*translations.check("es")] == ["es: there is no catalogue"]
    assert keys(spanish) == set()


def test_a_broken_catalogue_is_a_sentence(spanish: Path) -> None:
    spanish.write_text(HEADER + "\nmsgid Sign\n")

    *_, fault = translations.check("es")

    assert fault.startswith("es: the catalogue cannot be read: ")


def test_the_languages_are_those_of_the_settings() -> None:
    assert translations.languages() == ["es", "ar"]
