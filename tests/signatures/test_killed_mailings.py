"""Workers are killed in the middle of a mailing: each reader gets it once, and nobody is forgotten.

script/test tests/signatures/test_killed_mailings.py
"""

from __future__ import annotations

import contextlib
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests.builders import published_letter, worker_keys
from tests.signatures.updating import mailing_of, many_readers
from undersigned.letters.models import Mailing, MailingState
from undersigned.mail.models import Message, MessageState
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

KILLS = 12
READERS = 1_500
WORKER = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from pathlib import Path
from django.core.mail import mailers
from undersigned.config.posting import post
from undersigned.signatures import writing_mailings
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import Keyring

writing_mailings.BATCH, writing_mailings.AHEAD = 20, 200
keys = WorkerKeys(Keyring(Path(sys.argv[2])))
transport = mailers.default
print("ready", flush=True)
idle = 0
while idle < 2:
    written = writing_mailings.write_mailings(keys)
    idle = 0 if post(transport, keys) or written else idle + 1
"""


class MailServer:
    """Each mail is one line of a file, so that what is sent twice stands there twice."""

    def __init__(self, sent: Path) -> None:
        self.sent = sent
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "benchmarks.smtp_sink", str(self.port), str(self.sent)]
        self.process = subprocess.Popen(command, cwd=Path(__file__).parents[2])
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.05)
        raise TimeoutError

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def lines(self) -> list[str]:
        return self.sent.read_text().splitlines() if self.sent.exists() else []


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    made = MailServer(tmp_path / "sent")
    made.start()
    yield made
    made.kill()


def work(keys: WorkerKeys, server: MailServer, kill_after: float | None) -> None:
    """A worker that is killed some seconds after its first mail, or works to the end."""
    name = str(connection.settings_dict["NAME"])
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, name, str(keys.keyring.folder)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "undersigned.config.settings",
            "UNDERSIGNED_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
        },
        stdout=subprocess.PIPE,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"ready\n"
    if kill_after is not None:
        before = len(server.lines())
        while len(server.lines()) == before and worker.poll() is None:
            time.sleep(0.01)
        time.sleep(kill_after)
        worker.kill()
    worker.wait()
    worker.stdout.close()
    # Another worker would wait until the claim, or what a broken connection costs, runs out.
    waiting = Message.objects.filter(state=MessageState.QUEUED)
    waiting.update(claimed_until=None, not_before=timezone.now())


def expect_each_once(
    mailing: Mailing, addresses: list[str], server: MailServer, *, doubles: int
) -> None:
    """Everybody has it; some perhaps twice, with the same Message-ID."""
    mailing.refresh_from_db()
    assert (mailing.state, mailing.written) == (MailingState.DONE, READERS)
    assert mailing.ended_at is not None
    assert mailing.ended_at <= timezone.now()
    lines = server.lines()
    assert set(Counter(line.partition(" ")[2] for line in lines)) == set(addresses)
    assert len(lines) - READERS <= doubles
    assert len({line.partition(" ")[0] for line in lines}) == READERS


def test_nobody_twice_and_nobody_forgotten(tmp_path: Path, server: MailServer) -> None:
    keys = worker_keys(tmp_path)
    letter = published_letter(keys)
    addresses = many_readers(letter, keys, READERS)
    mailing = mailing_of(letter)
    chance = random.Random(7)
    reached = set()
    for _ in range(KILLS):
        work(keys, server, chance.uniform(0.0, 0.2))
        reached.add(len(server.lines()))
    work(keys, server, None)
    assert len(reached) > KILLS / 2  # they were killed at different places
    # One may have left and not been noted when its worker died.
    expect_each_once(mailing, addresses, server, doubles=KILLS)


def test_a_mail_server_that_dies_and_comes_back_costs_nothing(
    tmp_path: Path, server: MailServer
) -> None:
    keys = worker_keys(tmp_path)
    letter = published_letter(keys)
    addresses = many_readers(letter, keys, READERS)
    mailing = mailing_of(letter)
    breaks = 4
    for _ in range(breaks):
        killer = threading.Timer(0.8, server.kill)
        killer.start()
        work(keys, server, None)
        killer.join()
        before = len(server.lines())
        work(keys, server, None)  # while there is none
        assert len(server.lines()) == before
        server.start()
    work(keys, server, None)
    # What was taken and not answered is sent again.
    expect_each_once(mailing, addresses, server, doubles=breaks)
