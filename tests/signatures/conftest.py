"""A letter to sign, and the worker's keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import published_letter, worker_keys
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(db: None, keys: WorkerKeys) -> Letter:
    """Open, in English, organisations held."""
    return published_letter(keys, slug="banned")
