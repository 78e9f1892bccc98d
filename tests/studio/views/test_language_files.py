"""Files for translators' own tools, in the studio."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import Letter, LetterEvent, Wording
from undersigned.letters.translating.working import begin
from undersigned.teams.models import Role, Team

PATH = "/studio/letters/banned/languages/es/files/"


@pytest.fixture
def tia(team: Team, letter: Letter) -> Colleague:
    begin(letter, "es")
    return signed_in(somebody("Tia", Role.TRANSLATOR, team))


def test_files_are_for_translators_of_a_language_that_is_begun(
    team: Team, letter: Letter, tia: Colleague
) -> None:
    assert tia.get(PATH).status_code == 200
    assert tia.get(PATH.replace("/es/", "/ca/")).status_code == 404
    outsider = signed_in(somebody("Olga"))
    assert outsider.get(PATH).status_code == 404
    assert outsider.get(f"{PATH}?as=po").status_code == 404


def test_out_and_back_in(letter: Letter, tia: Colleague) -> None:
    raw = tia.get(f"{PATH}?as=xlf").content.decode()
    source = "<source>We ask for it now.</source>"
    raw = raw.replace(source, f"{source}<target>La pedimos ya.</target>")
    page = tia.post(PATH, {"file": SimpleUploadedFile("es.xlf", raw.encode())}).text
    assert "1 block can be taken in." in page
    found = re.search(r'name=carried value="([^"]*)"', page)
    assert found is not None
    page = tia.post(PATH, {"carried": found[1], "take": "yes"}).text
    assert "1 block was taken in." in page
    assert Wording.objects.get().by == "Tia"
    assert LetterEvent.objects.get(act="import translation").actor == "Tia"


def test_the_draft_of_the_next_edition_has_files_too(letter: Letter, tia: Colleague) -> None:
    assert "next edition" not in tia.get(PATH).text
    draft = draft_of(letter, "en")
    save(draft, draft.words, {**draft.words, "body": "We ask for more."}, actor="Ana")
    assert "PO of the next edition" in tia.get(PATH).text
    assert b"We ask for more." not in tia.get(f"{PATH}?as=po").content
    raw = tia.get(f"{PATH}?as=po&of=draft").content
    words = b'msgid "We ask for more."\nmsgstr "'
    assert words in raw
    file = SimpleUploadedFile("es.po", raw.replace(words, words + b"Pedimos"))
    assert "1 block can be taken in." in tia.post(PATH, {"file": file}).text


def test_a_refused_file_is_told_on_the_page(letter: Letter, tia: Colleague) -> None:
    answer = tia.post(PATH, {"file": SimpleUploadedFile("es.po", b"hello")})
    assert answer.status_code == 422
    assert "This is neither a PO file nor XLIFF 2." in answer.text
    assert "<title>Error: Files for your own tools" in answer.text
