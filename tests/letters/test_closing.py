"""Letters close at their deadline, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import published_letter
from undersigned.letters.closing import close_due
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)


def test_letters_past_their_deadline_close_and_say_so(keys: WorkerKeys) -> None:
    due = published_letter(keys, deadline=NOW)
    later = published_letter(keys, deadline=NOW + DAY)
    endless = published_letter(keys)
    archived = published_letter(keys, deadline=NOW - DAY, state=LetterState.ARCHIVED)

    assert close_due(NOW) == 1
    assert close_due(NOW) == 0

    states = dict(Letter.objects.values_list("pk", "state"))
    assert states == {
        due.pk: LetterState.CLOSED,
        later.pk: LetterState.OPEN,
        endless.pk: LetterState.OPEN,
        archived.pk: LetterState.ARCHIVED,
    }
    assert Letter.objects.get(pk=due.pk).revision == due.revision + 1
    events = due.events.filter(act="close at deadline")
    assert [event.actor for event in events] == ["worker"]
