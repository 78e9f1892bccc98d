"""Catalogues are read, compiled and compared as the site will use them."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from django.conf import settings

from tools import translations
from tools.glossary import TERMS
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
    glossary = "".join(f"[{term}]\nstems = ['']\n" for term in TERMS)
    (path.parents[1] / "glossary.toml").write_text(glossary)
    monkeypatch.setattr(translations, "catalogue_of", lambda language, package=None: path)
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


def test_every_language_of_the_settings_but_our_own_has_a_catalogue() -> None:
    found = translations.languages()
    assert "en" not in found
    assert len(found) == len(settings.LANGUAGES) - 1
    assert [language for language in found if not translations.has_catalogue(language)] == []


def test_a_catalogue_begins_empty_with_the_plural_forms_of_its_language(spanish: Path) -> None:
    translations.start("cs", spanish)

    begun = polib.pofile(str(spanish))
    assert len(begun) == 0
    assert begun.metadata["Plural-Forms"].startswith("nplurals=3; plural=((n==1) ? 0")


PLACES = """
#: studio/shell.py website/templates/letter.html
msgid "Both"
msgstr "Ambos"

#: studio/shell.py teams/inviting.py
msgid "The studio's alone"
msgstr ""

#: signatures/signing.py
msgid "The signer's"
msgstr "De quien firma"
"""


def test_what_only_organisers_read_is_left_out_of_the_other_languages(spanish: Path) -> None:
    spanish.write_text(HEADER + PLACES)

    translations.leave_studio_out(spanish)

    assert keys(spanish) == {("", "Both", ""), ("", "The signer's", "")}
