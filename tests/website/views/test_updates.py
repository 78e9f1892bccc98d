"""A letter's updates: on its page, in a list, by themselves, and as feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.builders import published_letter, text
from tests.signatures.updating import update_of
from tests.website.visiting import Running
from undersigned.letters.models import Letter, Update
from undersigned.letters.updates import Words, hide_update, show_update
from undersigned.signatures.worker_keys import WorkerKeys

DAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def letter(keys: WorkerKeys, db: None) -> Letter:
    return published_letter(keys, "letter", texts=[text("en"), text("ar")])


def shown(letter: Letter, at: datetime = DAY, **texts: Words) -> Update:
    update = update_of(letter, texts or None)
    show_update(update, actor="Ana")
    Update.objects.filter(pk=update.pk).update(published_at=at, saved_at=at)
    return update


def test_the_letter_leads_to_its_newest_updates(client: Client, letter: Letter) -> None:
    assert "updates/" not in client.get("/letter/en/").text
    for number in range(1, 5):
        shown(letter, DAY.replace(day=number), en=Words(f"News {number}", "x"))
    page = client.get("/letter/en/").text
    assert "News 1" not in page
    assert "<a href=/letter/en/updates/4/ lang=en dir=ltr>News 4</a>" in page
    assert "<time datetime=2026-11-04>4 November 2026</time>" in page
    assert "<a href=/letter/en/updates/>All updates</a>" in page
    assert "<link rel=alternate type=application/atom+xml href=/letter/en/updates.atom>" in page


def test_all_of_them(client: Client, letter: Letter) -> None:
    shown(letter)
    response = client.get("/letter/en/updates/")
    assert "lang=en dir=ltr><h2><a href=/letter/en/updates/1/>They answered</a>" in response.text
    assert "23 November 2026" in response.text
    assert "We met them on Monday. More" in response.text
    assert response.headers["Cache-Control"].startswith("public")


def test_one_by_itself(client: Client, letter: Letter) -> None:
    shown(letter)
    page = client.get("/letter/en/updates/1/").text
    assert "<title>They answered</title>" in page
    assert "<p>We met <em>them</em> on Monday.</p>" in page
    assert "<a href=/letter/ar/updates/1/ lang=ar" in page


@pytest.mark.parametrize("path", ["/letter/ar/updates/", "/letter/ar/updates/1/"])
def test_the_day_beside_words_of_another_direction_keeps_its_own(
    client: Client, letter: Letter, path: str
) -> None:
    shown(letter)
    day = "<time datetime=2026-11-23 lang=ar dir=rtl>23 نوفمبر 2026</time>"
    assert day in client.get(path).text


def test_in_the_readers_language_as_far_as_it_is_there(client: Client, letter: Letter) -> None:
    shown(letter)
    page = client.get("/letter/ar/updates/1/").text
    assert "<html lang=ar dir=rtl>" in page
    assert "<article class=letter lang=en dir=ltr>" in page
    Update.objects.all().delete()
    shown(letter, ar=Words("أجابوا", "التقينا بهم."), en=Words("They", "x"))
    assert (
        "<article class=letter lang=ar dir=rtl>\n<h1>أجابوا</h1>"
        in client.get("/letter/ar/updates/1/").text
    )


@pytest.mark.parametrize(
    "path", ["updates/", "updates/1/", "updates/2/", "updates/0/", "updates/01/", "updates/x/"]
)
def test_what_is_not_public_is_not_there(client: Client, letter: Letter, path: str) -> None:
    update_of(letter)
    assert client.get(f"/letter/en/{path}").status_code == 404


def test_hidden_again(client: Client, letter: Letter) -> None:
    update = shown(letter)
    hide_update(update, actor="Ana")
    assert client.get("/letter/en/updates/1/").status_code == 404
    assert client.get("/letter/en/updates.json").json()["items"] == []


def test_the_feed_for_programs(client: Client, letter: Letter) -> None:
    update = shown(letter)
    response = client.get("/letter/en/updates.json")
    assert response.headers["Content-Type"] == "application/feed+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json() == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "A letter in en",
        "home_page_url": "http://127.0.0.1:8000/letter/en/",
        "feed_url": "http://127.0.0.1:8000/letter/en/updates.json",
        "language": "en",
        "items": [
            {
                "id": f"urn:uuid:{update.pk}",
                "url": "http://127.0.0.1:8000/letter/en/updates/1/",
                "title": "They answered",
                "content_html": "<p>We met <em>them</em> on Monday.</p>\n"
                '<p><a href="https://example.org/" rel="noopener noreferrer">More</a></p>\n',
                "date_published": "2026-11-23T09:00:00+00:00",
                "date_modified": "2026-11-23T09:00:00+00:00",
                "language": "en",
            }
        ],
    }


def test_the_feed_for_readers(client: Client, letter: Letter) -> None:
    update = shown(letter, en=Words("Cats & dogs \x01 <b>", "A *word*."))
    response = client.get("/letter/ar/updates.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.text)
    entry = feed.find("a:entry", ATOM)
    assert entry is not None
    assert feed.attrib[XML_LANG] == "ar"
    assert entry.attrib[XML_LANG] == "en"
    assert feed.findtext("a:id", namespaces=ATOM) == f"urn:uuid:{letter.pk}"
    assert feed.findtext("a:author/a:name", namespaces=ATOM) == "A letter in ar"
    assert feed.findtext("a:updated", namespaces=ATOM) == "2026-11-23T09:00:00+00:00"
    assert entry.findtext("a:id", namespaces=ATOM) == f"urn:uuid:{update.pk}"
    assert entry.findtext("a:title", namespaces=ATOM) == "Cats & dogs  <b>"
    assert entry.findtext("a:content", namespaces=ATOM) == "<p>A <em>word</em>.</p>\n"
    links = [link.attrib["href"] for link in entry.findall("a:link", ATOM)]
    assert links == ["http://127.0.0.1:8000/letter/ar/updates/1/"]


def test_a_feed_may_be_empty(client: Client, letter: Letter) -> None:
    feed = ElementTree.fromstring(client.get("/letter/en/updates.atom").text)
    assert feed.findall("a:entry", ATOM) == []


def test_feeds_are_kept_in_memory_and_compressed(front: Running, keys: WorkerKeys) -> None:
    letter = published_letter(keys, "letter")
    for name in ("updates.atom", "updates.json"):
        answer = front.get(f"/{letter.slug}/en/{name}", accept_encoding="br")
        assert answer.headers["content-encoding"] == "br"
        assert f"/letter/en/{name}" in front.front.pages._pages
