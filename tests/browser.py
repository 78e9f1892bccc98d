"""Chromium for the tests marked `browser`, driven by Playwright; no download, the system's own.

python -m tests.browser    says whether Chromium is there (exit status 0 or 3)
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ADVICE = "Chromium is missing; install it with: apt-get install chromium"
MISSING = 3
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that asks another host for something gets an error, and no name server hears of it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)

type OpenPage = Callable[..., Page]


def main() -> int:
    if find_chromium() is None:
        print(ADVICE, file=sys.stderr)
        return MISSING
    return 0


def find_chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A headless Chromium. Skips the test without one; with CI=true that is a failure."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(ADVICE)
        pytest.skip(ADVICE)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as monkeypatch:
        # Playwright keeps an event loop in this thread, where Django then refuses the database.
        # Not by DJANGO_ALLOW_ASYNC_UNSAFE: servers that tests start would inherit it.
        monkeypatch.setattr("django.utils.asyncio.get_running_loop", _no_running_loop)
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS])
        try:
            yield browser
        finally:
            browser.close()


def _no_running_loop() -> NoReturn:
    raise RuntimeError("no running event loop")


@contextmanager
def pages(browser: Browser) -> Iterator[OpenPage]:
    """A function that opens a page in a context of its own, with `Browser.new_context`'s options.

    At the end contexts are closed, and a script error on any of the pages fails the test.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(**options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    try:
        yield open_page
    finally:
        for context in contexts:
            context.close()
    assert errors == [], "a script on the page failed"


if __name__ == "__main__":
    sys.exit(main())
