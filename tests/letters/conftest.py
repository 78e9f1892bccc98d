"""Keys for letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import worker_keys
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)
