"""Updates in the studio: written in the letter's languages, put on the page, thrown away."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.builders import listed, published_letter, text
from tests.signatures.updating import HELLO, mailing_of, update_of
from tests.studio.people import Colleague
from undersigned.letters.models import Letter, MailingState, Update
from undersigned.letters.updates import Words, save_update, texts_of
from undersigned.signatures.models import Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Team

pytestmark = pytest.mark.django_db
LIST = "/studio/letters/banned/updates/"
FIRST = f"{LIST}1/"


@pytest.fixture
def reader(letter: Letter, keys: WorkerKeys) -> Signature:
    return listed(letter, keys, consent_updates=True)


def typed(version: int = 1, **texts: str) -> dict[str, str]:
    """`en_title="Hello"` is the title in English."""
    return {"version": str(version), **{key.replace("_", "-"): said for key, said in texts.items()}}


def test_nothing_was_written_yet(owner: Colleague, letter: Letter) -> None:
    page = owner.get(LIST).text
    assert "No update has been written yet." in page
    assert "Nobody has asked for updates by mail yet." in page


def test_the_list_says_how_each_stands(owner: Colleague, letter: Letter, reader: Signature) -> None:
    update_of(letter)
    mailing_of(letter)
    Update.objects.filter(number=2).update(published_at=reader.created_at)
    page = owner.get(LIST).text
    assert "1 signatory has asked for updates by mail." in page
    assert '<span class="tag ">Draft</span>' in page
    assert '<span class="tag waiting">Planned</span>' in page
    assert '<span class="tag good">On the letter&#x27;s page</span>' in page


@pytest.mark.parametrize("number", [3, 60])
def test_the_list_asks_the_database_as_often_for_60_as_for_3(
    owner: Colleague,
    letter: Letter,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    for _ in range(number):
        update_of(letter)
    with django_assert_num_queries(25):
        owner.get(LIST)


def test_written_in_two_languages(owner: Colleague, team: Team, keys: WorkerKeys) -> None:
    letter = published_letter(keys, "two", texts=[text("en"), text("ar")], team=team)
    path = "/studio/letters/two/updates/"
    form = owner.get(f"{path}new/").text
    assert "<legend><bdi lang=ar>العربية</bdi></legend>" in form
    answer = owner.post(
        f"{path}new/",
        typed(
            en_title=" They\nanswered ", en_body="One.\r\n\r\nTwo.", ar_title="أجابوا", ar_body="نص"
        ),
    )
    assert answer.headers["Location"] == f"{path}1/"
    update = letter.updates.get()
    assert texts_of(update) == {
        "en": Words("They answered", "One.\n\nTwo."),
        "ar": Words("أجابوا", "نص"),
    }
    page = owner.get(f"{path}1/").text
    assert "They answered" in page
    assert "The update is saved. Nobody but the organisers sees it yet." in page


def test_nothing_typed_is_no_update(owner: Colleague, letter: Letter) -> None:
    answer = owner.post(f"{LIST}new/", typed())
    assert answer.status_code == 422
    assert "Write the update in one language at least." in answer.text
    assert Update.objects.count() == 0


@pytest.mark.parametrize("half", [{"en_title": "Hello"}, {"en_body": "Hello"}])
def test_half_a_language_is_refused_and_kept(
    owner: Colleague, letter: Letter, half: dict[str, str]
) -> None:
    answer = owner.post(f"{LIST}new/", typed(**half))
    assert answer.status_code == 422
    assert "Title and text go together: write both, or neither." in answer.text
    assert "Hello" in answer.text
    assert "Nothing is lost. Some fields need your attention" in answer.text


def test_a_title_too_long(owner: Colleague, letter: Letter) -> None:
    assert owner.post(f"{LIST}new/", typed(en_title="x" * 201, en_body="x")).status_code == 422


def test_saved_again(owner: Colleague, letter: Letter) -> None:
    update_of(letter)
    answer = owner.post(FIRST, typed(en_title="Other", en_body="words"))
    assert answer.headers["Location"] == FIRST
    assert texts_of(letter.updates.get()) == {"en": Words("Other", "words")}


def test_two_who_write_at_once_lose_nothing(owner: Colleague, letter: Letter) -> None:
    update = update_of(letter)
    save_update(update, {"en": Words("Theirs", "their words")}, version=1, actor="Bo")
    answer = owner.post(FIRST, typed(en_title="Mine", en_body="my words"))
    assert answer.status_code == 409
    assert "Somebody else saved this update while you wrote." in answer.text
    for said in ("Mine", "my words", "Theirs", "their words"):
        assert said in answer.text
    assert '<input type=hidden name=version value="2">' in answer.text
    assert owner.post(FIRST, typed(2, en_title="Mine", en_body="my words")).status_code == 302
    assert texts_of(letter.updates.get()) == {"en": Words("Mine", "my words")}


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 40])
def test_a_version_that_is_none_overwrites_nothing(
    owner: Colleague, letter: Letter, version: str
) -> None:
    update_of(letter)
    sent = {**typed(en_title="Mine", en_body="my words"), "version": version}
    assert owner.post(FIRST, sent).status_code == 409
    assert texts_of(letter.updates.get()) == HELLO


def test_words_stand_while_they_are_mailed(
    owner: Colleague, letter: Letter, reader: Signature
) -> None:
    mailing_of(letter)
    answer = owner.post(FIRST, typed(en_title="Mine", en_body="x"))
    assert answer.status_code == 409
    assert "It is being mailed, so its words stand." in answer.text
    assert "Mine" in answer.text
    assert texts_of(letter.updates.get()) == HELLO
    assert owner.post(f"{FIRST}remove/", follow=True).text.count("so its words stand") == 1


def test_put_on_the_page_and_taken_off(owner: Colleague, letter: Letter) -> None:
    update_of(letter)
    page = owner.post(f"{FIRST}show/", follow=True).text
    assert "It is on the letter&#x27;s page and in the feeds." in page
    assert owner.get("/banned/en/updates/1/").status_code == 200
    page = owner.post(f"{FIRST}hide/", follow=True).text
    assert "It is off the letter&#x27;s page and out of the feeds." in page
    assert owner.get("/banned/en/updates/1/").status_code == 404
    for act in ("hide", "show", "show"):
        assert owner.post(f"{FIRST}{act}/").headers["Location"] == FIRST


def test_thrown_away(owner: Colleague, letter: Letter) -> None:
    update_of(letter)
    asked = owner.get(f"{FIRST}remove/").text
    assert "Throw this update away?" in asked
    assert "They answered" in asked
    assert Update.objects.count() == 1
    assert owner.post(f"{FIRST}remove/").headers["Location"] == LIST
    assert Update.objects.count() == 0
    assert owner.get(FIRST).status_code == 404


def test_what_was_mailed_stays(owner: Colleague, letter: Letter, reader: Signature) -> None:
    mailing = mailing_of(letter)
    mailing.state, mailing.started_at = MailingState.DONE, mailing.starts_at
    mailing.save()
    page = owner.post(f"{FIRST}remove/", follow=True).text
    assert "It was mailed, so it stays here as it was sent." in page
    assert reverse("studio-update-remove", args=["banned", 1]) not in page


def test_a_language_that_the_letter_lost_stays(owner: Colleague, letter: Letter) -> None:
    update_of(letter, {"fr": Words("Bonjour", "x")})
    page = owner.get(FIRST).text
    assert "Bonjour" in page
    assert "<bdi lang=fr>Français</bdi>" in page
