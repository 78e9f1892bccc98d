"""The memory above Django, with a stand-in for Django whose pages can be changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pytest_django import Settings

from tests.website.visiting import Answer, scope, send
from undersigned.website.front import pages as memory
from undersigned.website.front.messages import respond
from undersigned.website.front.pages import Pages
from undersigned.website.headers import KEEP_HEADER

PATH = "/letter/"


class Writer:
    """Instead of Django: pages that say `text`, marked as `mark`."""

    def __init__(self) -> None:
        self.text = "old"
        self.mark = "letter 1"
        self.status = 200
        self.asked: list[dict[str, Any]] = []
        self.before: Callable[[], Awaitable[None]] | None = None

    async def __call__(self, request: Any, receive: Any, reply: Any) -> None:
        self.asked.append(request)
        assert await receive() == {"type": "http.request", "body": b"", "more_body": False}
        text, mark = self.text, self.mark
        if self.before:
            await self.before()
        if self.status == 0:
            raise RuntimeError("a secret in a template")
        headers = [(b"Content-Type", b"text/html"), (KEEP_HEADER.encode(), mark.encode())]
        await respond(reply, self.status, headers, text.encode())


class Reader:
    def __init__(self) -> None:
        self.writer = Writer()
        self.pages = Pages(self.writer)
        self.pages.renew({"letter": 1})

    async def get(self, path: str = PATH, method: str = "GET", **headers: str) -> Answer:
        async def serve_or_render(request: Any, receive: Any, reply: Any) -> None:
            if not await self.pages.serve(request, reply):
                await self.pages.render(request, reply)

        answer = await send(serve_or_render, scope(method, path, **headers), [b""])
        assert KEEP_HEADER.lower() not in answer.headers
        return answer

    async def renew(self, revision: int, **others: int) -> None:
        self.pages.renew({"letter": revision, **others})
        while self.pages._tasks:
            await asyncio.gather(*self.pages._tasks)
            await asyncio.sleep(0)


def reading(story: Callable[[Reader], Awaitable[None]]) -> None:
    asyncio.run(story(Reader()))


def test_a_page_is_rendered_once_for_all_its_readers() -> None:
    async def story(reader: Reader) -> None:
        answers = [await reader.get() for _ in range(3)]
        assert [answer.text for answer in answers] == ["old"] * 3
        assert len(reader.writer.asked) == 1

    reading(story)


def test_encodings_tags_and_heads() -> None:
    async def story(reader: Reader) -> None:
        plain = await reader.get()
        small = await reader.get(accept_encoding="gzip, br")
        assert (plain.text, small.text) == ("old", "old")
        assert small.headers["content-encoding"] == "br"
        assert (await reader.get(accept_encoding="gzip")).headers["content-encoding"] == "gzip"

        head = await reader.get(method="HEAD", accept_encoding="br")
        assert (head.status, head.body) == (200, b"")
        assert head.headers == small.headers

        again = await reader.get(accept_encoding="br", if_none_match=small.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == small.headers["etag"]
        weak = await reader.get(if_none_match=f'"x", W/{plain.headers["etag"]}')
        assert weak.status == 304
        other = await reader.get(if_none_match=small.headers["etag"])
        assert other.status == 200, "another encoding is another body"
        assert len(reader.writer.asked) == 1

    reading(story)


def test_a_head_alone_keeps_nothing() -> None:
    async def story(reader: Reader) -> None:
        assert (await reader.get(method="HEAD")).status == 200
        assert not reader.pages._pages

    reading(story)


def test_addresses_with_a_query_are_answered_but_not_kept() -> None:
    async def story(reader: Reader) -> None:
        answer = await reader.get(f"{PATH}?q=ana", accept_encoding="gzip")
        assert answer.text == "old"
        assert "etag" in answer.headers
        assert not reader.pages._pages
        await reader.get()
        await reader.get(f"{PATH}?q=ana")
        assert len(reader.writer.asked) == 3

    reading(story)


@pytest.mark.parametrize("status", [404, 302, 503])
def test_what_is_no_page_is_passed_on_and_not_kept(status: int) -> None:
    async def story(reader: Reader) -> None:
        reader.writer.status = status
        assert (await reader.get()).status == status
        assert not reader.pages._pages

    reading(story)


def test_a_new_revision_is_rendered_while_the_old_page_is_served() -> None:
    async def story(reader: Reader) -> None:
        assert (await reader.get()).text == "old"
        reader.writer.text, reader.writer.mark = "new", "letter 2"
        going_on = asyncio.Event()
        reader.writer.before = going_on.wait
        reader.pages.renew({"letter": 2})
        await asyncio.sleep(0.01)
        assert (await reader.get()).text == "old"
        reader.pages.renew({"letter": 2})
        going_on.set()
        await reader.renew(2)
        assert (await reader.get()).text == "new"
        assert len(reader.writer.asked) == 2, "it is not rendered twice at once"

    reading(story)


def test_a_request_of_our_own_looks_like_a_visitors(settings: Settings) -> None:
    settings.SITE_URL = "https://letters.example.org"

    async def story(reader: Reader) -> None:
        await reader.get()
        reader.writer.mark = "letter 2"
        await reader.renew(2)
        own = reader.writer.asked[1]
        assert (own["method"], own["scheme"], own["path"]) == ("GET", "https", PATH)
        assert (b"host", b"letters.example.org") in own["headers"]
        assert own["client"] is None, "an outbox would not open for it"

    reading(story)


def test_a_page_that_nobody_reads_any_more_is_dropped_not_renewed() -> None:
    async def story(reader: Reader) -> None:
        await reader.get()
        for revision in (2, 3):
            reader.writer.mark = f"letter {revision}"
            await reader.renew(revision)
        assert not reader.pages._pages
        assert len(reader.writer.asked) == 2

    reading(story)


def test_a_page_that_is_read_is_renewed_every_time() -> None:
    async def story(reader: Reader) -> None:
        for revision in (1, 2, 3):
            reader.writer.mark = reader.writer.text = f"letter {revision}"
            await reader.renew(revision)
            assert (await reader.get()).text == f"letter {revision}"

    reading(story)


def test_nothing_is_done_while_nothing_changes() -> None:
    async def story(reader: Reader) -> None:
        await reader.get()
        for _ in range(5):
            await reader.renew(1)
        assert len(reader.writer.asked) == 1

    reading(story)


def test_before_its_forms_stamp_grows_old_a_page_is_rendered_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def story(reader: Reader) -> None:
        await reader.get()
        later = time.monotonic() + memory.RENEW_AFTER + 1
        monkeypatch.setattr(memory.time, "monotonic", lambda: later)
        await reader.renew(1)
        assert len(reader.writer.asked) == 2

    reading(story)


def test_a_letter_that_is_hidden_disappears() -> None:
    async def story(reader: Reader) -> None:
        await reader.get()
        reader.writer.status = 404
        reader.pages.renew({})
        assert (await reader.get()).status == 404

    reading(story)


def test_a_page_that_is_gone_when_it_is_rendered_anew_is_gone() -> None:
    async def story(reader: Reader) -> None:
        await reader.get()
        reader.writer.status = 404
        await reader.renew(2)
        assert not reader.pages._pages
        assert (await reader.get()).status == 404

    reading(story)


@pytest.mark.parametrize("status", [500, 503, 0])
def test_when_rendering_fails_the_old_page_stays_and_is_tried_again(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(reader: Reader) -> None:
        await reader.get()
        reader.writer.status = status
        await reader.renew(2)
        assert (await reader.get()).text == "old"
        reader.writer.status, reader.writer.text, reader.writer.mark = 200, "new", "letter 2"
        await reader.renew(2)
        assert (await reader.get()).text == "new"

    reading(story)
    failed = [record.getMessage() for record in caplog.records]
    assert failed == (["A page could not be rendered anew."] if status == 0 else [])


def test_assets_are_kept_for_ever() -> None:
    async def story(reader: Reader) -> None:
        reader.writer.mark = "forever"
        await reader.get("/static/style.css")
        await reader.renew(2)
        reader.pages.renew({})
        await reader.get("/static/style.css")
        assert len(reader.writer.asked) == 1

    reading(story)


def test_the_front_page_is_renewed_when_any_letter_changes() -> None:
    async def story(reader: Reader) -> None:
        reader.writer.mark = "* 0"
        assert (await reader.get("/")).text == "old"
        reader.writer.text = "new"
        await reader.renew(1)
        assert (await reader.get("/")).text == "old"
        await reader.renew(1, another=1)
        assert (await reader.get("/")).text == "new"

    reading(story)


def test_a_change_while_the_front_page_is_rendered_is_not_missed() -> None:
    async def story(reader: Reader) -> None:
        async def a_letter_opens_meanwhile() -> None:
            reader.writer.before = None
            reader.writer.text = "new"
            reader.pages.renew({"letter": 1, "another": 1})

        reader.writer.mark = "* 0"
        reader.writer.before = a_letter_opens_meanwhile
        assert (await reader.get("/")).text == "old"
        await reader.renew(1, another=1)
        assert (await reader.get("/")).text == "new"

    reading(story)


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "PAGES_AT_MOST", 3)

    async def story(reader: Reader) -> None:
        for number in range(10):
            await reader.get(f"/letter/{number}/")
        assert [*reader.pages._pages] == ["/letter/7/", "/letter/8/", "/letter/9/"]

    reading(story)


def test_of_many_who_come_at_once_one_has_it_rendered() -> None:
    async def story(reader: Reader) -> None:
        gate = asyncio.Event()
        reader.writer.before = gate.wait
        crowd = [asyncio.create_task(reader.get()) for _ in range(5)]
        await asyncio.sleep(0.01)
        gate.set()
        answers = await asyncio.gather(*crowd)
        assert [answer.text for answer in answers] == ["old"] * 5
        assert len(reader.writer.asked) == 1

    reading(story)


def test_of_a_page_that_is_not_kept_everybody_who_came_at_once_has_an_answer() -> None:
    async def story(reader: Reader) -> None:
        gate = asyncio.Event()
        reader.writer.before = gate.wait
        reader.writer.status = 404
        crowd = [asyncio.create_task(reader.get()) for _ in range(3)]
        await asyncio.sleep(0.01)
        gate.set()
        assert [answer.status for answer in await asyncio.gather(*crowd)] == [404] * 3
        assert len(reader.writer.asked) == 3

    reading(story)


def test_a_page_that_fails_keeps_nobody_waiting() -> None:
    async def story(reader: Reader) -> None:
        gate = asyncio.Event()
        reader.writer.before = gate.wait
        reader.writer.status = 0
        crowd = [asyncio.create_task(reader.get()) for _ in range(2)]
        await asyncio.sleep(0.01)
        gate.set()
        found = await asyncio.gather(*crowd, return_exceptions=True)
        assert [type(one) for one in found] == [RuntimeError, RuntimeError]

    reading(story)
