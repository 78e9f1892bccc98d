"""Runs the checks side by side and reports every failure at the end; `script/check` starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools.report import ROOT

BIN = Path(sys.executable).parent
PYTHON = sys.executable
CONCISE = ("--output-format", "concise")
SCRIPTS = (
    "script/setup",
    "script/server",
    "script/test",
    "script/check",
    "script/pictures",
    ".ci/run",
)
UNKNOWN = 2
MOST_LINES = 40


@dataclass(frozen=True)
class Check:
    """A command that succeeds when all is well. `advice` says what to do when it does not."""

    name: str
    command: Sequence[str | Path]
    advice: str = ""
    environment: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Outcome:
    check: Check
    passed: bool
    output: str
    seconds: float


def house_rule(name: str) -> Check:
    """A check of ours, which gives its own advice."""
    return Check(name, [PYTHON, "-m", f"tools.{name}"])


# The slowest first, so that none of them is waited for alone.
CHECKS = (
    Check(
        "types",
        [BIN / "mypy"],
        "Give the value its true type; a cast or an ignore needs its reason beside it.",
    ),
    house_rule("translations"),
    Check(
        "deployment",
        [PYTHON, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        "Django's advice for a public site. What we do in another way is silenced in settings.py, "
        "with the way named beside it.",
        {
            "UNDERSIGNED_URL": "https://letters.example.org",
            "UNDERSIGNED_SMTP_URL": "smtps://mail.example.org",
        },
    ),
    Check(
        "migrations",
        [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
        "The models changed without a migration: run `.venv/bin/python -m django makemigrations` "
        "with DJANGO_SETTINGS_MODULE=undersigned.config.settings, and read what it wrote.",
    ),
    house_rule("templates"),
    Check(
        "markup",
        [BIN / "djlint", "--lint", "--quiet", "src/undersigned"],
        "djLint's rules are explained at https://djlint.com/docs/linter/.",
    ),
    Check(
        "imports",
        [BIN / "lint-imports", "--no-logo"],
        "Imports point one way: config, website, signatures, letters, then the leaves vault and "
        "mail. Move the function to the layer that knows all it needs, or pass the value in.",
    ),
    Check(
        "lint",
        [BIN / "ruff", "check", "--quiet", "--output-format", "concise", "."],
        "`.venv/bin/ruff check --fix .`",
    ),
    Check(
        "format",
        [BIN / "ruff", "format", "--check", "--output-format", "concise", "."],
        "`.venv/bin/ruff format .`",
    ),
    house_rule("commands"),
    house_rule("settings"),
    house_rule("names"),
    house_rule("sizes"),
    house_rule("exclusions"),
    house_rule("roles"),
    house_rule("locks"),
    Check(
        "scripts",
        [
            "bash",
            "-c",
            'for file; do bash -n "$file" && test -x "$file" || exit; done',
            "",
            *SCRIPTS,
        ],
        "Each script must parse, and be executable (`chmod +x`).",
    ),
)


def main(names: Sequence[str], checks: Iterable[Check] = CHECKS) -> int:
    known = {check.name: check for check in checks}
    if [*names] == ["--list"]:
        print(*known, sep="\n")
        return 0
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"No check is called {', '.join(unknown)}. There are: {', '.join(known)}.")
        return UNKNOWN
    failures = run([known[name] for name in names] or [*known.values()])
    for outcome in failures:
        print(f"\n── {outcome.check.name} ──", *shorten(outcome, all_lines=bool(names)), sep="\n")
        if outcome.check.advice:
            print(f"\n{outcome.check.advice}")
    if failures:
        print(f"\nTo be put right: {', '.join(outcome.check.name for outcome in failures)}.")
        return 1
    print("\nAll checks passed.")
    return 0


def shorten(outcome: Outcome, *, all_lines: bool) -> Iterator[str]:
    """What a check printed, cut where it would push the others off the screen."""
    lines = outcome.output.strip().splitlines()
    most = len(lines) if all_lines else MOST_LINES
    yield from lines[:most]
    if len(lines) > most:
        yield f"… and {len(lines) - most} more lines; `script/check {outcome.check.name}` shows all"


def run(checks: Sequence[Check]) -> list[Outcome]:
    """Run them on all cores, a line for each as it ends. Returns those that failed, in order."""
    with (
        tempfile.TemporaryDirectory() as data,
        ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool,
    ):
        outcomes = [pool.submit(run_one, check, clean_environment(data)) for check in checks]
        return [outcome for future in outcomes if not (outcome := future.result()).passed]


def clean_environment(data: str) -> dict[str, str]:
    """The shell's, with settings of our own: nobody's real site takes part."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UNDERSIGNED_") and name != "DATABASE_URL"
    }
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "undersigned.config.settings",
        "UNDERSIGNED_DATA": data,
    }


def run_one(check: Check, environment: Mapping[str, str]) -> Outcome:
    start = time.monotonic()
    answer = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**environment, **(check.environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - start
    passed = answer.returncode == 0
    mark = "ok    " if passed else "FAILED"
    print(f"{mark} {check.name:<14} {seconds:5.1f} s", flush=True)
    if passed and answer.stdout.startswith("Left out"):
        print(f"       {answer.stdout.strip()}", flush=True)
    return Outcome(check, passed, answer.stdout, seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
