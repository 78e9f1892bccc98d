"""The ASGI application of a web process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import re
import time
from collections.abc import Iterator
from datetime import timedelta

from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from undersigned.letters.models import PUBLIC_STATES, Letter, LetterState
from undersigned.signatures.intake import GroupCommit, Overloaded
from undersigned.signatures.lateness import mail_delay
from undersigned.vault.panics import panics_as_faults
from undersigned.vault.seal import SealingKeyMissing
from undersigned.website.desks import Counter, open_counter
from undersigned.website.errors import TOO_LARGE, UNAVAILABLE
from undersigned.website.front.messages import (
    Application,
    Gone,
    Receive,
    Scope,
    Send,
    TooLarge,
    at_most,
    listen_to_nobody,
    read_body,
    replay,
    respond,
)
from undersigned.website.front.pages import Pages
from undersigned.website.front.roads import Roads
from undersigned.website.headers import security_headers

log = logging.getLogger(__name__)

WATCH_EVERY = 0.5
DELAY_EVERY = 5.0
UPLOAD_AT_MOST = 12 * 1024 * 1024
_SERVICES = "/api/"
_VOLUNTEER = re.compile(r"/[a-z0-9-]+/translate/[A-Za-z0-9_-]{22}/")
READING = frozenset({"GET", "HEAD"})
PLAIN_TEXT = [(b"Content-Type", b"text/plain"), (b"Cache-Control", b"no-store")]
LAST_RESORT = b"Something went wrong here. Nothing was changed. Please try again in a minute.\n"


class Front:
    """Pages from memory, forms on the event loop, Django for everything else."""

    def __init__(self, django: Application, *, workspace: str = "") -> None:
        """`workspace`: below this path nothing is kept, and files may be uploaded."""
        self._django = django
        self._workspace = workspace
        self._writer = GroupCommit()
        self.pages = Pages(django)
        self.roads = Roads(self._writer)
        self._known: dict[str, int] | None = None
        self._delay: timedelta | None = None
        self._delay_until = -math.inf
        self._watcher: asyncio.Task[None] | None = None
        self._headers = [
            (name.encode(), value.encode()) for name, value in security_headers().items()
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        try:
            with panics_as_faults():
                await self._answer(scope, receive, send)
        except Exception:
            # Even the page for errors failed. The server would log the error with its words.
            log.exception("A request could not be answered.")
            with contextlib.suppress(Exception):
                await respond(send, 500, [*PLAIN_TEXT, *self._headers], LAST_RESORT)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_for_files(scope["path"]):
            receive = at_most(UPLOAD_AT_MOST, scope, TOO_LARGE, receive)
            await self._django(scope, receive, send)
        elif scope["method"] not in READING:
            await self._take(scope, receive, send)
        elif not await self.pages.serve(scope, send):
            await self.pages.render(scope, send)

    def _is_for_files(self, path: str) -> bool:
        """The studio, the page of a volunteer who translates, and what services report."""
        if self._workspace and path.startswith(self._workspace):
            return True
        return _VOLUNTEER.match(path) is not None or path.startswith(_SERVICES)

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await read_body(scope, receive)
        except Gone:
            return
        except TooLarge:
            # Perhaps not read to its end: Django must not come upon the rest of it.
            scope[TOO_LARGE] = True
            receive = listen_to_nobody()
        else:
            if scope["method"] == "POST" and self.roads.leads_from(scope["path"]):
                try:
                    headers = await self.roads.take(scope, body)
                except Overloaded:
                    # Django would store it all the same, and make the queue longer.
                    scope[UNAVAILABLE] = True
                else:
                    if headers is not None:
                        await respond(send, 303, headers)
                        return
            receive = replay(body, receive)
        await self._django(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start the writer and the watcher with the server, and end them with it."""
        await receive()
        self._writer.start()
        await self.look()
        self._watcher = asyncio.get_running_loop().create_task(self._watch())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._watcher.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._watcher
        await asyncio.to_thread(self._writer.stop)
        await send({"type": "lifespan.shutdown.complete"})

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH_EVERY)
            try:
                await self.look()
            except Exception:
                # Whatever it is, pages must not stay as they are for ever.
                log.exception("The letters could not be looked through.")

    async def look(self) -> None:
        """See which letters changed; renew their pages and counters.

        Without a database what is in memory goes on being served.
        """
        try:
            revisions = await sync_to_async(_read_revisions, thread_sensitive=False)()
            if revisions != self._known:
                self.roads.counters = await sync_to_async(_open_counters, thread_sensitive=False)()
                self._known = revisions
        except DatabaseError as error:
            log.error("The database does not answer (%s).", type(error).__name__)
            return
        self.pages.renew(revisions, await self._look_at_mail())

    async def _look_at_mail(self) -> timedelta | None:
        """How late mail is, looked up now and then."""
        if time.monotonic() >= self._delay_until:
            self._delay = await sync_to_async(_read_delay, thread_sensitive=False)()
            self._delay_until = time.monotonic() + DELAY_EVERY
        return self._delay


def _read_revisions() -> dict[str, int]:
    with _own_connection():
        return dict(Letter.objects.filter(state__in=PUBLIC_STATES).values_list("slug", "revision"))


def _read_delay() -> timedelta | None:
    with _own_connection():
        return mail_delay(timezone.now())


def _open_counters() -> dict[str, Counter]:
    counters = {}
    with _own_connection():
        found = Letter.objects.filter(state=LetterState.OPEN, key_destroyed_at=None)
        for letter in found.prefetch_related("partners__wordings"):
            with contextlib.suppress(SealingKeyMissing):  # paused: Django's view says so
                counters[letter.slug] = open_counter(letter)
    return counters


@contextlib.contextmanager
def _own_connection() -> Iterator[None]:
    """The thread is any of a pool's: a connection left open in each would use up the database's."""
    try:
        yield
    finally:
        close_old_connections()
