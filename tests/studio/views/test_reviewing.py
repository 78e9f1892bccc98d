"""Reading a translation beside the letter, and letting it through or sending it back."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.builders import listed, published_letter, text
from tests.letters.translating.hands import rewrite, type_in
from tests.studio.people import Colleague, signed_in, somebody
from tests.studio.views.test_languages import ALL
from undersigned.letters.creating import NewLetter, create
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import (
    Edition,
    EditionChange,
    LanguageState,
    Letter,
    LetterEvent,
    LetterLanguage,
    Translation,
    Wording,
    WordingOrigin,
)
from undersigned.letters.translating.approving import hand_in, seen
from undersigned.letters.translating.working import (
    Typed,
    Worker,
    begin,
    save_words,
    source_text,
)
from undersigned.signatures.counting import count_changes
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.event_details import detail_words
from undersigned.teams.models import Person, Role, Team

LIST = "/studio/letters/banned/languages/"
PATH = f"{LIST}es/review/"


@pytest.fixture
def tia(team: Team) -> Person:
    return somebody("Tia", Role.TRANSLATOR, team)


def worker(person: Person) -> Worker:

    return Worker(UUID(int=person.pk), person.name)


def handed_in(letter: Letter, person: Person, words: dict[str, str] = ALL) -> None:
    type_in(letter, words, worker(person))
    LetterLanguage.objects.update(credits="Tia")
    hand_in(letter, "es", worker=worker(person), message="The title is free.")


def lets_through(browser: Client, page: str = "") -> Any:
    page = page or browser.get(PATH).text
    found = re.search(r"name=seen value=(\w+)", page)
    return browser.post(PATH, {"seen": found[1] if found else ""}, follow=True)


def public(letter: Letter) -> dict[str, str]:
    letter.refresh_from_db()
    rows = Translation.objects.filter(edition=letter.edition_id)
    return dict(rows.values_list("language", "title"))


def test_an_organiser_reads_and_lets_through(
    owner: Colleague, letter: Letter, tia: Person, keys: WorkerKeys
) -> None:
    listed(letter, keys)
    listed(letter, keys)

    count_changes()
    handed_in(letter, tia)
    page = owner.get(PATH).text
    assert "by <bdi>Tia</bdi>." in page
    assert "The title is free." in page
    assert "lang=en dir=ltr>We ask for one thing.</div>" in page
    assert "lang=es dir=ltr>Pedimos una cosa.</div>" in page
    for sentence in (
        "5 blocks are let through.",
        "Español becomes a language of this letter at once, as edition 2.",
        "2 signatures stay as they are.",
        "Named as translator: <bdi>Tia</bdi>.",
    ):
        assert sentence in page

    done = lets_through(owner, page)

    assert "Español is public as it was read, in edition 2." in done.text
    assert public(letter) == {"en": "A letter in en", "es": "Una carta"}
    assert Edition.objects.get(number=2).change == EditionChange.TRANSLATION
    event = LetterEvent.objects.filter(act="publish edition").latest("pk")
    assert detail_words(event.details) == "Edition 2, a translation"
    assert "a translation</span>" in owner.get("/studio/letters/banned/editions/").text
    assert "Nothing waits to be read." in owner.get(PATH).text


def test_what_was_let_through_before_stands_beside_what_changed(
    owner: Colleague, letter: Letter, tia: Person
) -> None:
    handed_in(letter, tia)
    lets_through(owner)
    begun = Wording.objects.get(field="title")

    save_words(
        letter,
        "es",
        source_text(letter),
        {"title-0-0": Typed("Una carta abierta", begun.text)},
        worker=worker(tia),
    )
    page = owner.get(PATH).text
    assert "abierta</ins>" in page
    assert "Pedimos una cosa." not in page
    assert "1 block is let through." in page
    assert "Español is public so at once, as edition 3." in page
    whole = owner.get(f"{PATH}?all=yes").text
    assert "Pedimos una cosa." in whole
    assert "Let through before" in whole


def test_what_was_changed_meanwhile_is_read_once_more(
    owner: Colleague, letter: Letter, tia: Person
) -> None:
    handed_in(letter, tia)
    page = owner.get(PATH).text

    save_words(
        letter,
        "es",
        source_text(letter),
        {"title-0-0": Typed("Otra", "Una carta")},
        worker=worker(tia),
    )
    answer = lets_through(owner, page)
    assert answer.status_code == 409
    assert "Not let through: somebody changed words while you read." in answer.text
    assert public(letter) == {"en": "A letter in en"}
    assert "Español is public" in lets_through(owner, answer.text).text


def test_whoever_wrote_the_words_does_not_let_them_through(letter: Letter, tia: Person) -> None:
    handed_in(letter, tia)
    browser = signed_in(tia)
    page = browser.get(PATH).text
    assert "You wrote some of these words yourself." in page
    assert "name=seen" not in page
    found = re.search(r"name=seen value=(\w+)", signed_in(_ana(letter)).get(PATH).text)
    assert found is not None
    answer = browser.post(PATH, {"seen": found[1]})
    assert answer.status_code == 409
    assert "You wrote some of these words yourself." in answer.text
    assert public(letter) == {"en": "A letter in en"}


def test_a_second_speaker_lets_them_through(letter: Letter, tia: Person, team: Team) -> None:
    handed_in(letter, tia)
    assert lets_through(signed_in(somebody("Uma", Role.TRANSLATOR, team))).status_code == 200
    assert public(letter)["es"] == "Una carta"


def test_a_language_is_not_public_before_it_is_whole(
    owner: Colleague, letter: Letter, tia: Person
) -> None:
    handed_in(letter, tia, {"title-0-0": "Una carta"})
    page = owner.get(PATH).text
    assert "It cannot be let through yet: 4 blocks have no words that were read." in page
    type_in(letter, {"body-0-0": "Pedimos"}, worker(tia))
    Wording.objects.filter(field="body").update(origin=WordingOrigin.MACHINE)
    whole = owner.get(f"{PATH}?all=yes").text
    assert "Written by a machine; nobody has read it yet" in whole

    answer = owner.post(PATH, {"seen": seen(letter, "es")})
    assert answer.status_code == 409
    assert "4 blocks have no words" in answer.text


def test_blocks_that_are_not_up_to_date_are_counted(
    owner: Colleague, letter: Letter, tia: Person
) -> None:
    handed_in(letter, tia)
    lets_through(owner)
    letter = rewrite(letter, body="Something else.\n\nAnd more.")
    type_in(letter, {"body-0-0": "Otra cosa."}, worker(tia))
    page = owner.get(PATH).text
    assert "1 block is not up to date; the page says so, in its language." in page


def test_it_is_sent_back_with_a_word(owner: Colleague, letter: Letter, tia: Person) -> None:
    handed_in(letter, tia)
    answer = owner.post(PATH, {"back": "yes", "message": " "})
    assert answer.status_code == 422
    assert "Say in a sentence what is still to be done." in answer.text

    answer = owner.post(PATH, {"back": "yes", "message": "Too\nfree."}, follow=True)

    assert "Sent back. Whoever translates reads your word above the blocks." in answer.text
    assert LetterLanguage.objects.get().state == LanguageState.WORKING
    assert "<p dir=auto>Too<br>free.</p>" in signed_in(tia).get(f"{LIST}es/").text


def test_before_the_first_edition_it_waits_for_it(owner: Colleague, team: Team) -> None:
    letter = create(team, NewLetter("Clean air", "banned", "en"), actor="Ana")
    draft = draft_of(letter, "en")
    wanted = {"body": "Air.", "consent_publication": "Yes", "consent_updates": "No"}
    save(draft, draft.words, {**draft.words, **wanted}, actor="Ana")
    words = {**ALL, "title-0-0": "Aire", "body-0-0": "Aire."}
    del words["body-0-1"]
    handed_in(letter, somebody("Tia", Role.TRANSLATOR, team), words)
    assert "Español goes public with the first edition." in owner.get(PATH).text
    answer = lets_through(owner)
    assert "Let through. Español becomes public with the first edition." in answer.text
    assert not Edition.objects.exists()


def test_what_is_public_already_is_not_published_again(
    owner: Colleague, letter: Letter, tia: Person
) -> None:
    handed_in(letter, tia)
    lets_through(owner)

    answer = owner.post(PATH, {"seen": seen(letter, "es")})
    assert answer.status_code == 409
    assert "Nothing was published: the words are public already." in answer.text


def test_a_letter_without_its_key_publishes_nothing_yet(
    owner: Colleague, letter: Letter, tia: Person
) -> None:
    handed_in(letter, tia)
    Letter.objects.update(sealing_key=None)
    answer = lets_through(owner)
    assert answer.status_code == 409
    assert "Try again in a few seconds." in answer.text


def test_a_letter_of_another_language_reads_from_the_right(
    owner: Colleague, team: Team, keys: WorkerKeys
) -> None:
    letter = published_letter(keys, "banned", team=team, texts=[text("ar", title="رسالة")])
    begin(letter, "en")
    type_in(letter, {"title-0-0": "Letter"}, language="en")
    page = owner.get(f"{LIST}en/review/").text
    assert "lang=ar dir=rtl>رسالة</div>" in page
    assert "lang=en dir=ltr>Letter</div>" in page


def test_the_review_asks_the_database_as_often_for_many_blocks(
    owner: Colleague, team: Team, keys: WorkerKeys, django_assert_num_queries: Any
) -> None:
    def of(blocks: int) -> str:
        body = "\n\n".join(f"Demand number {number}." for number in range(blocks))
        letter = published_letter(keys, f"of-{blocks}", team=team, texts=[text(body=body)])
        type_in(letter, {f"body-0-{number}": f"Punto {number}." for number in range(blocks)})
        return f"/studio/letters/of-{blocks}/languages/es/review/"

    few, many = of(3), of(60)
    owner.get(few)
    with django_assert_num_queries(QUERIES):
        owner.get(few)
    with django_assert_num_queries(QUERIES):
        assert owner.get(many).text.count('class="block reading"') == 60


QUERIES = 28


def _ana(letter: Letter) -> Person:
    assert letter.team is not None
    return somebody("Ana", Role.OWNER, letter.team)
