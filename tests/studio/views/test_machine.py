"""Asking a machine for drafts: what is said before, what is seen while, what is told after."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.letters.translating.translation_server import TranslationServer, translation_server
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter, LetterEvent, LetterLanguage, LetterState, Wording
from undersigned.letters.translating.approving import hand_in
from undersigned.letters.translating.drafting_by_machine import draft_by_machine
from undersigned.letters.translating.working import (
    Typed,
    Worker,
    begin,
    matches_of,
    save_words,
    source_text,
)
from undersigned.teams.models import Role, Team

BENCH = "/studio/letters/banned/languages/es/"
PATH = f"{BENCH}machine/"
BUTTON = "Send, and have drafts written"


@pytest.fixture
def row(letter: Letter) -> LetterLanguage:
    return begin(letter, "es")


@pytest.fixture
def tia(team: Team, row: LetterLanguage) -> Colleague:
    """Tia translates, and nothing else."""
    return signed_in(somebody("Tia", Role.TRANSLATOR, team))


@pytest.fixture
def server(settings: Settings) -> Iterator[TranslationServer]:
    with translation_server() as server:
        settings.LIBRETRANSLATE_URL = server.address
        yield server


def words(page: str) -> str:
    return " ".join(page.split())


def test_nothing_is_offered_unless_the_host_has_set_a_service(
    tia: Colleague, letter: Letter
) -> None:
    assert "machine" not in tia.get(BENCH).text
    assert tia.get(PATH).content == b""
    page = tia.post(PATH, follow=True).text
    assert "Nothing was sent: this site has no translation service." in page
    assert not LetterEvent.objects.filter(act="ask machine for drafts").exists()


def test_where_words_go_is_said_before_anybody_presses(
    tia: Colleague, letter: Letter, server: TranslationServer
) -> None:
    count = len(matches_of(letter, "es", source_text(letter)))
    page = words(tia.get(BENCH).text)
    assert (
        f"{count} blocks have no words yet. They can be sent to <bdi>127.0.0.1</bdi>, the "
        "translation service that this site’s host has chosen; nothing else is sent."
    ) in page
    assert "never public before somebody has read it" in page
    assert "The letter is not public yet" not in page
    assert server.paths == []
    Letter.objects.update(state=LetterState.GATHERING)
    page = words(tia.get(BENCH).text)
    assert "that service would see its words before everybody else" in page


def test_from_asking_to_drafts_that_are_marked(
    tia: Colleague, row: LetterLanguage, server: TranslationServer
) -> None:
    assert tia.get(PATH).content == b""
    answer = tia.post(PATH)
    assert (answer.status_code, answer["Location"]) == (302, BENCH)
    assert server.paths == []
    page = words(tia.get(BENCH).text)
    assert "A machine drafts the blocks that have no words" in page
    assert "stands below when this page is loaded again" in page
    assert BUTTON not in page
    assert f'hx-get="{PATH}"' in tia.get(PATH).text
    assert tia.post(PATH).status_code == 302
    [event] = LetterEvent.objects.filter(act="ask machine for drafts")
    assert (event.actor, event.details) == ("Tia", {"language": "es"})

    while draft_by_machine(None):
        pass
    count = Wording.objects.count()
    told = f"{count} blocks were drafted: read each of them."
    assert told in tia.get(PATH).text
    assert "hx-get" not in tia.get(PATH).text
    page = words(tia.get(BENCH).text)
    assert told in page
    assert BUTTON not in page
    assert page.count("I have read this, and it is right") == count


def test_once_everything_is_read_no_more_is_said(
    tia: Colleague, letter: Letter, server: TranslationServer
) -> None:
    tia.post(PATH)
    while draft_by_machine(None):
        pass
    assert "blocks were drafted" in tia.get(BENCH).text
    source = source_text(letter)
    read = {
        match.block.place.key: Typed(match.wording.text, match.wording.text)
        for match in matches_of(letter, "es", source)
        if match.wording
    }
    save_words(letter, "es", source, read, worker=Worker(None))
    assert "Drafts by a machine" not in tia.get(BENCH).text


def test_with_nothing_to_draft_nothing_is_sent(
    tia: Colleague, letter: Letter, server: TranslationServer
) -> None:
    tia.post(PATH)
    while draft_by_machine(None):
        pass
    sent = len(server.paths)
    page = tia.post(PATH, follow=True).text
    assert "Nothing was sent: no block is without words." in page
    assert not draft_by_machine(None)
    assert len(server.paths) == sent


def test_a_translation_that_waits_is_left_alone(
    tia: Colleague, letter: Letter, server: TranslationServer
) -> None:
    typed = {"title-0-0": Typed("Prohibirlo")}
    save_words(letter, "es", source_text(letter), typed, worker=Worker(None))
    hand_in(letter, "es", worker=Worker(None))
    assert BUTTON not in tia.get(BENCH).text
    page = tia.post(PATH, follow=True).text
    assert "Nothing was sent: the translation waits to be read." in page
    assert not draft_by_machine(None)


def test_what_failed_is_told_with_a_way_to_try_again(
    tia: Colleague, letter: Letter, server: TranslationServer
) -> None:
    server.languages = []
    tia.post(PATH)
    draft_by_machine(None)
    page = words(tia.get(BENCH).text)
    assert "does not translate the letter&#x27;s language into this one." in page
    assert "drafted:" not in page
    assert BUTTON in page


def test_what_came_of_it_is_told_after_the_service_is_gone(
    tia: Colleague, letter: Letter, row: LetterLanguage
) -> None:
    LetterLanguage.objects.update(machine_outcome="off|3|2|1")
    page = words(tia.get(BENCH).text)
    assert "The site has no translation service any more." in page
    assert "2 blocks were drafted: read each of them." in page
    assert "1 was left out: it did not come back whole." in page
    assert BUTTON not in page


def test_a_language_that_nobody_began_has_no_machine(
    tia: Colleague, letter: Letter, server: TranslationServer
) -> None:
    assert tia.post("/studio/letters/banned/languages/fr/machine/").status_code == 404


def test_only_who_translates_may_ask(
    team: Team, row: LetterLanguage, server: TranslationServer
) -> None:
    moderator = signed_in(somebody("Mo", Role.MODERATOR, team))
    assert moderator.post(PATH).status_code == 403
    row.refresh_from_db()
    assert row.machine_asked_at is None
