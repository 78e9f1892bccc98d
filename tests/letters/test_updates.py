from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import published_letter, worker_keys
from undersigned.letters.models import Letter, LetterEvent, Mailing, MailingState, Update
from undersigned.letters.updates import (
    BeingMailed,
    ChangedMeanwhile,
    WasMailed,
    Words,
    begin_update,
    hide_update,
    public_updates,
    remove_update,
    save_update,
    show_update,
    text_for,
    texts_of,
)

HELLO = {"en": Words("Hello", "We *met* them.")}
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def letter(tmp_path: Path, db: None) -> Letter:
    return published_letter(worker_keys(tmp_path), "banned")


def mailing(update: Update, state: MailingState, started_at: datetime | None = None) -> Mailing:
    return Mailing.objects.create(
        update=update, state=state, starts_at=NOW, started_at=started_at, actor="Ana"
    )


def acts(letter: Letter) -> list[str]:
    return list(
        LetterEvent.objects.filter(letter=letter, details__has_key="update")
        .order_by("pk")
        .values_list("act", flat=True)
    )


def test_updates_are_numbered(letter: Letter) -> None:
    first = begin_update(letter, HELLO, actor="Ana")
    second = begin_update(letter, HELLO, actor="Bo")
    assert (first.number, second.number) == (1, 2)
    assert texts_of(first) == HELLO
    assert public_updates(letter) == []


def test_saved_beside_nobody(letter: Letter) -> None:
    update = begin_update(letter, HELLO, actor="Ana")
    other = {"en": Words("Hello again", "x"), "fr": Words("Bonjour", "y")}
    save_update(update, other, version=1, actor="Bo")
    save_update(update, other, version=2, actor="Bo")
    update.refresh_from_db()
    assert (texts_of(update), update.version, update.saved_by) == (other, 2, "Bo")


def test_what_somebody_else_saved_is_not_overwritten(letter: Letter) -> None:
    update = begin_update(letter, HELLO, actor="Ana")
    save_update(update, {"en": Words("Theirs", "x")}, version=1, actor="Bo")
    with pytest.raises(ChangedMeanwhile):
        save_update(update, {"en": Words("Mine", "x")}, version=1, actor="Ana")
    assert texts_of(update) == {"en": Words("Theirs", "x")}


@pytest.mark.parametrize("state", [MailingState.PLANNED, MailingState.RUNNING, MailingState.PAUSED])
def test_words_stand_while_they_are_mailed(letter: Letter, state: MailingState) -> None:
    update = begin_update(letter, HELLO, actor="Ana")
    mailing(update, state)
    with pytest.raises(BeingMailed):
        save_update(update, {"en": Words("Mine", "x")}, version=1, actor="Ana")
    with pytest.raises(BeingMailed):
        remove_update(update, actor="Ana")
    assert texts_of(update) == HELLO


def test_removed_unless_it_was_mailed(letter: Letter) -> None:
    update, kept = begin_update(letter, HELLO, actor="A"), begin_update(letter, HELLO, actor="A")
    mailing(update, MailingState.CANCELLED)
    mailing(kept, MailingState.CANCELLED, NOW)
    remove_update(update, actor="Ana")
    with pytest.raises(WasMailed):
        remove_update(kept, actor="Ana")
    assert list(letter.updates.all()) == [kept]
    assert acts(letter) == ["begin update", "begin update", "remove update"]


def test_shown_and_hidden(letter: Letter) -> None:
    def revision() -> int:
        letter.refresh_from_db()
        return letter.revision

    before = revision()
    update = begin_update(letter, HELLO, actor="Ana")
    assert revision() == before
    assert show_update(update, actor="Ana") is True
    assert show_update(update, actor="Ana") is False
    assert public_updates(letter) == [update]
    save_update(update, {"en": Words("Mended", "x")}, version=1, actor="Ana")
    assert hide_update(update, actor="Ana") is True
    assert hide_update(update, actor="Ana") is False
    assert public_updates(letter) == []
    assert acts(letter) == ["begin update", "show update", "correct update", "hide update"]
    assert revision() == before + 3
    remove_update(update, actor="Ana")
    assert revision() == before + 3


def test_the_language_nearest_to_the_reader(letter: Letter) -> None:
    both = {"fr": Words("Bonjour", "y"), **HELLO}
    update = begin_update(letter, both, actor="Ana")
    titles = [text_for(update, language).title for language in ("fr", "en", "de")]
    assert titles == ["Bonjour", "Hello", "Hello"]
    only = begin_update(letter, {"fr": Words("Bonjour", "y"), "it": Words("Ciao", "z")}, actor="A")
    assert text_for(only, "de").title == "Bonjour"


def test_said_by_their_places(letter: Letter) -> None:
    update = begin_update(letter, HELLO, actor="Ana")
    text = text_for(update, "en")
    planned = mailing(update, MailingState.PLANNED)
    assert [str(row) for row in (update, text, planned)] == [
        f"{letter.pk} update 1",
        f"{update.pk} en",
        f"{update.pk} planned",
    ]
