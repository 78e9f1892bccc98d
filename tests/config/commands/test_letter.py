"""`undersigned letter import`: from the text of a page to an open letter."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.test import Client

from tests.config.commands.conftest import Run
from undersigned.letters.models import Letter
from undersigned.signatures.counting import read_counts
from undersigned.signatures.models import Signature
from undersigned.teams.models import Team

BANBS = Path(__file__).parents[4] / "shared" / "letters" / "banbs"
PAGE = """\
Let people read without being watched

We, the undersigned, ask every council that runs a public library to delete the record of a loan.

It takes no new law and little money. We ask you to take it this year.

Organisations

Example Union, Uruguay
Example Readers, Spain
Example Union, Uruguay
Sample Readers, Chile
Sample Readers, Chile

Individuals

Ana Example, Baker
"""
CERTAIN = PAGE.replace("Spain\nExample Union, Uruguay\n", "Spain\n").replace(
    "Sample Readers, Chile\n", "", 1
)


# Makes its standard input the terminal that Ctrl-C is typed at, then becomes the command.
# Ctrl-C reaches it, also where these tests run in the background of a shell that ignores it.
LOG_IN = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "os.login_tty(0); os.execv(sys.argv[1], sys.argv[1:])"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def certain(tmp_path: Path) -> Path:
    """A page about which nothing is in doubt."""
    path = tmp_path / "certain.txt"
    path.write_text(CERTAIN, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_a_page_is_read_and_nothing_is_stored_unasked(undersigned: Run, certain: Path) -> None:
    done = undersigned("letter", "import", certain)
    assert (done.status, done.err) == (0, "")
    assert "“Let people read without being watched”: 3 organisations, 1 person." in done.out
    assert "Nothing was stored. Put the letter up with --slug NAME --publish." in done.out
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_what_is_in_doubt_is_shown_and_waits_for_an_answer(undersigned: Run, page: Path) -> None:
    done = undersigned("letter", "import", page)
    assert done.status == 1
    assert "line 9, 11: ‘Example Union’ and ‘Example Union’ may be the same." in done.out
    assert done.err == (
        "Error: 2 questions are open. Answer at a terminal, or take all suggestions with "
        "--accept-suggestions.\n"
    )


@pytest.mark.django_db
def test_one_question_is_one_question(undersigned: Run, page: Path) -> None:
    page.write_text(PAGE.replace("Sample Readers, Chile\n", "", 1))
    assert undersigned("letter", "import", page).err.startswith("Error: One question is open.")


@pytest.mark.django_db
def test_suggestions_can_be_taken_unasked_and_the_letter_opens(
    undersigned: Run, page: Path, client: Client
) -> None:
    words = ("letter", "import", page, "--slug", "reading", "--publish", "--accept-suggestions")
    done = undersigned(*words)
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("The letter is open at http://127.0.0.1:8000/reading/\n")
    letter = Letter.objects.get()
    assert (read_counts(letter).organisations, read_counts(letter).people) == (5, 1)
    page_text = client.get("/reading/").text
    assert "<h1>Let people read without being watched</h1>" in page_text
    assert "Ana Example" in page_text

    again = undersigned(*words)
    assert again.status == 1
    assert again.err == "Error: There is a letter called “reading”. Choose another --slug.\n"
    assert Letter.objects.count() == 1


@pytest.mark.django_db
def test_the_only_team_hosts_it(undersigned: Run, certain: Path) -> None:
    team = Team.objects.create(name="Coalition")
    undersigned("letter", "import", certain, "--slug", "hosted", "--publish")
    assert Letter.objects.get().team == team


@pytest.mark.django_db
def test_whose_letter_it_is_must_be_clear(undersigned: Run, certain: Path) -> None:
    Team.objects.create(name="Alliance")
    Team.objects.create(name="Coalition")
    done = undersigned("letter", "import", certain, "--slug", "hosted", "--publish")
    assert (done.status, Letter.objects.count()) == (1, 0)
    assert "Say whose letter it is with --team" in done.err


@pytest.mark.django_db
def test_json_alone_prints_the_proposal_and_stores_nothing(undersigned: Run, page: Path) -> None:
    done = undersigned("letter", "import", page, "--json")
    assert (done.status, done.err) == (0, "")
    proposal = json.loads(done.out)
    assert proposal["letter"]["title"] == "Let people read without being watched"
    assert len(proposal["flags"]) == 2
    assert "accepted" not in proposal
    accepted = json.loads(
        undersigned("letter", "import", page, "--json", "--accept-suggestions").out
    )
    assert accepted["accepted"]["counts"]["organisations"] == 5
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_json_with_open_questions_is_not_published(
    undersigned: Run, page: Path, certain: Path
) -> None:
    words = ("--json", "--publish", "--slug", "reading")
    done = undersigned("letter", "import", page, *words)
    assert done.status == 1
    assert json.loads(done.out)["flags"]
    assert done.err.startswith("Error: 2 questions are open.")
    assert not Letter.objects.exists()
    done = undersigned("letter", "import", page, *words, "--accept-suggestions")
    assert done.status == 0
    assert json.loads(done.out)
    assert done.err == "The letter is open at http://127.0.0.1:8000/reading/\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("", "Choose the letter's address with --slug"),
        ("Über", "Choose the letter's address with --slug"),
        ("a--b", "Choose the letter's address with --slug"),
        ("x" * 61, "Choose the letter's address with --slug"),
        ("outbox", "“outbox” is an address of the site's own, or too short."),
        ("es", "“es” is an address of the site's own, or too short."),
    ],
)
def test_an_address_that_cannot_be_is_refused(
    undersigned: Run, certain: Path, slug: str, sentence: str
) -> None:
    done = undersigned("letter", "import", certain, "--publish", "--slug", slug)
    assert done.status == 1
    assert done.err.startswith(f"Error: {sentence}")
    assert not Letter.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "no file"), (b"", "is empty"), (b"%PDF-1.7", "a PDF"), (b"a\x00b", "is not text")],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    undersigned: Run, tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "page.txt"
    if content is not None:
        path.write_bytes(content)
    done = undersigned("letter", "import", path)
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert words in done.err


@pytest.mark.django_db
def test_a_file_of_200_megabytes_gets_one_sentence(undersigned: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    done = undersigned("letter", "import", path)
    assert done.status == 1
    assert "is larger than 20 MB" in done.err


@pytest.mark.django_db
def test_a_list_without_a_letter_is_not_published(undersigned: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Organisations\n\nExample Union, Uruguay\nSample Union, Chile\n")
    words = ("--publish", "--slug", "reading", "--accept-suggestions")
    done = undersigned("letter", "import", path, *words)
    assert done.status == 1
    assert "No letter with a title and a text was found." in done.err
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_a_wrong_guess_of_the_language_can_be_put_right(undersigned: Run, certain: Path) -> None:
    words = ("--publish", "--slug", "reading", "--language")
    refused = undersigned("letter", "import", certain, *words, "English!")
    assert "Say which language the letter is in, such as --language en." in refused.err
    assert undersigned("letter", "import", certain, *words, "es").status == 0
    assert Letter.objects.get().source_language == "es"


@pytest.mark.parametrize(("answers", "organisations"), [("n\nn\n", 3), ("y\nn\n", 4), ("a\n", 5)])
def test_at_a_terminal_it_asks_one_question_after_the_other(
    tmp_path: Path, page: Path, answers: str, organisations: int
) -> None:
    shown, status = at_a_terminal(["letter", "import", str(page)], answers, tmp_path)
    assert status == 0, shown
    assert "1 of 2" in shown
    assert "may be the same" in shown
    assert f": {organisations} organisations, 1 person." in shown


def test_who_leaves_at_a_question_stores_nothing(tmp_path: Path, page: Path) -> None:
    shown, status = at_a_terminal(["letter", "import", str(page)], CONTROL_C, tmp_path)
    assert status == 1
    assert "Aborted!" in shown
    assert "Traceback" not in shown


CONTROL_C = "\x03"


def at_a_terminal(words: list[str], answers: str, data: Path) -> tuple[str, int]:
    """What somebody at a terminal sees, who types `answers` (and never a line too early)."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-S", "-c", LOG_IN, sys.executable, "-m", "undersigned", *words],
        stdin=theirs,
        env={**os.environ, "UNDERSIGNED_DATA": str(data)},
    )
    os.close(theirs)
    shown = b""
    waiting = answers.splitlines(keepends=True)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if not select.select([ours], [], [], 1.0)[0]:
            if answers == CONTROL_C and not waiting and b"Aborted!" not in shown:
                # Readline misses a signal that comes just before it waits; people press again.
                os.write(ours, CONTROL_C.encode())
            continue
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
        if waiting and shown.rstrip().endswith(b"[y]:"):
            shown += b" "
            os.write(ours, waiting.pop(0).encode())
    status = process.wait(60)
    os.close(ours)  # not before: whoever is still leaving would be hung up on
    return shown.decode(), status


def test_a_fresh_machine_needs_no_setup_first(apart: Run, page: Path) -> None:
    words = ("--slug", "reading", "--publish", "--accept-suggestions")
    done = apart("letter", "import", page, *words)
    assert (done.status, done.err) == (0, "")
    assert "The letter is open at http://127.0.0.1:8000/reading/" in done.out


@pytest.mark.django_db
@pytest.mark.skipif(not BANBS.is_dir(), reason=f"the real letter is not at {BANBS}")
def test_a_real_letter_comes_out_as_expected(undersigned: Run, client: Client) -> None:
    expected = json.loads((BANBS / "expected.json").read_text(encoding="utf-8"))
    done = undersigned(
        "letter", "import", BANBS / "page.txt",
        "--accept-suggestions", "--publish", "--slug", "banbs",
    )  # fmt: skip
    assert (done.status, done.err) == (0, "")
    counts = read_counts(Letter.objects.get(slug="banbs"))
    assert counts.organisations == len(expected["organisations"])
    people = len(expected["featured_individuals"]) + len(expected["other_individuals"])
    assert counts.people == people
    assert client.get("/banbs/").status_code == 200
    names = set(Signature.objects.values_list("name", flat=True))
    assert {row["name"] for row in expected["organisations"]} <= names
