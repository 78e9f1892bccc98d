"""`undersigned translation`: out to translators' own tools and back in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.commands.conftest import Run
from undersigned.letters.models import Letter, LetterEvent, Wording

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["es.po", "es.xlf"])
def test_a_letter_goes_out(undersigned: Run, letter: Letter, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    done = undersigned("translation", "export", "letter", "es", "-o", path)
    assert (done.status, done.out, done.err) == (0, "", "")
    assert "We ask for it now." in path.read_text()
    again = undersigned("translation", "export", "letter", "es", "-o", path)
    assert (again.status, again.err) == (
        1,
        f"Error: {path} is there already. Choose another name.\n",
    )


def test_it_comes_back(undersigned: Run, letter: Letter, tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    undersigned("translation", "export", "letter", "es", "-o", path)
    words = path.read_text()
    words = words.replace('now."\nmsgstr ""', 'now."\nmsgstr "La pedimos ya."')
    words = words.replace('thing."\nmsgstr ""', 'thing."\nmsgstr "<b>Una</b> cosa."')
    path.write_text(words)

    looked = undersigned("translation", "import", "letter", "es", path, "--dry-run")
    assert looked.out == (
        "1 block can be taken in.\n"
        "1 block cannot be taken in:\n"
        "  We ask for one thing.\n"
        "    HTML is in it: <b>, </b>. Delete it: the page would show it as it stands.\n"
        "3 blocks are not translated in the file.\n"
    )
    assert not Wording.objects.exists()

    done = undersigned("translation", "import", "letter", "es", path)
    assert (done.status, done.out.splitlines()[0]) == (0, "1 block was taken in.")
    assert Wording.objects.get().text == "La pedimos ya."
    assert LetterEvent.objects.get(act="import translation").actor == "command line"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nothing", "es", "-o", "a.po"), "There is no letter called “nothing”."),
        (("letter", "en", "-o", "a.po"), "The letter is written in “en” itself."),
        (("letter", "xx", "-o", "a.po"), "There is no language “xx”. Write a code such as fr."),
        (
            ("letter", "es", "-o", "a.doc"),
            "Name the file with .po at its end, or .xlf for XLIFF 2.",
        ),
        (
            ("letter", "es", "-o", "/nowhere/a.po"),
            "/nowhere/a.po cannot be written: No such file or directory.",
        ),
    ],
)
def test_what_cannot_go_out_is_told(
    undersigned: Run, letter: Letter, words: tuple[str, ...], sentence: str
) -> None:
    done = undersigned("translation", "export", *words)
    assert (done.status, done.err) == (1, f"Error: {sentence}\n")


def test_what_cannot_come_in_is_told(undersigned: Run, letter: Letter, tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    done = undersigned("translation", "import", "letter", "es", path)
    assert done.err == f"Error: {path} cannot be read: No such file or directory.\n"
    path.write_bytes(b"hello")
    done = undersigned("translation", "import", "letter", "es", path)
    assert done.err == (
        "Error: This is neither a PO file nor XLIFF 2. Save it in one of these formats.\n"
    )
