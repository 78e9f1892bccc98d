"""Translating in the studio: saving, beside others, from memory, and keeping what was typed."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.builders import published_letter, text
from tests.letters.translating.hands import rewrite
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.creating import NewLetter, create
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import (
    LanguageState,
    Letter,
    LetterLanguage,
    Wording,
    WordingOrigin,
    WordingVersion,
)
from undersigned.letters.translating.working import begin
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team

PATH = "/studio/letters/banned/languages/es/"
ONE = "We ask for one thing."
NOW = "We ask for it now."


@pytest.fixture
def letter(team: Team, keys: WorkerKeys) -> Letter:
    letter = published_letter(keys, slug="banned", team=team)
    begin(letter, "es")
    return letter


@pytest.fixture
def tia(team: Team, letter: Letter) -> Colleague:
    """Tia translates, and nothing else."""
    return signed_in(somebody("Tia", Role.TRANSLATOR, team))


@pytest.fixture
def bo(team: Team, letter: Letter) -> Colleague:
    return signed_in(somebody("Bo", Role.TRANSLATOR, team))


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of a page's bench, without any button."""
    form = page[page.index('<form method=post action="?" class=workbench') :]
    form = form[: form.index("</form>")]
    fields = {}
    for tag in re.findall(r"<input type=hidden [^>]*>", form):
        name, value = re.search(r"name=(\w+)", tag), re.search(r'value="([^"]*)"', tag)
        assert name is not None
        assert value is not None
        fields[name[1]] = html.unescape(value[1])
    for name, words in re.findall(
        r'<textarea name="([\w-]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL
    ):
        fields[name] = html.unescape(words)
    return fields


def name_of(page: str, source: str) -> str:
    """The field of a block, by what the letter says there."""
    found = re.search(rf'id="o(w-[\w-]+)"[^>]*>{re.escape(html.escape(source))}<', page)
    assert found is not None, source
    return found[1]


def block_of(page: str, source: str) -> str:
    """What is shown about one block."""
    start = page.index(f'id="{name_of(page, source)}"')
    end = page.find('<div class="block', start)
    return page[start : end if end > 0 else None]


def translates(
    browser: Client, words: dict[str, str], page: str = "", *, path: str = PATH, **more: str
) -> Any:
    """Open the page (or go on with one that was opened), type, and press Save."""
    page = page or browser.get(path).text
    typed = {name_of(page, source): said for source, said in words.items()}
    return browser.post(path, {**form_of(page), **typed, **more})


def said(language: str = "es") -> dict[str, str]:
    return dict(Wording.objects.filter(language=language).values_list("source", "text"))


def test_somebody_translates_and_saves(tia: Colleague, letter: Letter) -> None:
    page = tia.get(PATH).text
    assert "0 of 5 blocks are translated." in page
    assert "Not translated yet" in block_of(page, ONE)

    answer = translates(tia, {ONE: "Pedimos una cosa.\r\n", "A letter in en": "Carta"}, page)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PATH}?saved=1")
    assert said() == {ONE: "Pedimos una cosa.", "A letter in en": "Carta"}
    page = tia.get(f"{PATH}?saved=1").text
    assert "2 of 5 blocks are translated." in page
    assert "Everything is saved." in page
    assert ">\nPedimos una cosa.</textarea>" in block_of(page, ONE)
    assert '<p class="standing done"><span>Translated</span>' in block_of(page, ONE)


def test_each_side_says_its_language_and_direction(tia: Colleague, letter: Letter) -> None:
    begin(letter, "ar")
    block = block_of(tia.get("/studio/letters/banned/languages/ar/").text, ONE)
    assert f"lang=en dir=ltr>{ONE}" in block
    assert re.search(r'<textarea name="[\w-]+" rows=\d+ lang=ar dir=rtl', block)


def test_parts_of_the_letter_have_their_names(tia: Colleague, letter: Letter) -> None:
    page = tia.get(PATH).text
    assert re.findall(r"<section class=bench-part><h2>(.*?)</h2>", page) == [
        "Title",
        "The letter",
        "Consent to publication",
        "Consent to updates",
    ]


def test_two_translate_different_blocks_at_once(
    tia: Colleague, bo: Colleague, letter: Letter
) -> None:
    hers, his = tia.get(PATH).text, bo.get(PATH).text
    translates(bo, {ONE: "Pedimos una cosa."}, his)
    assert translates(tia, {NOW: "La pedimos ya."}, hers).status_code == 302
    assert said() == {ONE: "Pedimos una cosa.", NOW: "La pedimos ya."}


def test_two_translate_the_same_block_and_both_are_kept(
    tia: Colleague, bo: Colleague, letter: Letter
) -> None:
    hers, his = tia.get(PATH).text, bo.get(PATH).text
    translates(bo, {ONE: "Queremos una cosa."}, his)

    answer = translates(tia, {ONE: "Pedimos una cosa.", NOW: "La pedimos ya."}, hers)

    assert answer.status_code == 409
    assert said() == {ONE: "Queremos una cosa.", NOW: "La pedimos ya."}
    block = block_of(answer.text, ONE)
    assert ">\nPedimos una cosa.</textarea>" in block
    assert "data-words>Queremos una cosa.</p>" in block
    assert f'<a href="#{name_of(hers, ONE)}" lang=en dir=ltr>{ONE}</a>' in answer.text
    assert "<title>Error: Español" in answer.text

    again = form_of(answer.text)
    assert tia.post(PATH, again).status_code == 302
    assert said()[ONE] == "Pedimos una cosa."
    assert [one.text for one in WordingVersion.objects.all()] == ["Queremos una cosa."]


def test_whoever_prefers_the_other_words_takes_them(
    tia: Colleague, bo: Colleague, letter: Letter
) -> None:
    hers, his = tia.get(PATH).text, bo.get(PATH).text
    translates(bo, {ONE: "Queremos una cosa."}, his)
    page = translates(tia, {ONE: "Pedimos una cosa."}, hers).text
    taken = re.search(r'name=use value="([^"]+)">Take theirs', page)
    assert taken is not None

    answer = tia.post(PATH, {**form_of(page), "use": taken[1]})

    assert answer.headers["Location"] == f"{PATH}?saved=1#{name_of(page, ONE)}"
    assert said() == {ONE: "Queremos una cosa."}


def test_what_cannot_say_what_it_began_with_overwrites_nothing(
    tia: Colleague, letter: Letter
) -> None:
    translates(tia, {ONE: "Pedimos una cosa."})
    for began in ("", "{", "[]", "7", "[" * 5000, '{"own": 3}', '{"own": {"x": 1}}'):
        answer = translates(tia, {ONE: "Otra"}, began=began)
        assert answer.status_code == 409
        assert said() == {ONE: "Pedimos una cosa."}


def test_what_was_emptied_is_gone_from_the_text_and_kept_in_the_history(
    tia: Colleague, letter: Letter
) -> None:
    translates(tia, {ONE: "Pedimos una cosa."})
    translates(tia, {ONE: " "})
    assert said() == {ONE: ""}
    assert WordingVersion.objects.get().text == "Pedimos una cosa."


def outdated(tia: Colleague, letter: Letter) -> str:
    """The page after the letter changed one block that was translated."""
    translates(tia, {ONE: "Pedimos una cosa.", NOW: "La pedimos ya."})
    rewrite(letter, body=f"{ONE.replace('one thing', 'two things')}\n\n{NOW}")
    return tia.get(PATH).text


TWO = "We ask for two things."


def test_exactly_the_changed_block_is_outdated_and_says_what_changed(
    tia: Colleague, letter: Letter
) -> None:
    page = outdated(tia, letter)
    assert "1 of 5 blocks are translated. 1 block is outdated." in page
    block = block_of(page, TWO)
    assert "Outdated: the original says something else now" in block
    assert "Taken out: </span>one thing" in block
    assert "Put in: </span>two things" in block
    assert ">\nPedimos una cosa.</textarea>" in block
    assert "This is still right" in block
    assert "This is still right" not in block_of(page, NOW)


def test_saving_the_page_leaves_outdated_words_outdated(tia: Colleague, letter: Letter) -> None:
    page = outdated(tia, letter)
    assert translates(tia, {}, page).status_code == 302
    assert TWO not in said()


def test_outdated_words_are_mended(tia: Colleague, letter: Letter) -> None:
    page = outdated(tia, letter)
    translates(tia, {TWO: "Pedimos dos cosas."}, page)
    assert said()[TWO] == "Pedimos dos cosas."
    assert "is outdated" not in tia.get(PATH).text


def test_outdated_words_may_still_be_right(tia: Colleague, letter: Letter) -> None:
    page = outdated(tia, letter)
    box = f"ok{name_of(page, TWO)[1:]}"
    translates(tia, {}, page, **{box: "yes"})
    assert said()[TWO] == "Pedimos una cosa."


def test_a_machines_words_become_somebodys_only_by_their_word(
    tia: Colleague, letter: Letter
) -> None:
    translates(tia, {ONE: "Pedimos una cosa."})
    Wording.objects.update(origin=WordingOrigin.MACHINE)
    page = tia.get(PATH).text
    assert "Written by a machine; nobody has read it yet" in block_of(page, ONE)

    translates(tia, {NOW: "La pedimos ya."}, page)
    assert Wording.objects.get(source=ONE).origin == WordingOrigin.MACHINE
    box = f"ok{name_of(page, ONE)[1:]}"
    translates(tia, {}, **{box: "yes"})
    assert Wording.objects.get(source=ONE).origin == WordingOrigin.TYPED


def test_what_was_typed_for_words_that_are_gone_is_shown(tia: Colleague, letter: Letter) -> None:
    translates(tia, {ONE: "Pedimos una cosa."})
    page = tia.get(PATH).text
    rewrite(letter, body="Nothing of that kind.")

    answer = translates(
        tia, {ONE: "Pedimos una cosa.", NOW: "La pedimos <ya>.", "A letter in en": "Carta"}, page
    )

    assert answer.status_code == 409
    assert "The original changed while you translated" in answer.text
    assert "dir=ltr>La pedimos &lt;ya&gt;.</p>" in answer.text
    # Untouched, it is where it was: in what the letter said before.
    assert "dir=ltr>Pedimos una cosa.</p>" not in answer.text
    assert said()["A letter in en"] == "Carta"


def test_the_draft_of_the_next_edition_is_translated_ahead(tia: Colleague, letter: Letter) -> None:
    assert "draft of the next edition" not in tia.get(PATH).text
    draft = draft_of(letter, "en")
    save(draft, draft.words, {**draft.words, "body": "Something new."}, actor="Ana")

    page = tia.get(PATH).text
    assert "You translate the published text." in page
    assert '<a href="?of=draft">' in page
    page = tia.get(f"{PATH}?of=draft").text
    assert "You translate the draft of the next edition." in page
    answer = translates(tia, {"Something new.": "Algo nuevo."}, page)
    assert answer.headers["Location"] == f"{PATH}?of=draft&saved=1"
    assert said() == {"Something new.": "Algo nuevo."}
    assert "is read once that edition is published." in tia.get(f"{PATH}hand-in/").text
    assert "Algo nuevo." in tia.get(f"{PATH}preview/?of=draft").text
    assert "Algo nuevo." not in tia.get(f"{PATH}preview/").text


def test_only_what_is_left_to_do(tia: Colleague, letter: Letter) -> None:
    translates(tia, {ONE: "Pedimos una cosa."})
    page = tia.get(f"{PATH}?left=yes").text
    assert ">\nPedimos una cosa.</textarea>" not in page
    assert "Show every block" in page
    answer = translates(
        tia,
        {
            NOW: "La pedimos ya.",
            "A letter in en": "Carta",
            "Publish the name with this letter": "Publicar",
            "Send me updates on this letter": "Noticias",
        },
        page,
    )
    assert answer.headers["Location"] == f"{PATH}?left=yes&saved=1"
    assert "Nothing is left to do: every block is translated." in tia.get(f"{PATH}?left=yes").text


def by_itself(browser: Client, page: str, words: dict[str, str], **more: str) -> dict[str, Any]:
    sent = {name_of(page, source): words for source, words in words.items()}
    form = {key: value for key, value in form_of(page).items() if not key.startswith("w-")}
    answer = browser.post(PATH, {**form, **sent, "by_itself": "yes", **more})
    assert answer.status_code == 200
    told: dict[str, Any] = json.loads(answer.content)
    return told


def test_the_script_saves_one_block(tia: Colleague, letter: Letter) -> None:
    page = tia.get(PATH).text
    told = by_itself(tia, page, {ONE: "Pedimos una cosa. "})
    assert re.fullmatch(r"Saved at \d\d:\d\d:\d\d\.", told["sentence"])
    assert told["progress"] == "1 of 5 blocks are translated."
    row = told["rows"][name_of(page, ONE)]
    assert (row["own"], row["standing"], row["waits"]) == ("Pedimos una cosa.", "done", False)
    assert "Translated" in row["about"]
    assert said() == {ONE: "Pedimos una cosa."}

    told = by_itself(tia, tia.get(PATH).text, {ONE: "Pedimos *una* cosa."})
    about = told["rows"][name_of(page, ONE)]["about"]
    assert f'href="{PATH}history/{Wording.objects.get().pk}/">Earlier words' in about


def test_the_script_is_told_of_conflicts_and_of_words_that_are_gone(
    tia: Colleague, bo: Colleague, letter: Letter
) -> None:
    hers, his = tia.get(PATH).text, bo.get(PATH).text
    translates(bo, {ONE: "Queremos una cosa."}, his)
    told = by_itself(tia, hers, {ONE: "Pedimos una cosa."})
    row = told["rows"][name_of(hers, ONE)]
    assert (row["own"], row["waits"]) == ("Queremos una cosa.", True)
    assert "Queremos una cosa." in row["about"]
    assert told["sentence"] == "Not everything is saved: look at the marked blocks."

    rewrite(letter, body=NOW)
    told = by_itself(tia, hers, {ONE: "Pedimos una cosa."})
    assert (told["rows"], told["unknown"]) == ({}, [name_of(hers, ONE)])
    assert said() == {ONE: "Queremos una cosa."}


def test_words_translated_before_are_offered(
    tia: Colleague, letter: Letter, team: Team, keys: WorkerKeys
) -> None:
    other = published_letter(keys, "other", team=team, texts=[text(body=ONE)])
    begin(other, "es")
    translates(tia, {ONE: "Pedimos una cosa."}, path="/studio/letters/other/languages/es/")
    assert "Use this" not in tia.get(PATH).text
    Wording.objects.update(approved="Pedimos una cosa.")

    page = tia.get(PATH).text
    block = block_of(page, ONE)
    assert "Translated before:" in block
    used = re.search(r'name=use value="([^"]+)">Use this', block)
    assert used is not None
    answer = tia.post(PATH, {**form_of(page), "use": used[1]})
    assert answer.headers["Location"] == f"{PATH}?saved=1#{name_of(page, ONE)}"
    wording = Wording.objects.get(letter=letter)
    assert (wording.text, wording.origin) == ("Pedimos una cosa.", WordingOrigin.MEMORY)


def test_words_of_similar_sentences_are_offered_with_the_difference(
    tia: Colleague, letter: Letter, team: Team
) -> None:
    translates(tia, {ONE: "Pedimos una cosa."})
    draft = draft_of(letter, "en")
    words = {**draft.words, "body": f"{ONE}\n\n{TWO}"}
    save(draft, draft.words, words, actor="Ana")

    block = block_of(tia.get(f"{PATH}?of=draft").text, TWO)
    assert "Translated before, of similar words:" in block
    assert "Taken out: </span>one thing" in block


@pytest.mark.parametrize(
    "used", ["", "w-none 1", "w-title-x x", "w-title-x", "x 99999999999999999999"]
)
def test_a_button_that_is_none_saves_and_does_nothing_else(
    tia: Colleague, letter: Letter, used: str
) -> None:
    assert translates(tia, {ONE: "Pedimos una cosa."}, use=used).status_code == 302
    assert said() == {ONE: "Pedimos una cosa."}


def test_words_of_others_are_nobodys_memory(
    tia: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    """Neither another team's, nor those of a letter that is not public."""
    strange = published_letter(keys, "strange")
    hidden = published_letter(keys, "hidden", team=letter.team, state="gathering")
    page = tia.get(PATH).text
    for one in (strange, hidden):
        begin(one, "es")
        rows = Wording.objects.filter(letter=letter)
        translates(tia, {ONE: "Secreto"})
        rows.update(letter=one, approved="Secreto")
        secret = Wording.objects.get(letter=one)
        assert "Secreto" not in tia.get(PATH).text
        translates(tia, {}, page, use=f"{name_of(page, ONE)} {secret.pk}")
        assert not Wording.objects.filter(letter=letter).exists()


def test_save_and_go_on_to_handing_in(tia: Colleague, letter: Letter) -> None:
    answer = translates(tia, {ONE: "Pedimos una cosa."}, then="hand-in")
    assert answer.headers["Location"] == f"{PATH}hand-in/"
    assert said() == {ONE: "Pedimos una cosa."}


def test_handing_in_with_a_word_and_a_name(tia: Colleague, letter: Letter) -> None:
    assert "There are no new words to read." in tia.get(f"{PATH}hand-in/").text
    translates(tia, {ONE: "Pedimos una cosa."})
    page = tia.get(f"{PATH}hand-in/").text
    assert "1 block is new, and will be read." in page

    answer = tia.post(f"{PATH}hand-in/", {"message": "Is it “pedimos”?", "credits": "Tia"})

    assert answer.headers["Location"] == "/studio/letters/banned/languages/"
    row = LetterLanguage.objects.get()
    assert (row.state, row.message, row.credits) == (
        LanguageState.SUBMITTED,
        "Is it “pedimos”?",
        "Tia",
    )
    page = tia.get("/studio/letters/banned/languages/").text
    assert "Handed in: it waits to be read." in tia.get(PATH).text
    assert "Handed in. Somebody else reads it now; until then, nothing of it is public." in page
    translates(tia, {NOW: "La pedimos ya."})
    assert "Handed in: it waits" not in tia.get(PATH).text


def test_handing_in_nothing(tia: Colleague, letter: Letter) -> None:
    page = tia.post(f"{PATH}hand-in/", {}, follow=True).text
    assert "Nothing was handed in: there are no new words to read." in page
    assert tia.post(f"{PATH}hand-in/", {"message": "x" * 2001}).status_code == 422


def test_the_preview_is_the_real_page(tia: Colleague, letter: Letter) -> None:
    translates(tia, {"A letter in en": "Una carta", ONE: "Pedimos *una* cosa."})
    answer = tia.get(f"{PATH}preview/")
    assert "<h1>Una carta</h1>" in answer.text
    assert "<em>una</em>" in answer.text
    assert NOW in answer.text
    assert "form-action 'none'" in answer.headers["Content-Security-Policy"]


def test_the_preview_of_a_letter_that_was_never_published(owner: Colleague, team: Team) -> None:
    letter = create(team, NewLetter("Clean air", "clean", "en"), actor="Ana")
    begin(letter, "es")
    path = "/studio/letters/clean/languages/es/"
    translates(owner, {"Clean air": "Aire limpio"}, path=path)
    assert "<h1>Aire limpio</h1>" in owner.get(f"{path}preview/").text


def test_a_language_that_nobody_began_with_is_not_there(tia: Colleague, letter: Letter) -> None:
    for part in ("", "preview/", "hand-in/", "review/"):
        assert tia.get(f"/studio/letters/banned/languages/fr/{part}").status_code == 404
    assert tia.post("/studio/letters/banned/languages/en/", {}).status_code == 404


def test_what_was_typed_after_the_session_ended_is_kept(tia: Colleague, letter: Letter) -> None:
    page = tia.get(PATH).text
    filled = {**form_of(page), name_of(page, ONE): "Pedimos <una> cosa."}
    tia.logout()
    answer = tia.post(PATH, filled)
    assert "You are signed out" in answer.text
    assert f'name="{name_of(page, ONE)}" value="Pedimos &lt;una&gt; cosa."' in answer.text


def many_blocks(keys: WorkerKeys, team: Team | None, count: int) -> str:
    """A letter of so many blocks in all, of which one in three is translated; its bench."""
    body = "\n\n".join(
        f"Demand {number}: leave the air of quarter {number} alone, now."
        for number in range(count - 3)
    )
    letter = published_letter(keys, f"of-{count}", team=team, texts=[text(body=body)])
    begin(letter, "es")
    return f"/studio/letters/of-{count}/languages/es/"


def test_the_bench_asks_the_database_as_often_for_many_blocks(
    tia: Colleague, keys: WorkerKeys, letter: Letter, django_assert_num_queries: Any
) -> None:
    few, many = (many_blocks(keys, letter.team, count) for count in (4, 60))
    tia.get(few)
    with django_assert_num_queries(17):
        tia.get(few)
    with django_assert_num_queries(17):
        page = tia.get(many).text
    assert page.count("<textarea") == 60


def test_a_very_long_letter_comes_in_pages(
    tia: Colleague, keys: WorkerKeys, letter: Letter
) -> None:
    path = many_blocks(keys, letter.team, 210)
    page = tia.get(path).text
    assert page.count("<textarea") == 200
    assert "Further blocks" in page
    last = tia.get(f"{path}?page=2").text
    assert last.count("<textarea") == 10
    assert "Blocks before" in last
    answer = tia.post(path, {**form_of(page), "left": "yes"})
    assert answer.headers["Location"] == f"{path}?left=yes&saved=1"
