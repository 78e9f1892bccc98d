"""The page that a translation becomes, before anybody may read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import RequestFactory

from tests.builders import published_letter, text, worker_keys
from tests.letters.translating.hands import type_in
from undersigned.letters.models import Letter, LetterState
from undersigned.letters.translating.working import source_text
from undersigned.website.previewing import preview, working_words

pytestmark = pytest.mark.django_db


def shown(letter: Letter, language: str) -> str:
    words = working_words(letter, language, source_text(letter))
    request = RequestFactory().get("/")
    return preview(request, Letter.objects.get(pk=letter.pk), words, language).text


def test_words_in_the_works_stand_in_the_real_page(tmp_path: Path) -> None:
    letter = published_letter(worker_keys(tmp_path), "banned")
    type_in(letter, {"title-0-0": "رسالة"}, language="ar")
    page = shown(letter, "ar")
    assert "<h1>رسالة</h1>" in page
    assert "We ask for one thing." in page
    assert "<html lang=ar dir=rtl" in page


def test_what_was_published_whole_stays_where_nobody_took_it_in_hand(tmp_path: Path) -> None:
    texts = [text(), text("es", body="Un texto entero.")]
    letter = published_letter(worker_keys(tmp_path), "banned", texts=texts)
    type_in(letter, {"title-0-0": "Carta"})
    page = shown(letter, "es")
    assert "<h1>Carta</h1>" in page
    assert "Un texto entero." in page


def test_before_the_launch_it_looks_as_on_the_day(tmp_path: Path) -> None:
    letter = published_letter(worker_keys(tmp_path), "banned", state=LetterState.GATHERING)
    assert "This letter is closed" not in shown(letter, "es")
    assert "<form" in shown(letter, "es")
    letter.refresh_from_db()
    assert letter.state == LetterState.GATHERING
