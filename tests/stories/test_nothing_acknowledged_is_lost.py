"""Processes are killed at random under load: what was acknowledged is there, once.

script/test tests/stories/test_nothing_acknowledged_is_lost.py
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.stories.conftest import find_free_port, host_environment, until
from undersigned.mail.kept import read_kept

pytestmark = pytest.mark.long

SECONDS = 40.0
VISITORS = 16
HEAD = (
    "POST /example/sign/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
)


def test_killed_at_random_under_load_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    port = find_free_port()
    log = (tmp_path / "log").open("wb")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "undersigned", "serve"),
            *("--port", str(port), "--data", tmp_path / "data"),
        ],
        env=host_environment(web_processes=2),
        stdout=log,
        stderr=log,
    )
    try:
        page = until(lambda: _read(f"http://127.0.0.1:{port}/example/"), "the server")
        stamp = re.search(r"name=stamp value=(\S+?)>", page)
        assert stamp is not None
        time.sleep(3.1)
        acknowledged, kills = asyncio.run(_load_and_kill(port, stamp[1], server.pid))
        assert kills > SECONDS / 4
        assert len(acknowledged) > 100
        until(lambda: _settled(tmp_path / "data"), "everything to be answered", 240)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)
        log.close()

    mails = Counter(mail.to for mail in read_kept(tmp_path / "data" / "outbox", limit=None))
    assert [address for address in acknowledged if address not in mails] == []
    # A file has the message's own id: a mail that was sent twice is one file, as one Message-ID
    # is one mail. Two different mails to one address would be two signatures.
    assert [address for address, count in mails.items() if count > 1] == []
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "db.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (rows,) = database.execute(
            "SELECT count(*) FROM signatures_signature WHERE source = 'web'"
        ).fetchone()
    assert rows >= len(acknowledged)


async def _load_and_kill(port: int, stamp: str, supervisor: int) -> tuple[set[str], int]:
    """Sign as fast as it goes while children are killed; the acknowledged addresses, the kills."""
    acknowledged: set[str] = set()
    ends = time.monotonic() + SECONDS

    async def visitor(number: int) -> None:
        signed = 0
        while time.monotonic() < ends:
            signed += 1
            address = f"visitor{number}.{signed}@example.org"
            try:
                status = await asyncio.wait_for(_sign(port, stamp, address), 10)
            except (OSError, TimeoutError, ValueError):
                await asyncio.sleep(0.1)
                continue
            if status == 303:
                acknowledged.add(address)

    async def killer() -> int:
        kills = 0
        while time.monotonic() < ends - 5:
            await asyncio.sleep(random.uniform(0.5, 2.5))
            victims = _below(supervisor)
            if victims:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(random.choice(victims), signal.SIGKILL)
                    kills += 1
        return kills

    *_, kills = await asyncio.gather(*map(visitor, range(VISITORS)), killer())
    return acknowledged, int(kills or 0)


async def _sign(port: int, stamp: str, address: str) -> int:
    body = urlencode(
        {
            "stamp": stamp,
            "language": "en",
            "kind": "individual",
            "name": "A Visitor",
            "email": address,
            "consent_publication": "on",
        }
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write((HEAD.format(port=port, length=len(body)) + body).encode())
        await writer.drain()
        line = await reader.readline()
        return int(line.split()[1]) if line else 0
    finally:
        writer.close()


def _below(parent: int) -> list[int]:
    """Children and grandchildren of a process: Granian, its workers, and ours."""
    try:
        text = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    except OSError:
        return []
    children = [int(word) for word in text.split()]
    return children + [below for child in children for below in _below(child)]


def _read(url: str) -> str | None:
    try:
        with urllib.request.urlopen(url) as answer:
            return str(answer.read().decode())
    except OSError:
        return None


def _settled(data: Path) -> bool:
    with contextlib.closing(sqlite3.connect(data / "db.sqlite3", timeout=30)) as database:
        (left,) = database.execute(
            "SELECT (SELECT count(*) FROM signatures_signature"
            " WHERE state = 'pending' AND needs_mail)"
            " + (SELECT count(*) FROM mail_message WHERE state = 'queued')"
        ).fetchone()
    return left == 0
