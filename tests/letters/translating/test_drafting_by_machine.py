"""A machine drafts what has no words, portion by portion; nothing of it is public unread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.letters.translating.hands import EVA, VOLUNTEER, rewrite, type_in
from tests.letters.translating.translation_server import (
    Answer,
    TranslationServer,
    translation_server,
)
from undersigned.letters.models import (
    LanguageState,
    Letter,
    LetterEvent,
    LetterLanguage,
    Translation,
    Wording,
    WordingOrigin,
)
from undersigned.letters.publishing import NothingChanged
from undersigned.letters.translating import drafting_by_machine as drafting
from undersigned.letters.translating.approving import (
    NothingTranslated,
    StillMissing,
    approve,
    hand_in,
    seen,
)
from undersigned.letters.translating.drafting_by_machine import (
    HandedIn,
    MachineOff,
    NothingToDraft,
    ask_machine,
    draft_by_machine,
    machine_host,
)
from undersigned.letters.translating.matching import Standing
from undersigned.letters.translating.working import (
    Typed,
    begin,
    matches_of,
    save_words,
    source_text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[TranslationServer]:
    """A service that the host has set."""
    with translation_server() as server:
        settings.LIBRETRANSLATE_URL = server.address
        settings.LIBRETRANSLATE_KEY = "s3cret"
        yield server


@pytest.fixture
def asked(letter: Letter, server: TranslationServer) -> LetterLanguage:
    """Eva has asked for drafts in Spanish."""
    row = begin(letter, "es")
    assert ask_machine(letter, "es", actor="Eva")
    return row


def work() -> int:
    """Rounds of the worker until nothing is left to do; how many there were."""
    return next(rounds for rounds in range(50) if not draft_by_machine(None))


def drafts(letter: Letter) -> dict[str, str]:
    found = Wording.objects.filter(letter=letter, origin=WordingOrigin.MACHINE)
    return dict(found.order_by("pk").values_list("source", "text"))


def outcome() -> str:
    return LetterLanguage.objects.get().machine_outcome


EVERYTHING = {
    "Ban it": "BAN IT",
    "Why": "WHY",
    "We ask for one thing.": "WE ASK FOR ONE THING.",
    "To be heard": "TO BE HEARD",
    "To be seen": "TO BE SEEN",
    "Share": "SHARE",
    "Tell *others*.": "TELL *OTHERS*.",
    "Another": "ANOTHER",
    "It goes on.": "IT GOES ON.",
    "faces": "FACES",
    "gait": "GAIT",
}


def test_everything_that_has_no_words_is_drafted(
    letter: Letter, asked: LetterLanguage, server: TranslationServer
) -> None:
    assert work() == 2
    found = drafts(letter)
    assert {source: found[source] for source in EVERYTHING} == EVERYTHING
    assert outcome() == f"done|{len(found)}|{len(found)}|0"
    asked.refresh_from_db()
    assert (asked.machine_asked_at, asked.machine_claimed_until) == (None, None)
    wording = Wording.objects.get(source="Ban it")
    assert (wording.author, wording.by, wording.approved) == (None, "", "")
    assert {match.standing for match in matches_of(letter, "es", source_text(letter))} == {
        Standing.DRAFT
    }


def test_only_the_letters_words_leave(
    letter: Letter, asked: LetterLanguage, server: TranslationServer
) -> None:
    work()
    blocks = [match.block.text for match in matches_of(letter, "es", source_text(letter))]
    html = {"Tell *others*.": 'Tell <em id="1">others</em>.'}
    assert sorted(server.texts) == sorted(html.get(text, text) for text in blocks)
    assert {key for body in server.asked for key in body} == {
        "q", "source", "target", "format", "api_key"
    }  # fmt: skip
    assert {(one["source"], one["target"]) for one in server.asked} == {("en", "es")}


def test_words_that_are_there_are_neither_sent_nor_touched(
    letter: Letter, asked: LetterLanguage, server: TranslationServer
) -> None:
    type_in(letter, {"title-0-0": "Prohibirlo", "body-0-0": "Por qué"})
    work()
    assert "Ban it" not in server.texts
    assert Wording.objects.get(source="Ban it").text == "Prohibirlo"
    assert Wording.objects.get(source="Ban it").origin == WordingOrigin.TYPED


def test_a_block_that_was_changed_is_left_to_whoever_translated_it(
    letter: Letter, everything: dict[str, str], server: TranslationServer
) -> None:
    type_in(letter, everything)
    letter = rewrite(letter, title="Ban it now")
    with pytest.raises(NothingToDraft):
        ask_machine(letter, "es", actor="Eva")


def test_what_somebody_wrote_meanwhile_stays(
    letter: Letter, asked: LetterLanguage, server: TranslationServer
) -> None:
    def meanwhile() -> None:
        Wording.objects.get_or_create(
            letter_id=letter.pk,
            language="es",
            field="title",
            digest=next(iter(matches_of(letter, "es", source_text(letter)))).block.digest,
            defaults={"source": "Ban it", "text": "Prohibirlo", "at": timezone.now()},
        )

    portions = []
    translate = drafting.LibreTranslate.translate

    def translated(*args: Any, **options: Any) -> list[str | None]:
        found = translate(*args, **options)
        meanwhile()
        portions.append(found)
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(drafting.LibreTranslate, "translate", translated)
        work()
    assert "BAN IT" in portions[0]
    assert Wording.objects.get(source="Ban it").text == "Prohibirlo"
    assert outcome() == f"done|{len(drafts(letter)) + 1}|{len(drafts(letter))}|0"


def test_what_did_not_come_back_whole_is_left_out(
    letter: Letter, asked: LetterLanguage, server: TranslationServer
) -> None:
    def loses_marks(body: dict[str, Any]) -> Answer | None:
        if body["format"] == "text":
            return None
        return Answer(body={"translatedText": ["Contarlo a otras personas"]})

    server.mood = loses_marks
    work()
    assert "Tell *others*." not in drafts(letter)
    assert outcome() == f"done|{len(drafts(letter)) + 1}|{len(drafts(letter))}|1"


def test_what_is_too_long_is_not_sent(letter: Letter, server: TranslationServer) -> None:
    letter = rewrite(letter, body="We ask. " * 700 + "\n\nAnd wait.")
    begin(letter, "es")
    ask_machine(letter, "es", actor="Eva")
    work()
    assert max(map(len, server.texts)) < 1000
    assert drafts(letter)["And wait."] == "AND WAIT."
    assert outcome().endswith("|1")


def test_portions_are_small(letter: Letter, server: TranslationServer) -> None:
    paragraphs = [f"{number} {'We ask. ' * 80}".strip() for number in range(6)]
    letter = rewrite(letter, body="\n\n".join([*paragraphs, paragraphs[0]]))
    begin(letter, "es")
    ask_machine(letter, "es", actor="Eva")
    assert draft_by_machine(None) == 1
    row = LetterLanguage.objects.get()
    assert row.machine_outcome == "going|4|4|0"
    assert row.machine_asked_at is not None
    assert row.machine_claimed_until is None
    work()
    assert max(len(body["q"]) for body in server.asked) <= drafting.BLOCKS_AT_ONCE
    assert all(sum(map(len, body["q"])) <= drafting.CHARACTERS_AT_ONCE for body in server.asked)
    assert len(server.texts) == len(set(server.texts))
    assert drafts(letter)[paragraphs[0]] == paragraphs[0].upper()


def test_the_same_words_twice_in_a_portion_are_sent_once(
    letter: Letter, server: TranslationServer
) -> None:
    letter = rewrite(letter, body="We ask.\n\nWe ask.")
    begin(letter, "es")
    ask_machine(letter, "es", actor="Eva")
    work()
    assert server.texts.count("We ask.") == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(500, {"error": "Oh"}), "broken"),
        (Answer(403, {"error": "Invalid API key"}), "key"),
        (Answer(200, {"translatedText": []}), "unreadable"),
        (Answer(302, {}, {"Location": "https://evil.example"}), "redirected"),
    ],
)
def test_what_failed_is_told_and_what_was_done_is_kept(
    letter: Letter,
    asked: LetterLanguage,
    server: TranslationServer,
    answer: Answer,
    code: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    draft_by_machine(None)
    done = len(drafts(letter))
    server.mood = lambda _: answer
    assert work() == 1
    assert outcome() == f"{code}|{done}|{done}|0"
    assert len(drafts(letter)) == done
    assert LetterLanguage.objects.get().machine_asked_at is None
    assert caplog.messages == [f"A machine gives no drafts: {code}."]
    server.mood = lambda _: None
    assert ask_machine(letter, "es", actor="Eva")
    work()
    assert outcome().startswith("done|")
    assert len(server.texts) > len(drafts(letter))


def test_a_server_that_is_busy_is_asked_again_later(
    letter: Letter, asked: LetterLanguage, server: TranslationServer
) -> None:
    server.mood = lambda _: Answer(429, {"error": "Slowdown"}, {"Retry-After": "30"})
    before = timezone.now()
    assert work() == 1
    row = LetterLanguage.objects.get()
    assert row.machine_asked_at is not None
    assert row.machine_claimed_until is not None
    assert 29 < (row.machine_claimed_until - before).total_seconds() < 40
    LetterLanguage.objects.update(machine_claimed_until=before)
    server.mood = lambda _: None
    work()
    assert outcome().startswith("done|")


def test_one_that_is_always_busy_is_given_up(
    asked: LetterLanguage, server: TranslationServer
) -> None:
    server.mood = lambda _: Answer(429, {"error": "Slowdown"})
    LetterLanguage.objects.update(machine_asked_at=timezone.now() - timedelta(hours=2))
    assert work() == 1
    assert outcome() == "slow down|0|0|0"


def test_the_order_of_a_worker_that_was_killed_is_taken_up_again(
    letter: Letter, asked: LetterLanguage, server: TranslationServer
) -> None:
    """It had stored a portion, and did not come to say so."""
    draft_by_machine(None)
    sent = len(server.texts)
    claimed_until = timezone.now() + timedelta(minutes=4)
    LetterLanguage.objects.update(machine_outcome="", machine_claimed_until=claimed_until)
    assert draft_by_machine(None) == 0
    LetterLanguage.objects.update(machine_claimed_until=timezone.now())
    work()
    assert outcome().startswith("done|")
    assert len(server.texts) == len(set(server.texts)) > sent


def test_two_workers_do_not_take_the_same_order(
    asked: LetterLanguage, server: TranslationServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = drafting._ours

    def another_was_quicker(row: LetterLanguage) -> Any:
        LetterLanguage.objects.update(machine_claimed_until=timezone.now() + timedelta(minutes=5))
        return ours(row)

    monkeypatch.setattr(drafting, "_ours", another_was_quicker)
    assert draft_by_machine(None) == 0
    assert server.paths == []


def test_the_oldest_order_comes_first(
    letter: Letter, asked: LetterLanguage, server: TranslationServer
) -> None:
    begin(letter, "ar")
    ask_machine(letter, "ar", actor="Eva")
    draft_by_machine(None)
    assert {body["target"] for body in server.asked} == {"es"}


def test_what_is_handed_in_meanwhile_is_not_taken_back_to_work(
    letter: Letter, asked: LetterLanguage, server: TranslationServer
) -> None:
    type_in(letter, {"title-0-0": "Prohibirlo"})
    hand_in(letter, "es", worker=VOLUNTEER)
    work()
    assert server.paths == []
    assert outcome() == "handed in|0|0|0"
    assert LetterLanguage.objects.get().state == LanguageState.SUBMITTED
    with pytest.raises(HandedIn):
        ask_machine(letter, "es", actor="Eva")


def test_a_service_that_was_switched_off_ends_the_order(
    asked: LetterLanguage, server: TranslationServer, settings: Settings
) -> None:
    settings.LIBRETRANSLATE_URL = ""
    work()
    assert outcome() == "off|0|0|0"


def test_off_unless_it_is_set(letter: Letter) -> None:
    begin(letter, "es")
    assert machine_host() == ""
    with pytest.raises(MachineOff):
        ask_machine(letter, "es", actor="Eva")
    assert draft_by_machine(None) == 0


def test_asking_twice_is_asking_once(letter: Letter, asked: LetterLanguage) -> None:
    assert not ask_machine(letter, "es", actor="Eva")
    [event] = LetterEvent.objects.filter(act="ask machine for drafts")
    assert (event.actor, event.details) == ("Eva", {"language": "es"})


def test_drafts_are_never_public_before_somebody_has_read_them(
    letter: Letter, asked: LetterLanguage, server: TranslationServer
) -> None:
    work()
    with pytest.raises(NothingTranslated):
        hand_in(letter, "es", worker=EVA)
    with pytest.raises(StillMissing):
        approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))
    assert not Wording.objects.exclude(approved="").exists()

    # Somebody reads all but one, and finds them right.
    source = source_text(letter)
    blocks = {match.block.place.key: match for match in matches_of(letter, "es", source)}
    title = blocks.pop("title-0-0")
    assert title.wording is not None
    read = {
        key: Typed(match.wording.text, match.wording.text)
        for key, match in blocks.items()
        if match.wording
    }
    save_words(letter, "es", source, read, worker=VOLUNTEER)
    with pytest.raises(StillMissing) as still:
        approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))
    assert still.value.count == 1
    save_words(
        letter, "es", source, {"title-0-0": Typed("Prohibirlo", title.wording.text)},
        worker=VOLUNTEER,
    )  # fmt: skip
    approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))
    letter.refresh_from_db()
    public = Translation.objects.get(edition=letter.edition_id, language="es")
    assert (public.title, public.ways_to_help[0]["text"]) == ("Prohibirlo", "TELL *OTHERS*.")


def test_a_public_language_keeps_its_words_until_a_draft_is_read(
    letter: Letter, everything: dict[str, str], server: TranslationServer
) -> None:
    type_in(letter, everything)
    hand_in(letter, "es", worker=VOLUNTEER)
    approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))
    letter = rewrite(letter, call="Sign it, all of you.")
    assert ask_machine(letter, "es", actor="Eva")
    work()
    assert drafts(letter) == {"Sign it, all of you.": "SIGN IT, ALL OF YOU."}
    with pytest.raises(NothingChanged):
        approve(letter, "es", worker=EVA, is_organiser=True, as_seen=seen(letter, "es"))
    letter.refresh_from_db()
    public = Translation.objects.get(edition=letter.edition_id, language="es")
    assert public.call == "Sign it, all of you."
