"""Pages from memory: rendered once per revision, language and encoding, above Django.

A page that became outdated is still served while it is rendered anew in the background, which
takes a fraction of a second after the watcher (see `watch`) has seen the letter's new revision.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import OrderedDict
from datetime import timedelta

from undersigned.website.front.kept import KeptPage, is_elsewhere, keep_page, without_mark
from undersigned.website.front.messages import (
    Answer,
    Application,
    Scope,
    Send,
    header,
    listen_to_nobody,
    respond,
)
from undersigned.website.headers import FOREVER, security_headers
from undersigned.website.negotiating import best_language
from undersigned.website.views.front_page import EVERYTHING

log = logging.getLogger(__name__)

PAGES_AT_MOST = 2_000
# The form's stamp is good for two hours; a page is rendered anew long before.
RENEW_AFTER = 20 * 60
INBOX = "/check-inbox/"
# A page that was begun before mail became late may be finished so much later.
BEING_MADE = 2.0

# With which a visitor is led on to their language: nobody may keep that for others.
ELSEWHERE = [
    (b"Cache-Control", b"no-store"),
    (b"Vary", b"Accept-Language"),
    (b"Content-Length", b"0"),
]


class Pages:
    """The memory of one web process. Used on its event loop only."""

    def __init__(self, django: Application) -> None:
        self._django = django
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._revisions: dict[str, int] = {}
        self._everything = 0
        self._delay: timedelta | None = None
        self._delay_at = -math.inf
        self._rendering: set[str] = set()
        self._coming: dict[str, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._headers = [
            *((name.encode(), value.encode()) for name, value in security_headers().items()),
            *ELSEWHERE,
        ]

    async def serve(self, scope: Scope, send: Send) -> bool:
        """Answer from memory if the page is there. False: nothing was sent."""
        page = None if scope["query_string"] else self._pages.get(scope["path"])
        if page is None:
            return False
        language = _other_language(page, scope)
        if language:
            page.asked_for = True
            headers = [*self._headers, (b"Location", f"/{page.slug}/{language}/".encode())]
            await respond(send, 302, headers)
        else:
            await _send_page(page, scope, send)
        return True

    async def render(self, scope: Scope, send: Send) -> None:
        """Let Django answer, and keep the page if it may be kept.

        Addresses with a query are not kept: there is no end to them. A body is not read. Of many
        who come at once for a page that is not there yet, one has it rendered and the others wait,
        so that a start in the middle of a rush is no stampede.
        """
        path = scope["path"]
        if scope["method"] != "GET" or scope["query_string"]:
            await self._answer(scope, send)
        elif path in self._coming:
            await self._coming[path].wait()
            if not await self.serve(scope, send):
                # It may not be kept: everybody has an answer of their own.
                await self._answer(scope, send)
        else:
            self._coming[path] = asyncio.Event()
            try:
                await self._answer(scope, send)
            finally:
                self._here(path)

    async def _answer(self, scope: Scope, send: Send) -> None:
        answer = Answer()
        everything = self._everything
        await self._django(scope, listen_to_nobody(), answer.collect)
        page = None
        if scope["method"] == "GET":
            page = await asyncio.to_thread(keep_page, answer, thorough=not scope["query_string"])
        if page is None:
            if is_elsewhere(answer) and not scope["query_string"]:
                # The next one is led on from memory.
                self._begin_again(scope["path"])
            await respond(send, answer.status, without_mark(answer.headers or []), answer.body)
            return
        if not scope["query_string"]:
            self._keep(scope["path"], page, everything)
            # Before it is sent: a slow reader keeps nobody waiting.
            self._here(scope["path"])
        await _send_page(page, scope, send)

    def _here(self, path: str) -> None:
        """Let those go on who wait for a page."""
        coming = self._coming.pop(path, None)
        if coming is not None:
            coming.set()

    def renew(self, revisions: dict[str, int], delay: timedelta | None = None) -> None:
        """Take note of the letters' present revisions; render outdated pages in the background.

        Pages that nobody asked for since they were made are dropped instead. `delay`: of mail, as
        the pages say that tell people to look into their inbox.
        """
        if delay != self._delay:
            self._delay, self._delay_at = delay, time.monotonic()
        if revisions != self._revisions:
            self._everything += 1
        self._revisions = revisions
        old = time.monotonic() - RENEW_AFTER
        for path, page in list(self._pages.items()):
            if path in self._rendering or page.slug == FOREVER:
                continue
            gone = page.slug != EVERYTHING and page.slug not in revisions
            made_after = self._delay_at + BEING_MADE if path.endswith(INBOX) else old
            is_current = page.revision >= self._current(page.slug) and page.made_at > old
            if not gone and is_current and page.made_at > made_after:
                continue
            if gone or not page.asked_for:
                del self._pages[path]
            else:
                self._begin_again(path)

    def _current(self, slug: str) -> int:
        return self._everything if slug == EVERYTHING else self._revisions.get(slug, 0)

    def _begin_again(self, path: str) -> None:
        if path in self._rendering:
            return
        self._rendering.add(path)
        task = asyncio.get_running_loop().create_task(self._render_again(path))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _render_again(self, path: str) -> None:
        answer = Answer()
        everything = self._everything
        try:
            await self._django(_scope_for(path), listen_to_nobody(), answer.collect)
            if answer.status < 500:
                self._pages.pop(path, None)
                page = await asyncio.to_thread(keep_page, answer, thorough=False)
                if page is not None:
                    page.asked_for = False
                    self._keep(path, page, everything)
        except Exception:
            # The page that is there stays, and the watcher tries again.
            log.exception("A page could not be rendered anew.")
        finally:
            self._rendering.discard(path)

    def _keep(self, path: str, page: KeptPage, everything: int) -> None:
        """`everything`: the count of changes when the page began to be rendered."""
        if page.slug == EVERYTHING:
            page.revision = everything
        self._pages[path] = page
        self._pages.move_to_end(path)
        while len(self._pages) > PAGES_AT_MOST:
            self._pages.popitem(last=False)


def _other_language(page: KeptPage, scope: Scope) -> str:
    """The language that a visitor reads better than the one of this page, if the letter has it."""
    if not page.languages:
        return ""
    accepted = (header(scope, b"accept-language") or b"").decode("latin-1")
    best = best_language(accepted, page.languages)
    return "" if best == page.languages[0] else best


async def _send_page(page: KeptPage, scope: Scope, send: Send) -> None:
    variant = page.variant(header(scope, b"accept-encoding") or b"")
    if variant.etag in (header(scope, b"if-none-match") or b""):
        await respond(send, 304, variant.headers_304)
    else:
        body = variant.body if scope["method"] == "GET" else b""
        await respond(send, 200, variant.headers, body)


def _scope_for(path: str) -> Scope:
    """A request of our own for a page."""
    # A late import: settings are ready only once Django is.
    from django.conf import settings

    host = settings.SITE_URL.partition("://")[2].encode()
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": settings.SITE_URL.partition(":")[0],
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", host), (b"x-forwarded-proto", b"https")],
        "client": None,
        "server": None,
    }
