"""Each house rule sees what it forbids, and leaves alone what it allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import exclusions, locks, names, settings, sizes
from tools.report import files, report

HASH = "    --hash=sha256:" + 64 * "0"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("src/undersigned/website/stamps.py", []),
        ("src/undersigned/website/utils.py", ["`utils` is no subject"]),
        ("src/undersigned/helpers/dates.py", ["`helpers` is no subject"]),
        ("tests/website/test_common.py", ["`common` is no subject"]),
        ("src/undersigned/letters/commons.py", []),
    ],
)
def test_a_file_is_named_after_its_subject(path: str, found: list[str]) -> None:
    assert [*names.problems([Path(path)])] == [f"{path}: {line}" for line in found]


def test_a_file_may_have_four_hundred_lines_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text(400 * "pass\n")
    (tmp_path / "longer.py").write_text(401 * "pass\n")

    found = [*sizes.problems(files(tmp_path))]

    assert found == [f"{tmp_path}/longer.py: 401 lines, of 400 at most"]


def test_a_comment_that_leaves_lines_uncovered_is_found_and_a_text_is_not(tmp_path: Path) -> None:
    source = tmp_path / "acts.py"
    mark = "# pragma: " + "no cover"
    source.write_text(f'WORDS = "{mark}"\n\nif WORDS:  {mark}\n    pass\n')

    assert [*exclusions.problems([source])] == [f"{source}:3: {mark}"]


def test_a_lock_with_every_requirement_in_range_is_fine() -> None:
    pins = ("django==6.1.3 \\", "psycopg-pool==3.3.3 ; implementation_name != 'pypy' \\")
    lock = "".join(f"{pin}\n{HASH}\n" for pin in pins)

    assert [*locks.problems(lock, ["Django>=6.1,<6.2", "psycopg_pool"])] == []


def test_a_lock_names_no_index_and_lacks_nothing() -> None:
    lock = f"--index-url https://example.org/simple\ndjango==6.0.1 \\\n{HASH}\nclick==8.5.1\n"

    assert [*locks.problems(lock, ["django>=6.1,<6.2", "nh3"])] == [
        "line 1 is neither a pin with hashes nor a hash: '--index-url https://example.org/simple'",
        "line 4 is neither a pin with hashes nor a hash: 'click==8.5.1'",
        "django is locked at 6.0.1, outside <6.2,>=6.1",
        "nh3 is asked for and not locked",
    ]


def test_developers_test_the_versions_that_hosts_run() -> None:
    base = {"django": "6.1.3", "click": "8.5.1", "nh3": "0.3.8"}
    dev = {"django": "6.1.3", "click": "8.5.2", "pytest": "9.2.0"}

    assert [*locks.disagreements(base, dev)] == [
        "click is 8.5.1 in base.txt and 8.5.2 in dev.txt",
        "nh3 is 0.3.8 in base.txt and absent in dev.txt",
    ]


def test_settings_are_found_however_they_are_read() -> None:
    source = """
def read_env(environ):
    environ.get("UNDERSIGNED_URL", ""), os.environ["HOME"], read_count(environ, "PROCESSES")
    {}.get("not a setting")
    return secret(environ, "DATABASE_URL")

def secret(environ, name):
    return environ.get(f"{name}_FILE") or environ.get(name)
"""

    assert settings.read_names(source) == {
        *("UNDERSIGNED_URL", "HOME", "PROCESSES", "DATABASE_URL", "DATABASE_URL_FILE")
    }


def test_a_setting_is_documented_by_its_whole_name() -> None:
    documents = "Set `UNDERSIGNED_URL` first. `UNDERSIGNED_DEBUG=1` helps."

    assert [
        *settings.undocumented({"UNDERSIGNED_URL", "UNDERSIGNED_DEBUG", "UNDERSIGNED"}, documents)
    ] == ["`UNDERSIGNED` is read and not documented"]


def test_only_one_file_reads_the_environment() -> None:
    source = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undersigned.config.settings")
os.environ["UNDERSIGNED_DATA"] = "data"
subprocess.run(command, env={**os.environ, "A": "b"})
os.getenv("A")
os.environ["B"]
os.environ.get("C")
"""

    assert [*settings.reads_elsewhere(Path("serve.py"), source)] == [
        f"serve.py:{line} reads the environment" for line in (6, 7, 8)
    ]


def test_a_broken_rule_ends_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(["a.py: too long"], "Split it.") == 1
    assert capsys.readouterr().out == "a.py: too long\n\nSplit it.\n"


def test_a_rule_that_holds_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([], "Split it.") == 0
    assert capsys.readouterr().out == ""
