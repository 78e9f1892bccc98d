"""That web processes run on a data directory."""

from __future__ import annotations

import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from undersigned.config import presence
from undersigned.config.env import read_env
from undersigned.config.presence import announce_web

WEB = """
import sys
from pathlib import Path
from undersigned.config import presence
presence.announce(Path(sys.argv[1]))
print("here", flush=True)
sys.stdin.read()
"""


def test_each_is_seen_until_it_ends_however_it_ends(tmp_path: Path) -> None:
    assert not presence.is_anybody_there(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", WEB, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as web:
        assert web.stdout is not None
        assert web.stdout.readline() == "here\n"
        presence.announce(tmp_path)
        assert presence.is_anybody_there(tmp_path)
        presence.leave()
        assert presence.is_anybody_there(tmp_path), "the other one is"
        web.kill()
        web.wait()
    assert not presence.is_anybody_there(tmp_path)


def test_in_a_shared_folder_either_user_may_look(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    presence.announce(tmp_path)
    presence.leave()
    [file] = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o660


def test_beside_a_database_server_nothing_is_announced(tmp_path: Path) -> None:
    announce_web(replace(read_env({}), data=tmp_path, database_url="postgres://server/letters"))
    assert list(tmp_path.iterdir()) == []
