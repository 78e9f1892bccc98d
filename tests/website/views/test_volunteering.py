"""The pages behind a volunteer's link: their own yes, the workbench, leaving."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import published_letter, text
from tests.letters.translating.hands import EVA, type_in
from tests.letters.translating.offers import installed, invited, joined, link_to
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import (
    LanguageState,
    Letter,
    LetterLanguage,
    LetterState,
    Translation,
    Translator,
    TranslatorState,
    Wording,
)
from undersigned.letters.translating.approving import approve, hand_in, seen, send_back
from undersigned.letters.translating.volunteering import worker_of
from undersigned.letters.translating.volunteers import UNUSED
from undersigned.letters.translating.working import source_text
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.website.workbench import named_blocks

SPANISH = {
    "title-0-0": "Una carta",
    "body-0-0": "Pedimos una cosa.",
    "body-0-1": "La pedimos ya.",
    "consent_publication-0-0": "Publicar el nombre",
    "consent_updates-0-0": "Recibir noticias",
}


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, db: None) -> WorkerKeys:
    return installed(tmp_path)


def path_of(volunteer: Translator, keys: WorkerKeys) -> str:
    return f"/{volunteer.letter.slug}/translate/{link_to(volunteer, keys)}/"


def field_of(letter: Letter, words: str) -> str:
    """The name of the field beside some words of the source."""
    blocks = named_blocks(source_text(letter))
    return next(name for name, block in blocks.items() if block.text == words)


def test_looking_at_it_changes_nothing(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    volunteer = invited(letter)
    page = client.get(path_of(volunteer, keys))

    assert page.status_code == 200
    assert "Translate “A letter in en”" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "<textarea" not in page.text
    volunteer.refresh_from_db()
    assert volunteer.state == TranslatorState.INVITED
    assert client.cookies == {}


def test_no_other_page_is_there_before_their_yes(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    path = path_of(invited(letter), keys)

    for page in ("preview/", "hand-in/", "review/"):
        answer = client.get(path + page)
        assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert client.post(f"{path}credit/", {"credit": "Carmen"}).headers["Location"] == path
    client.post(path, {field_of(letter, "We ask for it now."): "Ya."})
    assert not Wording.objects.exists()


def test_yes_opens_the_workbench(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    volunteer = invited(letter)
    path = path_of(volunteer, keys)
    answer = client.post(f"{path}join/", {"credit": "Carmen Ejemplo"})

    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    page = client.get(path).text
    assert page.count("<textarea name=") == 5
    assert 'value="Carmen Ejemplo"' in page
    assert client.post(f"{path}join/", {"credit": "Other"}).status_code == 303
    volunteer.refresh_from_db()
    assert volunteer.credit == "Carmen Ejemplo"


def test_a_name_that_is_none_is_asked_for_again(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    volunteer = invited(letter)
    answer = client.post(f"{path_of(volunteer, keys)}join/", {"credit": "see www.example.org"})

    assert answer.status_code == 422
    assert "This contains a web address." in answer.text
    volunteer.refresh_from_db()
    assert volunteer.state == TranslatorState.INVITED


def test_no_is_taken_and_everything_forgotten(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    volunteer = invited(letter)
    path = path_of(volunteer, keys)
    page = client.post(f"{path}leave/")

    assert "Your name and address are forgotten here." in page.text
    volunteer.refresh_from_db()
    assert volunteer.sealed_details is None
    assert client.get(path).status_code == 404
    assert client.post(f"{path}leave/").status_code == 404


def test_of_two_who_end_it_at_once_one_is_told_that_it_had_ended(
    client: Client, letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    volunteer = joined(letter)
    path = path_of(volunteer, keys)

    def taken_back_meanwhile(one: Translator, now: object) -> None:
        Translator.objects.update(state=TranslatorState.STOPPED)

    monkeypatch.setattr("undersigned.website.views.volunteering.used", taken_back_meanwhile)
    assert client.post(f"{path}leave/").status_code == 404


def test_words_are_saved_as_theirs_without_a_name(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    volunteer = joined(letter)
    path = path_of(volunteer, keys)
    answer = client.post(path, {field_of(letter, "We ask for it now."): "La pedimos ya."})

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{path}?")
    wording = Wording.objects.get()
    assert (wording.text, wording.author, wording.by) == ("La pedimos ya.", volunteer.pk, "")
    assert "La pedimos ya." in client.get(answer.headers["Location"]).text


def test_the_script_saves_as_they_type(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    path = path_of(joined(letter), keys)
    field = field_of(letter, "We ask for it now.")
    answer = client.post(path, {field: "Ya.", "by_itself": "1"})

    assert answer.status_code == 200
    assert list(json.loads(answer.content)["rows"]) == [field]
    assert Wording.objects.get().text == "Ya."


def test_what_somebody_else_wrote_meanwhile_is_shown(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    path = path_of(joined(letter), keys)
    type_in(letter, {"body-0-1": "De otra persona."}, EVA)
    answer = client.post(path, {field_of(letter, "We ask for it now."): "Mías."})

    assert answer.status_code == 409
    assert "De otra persona." in answer.text
    assert "Mías." in answer.text


def test_a_translation_is_handed_in(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    volunteer = joined(letter)
    path = path_of(volunteer, keys)
    assert client.post(path, {"then": "hand-in"}).headers["Location"] == f"{path}hand-in/"
    assert client.get(f"{path}hand-in/").status_code == 200
    nothing = client.post(f"{path}hand-in/", {"message": "Done."})
    assert nothing.status_code == 409
    assert "there are no new words to read" in nothing.text

    type_in(letter, SPANISH, worker_of(volunteer))
    assert client.post(f"{path}hand-in/", {"message": "Done."}).headers["Location"] == path
    row = LetterLanguage.objects.get()
    assert (row.state, row.message, row.submitter) == (
        LanguageState.SUBMITTED,
        "Done.",
        volunteer.pk,
    )
    assert "Somebody else reads it now" in client.get(path).text


def test_what_was_sent_back_comes_with_a_word(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    volunteer = joined(letter)
    type_in(letter, SPANISH, worker_of(volunteer))
    hand_in(letter, "es", worker=worker_of(volunteer))
    send_back(letter, "es", actor="Ana", message="The title, please.")

    assert "The title, please." in client.get(path_of(volunteer, keys)).text


def test_they_see_the_page_that_it_becomes(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    volunteer = joined(letter)
    type_in(letter, SPANISH, worker_of(volunteer))
    page = client.get(f"{path_of(volunteer, keys)}preview/")

    assert "<h1>Una carta</h1>" in page.text
    assert "form-action 'none'" in page.headers["Content-Security-Policy"]


def test_drafts_of_the_next_edition_are_not_theirs(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    path = path_of(joined(letter), keys)
    draft = draft_of(letter, "en")
    save(draft, draft.words, {**draft.words, "title": "Embargoed"}, actor="Ana")

    for query in ("", "?of=draft"):
        assert "Embargoed" not in client.get(path + query).text
    assert "of=draft" not in client.get(path).text
    answer = client.post(path, {"of": "draft"})
    assert "draft" not in answer.headers["Location"]
    assert "Embargoed" not in client.get(f"{path}preview/?of=draft").text


def test_their_name_leaves_the_page_at_once(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    volunteer = joined(letter, credit="Carmen Ejemplo")
    type_in(letter, SPANISH, worker_of(volunteer))
    as_seen = seen(letter, "es")
    approve(letter, "es", worker=EVA, is_organiser=True, as_seen=as_seen)
    assert "Carmen Ejemplo" in client.get("/letter/es/").text

    path = path_of(volunteer, keys)
    assert client.post(f"{path}credit/", {"credit": "a@b"}).status_code == 422
    assert client.post(f"{path}credit/", {"credit": ""}).headers["Location"] == f"{path}#credit"
    assert "Carmen Ejemplo" not in client.get("/letter/es/").text


def test_leaving_may_take_the_name_along(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    volunteer = joined(letter, credit="Carmen")
    type_in(letter, SPANISH, worker_of(volunteer))
    approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))
    assert "Carmen" in client.get("/letter/es/").text
    client.post(f"{path_of(volunteer, keys)}leave/", {"unname": "yes"})

    assert "Carmen" not in client.get("/letter/es/").text
    volunteer.refresh_from_db()
    assert (volunteer.credit, volunteer.state) == ("", TranslatorState.DECLINED)


def test_using_the_link_keeps_it_alive_and_looking_does_not(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    volunteer = joined(letter)
    path = path_of(volunteer, keys)
    soon = timezone.now() + timedelta(days=1)
    Translator.objects.update(expires_at=soon)
    client.get(path)
    volunteer.refresh_from_db()
    assert volunteer.expires_at == soon

    client.post(path, {})
    volunteer.refresh_from_db()
    assert volunteer.expires_at is not None
    assert volunteer.expires_at > timezone.now() + UNUSED - timedelta(hours=1)


def test_a_link_that_ended_gives_back_what_was_typed_last(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    path = path_of(joined(letter), keys)
    Translator.objects.update(state=TranslatorState.STOPPED)
    page = client.post(path, {"w-body-x": "My last <words>", "w-title-x": " ", "of": "secret"})

    assert page.status_code == 404
    assert "My last &lt;words&gt;" in page.text
    assert "secret" not in page.text
    assert "What you typed last" not in client.get(path).text


def test_an_ended_link_of_a_letter_that_is_not_public_says_nothing_of_it(client: Client) -> None:
    page = client.get(f"/nowhere/translate/{'A' * 22}/")

    assert page.status_code == 404
    assert "This link does not work" in page.text


def test_a_letter_under_embargo_is_translated_before_it_is_public(
    client: Client, keys: WorkerKeys
) -> None:
    letter = published_letter(
        keys, "secret", texts=[text(title="Not yet")], state=LetterState.GATHERING
    )
    path = path_of(joined(letter), keys)
    page = client.get(path)

    assert "Not yet" in page.text
    assert "/secret/en/" not in page.text
    assert client.get(f"{path}preview/").status_code == 200
    assert not Translation.objects.filter(language="es").exists()
