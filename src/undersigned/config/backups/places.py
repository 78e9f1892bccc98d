"""Files on their way: private while they are made, and gone if they are not finished."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from undersigned.config.backups.refusals import FileInTheWay


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file for ourselves alone, there as a whole when the block has ended well, or not at all.

    Raises FileInTheWay if there is one already.
    """
    _refuse_taken(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileNotFoundError:
        raise FileInTheWay(f"There is no folder {path.parent}. Make it first.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(handle)
        # Looked at again: a rename would replace what came meanwhile. Not a link, which the
        # file systems of many backup disks do not know.
        _refuse_taken(path)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise FileInTheWay(f"There is a file {path} already. Choose another name.")


@contextmanager
def working_folder(parent: Path, purpose: str) -> Iterator[Path]:
    """A folder for ourselves alone, on the disk of `parent`, removed at the end.

    What a killed process left behind under the same purpose is removed first.
    """
    for left_behind in parent.glob(f".{purpose}-*"):
        shutil.rmtree(left_behind, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f".{purpose}-", dir=parent) as folder:
        yield Path(folder)


def sync_folder(folder: Path) -> None:
    """Let the disk know the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
