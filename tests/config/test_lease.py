"""A right that one process of an installation holds at a time, on either database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections

from undersigned.config.lease import Lease

pytestmark = pytest.mark.django_db(transaction=True)

HOLDER = """
import sys
from pathlib import Path
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[2]
from undersigned.config.lease import Lease
lease = Lease("duty", Path(sys.argv[1]))
print(lease.hold(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process of the installation, which tries to hold the lease and waits."""
    database = str(connection.settings_dict["NAME"])
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path), database],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_one_process_holds_it_until_it_ends_however_it_ends(
    tmp_path: Path, other_process: subprocess.Popen[str]
) -> None:
    assert said(other_process) == "True"
    lease = Lease("duty", tmp_path)
    assert not lease.hold()
    another = Lease("another duty", tmp_path)
    assert another.hold()
    another.give_back()
    other_process.kill()
    other_process.wait()
    for _ in range(200):
        if lease.hold():
            break
    assert lease.hold()
    lease.give_back()


def test_what_is_given_back_can_be_taken(tmp_path: Path) -> None:
    first, second = Lease("duty", tmp_path), Lease("duty", tmp_path)
    assert first.hold()
    assert first.hold(), "to hold what one holds is fine"
    assert not second.hold()
    first.give_back()
    assert second.hold()
    second.give_back()
    second.give_back()


@pytest.mark.skipif(settings.ENV.database_url == "", reason="about PostgreSQL's sessions")
def test_a_session_that_broke_is_no_lease_and_another_try_may_be(tmp_path: Path) -> None:
    lease = Lease("duty", tmp_path)
    assert lease.hold()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(%s)", [lease._session.connection.info.backend_pid]
        )
    with pytest.raises(DatabaseError):
        lease.hold()
    assert lease.hold()
    lease.give_back()
    connections.close_all()


def test_whether_it_is_held_is_seen_without_taking_it(tmp_path: Path) -> None:
    lease, other = Lease("duty", tmp_path), Lease("duty", tmp_path)
    assert not other.is_held()
    assert lease.hold()
    assert other.is_held()
    assert not Lease("another duty", tmp_path).is_held()
    lease.give_back()
    assert not other.is_held()
    assert lease.hold()
    lease.give_back()
    connections.close_all()
