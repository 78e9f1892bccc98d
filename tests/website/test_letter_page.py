"""What a letter's page shows, and where its links go."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from pytest_django import Settings

from tests.builders import published_letter, text
from undersigned.letters.models import Letter
from undersigned.letters.queries import letter_words
from undersigned.signatures.counting import Counts
from undersigned.signatures.signatories import Signatories
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.website.letter_page import (
    frame,
    last_update,
    mail_share,
    page,
    shares,
    structured_data,
)

pytestmark = pytest.mark.django_db


def signatories(newest: date | None) -> Signatories:
    return Signatories([], [], [], 0, 0, newest)


@pytest.mark.parametrize(
    ("imported", "newest", "shown"),
    [
        (None, None, ""),
        (date(2026, 1, 2), None, "2 January 2026"),
        (None, date(2026, 3, 4), "4 March 2026"),
        (date(2026, 1, 2), date(2026, 3, 4), "4 March 2026"),
        (date(2026, 5, 6), date(2026, 3, 4), "6 May 2026"),
    ],
)
def test_the_last_update_is_the_lists_own_or_the_newest_name(
    imported: date | None, newest: date | None, shown: str
) -> None:
    letter = Letter(source_language="en", last_update=imported)
    assert last_update(letter, signatories(newest), "en") == shown


def test_dates_are_written_in_the_readers_language(letter: Letter) -> None:
    Letter.objects.update(launched_at=datetime(2026, 1, 2, tzinfo=UTC))
    letter.refresh_from_db()
    words = letter_words(letter, "es")
    assert page(letter, words, "es")["published"] == "2 de enero de 2026"


def test_links_to_share_carry_the_title_the_hashtag_and_the_address(
    keys: WorkerKeys, site: Settings
) -> None:
    letter = published_letter(keys, "letter", texts=[text(title="A & B?")], hashtag="#Ask")
    words = letter_words(letter, "en")
    found = {share.name: parse_qs(urlsplit(share.url).query) for share in shares(letter, words)}
    url = "http://127.0.0.1:8000/letter/en/"
    assert found == {
        "Mastodon": {"text": ["A & B? #Ask"], "url": [url]},
        "Bluesky": {"text": [f"A & B? #Ask {url}"]},
        "WhatsApp": {"text": [f"A & B? #Ask {url}"]},
        "Telegram": {"url": [url], "text": ["A & B? #Ask"]},
    }
    assert unquote(mail_share(letter, words)) == f"mailto:?subject=A & B?&body={url}"


def test_structured_data_cannot_leave_its_element(keys: WorkerKeys) -> None:
    title = "</script><!--&"
    letter = published_letter(keys, texts=[text(title=title)], drafters=["<b>"])
    data = structured_data(letter, letter_words(letter, "en"), Counts(2, 3, 1))
    assert not set("<>&") & set(data)
    found = json.loads(data)
    assert found["name"] == title
    assert found["author"] == [{"@type": "Organization", "name": "<b>"}]
    assert found["interactionStatistic"]["userInteractionCount"] == 5
    assert found["datePublished"] == letter.launched_at.date().isoformat()


def test_a_letter_that_was_never_launched_has_no_date(letter: Letter) -> None:
    letter.launched_at = None
    data = structured_data(letter, letter_words(letter, "en"), Counts(0, 0, 0))
    assert "datePublished" not in json.loads(data)


def test_the_frame_tells_the_address_from_the_text(letter: Letter) -> None:
    found = frame(letter, letter_words(letter, "ar"), "ar")
    assert (found["language"], found["language_direction"]) == ("ar", "rtl")
    assert (found["text_language"], found["text_direction"]) == ("en", "ltr")
    assert found["url"] == "/letter/ar/"
    assert found["absolute_url"].endswith("/letter/en/")
