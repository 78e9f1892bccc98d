from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import listed, published_letter, worker_keys
from tests.signatures.updating import mailing_of, update_of
from undersigned.letters.models import Mailing, Update
from undersigned.mail.delivery import NOT_WANTED
from undersigned.mail.models import Message, MessageState
from undersigned.signatures.mailing_reports import Report, keep_reports, report_of

FATES: list[dict[str, object]] = [
    {"state": MessageState.QUEUED},
    {"state": MessageState.QUEUED, "attempts": 1},
    {"state": MessageState.SENT},
    {"state": MessageState.SENT},
    {"state": MessageState.SENT, "came_back": "bounced"},
    {"state": MessageState.SENT, "came_back": "complained"},
    {"state": MessageState.FAILED, "outcome": "SMTP 550"},
    {"state": MessageState.FAILED, "outcome": NOT_WANTED},
]
SAID = Report(
    waiting=1, deferred=1, accepted=2, bounced=1, complained=1, refused=1, stopped=1, unsubscribed=3
)


@pytest.fixture
def update(tmp_path: Path, db: None) -> Update:
    """Mailed; each fate of a mail is there. Another update has mails, too."""
    keys = worker_keys(tmp_path)
    letter = published_letter(keys)
    listed(letter, keys, consent_updates=True)
    update = update_of(letter)
    mailing_of(letter, update=update)
    Mailing.objects.update(unsubscribed=3, started_at=timezone.now())
    for series, fates in ((update.pk, FATES), (uuid.uuid4(), FATES[:1])):
        for fate in fates:
            Message.objects.create(
                cause=str(uuid.uuid4()),
                topic="update",
                series=series,
                seal=letter.pk,
                sealed=b"",
                not_before=timezone.now(),
                **fate,
            )
    return update


def test_what_became_of_each_mail(update: Update) -> None:
    report = report_of(update)
    assert report == SAID
    assert report.left == 4


def test_nothing_is_known_of_what_was_not_mailed(update: Update) -> None:
    assert report_of(update_of(update.letter)) == Report()


def test_kept_when_the_outbox_forgets(update: Update) -> None:
    keep_reports(timezone.now())
    Message.objects.filter(state=MessageState.SENT).delete()
    keep_reports(timezone.now())
    assert report_of(update) == SAID
    Message.objects.all().delete()
    assert report_of(update) == SAID


def test_of_long_ago_nothing_is_counted_again(update: Update) -> None:
    Mailing.objects.update(ended_at=timezone.now())
    keep_reports(timezone.now() + timedelta(days=61))
    assert Mailing.objects.get().report == {}
