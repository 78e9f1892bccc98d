"""Whether addresses go when signers were told that they would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import listed, published_letter, worker_keys
from undersigned.config.health.forgetting import key_destroyed_at, letters_overdue
from undersigned.letters.closing import close
from undersigned.letters.models import Forgetting, Letter
from undersigned.signatures.forgetting import destroy_key

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def test_nothing_is_late_at_first(tmp_path: Path) -> None:
    listed(published_letter(worker_keys(tmp_path)), worker_keys(tmp_path))
    assert letters_overdue(NOW) == ()
    assert key_destroyed_at() is None


def test_each_way_to_be_late(tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    for slug in ("closed", "ended", "stuck", "asked", "young"):
        letter = published_letter(keys, slug)
        listed(letter, keys, consent_updates=slug == "asked")
        if slug in {"closed", "asked", "young"}:
            close(letter, actor="Ana")
    rows = Letter.objects
    rows.filter(slug__in=("closed", "asked")).update(closed_at=days_ago(32))
    rows.filter(slug="young").update(closed_at=days_ago(31))
    rows.filter(slug="ended").update(addresses_until=days_ago(2).date())
    assert letters_overdue(NOW) == ("closed", "ended")
    stuck = rows.get(slug="stuck")
    destroy_key(stuck.pk, keys, NOW)
    assert letters_overdue(NOW) == ("closed", "ended")
    Forgetting.objects.update(started_at=days_ago(2))
    assert letters_overdue(NOW) == ("closed", "ended", "stuck")
    assert key_destroyed_at() == NOW
