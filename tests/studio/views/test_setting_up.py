"""The settings of a letter, its logo, and closing it."""

from __future__ import annotations

import html
import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.builders import listed
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.counting import count_changes
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team

PATH = "/studio/letters/banned/settings/"


@pytest.fixture
def bo(team: Team) -> Colleague:
    return signed_in(somebody("Bo", Role.EDITOR, team))


# Where several can be chosen; a browser sends nothing for none.
SEVERAL = {"cautious_countries"}


def form_of(browser: Colleague, **changes: str | None) -> dict[str, str]:
    """The form as somebody opens it, with some fields filled in over; None unticks a box."""
    page = browser.get(PATH).text
    form = page[page.index("<input type=hidden name=began_with") :]
    form = form[: form.index("</form>")]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="?([\w-]+)', tag), re.search(r'value="([^"]*)"', tag)
        if name and not ("checkbox" in tag and "checked" not in tag):
            fields[name[1]] = (
                html.unescape(value[1]) if value else "on" if "checkbox" in tag else ""
            )
    for name, options in re.findall(r'<select name="([\w-]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        if chosen or name not in SEVERAL:
            fields[name] = chosen[1] if chosen else ""
    for name, value in re.findall(
        r'<textarea name="([\w-]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL
    ):
        fields[name] = html.unescape(value)
    changed = {**fields, **changes}
    return {name: value for name, value in changed.items() if value is not None}


def stored() -> Letter:
    return Letter.objects.get(slug="banned")


def test_everything_that_can_be_set_up(owner: Colleague, letter: Letter) -> None:
    filled = form_of(
        owner,
        people_may_sign="on",
        organisations_are_held=None,
        withdrawals="choice",
        pseudonyms="on",
        cautious_countries="BY",
        ask_country="required",
        ask_title="hidden",
        goal="1000",
        deadline_day="2096-11-23",
        deadline_hour="",
        time_zone="Europe/Berlin",
        drafters=" Ana  Example \r\n\r\nExample Union",
        facilitator="Coalition",
        contact_media="media@example.org",
        hashtag="clean air",
        accent="0055AA",
    )

    answer = owner.post(PATH, filled, follow=True)

    assert "The settings are saved." in answer.text
    now = stored()
    assert (now.asks, now.goal) == ({"country": "required", "title": "hidden"}, 1000)
    assert now.deadline is not None
    assert now.deadline.isoformat() == "2096-11-23T22:59:00+00:00"
    assert (now.time_zone, now.drafters) == ("Europe/Berlin", ["Ana Example", "Example Union"])
    assert (now.contacts, now.hashtag) == ({"media": "media@example.org"}, "#cleanair")
    assert (now.accent, now.organisations_are_held) == ("#0055aa", False)
    assert now.pseudonyms is True
    assert (now.withdrawals, now.cautious_countries) == ("choice", ["BY"])
    assert form_of(owner)["deadline_hour"] == "23:59"
    assert "Nothing was changed." in owner.post(PATH, form_of(owner), follow=True).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"people_may_sign": None, "organisations_may_sign": None}, "Somebody must be able"),
        ({"accent": "#ffcc00"}, "The nearest colour that can be read is #846800."),
        ({"accent": "red"}, "Write the colour as # and six digits or letters"),
        ({"deadline_day": "2001-01-01"}, "This hour is over."),
        ({"deadline_hour": "09:00"}, "Write the day like 2026-11-23"),
        (
            {"deadline_day": "2027-03-28", "deadline_hour": "02:30", "time_zone": "Europe/Berlin"},
            "There is no 02:30 in Berlin",
        ),
        ({"goal": "0"}, "Write a number that is at least 1."),
        ({"contact_media": "nobody"}, "Write the address like name@example.org."),
        ({"drafters": "x\n" * 61}, "These are more than 60 names."),
        ({"time_zone": "Mars"}, "Choose one from the list."),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_stored(
    owner: Colleague, letter: Letter, changes: dict[str, Any], sentence: str
) -> None:
    answer = owner.post(PATH, form_of(owner, hashtag="#kept", **changes))

    assert answer.status_code == 422
    assert "<title>Error: Settings" in answer.text
    assert sentence in html.unescape(answer.text)
    assert 'value="#kept"' in answer.text
    assert stored().hashtag == ""


def test_an_hour_that_happens_twice_is_told_of(owner: Colleague, letter: Letter) -> None:
    twice = {"deadline_day": "2096-10-28", "deadline_hour": "02:30", "time_zone": "Europe/Berlin"}

    page = owner.post(PATH, form_of(owner, **twice), follow=True).text

    assert "The settings are saved. 02:30 happens twice in Berlin" in page


def test_two_change_different_settings_at_once(
    owner: Colleague, bo: Colleague, letter: Letter
) -> None:
    hers, his = form_of(owner), form_of(bo)
    bo.post(PATH, {**his, "goal": "100"})
    owner.post(PATH, {**hers, "hashtag": "#air"})

    assert (stored().goal, stored().hashtag) == (100, "#air")


def test_two_change_the_same_setting_and_the_second_sees_both(
    owner: Colleague, bo: Colleague, letter: Letter
) -> None:
    hers, his = form_of(owner), form_of(bo)
    later = {"deadline_day": "2096-01-01", "people_may_sign": "on"}
    bo.post(PATH, {**his, "goal": "100", "deadline_day": "2097-01-01"})

    answer = owner.post(PATH, {**hers, "goal": "200", "hashtag": "#air", **later})

    assert answer.status_code == 409
    for said in ("<h3>Goal</h3>", "(nothing)", "200", "100", "<h3>Deadline</h3>", "1 January 2097"):
        assert said in answer.text
    assert (stored().goal, stored().hashtag) == (100, "")

    again = re.search(r'name=began_with value="([^"]*)"', answer.text)
    assert again is not None
    began_with = html.unescape(again[1])
    assert json.loads(began_with)["goal"] == 100
    owner.post(PATH, {**hers, "goal": "200", "hashtag": "#air", "began_with": began_with, **later})
    assert (stored().goal, stored().hashtag) == (200, "#air")


@pytest.mark.parametrize("began_with", ["", "[]", "7", '{"deadline": 7}', "[" * 5000])
def test_a_form_that_cannot_say_what_it_began_with_is_taken_as_it_is(
    owner: Colleague, letter: Letter, began_with: str
) -> None:
    owner.post(PATH, form_of(owner, goal="100", began_with=began_with))

    assert stored().goal == 100


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (60, 30), (10, 200, 10)).save(content, "PNG")
    return SimpleUploadedFile("logo.png", content.getvalue())


def test_a_logo_is_uploaded_seen_and_removed(owner: Colleague, letter: Letter) -> None:
    page = owner.post(f"{PATH}logo/", {"logo": picture()}, follow=True).text
    assert "The logo is on the letter’s page." in page
    assert re.search(r'<img class=logo src="/banned/logo-\w+\.png" width=60 height=30', page)

    page = owner.post(f"{PATH}logo/", {"remove": "yes"}, follow=True).text
    assert "The logo is removed." in page
    assert "class=logo" not in page


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        ({}, "Choose a file."),
        ({"logo": SimpleUploadedFile("a.png", b"")}, "This file is empty."),
        ({"logo": SimpleUploadedFile("a.svg", b"<svg onload=x>")}, "SVG drawings are not taken."),
    ],
)
def test_what_is_no_logo_is_refused_beside_the_settings(
    owner: Colleague, letter: Letter, upload: dict[str, Any], sentence: str
) -> None:
    answer = owner.post(f"{PATH}logo/", upload)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert stored().logo is None


def test_a_letter_is_closed_opened_again_and_archived(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys)
    count_changes()
    asked = owner.get(f"{PATH}close/").text
    assert "Close the letter?" in asked
    assert "1 signature stays as it is." in asked
    assert stored().state == "open"

    for act, said, state in (
        ("close", "The letter is closed.", "closed"),
        ("reopen", "The letter is open again.", "open"),
        ("reopen", "the letter is in another state by now", "open"),
        ("close", "The letter is closed.", "closed"),
        ("archive", "The letter is archived.", "archived"),
        ("take-out", "The letter is out of the archive.", "closed"),
    ):
        assert said in owner.post(f"{PATH}{act}/", follow=True).text
        assert stored().state == state
    acts = LetterEvent.objects.filter(actor="Ana").order_by("id").values_list("act", flat=True)
    assert [*acts] == ["close", "reopen", "close", "archive", "take out of archive"]


def test_only_what_the_state_allows_is_offered(owner: Colleague, letter: Letter) -> None:
    assert re.findall(r"settings/([a-z-]+)/\"", owner.get(PATH).text) == ["logo", "close"]
    assert owner.get(f"{PATH}burn/").status_code == 404


def test_a_letter_past_its_deadline_is_not_opened(owner: Colleague, letter: Letter) -> None:
    Letter.objects.update(state="closed", deadline="2026-01-01T00:00:00Z")

    page = owner.post(f"{PATH}reopen/", follow=True).text

    assert "Its deadline is over. Choose a later one first, or none." in page
    # Another setting can be changed all the same.
    owner.post(PATH, form_of(owner, goal="10"))
    assert stored().goal == 10
