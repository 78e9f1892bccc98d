"""Two people translate at once and lose nothing; the source changes, and only that is outdated."""

from __future__ import annotations

import pytest

from tests.builders import text
from tests.letters.translating.hands import EVA, VOLUNTEER, rewrite, type_in
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import (
    LanguageState,
    Letter,
    LetterLanguage,
    Wording,
    WordingOrigin,
    WordingVersion,
)
from undersigned.letters.publishing import publish
from undersigned.letters.translating.checking import Fault, FaultCode
from undersigned.letters.translating.working import (
    VERSIONS_KEPT,
    Kept,
    OwnLanguage,
    Typed,
    begin,
    drafted_source,
    matches_of,
    save_words,
    source_text,
    take_published_in,
)

pytestmark = pytest.mark.django_db


def said(letter: Letter, language: str = "es") -> dict[str, str]:
    return {
        match.block.place.key: match.wording.text
        for match in matches_of(letter, language, source_text(letter))
        if match.wording
    }


def standings(letter: Letter) -> dict[str, str]:
    matches = matches_of(letter, "es", source_text(letter))
    return {match.block.place.key: str(match.standing) for match in matches}


def keep(letter: Letter, key: str, new: Typed) -> Kept:
    return save_words(letter, "es", source_text(letter), {key: new}, worker=EVA)


def test_what_is_typed_is_kept_and_says_who_typed_it(letter: Letter) -> None:
    assert keep(letter, "body-0-1", Typed("Pedimos una cosa. ")) == Kept(("body-0-1",))
    wording = Wording.objects.get()
    assert (wording.text, wording.source) == ("Pedimos una cosa.", "We ask for one thing.")
    assert (wording.by, wording.author, wording.approved) == ("Eva", EVA.id, "")
    assert LetterLanguage.objects.get().state == LanguageState.WORKING


def test_what_nobody_touched_stays_what_somebody_else_wrote(letter: Letter) -> None:
    type_in(letter, {"title-0-0": "Prohibirlo"})
    assert keep(letter, "title-0-0", Typed("", began_with="")) == Kept()
    assert said(letter) == {"title-0-0": "Prohibirlo"}


def test_two_who_wrote_the_same_block_are_both_told(letter: Letter) -> None:
    type_in(letter, {"title-0-0": "Prohibirlo"})
    kept = keep(letter, "title-0-0", Typed("Que se prohíba", began_with=""))
    assert kept == Kept(conflicts={"title-0-0": "Prohibirlo"})
    assert said(letter) == {"title-0-0": "Prohibirlo"}
    again = Typed("Que se prohíba", began_with="Prohibirlo")
    assert keep(letter, "title-0-0", again) == Kept(("title-0-0",))
    assert said(letter) == {"title-0-0": "Que se prohíba"}
    assert [one.text for one in WordingVersion.objects.all()] == ["Prohibirlo"]


def test_the_same_words_twice_are_one_change(letter: Letter) -> None:
    type_in(letter, {"title-0-0": "Prohibirlo"})
    assert keep(letter, "title-0-0", Typed("Prohibirlo", began_with="")) == Kept()


def test_words_are_taken_away_and_stay_in_the_history(letter: Letter) -> None:
    type_in(letter, {"title-0-0": "Prohibirlo"})
    assert keep(letter, "title-0-0", Typed("", began_with="Prohibirlo")) == Kept(("title-0-0",))
    assert said(letter) == {}
    type_in(letter, {"title-0-0": "Prohibirlo ya"})
    assert [one.text for one in WordingVersion.objects.all()] == ["Prohibirlo"]


def test_the_history_has_an_end(letter: Letter) -> None:
    before = ""
    for number in range(VERSIONS_KEPT + 3):
        keep(letter, "title-0-0", Typed(f"Título {number}", began_with=before))
        before = f"Título {number}"
    kept = [one.text for one in WordingVersion.objects.order_by("pk")]
    assert kept == [f"Título {number}" for number in range(2, VERSIONS_KEPT + 2)]


def test_a_block_that_is_gone_is_said(letter: Letter) -> None:
    assert keep(letter, "body-0-9", Typed("Nada")) == Kept(unknown=("body-0-9",))
    assert not Wording.objects.exists()


def test_nobody_translates_into_the_letters_own_language(letter: Letter) -> None:
    with pytest.raises(OwnLanguage):
        begin(letter, "en")


def test_a_machines_words_become_somebodys_own_by_saving_them(letter: Letter) -> None:
    machine = Typed("Prohibirlo", origin=WordingOrigin.MACHINE)
    assert keep(letter, "title-0-0", machine) == Kept(("title-0-0",))
    assert standings(letter)["title-0-0"] == "draft"
    own = Typed("Prohibirlo", began_with="Prohibirlo")
    assert keep(letter, "title-0-0", own) == Kept(("title-0-0",))
    assert standings(letter)["title-0-0"] == "done"


def test_work_that_was_handed_in_is_worked_on_again(letter: Letter) -> None:
    type_in(letter, {"title-0-0": "Prohibirlo"})
    LetterLanguage.objects.update(state=LanguageState.SUBMITTED)
    type_in(letter, {"body-0-0": "Por qué"})
    assert LetterLanguage.objects.get().state == LanguageState.WORKING


def test_exactly_the_touched_block_becomes_outdated(
    letter: Letter, everything: dict[str, str]
) -> None:
    type_in(letter, everything)
    assert set(standings(letter).values()) == {"done"}
    letter = rewrite(letter, body=letter_body("We ask for two things."))
    found = standings(letter)
    assert found.pop("body-0-1") == "outdated"
    assert set(found.values()) == {"done"}
    assert keep(letter, "body-0-1", Typed("Pedimos dos cosas.", began_with="Pedimos una cosa."))
    assert set(standings(letter).values()) == {"done"}


def letter_body(second: str) -> str:
    return f"### Why\n\n{second}\n\n- To be heard\n- To be seen"


def test_an_outdated_block_may_still_be_right(letter: Letter, everything: dict[str, str]) -> None:
    type_in(letter, everything)
    letter = rewrite(letter, body=letter_body("We ask for one thing!"))
    assert keep(letter, "body-0-1", Typed("Pedimos una cosa.", began_with="Pedimos una cosa.")) == (
        Kept()
    ), "it was in the form, and nobody said that it is right"
    assert standings(letter)["body-0-1"] == "outdated"
    keep(letter, "body-0-1", Typed("Pedimos una cosa."))
    assert standings(letter)["body-0-1"] == "done"


def test_before_the_first_edition_the_draft_is_translated(letter: Letter) -> None:
    Letter.objects.update(state="draft", edition=None)
    letter.refresh_from_db()
    draft = draft_of(letter, "en")
    save(draft, draft.words, {**draft.words, "title": "Drafted"}, actor="Ana")
    assert source_text(letter).title == "Drafted"
    assert drafted_source(letter) is None


def test_what_the_next_edition_will_say_can_be_translated_beforehand(letter: Letter) -> None:
    assert drafted_source(letter) is None
    draft = draft_of(letter, "en")
    assert drafted_source(letter) is None
    save(draft, draft.words, {**draft.words, "title": "Ban it now"}, actor="Ana")
    coming = drafted_source(letter)
    assert coming is not None
    assert (coming.title, source_text(letter).title) == ("Ban it now", "Ban it")


def test_a_translation_that_was_published_whole_is_taken_apart(letter: Letter) -> None:
    other = text(
        "es",
        title="Prohibirlo",
        body="### Por qué\n\nPedimos una cosa.\n\n- Que nos oigan\n- Que nos vean",
        ways_to_help=[{"heading": "Compartir", "text": "Contarlo.\n\nY más."}],
    )
    publish(letter, [source_text(letter), other], actor="Ana")
    letter.refresh_from_db()
    assert take_published_in(letter, "es") == 8
    assert said(letter)["body-0-2"] == "Que nos oigan"
    assert "ways_to_help.text-0-0" not in said(letter), "two blocks there, one here"
    assert take_published_in(letter, "es") == 0, "once"
    assert take_published_in(letter, "fr") == 0


def test_volunteers_are_known_by_their_number_alone(letter: Letter) -> None:
    type_in(letter, {"title-0-0": "Prohibirlo"}, VOLUNTEER)
    assert Wording.objects.values_list("by", "author").get() == ("", VOLUNTEER.id)


def test_what_must_not_stand_on_a_page_is_not_stored(letter: Letter) -> None:
    type_in(letter, {"body-0-1": "Pedimos una cosa."})
    typed = {
        "body-0-1": Typed("Pedimos\u202e una cosa.", "Pedimos una cosa."),
        "body-0-2": Typed("x" * 5_000_000),
        "body-0-3": Typed("Que nos vean"),
    }
    kept = save_words(letter, "es", source_text(letter), typed, worker=EVA)
    assert kept == Kept(
        changed=("body-0-3",),
        refused={
            "body-0-1": [Fault(FaultCode.HIDDEN, ("U+202E",))],
            "body-0-2": [Fault(FaultCode.TOO_LONG, limit=20_000)],
        },
    )
    assert said(letter) == {"body-0-1": "Pedimos una cosa.", "body-0-3": "Que nos vean"}


def test_a_machines_words_that_come_back_in_a_file_were_read(letter: Letter) -> None:
    keep(letter, "body-0-1", Typed("Pedimos una cosa.", origin=WordingOrigin.MACHINE))
    again = Typed("Pedimos una cosa.", "Pedimos una cosa.", WordingOrigin.FILE)
    assert keep(letter, "body-0-1", again).changed == ("body-0-1",)
    assert Wording.objects.get().origin == WordingOrigin.FILE
