"""A team, and the installation's keys."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.db import connection

from tests.builders import worker_keys
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key
from undersigned.teams.models import Team

type AtOnce = Callable[[Sequence[Callable[[], object]]], list[str]]


@pytest.fixture
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    keys = worker_keys(tmp_path)
    prepare_mail_key(keys.keyring)
    return keys


@pytest.fixture
def team(db: None) -> Team:
    return Team.objects.create(name="Coalition")


@pytest.fixture
def at_once(transactional_db: None) -> AtOnce:
    """Does several acts at the same moment; returns how each ended: `done`, or the exception."""

    def run(acts: Sequence[Callable[[], object]]) -> list[str]:
        ready = threading.Barrier(len(acts))
        ends: list[str] = []

        def do(act: Callable[[], object]) -> None:
            try:
                ready.wait()
                act()
                ends.append("done")
            except Exception as refusal:
                ends.append(type(refusal).__name__)
            finally:
                connection.close()

        threads = [threading.Thread(target=do, args=[act]) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(ends)

    return run
