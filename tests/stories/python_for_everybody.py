"""`undersigned` for another user than the tests': a mail server starts it as one who may do little.

The Python of the tests may lie where only root may look.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Large, and nothing of ours uses it.
_LEFT_OUT = ("test", "site-packages", "__pycache__", "idlelib", "ensurepip", "config-*", "*.a")


def command_for(user: str, folder: Path) -> tuple[list[str], dict[str, str]]:
    """What starts `undersigned`, and the environment for it. A copy of Python goes to `folder`.

    Skips the test where the user may not read what is installed.
    """
    program = os.path.realpath(sys.executable)
    paths = [str(ROOT / "src"), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    environment = {"PYTHONPATH": ":".join(dict.fromkeys(paths)), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [program, "-m", "undersigned"]
    if not _works(user, command, environment):
        _copy_python(folder)
        command[0] = str(folder / "bin" / Path(program).name)
        environment |= {"PYTHONHOME": str(folder), "LD_LIBRARY_PATH": str(folder / "lib")}
        if not _works(user, command, environment):
            pytest.skip(f"The user {user} may not read this checkout and what is installed in it.")
    return command, environment


def _works(user: str, command: list[str], environment: dict[str, str]) -> bool:
    try:
        done = subprocess.run(
            [*command, "--version"],
            user=user,
            group=pwd.getpwnam(user).pw_gid,
            extra_groups=[],
            env=environment,
            cwd="/",
            capture_output=True,
            check=False,
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _copy_python(folder: Path) -> None:
    base, name = Path(sys.base_prefix), f"python3.{sys.version_info.minor}"
    (folder / "bin").mkdir(parents=True)
    shutil.copy2(os.path.realpath(sys.executable), folder / "bin")
    (folder / "lib").mkdir()
    for library in (base / "lib").glob("libpython3.*.so*"):
        shutil.copy2(library, folder / "lib")
    shutil.copytree(
        base / "lib" / name, folder / "lib" / name, ignore=shutil.ignore_patterns(*_LEFT_OUT)
    )
