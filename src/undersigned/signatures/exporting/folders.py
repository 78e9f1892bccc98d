"""Where files for people lie, below the data directory."""

from __future__ import annotations

import stat
from pathlib import Path

from django.conf import settings


def media_folder(name: str) -> Path:
    """`media/<name>`. In a shared data directory the web, another user, may read what is here.

    So it can; what it reads is sealed. See docs/decisions/0018.
    """
    data = Path(settings.DATA)
    folder = data / "media" / name
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        if data.stat().st_mode & stat.S_ISGID:
            for made in (folder.parent, folder):
                made.chmod(0o2750)
    return folder
