"""That web processes run here: each holds a share of one lock for as long as it lives.

For SQLite only; PostgreSQL knows itself who is connected.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from undersigned.config.env import Env
from undersigned.config.sqlite.base import make_file

_NAME = "web.lease"
_shares: list[int] = []


def announce(folder: Path) -> None:
    """Be seen by `is_anybody_there` until this process ends, however it ends."""
    make_file(folder / _NAME)
    handle = os.open(folder / _NAME, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    _shares.append(handle)


def leave() -> None:
    """Not be seen any more; a process that ends need not say so."""
    while _shares:
        os.close(_shares.pop())


def is_anybody_there(folder: Path) -> bool:
    """Whether a web process runs on this data directory."""
    try:
        handle = os.open(folder / _NAME, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def announce_web(env: Env) -> None:
    """`announce`, where the database is a file that a restore must not take from under us."""
    if not env.database_url:
        announce(env.data)
