"""Changing one's mind without end: less is always shown, more not before tomorrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.builders import listed, published_letter, worker_keys
from tests.partners import joined
from tests.signatures.behind_links import own_link
from undersigned.letters.models import Letter
from undersigned.letters.partnering import present_wordings
from undersigned.signatures import too_often
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.appearing import appear
from undersigned.signatures.choosing import give, take_back
from undersigned.signatures.models import ConsentChange, Correction, Signature, Visibility
from undersigned.signatures.partner_consents import give_to, take_back_from
from undersigned.signatures.pseudonyms import ask_for_pseudonym
from undersigned.signatures.renaming import rename
from undersigned.signatures.too_often import TooOften
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    keys = worker_keys(tmp_path)
    prepare_studio_key(tmp_path / "web")
    return keys


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, "often", pseudonyms=True)


@pytest.fixture
def token(letter: Letter, keys: WorkerKeys) -> str:
    return own_link(listed(letter, keys, name="Ana Example"), keys)


def press_often(token: str, keys: WorkerKeys) -> None:
    """Until it is enough."""
    while True:
        appear(token, Visibility.COUNTED)
        appear(token, Visibility.PUBLIC)
        answer_signers(keys)


def test_to_hide_is_possible_at_any_time(token: str, keys: WorkerKeys) -> None:
    with pytest.raises(TooOften):
        press_often(token, keys)
    assert ConsentChange.objects.count() == too_often.MOST_A_DAY + 2
    assert Signature.objects.get().name == ""
    assert appear(token, Visibility.COUNTED)
    assert take_back(token, "updates")
    ConsentChange.objects.update(at=ConsentChange.objects.earliest("at").at - timedelta(days=1))
    appear(token, Visibility.PUBLIC)
    answer_signers(keys)
    assert Signature.objects.get().name == "Ana Example"


def test_what_else_leaves_rows_comes_to_an_end(
    letter: Letter, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(too_often, "MOST_A_DAY", 2)
    partner = joined(letter)
    wording = str(present_wordings(partner)["en"].pk)
    rename(token, "Ana Éxample")
    give(token, "updates")
    acts: list[Callable[[], object]] = [
        lambda: rename(token, "Ana Exämple"),
        lambda: ask_for_pseudonym(token, "Moon Rabbit"),
        lambda: give(token, "updates"),
        lambda: give_to(token, wording),
    ]
    for act in acts:
        with pytest.raises(TooOften):
            act()
    assert Correction.objects.count() == 1
    assert take_back_from(token, str(partner.pk))


def test_the_page_says_so(client: Client, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(too_often, "MOST_A_DAY", 0)
    for choice in ("rename", "give"):
        said = client.post(f"/often/yours/{token}/", {"choice": choice, "what": "updates"})
        assert (said.status_code, said.headers["Retry-After"]) == (429, "86400")
        assert "Try again tomorrow; you can hide your name at any time." in said.text
    assert client.post(f"/often/yours/{token}/", {"choice": "hide"}).status_code == 303
    assert Signature.objects.get().name == ""
