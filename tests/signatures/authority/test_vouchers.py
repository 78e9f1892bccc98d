"""An organisation that is not shown any more is not named beside others either."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import listed, published_letter, worker_keys
from tests.signatures.behind_links import own_link
from undersigned.letters.models import Letter
from undersigned.signatures.appearing import appear
from undersigned.signatures.deciding import By
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group
from undersigned.signatures.leaving import leave
from undersigned.signatures.models import Signature
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys, db: None) -> Letter:
    return published_letter(keys, "banned")


def organisation(letter: Letter, keys: WorkerKeys, name: str, vouchers: str = "") -> Signature:
    row = listed(letter, keys, kind="organisation", name=name, role="x", country="BY")
    if vouchers:
        Signature.objects.filter(pk=row.pk).update(authority="vouched", authority_by=vouchers)
    return row


@pytest.mark.parametrize("how", ["hide", "leave", "group"])
def test_the_name_goes_from_beside_others(letter: Letter, keys: WorkerKeys, how: str) -> None:
    union = organisation(letter, keys, "Example Union")
    Signature.objects.filter(pk=union.pk).update(country="")
    school = organisation(letter, keys, "Example School", "Example Union")
    club = organisation(letter, keys, "Example Club", "Example Union\nExample League")
    other = organisation(letter, keys, "Example Other", "Example League")
    if how == "hide":
        appear(own_link(union, keys), "counted")
    elif how == "leave":
        leave(own_link(union, keys))
    else:
        hide_group(By(letter, "Mo"), Group(Shared.ORGANISATION, "Example Union"))
    now = Signature.objects.in_bulk([school.pk, club.pk, other.pk])
    assert (now[school.pk].authority, now[school.pk].authority_by) == ("", "")
    assert (now[club.pk].authority, now[club.pk].authority_by) == ("vouched", "Example League")
    assert (now[other.pk].authority, now[other.pk].authority_by) == ("vouched", "Example League")
