"""`undersigned export`: files from the command line, by consent and without a trace of failures."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest

from tests.builders import listed
from tests.config.commands.conftest import Run
from undersigned.config.commands import export
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.exporting import writing
from undersigned.signatures.exporting.fonts import FontMissing
from undersigned.signatures.exporting.typesetting import NotTypeset
from undersigned.signatures.models import Visibility
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


def test_writes_the_letter_as_a_pdf(undersigned: Run, letter: Letter, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    done = undersigned("export", "letter", "-o", path)
    assert (done.status, done.out, done.err) == (0, "", "")
    assert path.read_bytes().startswith(b"%PDF")
    event = LetterEvent.objects.get(act="export")
    assert (event.actor, event.details) == (
        "command line",
        {"form": "pdf", "preset": "public", "language": "en"},
    )


def test_writes_contacts_for_its_maker_alone(
    undersigned: Run, letter: Letter, keys: WorkerKeys, tmp_path: Path
) -> None:
    listed(letter, keys, consent_updates=True, address="ana@example.org")
    path = tmp_path / "contacts.json"
    words = ("--format", "json", "--preset", "listmonk", "--language", "en", "--output", path)
    assert undersigned("export", "letter", *words).status == 0
    assert json.loads(path.read_text())[0]["email"] == "ana@example.org"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_standard_output(
    undersigned: Run, letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(letter, keys, name="Ana Example")
    raw = io.BytesIO()
    monkeypatch.setattr(export.sys, "stdout", io.TextIOWrapper(raw))
    assert undersigned("export", "letter", "--format", "json", "-o", "-").status == 0
    assert json.loads(raw.getvalue())[0]["name"] == "Ana Example"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nowhere",), "There is no letter called “nowhere”."),
        (("letter", "--preset", "x"), "There is no such preset. Choose one of: "),
        (("letter", "--preset", "full"), "There is no such form, or it holds no addresses."),
        (("letter", "--format", "doc"), "There is no such form, or it holds no addresses."),
    ],
)
def test_mistakes_are_one_sentence(
    undersigned: Run, letter: Letter, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    done = undersigned("export", *words, "-o", tmp_path / "file")
    assert done.status == 1
    assert done.err.startswith(f"Error: {sentence}")
    assert not (tmp_path / "file").exists()


def test_what_is_there_is_never_overwritten(
    undersigned: Run, letter: Letter, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("mine")
    done = undersigned("export", "letter", "--format", "csv", "-o", path)
    assert done.err == f"Error: {path} is there already. Choose another name.\n"
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there(undersigned: Run, letter: Letter, tmp_path: Path) -> None:
    path = tmp_path / "none" / "list.csv"
    done = undersigned("export", "letter", "--format", "csv", "-o", path)
    assert done.err == f"Error: {path} cannot be written: No such file or directory.\n"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (FontMissing("က"), "No font here has Myanmar characters; install fonts-noto-core."),
        (NotTypeset(), "The PDF could not be set. Nothing was written."),
    ],
)
def test_what_could_not_be_written_leaves_no_file(
    undersigned: Run,
    letter: Letter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    sentence: str,
) -> None:
    def refuse(*args: object) -> None:
        raise fault

    monkeypatch.setattr(writing, "write_file", refuse)
    path = tmp_path / "letter.pdf"
    assert undersigned("export", "letter", "-o", path).err == f"Error: {sentence}\n"
    assert not path.exists()


def test_without_the_keys_nothing_that_is_sealed_is_written(
    undersigned: Run, letter: Letter, keys: WorkerKeys, data: Path, tmp_path: Path
) -> None:
    listed(letter, keys, choice=Visibility.RECIPIENT)
    (data / "keys" / "letters" / str(letter.pk)).unlink()
    path = tmp_path / "letter.pdf"
    done = undersigned("export", "letter", "--preset", "addressee", "-o", path)
    assert done.err == f"Error: The key file {letter.pk} cannot be read.\n"
    assert not path.exists()


def test_a_letter_without_a_text(undersigned: Run, letter: Letter, tmp_path: Path) -> None:
    Letter.objects.filter(pk=letter.pk).update(state="draft", edition=None)
    done = undersigned("export", "letter", "-o", tmp_path / "letter.pdf")
    assert done.err == "Error: The letter has no published text yet.\n"
