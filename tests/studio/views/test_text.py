"""Writing a letter: saving, beside others, by itself and by a button, and going back."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from tests.builders import published_letter, text
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.creating import NewLetter, create
from undersigned.letters.models import Draft, DraftVersion, Edition, Letter
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team

PATH = "/studio/letters/clean-air/text/"


@pytest.fixture
def draft(team: Team) -> Draft:
    """Nobody's words yet but the title."""
    letter = create(team, NewLetter("Clean air", "clean-air", "en"), actor="Ana")
    return letter.drafts.get()


@pytest.fixture
def bo(team: Team) -> Colleague:
    return signed_in(somebody("Bo", Role.EDITOR, team))


def typed_on(page: str) -> dict[str, str]:
    """What a browser would send back of a page's form."""
    form = page[page.index("<form method=post class=writing") :]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="?([\w-]+)', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            fields[name[1]] = html.unescape(value[1]) if value else ""
    for name, value in re.findall(
        r'<textarea name="([\w-]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL
    ):
        fields[name] = html.unescape(value)
    return fields


def form_of(browser: Client, **changes: str) -> dict[str, str]:
    """The form as somebody opens it, with some fields typed over."""
    return {**typed_on(browser.get(PATH).text), **changes}


def words(draft: Draft) -> dict[str, Any]:
    draft.refresh_from_db()
    return dict(draft.words)


def test_somebody_writes_and_saves(owner: Colleague, draft: Draft) -> None:
    filled = form_of(owner, body="One.\r\n\r\nTwo.", addressee="To the council")
    filled |= {"ways-0-heading": "Call", "ways-0-text": "Ring them."}
    filled |= {"campaigns-0-title": "Other", "campaigns-0-url": "https://example.org/x"}
    filled |= {"campaigns-0-tags": "air, , water"}

    answer = owner.post(PATH, filled)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PATH}?saved=2")
    saved = words(draft)
    assert (saved["title"], saved["body"]) == ("Clean air", "One.\n\nTwo.")
    assert saved["ways_to_help"] == [{"heading": "Call", "text": "Ring them."}]
    assert saved["related_campaigns"] == [
        {"title": "Other", "url": "https://example.org/x", "tags": ["air", "water"], "text": ""}
    ]
    page = owner.get(PATH).text
    assert "The text is saved." in page
    assert ">\nOne.\n\nTwo.</textarea>" in page
    assert 'value="air, water"' in page
    assert 'name="ways-1-heading"' in page


def test_saving_what_is_there_changes_nothing(owner: Colleague, draft: Draft) -> None:
    owner.post(PATH, form_of(owner, body="One."))
    owner.post(PATH, form_of(owner))

    draft.refresh_from_db()
    assert (draft.version, draft.versions.count()) == (2, 2)


def test_two_write_in_different_places_at_once(
    owner: Colleague, bo: Colleague, draft: Draft
) -> None:
    owner.post(PATH, form_of(owner, body="First part.\n\nSecond part."))
    hers, his = form_of(owner), form_of(bo)

    bo.post(PATH, {**his, "body": "First part, longer.\n\nSecond part.", "title": "Cleaner air"})
    answer = owner.post(PATH, {**hers, "body": "First part.\n\nSecond part, too."}, follow=True)

    assert words(draft)["body"] == "First part, longer.\n\nSecond part, too."
    assert words(draft)["title"] == "Cleaner air"
    assert "Saved, together with what somebody else wrote meanwhile." in answer.text


def test_two_write_the_same_words_and_both_stay(
    owner: Colleague, bo: Colleague, draft: Draft
) -> None:
    hers, his = form_of(owner), form_of(bo)
    bo.post(PATH, {**his, "title": "Pure air", "call": "Join us"})

    answer = owner.post(PATH, {**hers, "title": "Fresh air", "addressee": "To all"})

    assert answer.status_code == 409
    assert "Somebody else changed the same place while you did." in answer.text
    for version in ("Clean air", "Fresh air", "Pure air"):
        assert f"<dd dir=auto>{version}</div>" in answer.text
    shown = typed_on(answer.text)
    assert (shown["title"], shown["call"], shown["addressee"]) == ("Fresh air", "Join us", "To all")
    assert (words(draft)["title"], words(draft)["addressee"]) == ("Pure air", "To all")
    assert "kept whole in the history, as version 3" in answer.text
    assert draft.versions.get(version=3).words["title"] == "Fresh air"

    owner.post(PATH, shown)
    assert (words(draft)["title"], words(draft)["call"]) == ("Fresh air", "Join us")


def test_a_form_that_cannot_say_what_it_began_with_overwrites_nothing(
    owner: Colleague, draft: Draft
) -> None:
    for began_with in ("", "{", "[]", "7", "[" * 5000):
        filled = form_of(owner, title="Mine", began_with=began_with)
        assert owner.post(PATH, filled).status_code == 409
        assert words(draft)["title"] == "Clean air"


def by_itself(browser: Colleague, filled: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
    answer = browser.post(PATH, {**filled, "by_itself": "yes"})
    return answer.status_code, json.loads(answer.content)


def test_the_script_saves_and_goes_on_from_what_was_typed(
    owner: Colleague, bo: Colleague, draft: Draft
) -> None:
    hers, his = form_of(owner), form_of(bo)
    bo.post(PATH, {**his, "call": "Join us"})

    status, told = by_itself(owner, {**hers, "body": "One."})
    assert status == 200
    assert told["sentence"] == "Saved, together with what somebody else wrote meanwhile."
    assert (told["began_with"]["body"], told["began_with"]["call"]) == ("One.", "")

    goes_on = {**hers, "body": "One. Two.", "began_with": json.dumps(told["began_with"])}
    status, told = by_itself(owner, goes_on)
    assert status == 200
    assert (words(draft)["body"], words(draft)["call"]) == ("One. Two.", "Join us")
    status, told = by_itself(owner, form_of(owner))
    assert re.fullmatch(r"Saved at \d\d:\d\d:\d\d\.", told["sentence"])


def test_the_script_does_not_settle_what_two_changed(
    owner: Colleague, bo: Colleague, draft: Draft
) -> None:
    hers, his = form_of(owner), form_of(bo)
    bo.post(PATH, {**his, "title": "Pure air"})

    status, told = by_itself(owner, {**hers, "title": "Fresh air"})

    assert (status, told["stop"]) == (409, True)
    assert "Press “Save” to see both." in told["sentence"]
    assert words(draft)["title"] == "Pure air"
    assert draft.versions.count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": "x" * 301}, "At most 300 characters fit here. Shorten it."),
        ({"title": "Ban\u202e it"}, "This contains invisible or control characters."),
        ({"campaigns-0-url": "javascript:alert(1)"}, "Write the address like https://example.org."),
    ],
)
def test_what_is_not_right_is_said_beside_it_and_stays(
    owner: Colleague, draft: Draft, wrong: dict[str, str], sentence: str
) -> None:
    answer = owner.post(PATH, form_of(owner, body="Long work", **wrong))

    assert answer.status_code == 422
    assert "<title>Error: Text" in answer.text
    assert sentence in answer.text
    assert ">\nLong work</textarea>" in answer.text
    status, told = by_itself(owner, form_of(owner, **wrong))
    assert (status, told["sentence"]) == (422, "Not saved yet: something needs your attention.")


def test_a_form_without_its_lists_is_refused_in_words(owner: Colleague, draft: Draft) -> None:
    answer = owner.post(PATH, {"title": "Mine"})

    assert answer.status_code == 422
    assert words(draft)["title"] == "Clean air"


def test_what_was_typed_after_the_session_ended_is_kept_and_sent_again(
    draft: Draft, owner: Colleague
) -> None:
    filled = form_of(owner, body="Long work & more")
    owner.logout()

    page = owner.post(PATH, filled).text
    assert "You are signed out" in page
    assert 'name="body" value="Long work &amp; more"' in page

    owner.force_login(owner.person)
    assert words(draft)["body"] == ""


def test_a_letter_that_was_put_up_otherwise_begins_with_its_published_text(
    owner: Colleague, team: Team, keys: WorkerKeys
) -> None:
    ways = [{"heading": "Call", "text": ""}]
    campaigns = [{"title": "Other", "tags": ["a"]}]
    published = text(title="Clean air", ways_to_help=ways, related_campaigns=campaigns)
    published_letter(keys, "clean-air", texts=[published], team=team)

    filled = form_of(owner)
    assert not Draft.objects.exists()
    assert (filled["title"], filled["ways-0-heading"]) == ("Clean air", "Call")

    owner.post(PATH, filled)
    saved = Draft.objects.get().words
    assert (saved["ways_to_help"], saved["related_campaigns"]) == (ways, campaigns)


def test_the_preview_is_the_real_page_and_sends_nothing(owner: Colleague, draft: Draft) -> None:
    Letter.objects.update(sealing_key=None)
    owner.post(PATH, form_of(owner, body="We *ask*.", call="Please sign."))

    answer = owner.get(f"{PATH}preview/")

    assert "<p>We <em>ask</em>.</p>" in answer.text
    assert "Please sign." in answer.text
    assert "<button>Sign</button>" in answer.text
    assert "<script" not in answer.text, "none is let run, and browsers complain of each"
    policy = answer.headers["Content-Security-Policy"]
    assert "form-action 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-same-origin" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-src 'self'" in owner.get(PATH).headers["Content-Security-Policy"]
    assert Letter.objects.get().state == "draft"


def test_the_preview_of_a_public_letter_has_its_state(
    owner: Colleague, team: Team, keys: WorkerKeys
) -> None:
    published_letter(keys, "clean-air", team=team, state="closed")

    assert "This letter is closed" in owner.get(f"{PATH}preview/").text
    assert Edition.objects.count() == 1
    Edition.objects.update(number=2)
    assert "This is edition 2, of " in owner.get("/clean-air/").text
    assert "This is edition" not in owner.get(f"{PATH}preview/").text, "it is none yet"


def test_the_history_tells_versions_apart_and_brings_one_back(
    owner: Colleague, bo: Colleague, draft: Draft
) -> None:
    owner.post(PATH, form_of(owner, body="One thing."))
    bo.post(PATH, form_of(bo, body="One small thing."))

    page = owner.get(f"{PATH}history/").text
    assert re.findall(r"<h2>Version (\d)", page) == ["3", "2", "1"]
    assert "1 word added in the letter" in page
    compared = owner.get(f"{PATH}history/compare/", {"from": "2", "to": "3"}).text
    assert "One <ins><span class=unseen>Put in: </span>small </ins>thing." in compared
    assert (
        "The two versions say the same."
        in owner.get(f"{PATH}history/compare/", {"from": "3", "to": "3"}).text
    )

    done = owner.post(f"{PATH}history/2/restore/", follow=True).text
    assert "The draft says again what version 2 said." in done
    assert words(draft)["body"] == "One thing."
    owner.post(f"{PATH}history/3/restore/")
    assert words(draft)["body"] == "One small thing."


@pytest.mark.parametrize("query", [{"from": "x", "to": "1"}, {"from": "1", "to": "99"}])
def test_versions_that_are_not_there(owner: Colleague, draft: Draft, query: dict[str, str]) -> None:
    assert owner.get(f"{PATH}history/compare/", query).status_code == 404
    assert owner.post(f"{PATH}history/99/restore/").status_code == 404


def test_whoever_asks_for_no_versions_chooses_some(owner: Colleague, draft: Draft) -> None:
    answer = owner.get(f"{PATH}history/compare/", {"from": "1"})

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PATH}history/")


def test_a_letter_without_a_draft_has_no_history_yet(
    owner: Colleague, team: Team, keys: WorkerKeys
) -> None:
    published_letter(keys, "clean-air", team=team)

    assert "Nothing was written yet." in owner.get(f"{PATH}history/").text


def test_the_history_asks_the_database_as_often_for_many_versions(
    owner: Colleague, draft: Draft, django_assert_num_queries: Any
) -> None:
    def many(first: int, last: int) -> None:
        DraftVersion.objects.bulk_create(
            DraftVersion(
                draft=draft, version=number, words={"body": str(number)}, saved_at=draft.saved_at
            )
            for number in range(first, last)
        )

    many(2, 5)
    owner.get(f"{PATH}history/")
    with django_assert_num_queries(15):
        owner.get(f"{PATH}history/")
    many(5, 62)
    with django_assert_num_queries(15):
        page = owner.get(f"{PATH}history/").text
    assert page.count("<h2>Version") == 20
    assert "Page 1 of 4." in page
