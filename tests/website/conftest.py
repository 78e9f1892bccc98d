"""A letter to sign, the worker's keys, and a front to send requests to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.builders import published_letter, worker_keys
from tests.website.visiting import Running, running_front
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(db: None, keys: WorkerKeys) -> Letter:
    """Open, in English, at /letter/."""
    return published_letter(keys, "letter")


@pytest.fixture
def site(settings: Settings) -> Settings:
    """Settings of a site on this machine only, whatever the test process has."""
    settings.SITE_URL = "http://127.0.0.1:8000"
    settings.SITE_ON_LOOPBACK = True
    settings.MAIL_IS_DELIVERED = False
    return settings


@pytest.fixture
def front(transactional_db: None, site: Settings) -> Iterator[Running]:
    """A running front before Django."""
    with running_front() as running:
        yield running
