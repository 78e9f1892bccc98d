"""`script/check` reports everything that failed, and what to do."""

from __future__ import annotations

import sys

import pytest

from tools.check import Check, main

FINE = Check("fine", [sys.executable, "-c", ""], "Never said.")
BROKEN = Check("broken", [sys.executable, "-c", "print('line 7'); raise SystemExit(1)"], "Mend it.")
LONG = Check("long", [sys.executable, "-c", "print('x\\n' * 60); raise SystemExit(1)"])


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], [FINE]) == 0
    assert said(capsys).endswith("\n\nAll checks passed.\n")


def test_every_failure_comes_with_its_advice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], [BROKEN, FINE, LONG]) == 1

    output = said(capsys)
    assert "\n── broken ──\nline 7\n\nMend it.\n" in output
    assert "… and 20 more lines; `script/check long` shows all\n" in output
    assert output.endswith("\nTo be put right: broken, long.\n")
    assert "Never said." not in output


def test_a_named_check_runs_alone_and_shows_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["long"], [BROKEN, LONG]) == 1
    assert said(capsys).count("x\n") == 60


def test_the_checks_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"], [FINE, BROKEN]) == 0
    assert said(capsys) == "fine\nbroken\n"


def test_an_unknown_check_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speling"], [FINE, BROKEN]) == 2
    assert said(capsys) == "No check is called speling. There are: fine, broken.\n"
