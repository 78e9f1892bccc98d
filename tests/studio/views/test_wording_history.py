"""What one block said before, and back to it."""

from __future__ import annotations

import re

import pytest

from tests.letters.translating.hands import rewrite, type_in
from tests.studio.people import Colleague
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import Letter, Wording, WordingVersion
from undersigned.letters.translating import working
from undersigned.letters.translating.working import Kept, Typed, Worker, save_words, source_text

LIST = "/studio/letters/banned/languages/es/"


def says(letter: Letter, *texts: str) -> str:
    """The title says one thing after the other; the address of its history."""
    before = ""
    for one in texts:
        typed = {"title-0-0": Typed(one, before)}
        save_words(letter, "es", source_text(letter), typed, worker=Worker(None, "Tia"))
        before = one
    return f"{LIST}history/{Wording.objects.get().pk}/"


def test_earlier_words_with_what_changed_after_them(owner: Colleague, letter: Letter) -> None:
    path = says(letter, "Una carta", "Una carta abierta", "Carta abierta")
    page = owner.get(path).text
    assert "<p class=differences lang=en dir=ltr>A letter in en</p>" in page
    assert "<p class=differences lang=es dir=ltr>Carta abierta</p>" in page
    assert re.findall(r"<p lang=es dir=ltr>(.*?)</p>", page) == ["Una carta abierta", "Una carta"]
    assert page.count("What was changed after it") == 2
    assert "<bdi>Tia</bdi>" in page


def test_a_block_that_never_said_anything_else(owner: Colleague, letter: Letter) -> None:
    page = owner.get(says(letter, "Una carta")).text
    assert "It never said anything else." in page


def test_words_come_back(owner: Colleague, letter: Letter) -> None:
    path = says(letter, "Una carta", "Una carta abierta", "")
    assert "Nothing: the words were taken out." in owner.get(path).text
    first = WordingVersion.objects.order_by("pk")[0]
    answer = owner.post(path, {"version": first.pk})
    assert answer.headers["Location"] == LIST
    assert Wording.objects.get().text == "Una carta"
    assert "The block says again what it said before." in owner.get(LIST).text


def test_words_of_the_draft_come_back(owner: Colleague, letter: Letter) -> None:
    draft = draft_of(letter, "en")
    save(draft, draft.words, {**draft.words, "title": "Another letter"}, actor="Ana")
    drafted = working.drafted_source(letter)
    assert drafted is not None
    for before, now in (("", "Otra"), ("Otra", "Otra carta")):
        typed = {"title-0-0": Typed(now, before)}
        save_words(letter, "es", drafted, typed, worker=Worker(None, "Tia"))
    path = f"{LIST}history/{Wording.objects.get().pk}/"
    answer = owner.post(path, {"version": WordingVersion.objects.get().pk})
    assert answer.headers["Location"] == f"{LIST}?of=draft"
    assert Wording.objects.get().text == "Otra"


def test_words_of_what_is_gone_do_not_come_back(owner: Colleague, letter: Letter) -> None:
    path = says(letter, "Una carta", "Una carta abierta")
    rewrite(letter, title="Something else")
    page = owner.get(path).text
    assert "The letter does not say this any more" in page
    assert ">Restore<" not in page
    assert owner.post(path, {"version": WordingVersion.objects.get().pk}).status_code == 404


@pytest.mark.parametrize("version", ["", "x", "²", "987654", "9" * 30])
def test_versions_that_are_not_there(owner: Colleague, letter: Letter, version: str) -> None:
    path = says(letter, "Una carta", "Una carta abierta")
    assert owner.post(path, {"version": version}).status_code == 404
    assert Wording.objects.get().text == "Una carta abierta"


def test_words_of_another_letter_or_language_are_not_there(
    owner: Colleague, letter: Letter
) -> None:
    path = says(letter, "Una carta")
    type_in(letter, {"title-0-0": "Lettre"}, language="fr")
    assert owner.get(path.replace("/es/", "/fr/")).status_code == 404


def test_somebody_changes_the_words_at_that_moment(
    owner: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = says(letter, "Una carta", "Una carta abierta")
    monkeypatch.setattr(
        "undersigned.studio.views.wording_history.save_words",
        lambda *_, **__: Kept(conflicts={"title-0-0": "Otra"}),
    )
    answer = owner.post(path, {"version": WordingVersion.objects.get().pk}, follow=True)
    assert "Somebody changed these words at this moment: look at them first." in answer.text
