"""The example letter of a fresh installation."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.builders import published_letter, worker_keys
from undersigned.config.example import put_up_example
from undersigned.letters.models import Letter
from undersigned.signatures.counting import read_counts

pytestmark = pytest.mark.django_db


def test_a_fresh_installation_shows_an_example_in_three_languages(
    client: Client, tmp_path: Path
) -> None:
    worker_keys(tmp_path)
    assert put_up_example(tmp_path)
    letter = Letter.objects.get()
    assert (letter.slug, letter.is_example) == ("example", True)
    assert read_counts(letter).organisations >= 24
    titles = set()
    for language in ("en", "es", "ar"):
        page = client.get(f"/example/{language}/")
        assert page.status_code == 200
        titles.add(page.text.partition("<title>")[2].partition("<")[0])
    assert len(titles) == 3
    assert "<html lang=ar dir=rtl>" in client.get("/example/ar/").text


def test_who_has_a_letter_gets_no_example(tmp_path: Path) -> None:
    published_letter(worker_keys(tmp_path))
    assert not put_up_example(tmp_path)
    assert Letter.objects.count() == 1
