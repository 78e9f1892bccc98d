"""Publishing: what would change, what it will do, and what was published."""

from __future__ import annotations

import re

import pytest

from tests.builders import listed
from tests.studio.people import Colleague
from undersigned.letters.creating import NewLetter, create
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import Edition, Letter
from undersigned.signatures.counting import count_changes
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Team

PATH = "/studio/letters/banned/editions/"


def write(letter: Letter, **typed: str) -> None:
    draft = draft_of(letter, "en")
    save(draft, draft.words, typed, actor="Ana")


def filled(browser: Colleague, path: str = PATH, **fields: str) -> dict[str, str]:
    (seen,) = re.findall(r'name="seen" value="(\w+)"', browser.get(path).text)
    return {"seen": seen, **fields}


def test_the_draft_is_shown_against_the_present_edition(owner: Colleague, letter: Letter) -> None:
    assert "word for word, what the present edition says" in owner.get(PATH).text
    write(letter, body="We ask for two things.\n\nWe ask for it now.")

    page = owner.get(PATH).text

    assert "2 words changed in the letter" in page
    assert "<del><span class=unseen>Taken out: </span>one thing</del>" in page
    assert "0 signatures stand under the present text." in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("editorial", "1 signature stays, under the corrected text."),
        ("substantive", "1 signature stays on the text that it signed, and is counted apart."),
    ],
)
def test_publishing_says_counted_what_it_will_do_and_does_it(
    owner: Colleague, letter: Letter, keys: WorkerKeys, change: str, sentence: str
) -> None:
    listed(letter, keys)
    count_changes()
    write(letter, title="Our letter")

    asked = owner.post(PATH, filled(owner, change=change, note="A slip"))
    assert asked.status_code == 200
    assert sentence in asked.text
    assert Edition.objects.count() == 1

    carried = dict(re.findall(r'<input type=hidden name="(\w+)" value="([^"]*)"', asked.text))
    done = owner.post(PATH, carried, follow=True).text
    assert "Edition 2 is published." in done
    edition = Edition.objects.get(number=2)
    assert (edition.change, edition.note) == (change, "A slip")
    assert "The public page of editions" in done


def test_a_text_that_was_changed_meanwhile_is_not_published_unseen(
    owner: Colleague, letter: Letter
) -> None:
    write(letter, title="Our letter")
    form = filled(owner, change="editorial", note="A slip", confirmed="yes")
    write(letter, title="Their letter")

    page = owner.post(PATH, form, follow=True).text

    assert "Somebody changed the text after you opened this page." in page
    assert Edition.objects.count() == 1


def test_kind_and_note_are_asked_for(owner: Colleague, letter: Letter) -> None:
    write(letter, title="Our letter")

    answer = owner.post(PATH, filled(owner))

    assert answer.status_code == 422
    assert "Choose which of the two it is." in answer.text
    assert "Say in a sentence what was changed." in answer.text


def test_publishing_the_present_text_again_says_so(owner: Colleague, letter: Letter) -> None:
    write(letter, title="Our letter")
    form = filled(owner, change="editorial", note="A slip", confirmed="yes")
    owner.post(PATH, form)

    assert "word for word, the present edition" in owner.post(PATH, form, follow=True).text
    assert Edition.objects.count() == 2


def test_the_first_edition_needs_words_and_a_key(
    owner: Colleague, team: Team, keys: WorkerKeys
) -> None:
    path = "/studio/letters/clean-air/editions/"
    letter = create(team, NewLetter("Clean air", "clean-air", "en"), actor="Ana")
    asked = owner.post(path, filled(owner, path)).text
    assert "The text is frozen as the first edition." in asked
    said = owner.post(path, filled(owner, path, confirmed="yes"), follow=True).text
    assert "this is still empty in English: The letter." in said

    write(letter, body="We ask.")
    said = owner.post(path, filled(owner, path, confirmed="yes"), follow=True).text
    assert "the letter’s key is being made" in said

    Letter.objects.filter(pk=letter.pk).update(sealing_key=bytes(32))
    said = owner.post(path, filled(owner, path, confirmed="yes"), follow=True).text
    assert "Edition 1 is published." in said
    assert Edition.objects.get().change == "first"
