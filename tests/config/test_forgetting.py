"""When the worker forgets."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import listed, published_letter, worker_keys
from undersigned.config import forgetting
from undersigned.config.forgetting import Forgetter
from undersigned.letters.models import Letter
from undersigned.signatures import forgetting as acts
from undersigned.vault.keys import KeyDestroyed

pytestmark = pytest.mark.django_db


def test_batch_after_batch_then_it_rests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "AHEAD", 1)
    keys = worker_keys(tmp_path)
    letter = published_letter(keys)
    for _ in range(2):
        listed(letter, keys)
    Letter.objects.update(addresses_until=timezone.now().date() - timedelta(days=9))
    forgetter = Forgetter(keys)
    assert [forgetter.forget() for _ in range(4)] == [1, 1, 0, 0]
    assert Letter.objects.get().sealing_key is None


def test_it_looks_again_after_a_minute(tmp_path: Path) -> None:
    keys = worker_keys(tmp_path)
    letter = published_letter(keys)
    forgetter = Forgetter(keys)
    for _ in range(2):
        forgetter.forget()
    Letter.objects.update(addresses_until=timezone.now().date())
    forgetter.forget()
    assert not keys.keyring.is_destroyed(letter.pk)
    forgetter._looked_at -= forgetting.LOOK_EVERY_SECONDS
    forgetter.forget()
    assert keys.keyring.is_destroyed(letter.pk)


def test_a_worker_without_the_lease_destroys_its_own_copy(tmp_path: Path) -> None:
    keys, elsewhere = worker_keys(tmp_path / "one"), worker_keys(tmp_path / "two")
    letter = published_letter(keys)
    path = elsewhere.keyring.folder / "letters" / str(letter.pk)
    path.parent.mkdir()
    path.write_bytes((keys.keyring.folder / "letters" / str(letter.pk)).read_bytes())
    second = Forgetter(elsewhere)
    second.follow()
    assert elsewhere.opener(letter.pk)
    acts.destroy_key(letter.pk, keys, timezone.now())
    second.follow()
    assert path.exists()
    second._looked_at -= forgetting.LOOK_EVERY_SECONDS
    assert second.follow() == 0
    assert not path.exists()
    with pytest.raises(KeyDestroyed):
        elsewhere.opener(letter.pk)
