"""Settings of their own for every test process, made before Django reads any.

pytest loads this as a plugin (`-p tests.environment` in pyproject.toml), in xdist's workers too.
A shell that points at somebody's real site cannot leak into the tests.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import MutableMapping

import pytest

from tests.databases import DATABASE


def isolate(environ: MutableMapping[str, str], data: str) -> None:
    """Forget the shell's settings and point to an empty data directory."""
    for name in [*environ]:
        if name.startswith("UNDERSIGNED_") or name in {"DATABASE_URL", "DATABASE_URL_FILE"}:
            del environ[name]
    environ["UNDERSIGNED_DATA"] = data
    if environ.get(DATABASE):
        environ["DATABASE_URL"] = environ[DATABASE]


# Short, and not below pytest's own folder: a Unix socket's path may have 100 characters at most.
DATA = tempfile.mkdtemp(prefix="undersigned-test-")
isolate(os.environ, DATA)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the data directory; a forked child never comes here."""
    shutil.rmtree(DATA, ignore_errors=True)
