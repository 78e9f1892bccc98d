"""A whole installation for the stories: started as a host would start it, and read as a visitor."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from undersigned.mail.kept import KeptMail, read_kept

PATIENCE = 20.0


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def host_environment(web_processes: int = 1) -> dict[str, str]:
    """The shell of a host who has set nothing but how many processes answer."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UNDERSIGNED_") and name != "DATABASE_URL"
    }
    return {**environment, "UNDERSIGNED_WEB_PROCESSES": str(web_processes)}


def until[Found](look: Callable[[], Found | None], what: str, patience: float = PATIENCE) -> Found:
    """Look again and again until there is something; fail with `what` was awaited."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    pytest.fail(f"still waiting for {what}")


@dataclass(frozen=True)
class Site:
    """A running installation."""

    url: str
    data: Path

    def mails_to(self, address: str) -> list[KeptMail]:
        """What the owner of a mailbox finds there, newest first."""
        return [mail for mail in read_kept(self.data / "outbox", limit=None) if mail.to == address]

    def mail_to(self, address: str, number: int = 1) -> KeptMail:
        """The latest mail to an address, once there are `number` of them."""
        return until(
            lambda: (mails := self.mails_to(address)) and len(mails) >= number and mails[0],
            f"mail number {number} to the signer",
        )

    def link_in(self, mail: KeptMail) -> str:
        match = re.search(rf"{re.escape(self.url)}/\S+/confirm/\S+", mail.text)
        assert match is not None, "the mail has no link"
        return match[0]

    def settled_total(self) -> int | None:
        """How many are counted, or None while the worker has something left to list or count."""
        address = f"file:{self.data}/db.sqlite3?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=10)) as database:
            waiting, total = database.execute(
                "SELECT (SELECT count(*) FROM signatures_signature"
                " WHERE state = 'confirmed' AND held_because = '')"
                " + (SELECT count(*) FROM signatures_change WHERE NOT is_counted),"
                " (SELECT sum(total) FROM signatures_tally)"
            ).fetchone()
        return None if waiting else int(total)

    def moves_launch_forward(self, *, hours: int) -> None:
        """As if so many hours had passed for a planned launch."""
        with contextlib.closing(sqlite3.connect(self.data / "db.sqlite3", timeout=20)) as database:
            for column in ("launch_at", "founders_told_at"):
                database.execute(
                    f"UPDATE letters_letter SET {column} ="
                    f" strftime('%Y-%m-%d %H:%M:%f', {column}, '-{hours} hours')"
                )
            database.commit()

    def printed(self, pattern: str) -> str:
        """What the command said when it started, once it is there."""

        def look() -> str | None:
            found = re.search(pattern, (self.data / "log").read_text(errors="replace"))
            return found[0] if found else None

        return until(look, f"{pattern} in what the command prints")

    def command(self, *words: str) -> str:
        """Run `undersigned` as the host would."""
        done = subprocess.run(
            [sys.executable, "-m", "undersigned", *words, "--data", str(self.data)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "UNDERSIGNED_URL": self.url},
        )
        return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`undersigned serve` on a free port, with its example letter; stopped by Ctrl-C.

    Two processes answer, as on most machines: what one of them did, the other must know.
    """
    with serving(tmp_path_factory.mktemp("site"), web_processes=2) as found:
        yield found


@contextlib.contextmanager
def serving(
    data: Path,
    *words: str,
    name: str = "127.0.0.1",
    web_processes: int = 1,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Site]:
    """A site of its own; `words` are more of the command line, `name` what it is called.

    `settings`: of the environment, such as where mail leaves.
    """
    port = find_free_port()
    log = (data / "log").open("wb")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "undersigned", "serve"),
            *("--port", str(port)),
            *("--data", data),
            *words,
        ],
        env={
            **host_environment(web_processes),
            "UNDERSIGNED_URL": f"http://{name}:{port}",
            **(settings or {}),
        },
        stdout=log,
        stderr=log,
    )
    found = Site(f"http://{name}:{port}", data)
    try:
        until(lambda: _answers(found.url), "the server", patience=90)
        yield found
    finally:
        server.send_signal(signal.SIGINT)
        status = server.wait(timeout=30)
        log.close()
    assert status == 0, (data / "log").read_text(errors="replace")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz") as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@dataclass(frozen=True)
class Visitor:
    """Somebody at a browser. Methods are what people do."""

    page: Page
    site: Site

    def opens(self, path: str) -> None:
        self.page.goto(self.site.url + path)

    def types(self, **values: str) -> None:
        """Fill in fields by their names."""
        for name, value in values.items():
            self.page.locator(f"form [name={name}]").fill(value)

    def chooses(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}][value={value}]").check()

    def ticks(self, name: str) -> None:
        self.page.locator(f"[name={name}]").check()

    def reads_slowly(self) -> None:
        """People take longer than three seconds; the form counts on it."""
        self.page.wait_for_timeout(3_100)

    def presses(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()

    def sees(self, text: str) -> bool:
        return text in self.page.locator("body").inner_text()

    def finds_at(self, path: str, text: str) -> None:
        """Reload a page until the text is there: names are listed within moments."""

        def look() -> bool:
            self.opens(path)
            return self.sees(text)

        until(look, f"“{text}” at {path}")

    def counts(self) -> dict[str, int]:
        """The letter's numbers, as its count.json says once everything so far is counted.

        The count lags, and the stories share a site: another story's signature may be on its way.
        """

        def look() -> dict[str, int] | None:
            total = self.site.settled_total()
            answer = self.page.request.get(f"{self.site.url}/example/count.json")
            numbers: dict[str, int] = answer.json()
            return numbers if numbers["total"] == total else None

        return until(look, "the count to settle")
