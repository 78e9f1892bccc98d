"""`undersigned restore`: in processes of their own, as a host would do it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pyrage
import pytest

from tests.builders import published_letter, worker_keys
from tests.config.commands.conftest import Run
from undersigned.config.backups import passphrase, restoring
from undersigned.config.backups.catching_up import CaughtUp
from undersigned.config.backups.manifest import DATABASE, KEYS, Manifest
from undersigned.config.backups.refusals import CannotOpenBackup
from undersigned.config.backups.restoring import Restored

SECRET = "correct horse battery"
NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)
STAYS = "Whoever was erased, hid or left since then stays so:"
LAST = (
    "The journal's last line is of 21 November 2026 at 09:00 UTC; if there is a later copy of it, "
    "restore once more with that."
)
LEFT_OUT = "of the journal cannot be read and %s left out.\n"
BACK = (
    "Whoever was erased, hid, left or unsubscribed after 20 November 2026 at 12:00 UTC, and is "
    "not in a journal, is back and may be in public again: repeat what anybody remembers before "
    "readers reach the site.\n"
)


@pytest.fixture
def identity(tmp_path: Path) -> Any:
    made = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(f"{made}\n")
    return made


def test_from_one_folder_to_another(apart: Run, identity: Any, tmp_path: Path) -> None:
    assert apart("setup").status == 0
    for words in ([], ["--keys"]):
        done = apart("backup", f"b{len(words)}.age", *words, "--recipient", identity.to_public())
        assert (done.status, done.out != "") == (0, True)

    refused = apart("restore", "b0.age", "--identity", "key.txt", "--data", "new")
    assert (refused.status, refused.out) == (1, "")
    assert "Bring the latest copy of journal.log with --journal" in refused.err
    journal = tmp_path / "apart" / "journal" / "journal.log"
    restored = apart(
        *("restore", "b0.age", "--identity", "key.txt", "--data", "new", "--journal", journal)
    )

    assert restored.status == 0
    assert restored.out.startswith("The site is as it was on ")
    assert "what happened since is lost" in restored.out
    assert "hid or left since then stays so: 0 acts were repeated." in restored.out
    assert (tmp_path / "new" / "journal" / "journal.log").read_text() == journal.read_text()
    again = apart("restore", "b0.age", "--identity", "key.txt", "--data", "new")
    assert (again.status, again.out) == (1, "")
    assert "say --replace" in again.err
    assert "Traceback" not in again.err
    replaced = apart("restore", "b0.age", "--identity", "key.txt", "--data", "new", "--replace")
    assert replaced.status == 0
    assert f"What was there before is in {tmp_path / 'new' / 'replaced-'}" in replaced.out
    keys = apart("restore", "b1.age", "--identity", "key.txt", "--data", "new", "--json")
    told = json.loads(keys.out)
    assert (told["kind"], told["letters_without_key"], told["moved_aside"]) == ("keys", [], None)
    assert (tmp_path / "new" / "keys" / "index").read_bytes() == (
        tmp_path / "apart" / "keys" / "index"
    ).read_bytes()


class Told:
    """What `restoring.restore` was asked, and the answer that it gives."""

    def __init__(self, answer: Any) -> None:
        self.answer, self.asked = answer, []  # type: ignore[var-annotated]

    def __call__(self, *words: Any, **options: Any) -> Any:
        self.asked.append((words, options))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "backup.age"
    path.write_bytes(b"encrypted")
    return path


def test_at_a_terminal_it_asks_for_the_passphrase(
    undersigned: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told(CannotOpenBackup(passphrase.DOES_NOT_OPEN))
    monkeypatch.setattr(restoring, "restore", told)
    monkeypatch.setattr(click, "prompt", lambda question, **how: SECRET)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    done = undersigned("restore", file)
    assert done.status == 1
    assert done.err == f"Error: {passphrase.DOES_NOT_OPEN}\n"
    assert told.asked[0][0][2].passphrase == SECRET


def test_a_passphrase_from_the_environment(
    undersigned: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told(OSError(28, "No space left on device"))
    monkeypatch.setattr(restoring, "restore", told)
    monkeypatch.setenv("UNDERSIGNED_BACKUP_PASSPHRASE", SECRET)
    done = undersigned("restore", file)
    assert done.err == ("Error: The backup could not be restored (No space left on device).\n")
    assert told.asked[0][0][2].passphrase == SECRET


def test_a_missing_file_is_one_sentence(undersigned: Run, identity: Any, tmp_path: Path) -> None:
    done = undersigned("restore", tmp_path / "none", "--identity", tmp_path / "key.txt")
    assert done.status == 1
    assert done.err == (
        f"Error: The backup could not be restored ({tmp_path / 'none'}: "
        "No such file or directory).\n"
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("caught_up", "said"),
    [
        (
            CaughtUp(Counter(erase=1), True, 0, NINE),
            f"{STAYS} 1 act was repeated. {LAST}\n",
        ),
        (
            CaughtUp(Counter(erase=1, shown=2), True, 1, NINE),
            f"{STAYS} 3 acts were repeated. {LAST}\n1 line {LEFT_OUT % 'was'}",
        ),
        (
            CaughtUp(Counter(), False, 2, None),
            f"2 lines {LEFT_OUT % 'were'}{BACK}",
        ),
    ],
)
def test_it_says_what_the_journal_knew(
    undersigned: Run,
    file: Path,
    identity: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caught_up: CaughtUp,
    said: str,
) -> None:
    manifest = Manifest(kind=DATABASE, at="2026-11-20T12:00:00+00:00")
    told = Told(Restored(manifest, None, caught_up))
    monkeypatch.setattr(restoring, "restore", told)
    copy = tmp_path / "copy.log"
    words = ("restore", file, "--identity", tmp_path / "key.txt", "--journal", copy)
    done = undersigned(*words, "--without-journal")
    assert (done.status, done.err) == (0, "")
    assert done.out.partition("\n")[2] == said
    journals = told.asked[0][1]["journals"]
    assert (journals.copies, journals.is_optional) == ((copy,), True)
    as_json = json.loads(undersigned(*words, "--json").out)
    assert as_json["repeated"] == dict(caught_up.repeated)
    assert as_json["journal_is_whole"] is caught_up.is_whole
    assert as_json["journal_damaged_lines"] == caught_up.damaged


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 2])
def test_it_says_whose_keys_are_missing(
    undersigned: Run,
    file: Path,
    identity: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:

    for slug in ("one", "two")[:number]:
        published_letter(worker_keys(tmp_path / "elsewhere"), slug)
    manifest = Manifest(kind=DATABASE, at="2026-11-20T12:00:00+00:00")
    monkeypatch.setattr(restoring, "restore", Told(Restored(manifest, None)))
    done = undersigned("restore", file, "--identity", tmp_path / "key.txt")
    assert done.status == 0
    assert done.out.splitlines()[0] == (
        "The site is as it was on 20 November 2026 at 12:00 UTC; what happened since is lost. "
        "Mail that was queued then and has been sent since is sent once more."
    )
    said = "key is missing of: one." if number == 1 else "keys are missing of: one, two."
    assert said in done.out.splitlines()[1]


@pytest.mark.django_db(transaction=True)
def test_it_says_that_keys_are_back(
    undersigned: Run,
    file: Path,
    identity: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:

    for letters, sentence in (
        (("a",), "The keys of 1 letter are back.\n"),
        (("a", "b"), "The keys of 2 letters are back.\n"),
    ):
        answer = Restored(Manifest(kind=KEYS, at="", letters=letters), None)
        monkeypatch.setattr(restoring, "restore", Told(answer))
        assert undersigned("restore", file, "--identity", tmp_path / "key.txt").out == sentence
