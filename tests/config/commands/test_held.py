"""`undersigned held`: the queue of signatures that wait for a person."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from tests.builders import confirmed
from tests.config.commands.conftest import Run
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.models import Signature, State
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db
NOT_HELD = "Error: No such signature waits. See which do with: undersigned held list SLUG\n"


@pytest.fixture
def waiting(letter: Letter, keys: WorkerKeys) -> Signature:
    return confirmed(
        letter, keys, kind="organisation", name="Example Union", role="director", country="UY"
    )


def test_shows_what_waits(undersigned: Run, letter: Letter, waiting: Signature) -> None:
    done = undersigned("held", "list", "letter")
    assert (done.status, done.err) == (0, "")
    assert done.out == f"{waiting.pk}  Example Union (director, UY)\n"
    [row] = json.loads(undersigned("held", "list", "letter", "--json").out)
    assert row["id"] == str(waiting.pk)
    assert (row["name"], row["role"], row["reason"]) == (
        "Example Union",
        "director",
        "organisation",
    )
    assert "@" not in json.dumps(row), "an address is nobody's business here"


def test_says_when_nothing_waits(undersigned: Run, letter: Letter) -> None:
    assert undersigned("held", "list", "letter").out == "Nothing waits.\n"
    assert undersigned("held", "list", "letter", "--json").out == "[]\n"


def test_an_unknown_letter_is_one_sentence(undersigned: Run, data: Path) -> None:
    done = undersigned("held", "list", "nowhere")
    assert (done.status, done.err) == (1, "Error: There is no letter called “nowhere”.\n")


def test_without_the_workers_keys_it_says_whose_command_it_is(
    undersigned: Run, letter: Letter, waiting: Signature, data: Path
) -> None:
    (data / "keys" / "letters" / str(letter.pk)).unlink()
    done = undersigned("held", "list", "letter")
    assert done.status == 1
    assert done.err.endswith("Run this as the worker's user.\n")
    assert "Traceback" not in done.err


def test_one_that_cannot_be_read_does_not_hide_the_others(
    undersigned: Run, letter: Letter, waiting: Signature, keys: WorkerKeys
) -> None:
    broken = confirmed(letter, keys, kind="organisation", name="Broken Union", role="director")
    Signature.objects.filter(pk=broken.pk).update(sealed_details=b"altered")
    done = undersigned("held", "list", "letter")
    assert (done.status, done.err) == (0, "")
    assert f"{waiting.pk}  Example Union" in done.out
    assert str(broken.pk) in done.out


def test_one_is_accepted(undersigned: Run, waiting: Signature) -> None:
    done = undersigned("held", "accept", waiting.pk)
    assert (done.status, done.out) == (0, "Accepted. It is listed within seconds.\n")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.held_because) == (State.CONFIRMED, "")
    assert LetterEvent.objects.filter(act="accept signatures", actor="command line").exists()
    assert undersigned("held", "accept", waiting.pk).err == NOT_HELD
    assert undersigned("held", "decline", waiting.pk).err == NOT_HELD


def test_one_is_declined(undersigned: Run, waiting: Signature) -> None:
    done = undersigned("held", "decline", waiting.pk)
    assert (done.status, done.out) == (0, "Declined. It is not listed.\n")
    waiting.refresh_from_db()
    assert waiting.state == State.DECLINED


@pytest.mark.parametrize("act", ["accept", "decline"])
def test_one_that_does_not_wait_is_one_sentence(undersigned: Run, act: str) -> None:
    done = undersigned("held", act, uuid.uuid4())
    assert (done.status, done.err) == (1, NOT_HELD)
    assert undersigned("held", act, "nonsense").status == 2
