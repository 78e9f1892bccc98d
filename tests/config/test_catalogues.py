"""Catalogues that share their keys, and say what Django's own would say."""

from __future__ import annotations

import gettext

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from undersigned.config import catalogues
from undersigned.config.catalogues import Catalogue, share_words

LANGUAGES = [code for code, _ in settings.LANGUAGES]
[PLAIN] = Catalogue.__bases__


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has read no language yet; everything is put back."""
    monkeypatch.setattr(trans_real, "_translations", {})
    monkeypatch.setattr(trans_real, "DjangoTranslation", PLAIN)
    monkeypatch.setattr(catalogues, "_KEYS", {})


@pytest.mark.usefixtures("fresh")
def test_a_process_reads_languages_so_when_they_are_asked_for() -> None:
    share_words()
    assert trans_real._translations == {}

    with translation.override("de"):
        assert translation.gettext("Signatories") == "Unterzeichnende"

    assert {code: type(words) for code, words in trans_real._translations.items()} == {
        "de": Catalogue,
        "en": Catalogue,
    }


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("language", LANGUAGES)
def test_they_say_what_djangos_say(language: str) -> None:
    plain, ours = PLAIN(language), Catalogue(language)
    keys = {key for catalogue in ours._catalog._catalogs for key in catalogue}
    # In some languages allauth, and Django for a table's column, have different words for it.
    keys.discard("Email address")

    assert {key: ours._catalog[key] for key in keys} == {key: plain._catalog[key] for key in keys}
    assert [ours.plural(n) for n in range(130)] == [plain.plural(n) for n in range(130)]


@pytest.mark.usefixtures("fresh")
def test_our_words_and_djangos_are_there_in_every_language_and_apps_in_the_studios() -> None:
    ours = [code for code in LANGUAGES if code != "en"]
    of_django, of_auth = "Enter a valid email address.", "Password (again)"
    said = {code: Catalogue(code) for code in ours}

    assert {code for code in ours if said[code].gettext("Signatories") == "Signatories"} == set()
    assert said["am"].gettext(of_auth) == of_auth
    assert said["ja"].gettext(of_auth) == of_auth
    assert said["de"].gettext(of_auth) == "Passwort (Wiederholung)"
    assert said["ja"].gettext(of_django) == PLAIN("ja").gettext(of_django) != of_django


@pytest.mark.usefixtures("fresh")
def test_what_a_language_of_a_country_lacks_is_taken_from_the_language() -> None:
    # Django has Portuguese beside Brazilian Portuguese.
    assert Catalogue("pt-br")._fallback is not None
    assert type(Catalogue("pt-br")._fallback) is gettext.GNUTranslations


@pytest.mark.usefixtures("fresh")
def test_equal_keys_are_kept_once() -> None:
    first = {key: key for part in Catalogue("de")._catalog._catalogs for key in part}
    other = [key for part in Catalogue("cs")._catalog._catalogs for key in part]
    both = [key for key in other if key in first]

    assert len(both) > 500
    assert {type(key) for key in both} == {str, tuple}
    assert all(first[key] is key for key in both)
    # Czech has more plural forms: keys of its own, with the same sentence in them.
    sentences_of = {key[0]: key[0] for key in first if isinstance(key, tuple)}
    more = [key for key in other if isinstance(key, tuple) and key not in first]
    assert more
    assert all(sentences_of[key[0]] is key[0] for key in more if key[0] in sentences_of)


@pytest.mark.usefixtures("fresh")
def test_nothing_keeps_a_copy_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gettext, "_translations", {})
    PLAIN("cs")
    assert gettext._translations != {}

    monkeypatch.setattr(gettext, "_translations", {})
    Catalogue("cs")
    assert gettext._translations == {}


def test_a_language_that_nobody_has_words_for_is_english() -> None:
    assert Catalogue("tok").gettext("Signatories") == "Signatories"
