"""The registry in memory follows the database, without keeping the worker busy."""

from __future__ import annotations

import pytest

from undersigned.signatures import known_organisations
from undersigned.signatures.known_organisations import (
    Kept,
    known_looks,
)
from undersigned.signatures.models import Organisation


def names() -> list[str]:
    return [
        found.name for found in known_organisations.known_organisations().similar("Quiet Media")
    ]


@pytest.mark.django_db
def test_it_follows_the_registry() -> None:
    assert names() == []
    entry = Organisation.objects.create(name="Quiet Media", domains=["quiet.org"])
    assert names() == ["Quiet Media"]
    entry.name, entry.aliases = "Loud Media", ["Quiet Mediaa"]
    entry.save()
    assert names() == ["Quiet Mediaa"]
    Organisation.objects.create(name="Quiet Media", merged_into=entry)
    assert names() == ["Quiet Mediaa"]


@pytest.mark.django_db
def test_only_other_letters_that_look_the_same_imitate() -> None:
    Organisation.objects.create(
        name="Quiet Media", native_name="Тихие Медиа", aliases=["QM"], domains=["quietmedia.org"]
    )

    assert known_looks().imitates("Quiet Mеdia", "")
    assert known_looks().imitates("Quiet rnedia", "")
    assert not known_looks().imitates("QUIET  MEDIA!", "")
    assert not known_looks().imitates("Loud Media", "quietmedia.org")
    assert not known_looks().imitates("Loud Media", "quietmedia.com")
    assert known_looks().imitates("Loud Media", "quietrnedia.org")


@pytest.mark.django_db
def test_a_large_one_may_be_out_of_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_organisations, "_LARGE", -1)
    monkeypatch.setattr(known_organisations, "_TIMES", 1e9)
    kept = Kept(Organisation.objects.count)

    assert kept.get() == 0
    Organisation.objects.create(name="Quiet Media")
    assert kept.get() == 0
    kept._fresh_until = 0.0
    assert kept.get() == 1
