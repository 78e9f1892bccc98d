from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import listed, published_letter, worker_keys
from tests.signatures.updating import mailing_of, update_of
from undersigned.letters.models import Letter, LetterEvent, Mailing, MailingState
from undersigned.signatures.audiences import Audience
from undersigned.signatures.mailing import (
    AGAIN_WITHIN,
    HasEnded,
    NobodyToMail,
    NothingWritten,
    NotPublic,
    OnItsWay,
    TooLate,
    cancel_mailing,
    pause_mailing,
    resume_mailing,
)
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_mailings import write_mailings


@pytest.fixture
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    """Somebody asked for updates."""
    letter = published_letter(keys, "banned")
    listed(letter, keys, consent_updates=True)
    return letter


def test_each_step_is_an_event(letter: Letter, keys: WorkerKeys) -> None:
    mailing = mailing_of(letter)
    write_mailings(keys)
    pause_mailing(mailing, actor="Bo")
    resume_mailing(mailing, actor="Bo")
    cancel_mailing(mailing, actor="Chi")
    events = LetterEvent.objects.filter(act__endswith=" mailing").order_by("pk")
    assert list(events.values_list("actor", "act", "details")) == [
        ("Ana", "order mailing", {"update": 1}),
        ("Bo", "pause mailing", {"update": 1}),
        ("Bo", "resume mailing", {"update": 1}),
        ("Chi", "cancel mailing", {"update": 1}),
    ]


def test_one_at_a_time(letter: Letter) -> None:
    update = update_of(letter)
    first = mailing_of(letter, update=update)
    with pytest.raises(OnItsWay):
        mailing_of(letter, update=update)
    cancel_mailing(first, actor="Ana")
    mailing_of(letter, update=update)
    assert Mailing.objects.count() == 2


def test_nobody_fits(letter: Letter) -> None:
    with pytest.raises(NobodyToMail):
        mailing_of(letter, Audience(countries=("DE",)))


def test_nothing_is_written(letter: Letter) -> None:
    update = update_of(letter)
    update.texts.all().delete()
    with pytest.raises(NothingWritten):
        mailing_of(letter, update=update)


def test_a_letter_without_a_text(letter: Letter) -> None:
    letter.edition_id = None
    with pytest.raises(NotPublic):
        mailing_of(letter)


def test_nobody_is_mailed_again_when_it_is_forgotten_who_was(letter: Letter) -> None:
    update = update_of(letter)
    first = mailing_of(letter, update=update)
    long_ago = timezone.now() - AGAIN_WITHIN
    Mailing.objects.filter(pk=first.pk).update(state=MailingState.DONE, started_at=long_ago)
    with pytest.raises(TooLate):
        mailing_of(letter, update=update)
    recently = long_ago + timedelta(days=2)
    Mailing.objects.filter(pk=first.pk).update(started_at=recently)
    with pytest.raises(TooLate):
        mailing_of(letter, update=update, starts_at=timezone.now() + timedelta(days=3))
    mailing_of(letter, update=update)


def test_what_has_ended_is_over(letter: Letter) -> None:
    mailing = mailing_of(letter)
    for act in (pause_mailing, resume_mailing):
        with pytest.raises(HasEnded):
            act(mailing, actor="Ana")
    cancel_mailing(mailing, actor="Ana")
    with pytest.raises(HasEnded):
        cancel_mailing(mailing, actor="Ana")
