"""Launch: now, or at its hour; once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import text
from undersigned.letters import launching
from undersigned.letters.keying import give_key
from undersigned.letters.launching import CannotLaunch, launch, launch_due, put_up
from undersigned.letters.models import Letter, LetterEvent, LetterState
from undersigned.letters.publishing import publish
from undersigned.letters.queries import letter_path
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare(db: None) -> Letter:
    return Letter.objects.create(slug="letter", source_language="en")


@pytest.fixture
def letter(bare: Letter, keys: WorkerKeys) -> Letter:
    """Published, with its key, and still a draft."""
    give_key(bare, keys.keyring)
    publish(bare, [text()], actor="Ana")
    return Letter.objects.get()


def due(letter: Letter, **columns: object) -> None:
    """Its hour has come, and founders were told long ago."""
    now = timezone.now()
    values = {
        "state": LetterState.GATHERING,
        "launch_at": now - timedelta(minutes=1),
        "founders_told_at": now - timedelta(days=3),
    }
    Letter.objects.filter(pk=letter.pk).update(**{**values, **columns})


def test_a_launched_letter_is_open_and_its_plan_is_over(letter: Letter) -> None:
    revision = letter.revision
    launch(letter, actor="Ana")
    letter.refresh_from_db()
    assert (letter.state, letter.launch_at) == (LetterState.OPEN, None)
    assert letter.launched_at is not None
    assert letter.revision > revision
    event = LetterEvent.objects.latest("pk")
    assert (event.actor, event.act) == ("Ana", "launch")


def test_a_letter_is_launched_once(letter: Letter) -> None:
    launch(letter, actor="Ana")
    with pytest.raises(CannotLaunch):
        launch(letter, actor="Bo")
    assert LetterEvent.objects.filter(act="launch").count() == 1


def test_without_a_text_or_a_key_nothing_is_launched(bare: Letter, keys: WorkerKeys) -> None:
    with pytest.raises(CannotLaunch):
        launch(bare, actor="Ana")
    give_key(bare, keys.keyring)
    with pytest.raises(CannotLaunch):
        launch(bare, actor="Ana")


def test_what_is_due_is_launched_by_the_worker(letter: Letter) -> None:
    due(letter)
    assert launch_due(timezone.now()) == 1
    assert LetterEvent.objects.latest("pk").actor == "worker"
    assert launch_due(timezone.now()) == 0


def test_founders_find_it_where_only_they_do(letter: Letter) -> None:
    due(letter, founders_key="secret")
    letter.refresh_from_db()
    assert letter_path(letter, "en") == "/letter/founders/secret/"
    launch(letter, actor="Ana")
    assert letter_path(letter, "en") == "/letter/en/"


def test_founders_keep_their_time_to_leave(letter: Letter) -> None:
    due(letter, founders_told_at=timezone.now())
    assert launch_due(timezone.now()) == 0


def test_what_somebody_launches_at_the_same_moment_is_left_to_them(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    due(letter)

    def meanwhile(*_: object) -> bool:
        launch(letter, actor="Ana")
        return True

    monkeypatch.setattr(launching, "exit_is_over", meanwhile)
    assert launch_due(timezone.now()) == 0
    assert LetterEvent.objects.get(act="launch").actor == "Ana"


def test_a_letter_that_comes_whole_is_open_in_one_step(bare: Letter, keys: WorkerKeys) -> None:
    edition = put_up(bare, [text()], keys.keyring, actor="command line")
    assert (bare.state, bare.edition) == (LetterState.OPEN, edition)
    again = put_up(bare, [text(title="Another")], keys.keyring, actor="command line")
    assert again.number == 2
    assert LetterEvent.objects.filter(act="launch").count() == 1
