"""The page on which anybody offers to translate a letter."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.builders import published_letter
from tests.letters.translating.offers import opener
from tests.signatures.canaries import everything_stored
from undersigned.letters.models import Letter, LetterState, Translator, TranslatorState
from undersigned.letters.translating import offering
from undersigned.letters.translating.volunteers import Details, read
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key
from undersigned.teams.models import Installation
from undersigned.website.stamps import make_stamp

PAGE = "/letter/es/translate/"
DETAILS = Details("Zyzzogeton Example", "zyzzogeton@example.org", "I teach.\nAnd I write.")


@pytest.fixture(autouse=True)
def studio_key(db: None) -> None:
    prepare_studio_key(settings.DATA / "web")


def form(letter: Letter, **changes: str) -> dict[str, str]:
    return {
        "stamp": make_stamp(letter.pk, waited=True),
        "language": "es",
        "name": DETAILS.name,
        "email": DETAILS.email,
        "message": DETAILS.message.replace("\n", "\r\n"),
        **changes,
    }


def test_the_page_suggests_its_own_language_where_the_letter_has_it_not(
    client: Client, letter: Letter
) -> None:
    page = client.get(PAGE).text

    assert "<option value=es lang=es selected>Español" in page
    assert "<option value=my lang=my>" in page
    assert "<option value=en " not in page, "the letter is in English"
    assert " selected" not in client.get("/letter/en/translate/").text


def test_it_is_kept_like_other_pages_and_linked_from_the_letter(
    client: Client, letter: Letter
) -> None:
    assert "max-age=5" in client.get(PAGE).headers["Cache-Control"]
    assert client.get("/letter/").text.count("<a href=/letter/en/translate/>") == 1
    assert client.get("/letter/es/").text.count("<a href=/letter/es/translate/>") == 2


def test_an_offer_is_stored_sealed_with_the_language_of_the_page(
    client: Client, letter: Letter
) -> None:
    answer = client.post(PAGE, form(letter, language="my"))

    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}thanks/")
    volunteer = Translator.objects.get()
    assert (volunteer.language, volunteer.reads_in) == ("my", "es")
    assert volunteer.state == TranslatorState.OFFERED
    assert read(volunteer, opener()) == DETAILS
    assert "zyzzogeton" not in everything_stored()


def test_everybody_is_thanked_alike(client: Client, letter: Letter) -> None:
    pages = {
        client.post(PAGE, form(letter, email=email), follow=True).content
        for email in ("one@example.org", "one@example.org", "two@example.org")
    }

    assert len(pages) == 1
    assert Translator.objects.count() == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", ""),
        ("language", "en"),
        ("language", "klingon"),
        ("name", " "),
        ("name", "www.example.org"),
        ("name", "a\u202eb"),
        ("email", ""),
        ("email", "nobody"),
        ("message", "x" * 1001),
    ],
)
def test_a_mistake_keeps_what_was_typed(
    client: Client, letter: Letter, field: str, value: str
) -> None:
    answer = client.post(PAGE, form(letter, **{field: value}))

    assert answer.status_code == 422
    assert f"<span class=error id=e-{field}>" in answer.text
    assert answer.text.count("aria-invalid=true") == 1
    if field != "name":
        assert f'value="{DETAILS.name}"' in answer.text
    if field != "message":
        assert DETAILS.message in answer.text.replace("\r\n", "\n")
    if field != "language":
        assert "<option value=es lang=es selected>" in answer.text
    assert not Translator.objects.exists()


def test_what_is_not_to_be_seen_is_left_out_of_a_word(client: Client, letter: Letter) -> None:
    client.post(PAGE, form(letter, message="می\u200cخواهم \u202eevil\x00"))

    assert read(Translator.objects.get(), opener()).message == "می\u200cخواهم evil"


@pytest.mark.parametrize("stamp", ["", "fresh", "forged.x"])
def test_a_form_without_a_good_stamp_is_sent_once_more(
    client: Client, letter: Letter, stamp: str
) -> None:
    page = client.post(
        PAGE, form(letter, stamp=make_stamp(letter.pk) if stamp == "fresh" else stamp)
    )

    assert page.status_code == 422
    assert not Translator.objects.exists()
    again = re.search(r"name=stamp value=(\S+?)>", page.text)
    assert again is not None
    assert client.post(PAGE, form(letter, stamp=again[1])).status_code == 303


def test_too_many_offers_are_refused_in_a_sentence(
    client: Client, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "AN_HOUR_AT_MOST", 1)
    client.post(PAGE, form(letter))
    answer = client.post("/letter/en/translate/", form(letter))

    assert answer.status_code == 429
    assert "Yours was not stored." in answer.text
    assert f'value="{DETAILS.email}"' in answer.text
    assert Translator.objects.count() == 1


def test_without_a_key_nothing_is_taken(client: Client, letter: Letter) -> None:
    Installation.objects.update(studio_key=None)

    assert client.post(PAGE, form(letter)).status_code == 503
    assert not Translator.objects.exists()


def test_another_site_cannot_send_offers(client: Client, letter: Letter) -> None:
    answer = client.post(PAGE, form(letter), headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert not Translator.objects.exists()


@pytest.mark.parametrize("path", ["translate/", "translate/thanks/"])
def test_an_archived_letter_takes_none(
    client: Client, keys: WorkerKeys, db: None, path: str
) -> None:
    published_letter(keys, "old", state=LetterState.ARCHIVED)

    assert client.get(f"/old/en/{path}").status_code == 404
    assert "/translate/" not in client.get("/old/en/").text
