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
        for made in (folder.parent, folder):
            made.mkdir(mode=0o700, exist_ok=True)  # nobody else's, whatever the umask
            if data.stat().st_mode & stat.S_ISGID:
                made.chmod(0o2750)
    return folder
