"""`script/setup` finds a Python that works, or says what is missing in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.report import ROOT

BASH = shutil.which("bash") or "/bin/bash"
FAILS = "exit 127"
WORKS = "exit 0"
CANNOT_MAKE_ENVIRONMENTS = 'case "$2" in *ensurepip*) exit 1 ;; esac'


class Machine:
    """A copy of the script on a machine that has only the given Pythons."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "bin"
        self.programs.mkdir()
        (folder / "script").mkdir()
        shutil.copy(ROOT / "script" / "setup", folder / "script" / "setup")
        (self.programs / "dirname").symlink_to(shutil.which("dirname") or "/usr/bin/dirname")

    def install(self, name: str, does: str) -> str:
        path = self.programs / name
        path.write_text(f"#!{BASH}\n{does}\n")
        path.chmod(0o755)
        return str(path)

    def set_up(self, *arguments: str, **environ: str) -> tuple[int, str]:
        """The exit status and what was said."""
        answer = subprocess.run(
            [BASH, "script/setup", *arguments],
            cwd=self.folder,
            env={"PATH": str(self.programs), "HOME": str(self.folder), **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert not (self.folder / ".venv").exists()
        return answer.returncode, answer.stdout


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_python_it_says_which_one_to_install(machine: Machine) -> None:
    machine.install("python3", FAILS)

    status, said = machine.set_up()

    assert status == 1
    assert said.startswith(
        "script/setup: Undersigned needs Python 3.12 or newer, and none was found."
    )
    assert said.count("\n") == 1


def test_a_shim_that_fails_is_passed_over(machine: Machine) -> None:
    machine.install("python3.13", FAILS)
    found = machine.install("python3.14", CANNOT_MAKE_ENVIRONMENTS)
    machine.install("python3", WORKS)

    assert machine.set_up() == (
        1,
        (
            f"script/setup: {found} cannot make virtual environments. "
            "On Debian and Ubuntu: apt-get install python3-venv\n"
        ),
    )


def test_a_chosen_python_that_does_not_run_is_named(machine: Machine) -> None:
    machine.install("python3.13", WORKS)

    assert machine.set_up(PYTHON="/opt/my python") == (
        1,
        (
            'script/setup: PYTHON is set to "/opt/my python", '
            "which is not a Python of 3.12 or newer that runs.\n"
        ),
    )


def test_an_unknown_option_is_refused(machine: Machine) -> None:
    assert machine.set_up("--fast") == (
        1,
        'script/setup: script/setup knows --dev and --lock, not "--fast".\n',
    )


@pytest.mark.parametrize("name", ["script/setup", "script/server", "script/test", "script/check"])
def test_the_scripts_can_be_started(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
