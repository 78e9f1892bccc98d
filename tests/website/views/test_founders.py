"""The founders' private page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.builders import link_of, listed, mails, published_letter, signed, text, worker_keys
from tests.website.visiting import good_form
from undersigned.letters.gathering import plan_launch, start_gathering
from undersigned.letters.launching import launch
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.models import ConfirmationLink, Signature
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.worker_keys import WorkerKeys

NOW = datetime(2030, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys, db: None) -> Letter:
    letter = published_letter(
        keys, slug="founded", texts=[text(), text("es")], state=LetterState.DRAFT, drafters=["Us"]
    )
    start_gathering(letter, actor="Ana")
    return letter


def path(letter: Letter) -> str:
    return f"/founded/founders/{letter.founders_key}/"


def test_whoever_has_the_link_reads_the_text_and_who_signs(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Bo Example", kind="organisation", role="Director")
    listed(letter, keys, name="Cleo Example")
    Signature.objects.filter(name="Cleo Example").update(is_featured=True)
    listed(letter, keys, name="Dan Example")

    answer = client.get(path(letter))

    assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "We ask for one thing." in answer.text
    assert "Under embargo." in answer.text
    for name in ("Bo", "Cleo", "Dan"):
        assert f"<bdi>{name} Example</bdi>" in answer.text
    assert "The launch has no date yet." in answer.text


def test_it_says_when_the_launch_is(client: Client, letter: Letter) -> None:
    plan_launch(letter, NOW + timedelta(days=2), "UTC", 24, now=NOW, actor="Ana")
    page = client.get(path(letter)).text
    assert "It will be launched on Monday, 25 November 2030, 09:00 UTC." in page
    assert "From Sunday, 24 November 2030, 09:00 UTC on" in page


def test_a_founder_signs_there_and_gets_the_private_link(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    answer = client.post(path(letter), good_form(letter))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{path(letter)}check-inbox/")
    assert "look into your inbox" in client.get(answer.headers["Location"]).text

    assert answer_pending(keys) == 1
    [mail] = mails(keys)
    assert path(letter) in mail.text


def test_a_new_link_leads_back_to_the_private_pages(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    token = link_of(signed(letter), keys)
    ConfirmationLink.objects.update(expires_at=NOW - timedelta(days=3650))
    answer = client.post(f"/founded/confirm/{token}/new-link/")
    assert answer.headers["Location"] == f"{path(letter)}check-inbox/"


def test_what_is_missing_is_said_and_kept(client: Client, letter: Letter) -> None:
    answer = client.post(path(letter), good_form(letter, email="nobody"))
    assert answer.status_code == 422
    assert "Nothing is lost." in answer.text
    assert 'value="Ana Example"' in answer.text
    assert Signature.objects.count() == 0


def test_the_page_comes_in_the_letters_languages(client: Client, letter: Letter) -> None:
    assert "A letter in es" in client.get(f"{path(letter)}?language=es").text
    assert "A letter in en" in client.get(f"{path(letter)}?language=ar").text
    assert "A letter in en" in client.get(f"{path(letter)}?language=xx").text


@pytest.mark.parametrize("key", ["A" * 22, "-", "ü"])
def test_without_the_link_there_is_nothing(client: Client, letter: Letter, key: str) -> None:
    assert client.get(f"/founded/founders/{key}/").status_code == 404
    assert client.get("/founded/").status_code == 404
    assert client.post("/founded/sign/", good_form(letter)).status_code == 404


def test_a_letter_that_never_gathered_has_no_such_page(
    client: Client, keys: WorkerKeys, db: None
) -> None:
    published_letter(keys, slug="public")
    assert client.get("/public/founders/-/").status_code == 404


def test_after_the_launch_it_leads_to_the_public_page(client: Client, letter: Letter) -> None:
    private = path(letter)
    launch(letter, actor="Ana")
    answer = client.get(private)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/founded/")


def test_past_the_deadline_nobody_signs(client: Client, letter: Letter) -> None:
    Letter.objects.update(deadline=datetime(2020, 1, 1, tzinfo=UTC))
    answer = client.post(path(letter), good_form(letter))
    assert answer.status_code == 409
    assert "It takes no more signatures." in answer.text


def test_without_a_key_signing_is_paused(client: Client, letter: Letter) -> None:
    Letter.objects.update(sealing_key=None)
    answer = client.post(path(letter), good_form(letter))
    assert answer.status_code == 503
    assert "Your signature was not stored" in answer.text
