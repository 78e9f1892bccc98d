"""How many came by a partner's link."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.builders import confirmed, listed
from tests.partners import joined
from undersigned.letters.models import Letter, Partner
from undersigned.signatures.changes import record
from undersigned.signatures.counting import count_changes
from undersigned.signatures.models import PartnerTally
from undersigned.signatures.partner_counting import brought_by, recount_partners
from undersigned.signatures.rules import Act
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def green(letter: Letter) -> Partner:
    return joined(letter)


def test_whoever_came_by_the_link_is_counted_while_listed(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    river = joined(letter, slug="river")
    one, _two = (listed(letter, keys, via=green.pk) for _ in "12")
    listed(letter, keys)
    confirmed(letter, keys, via=river.pk, kind="organisation", role="Chair")
    assert brought_by(green) == 0
    count_changes()
    assert (brought_by(green), brought_by(river)) == (2, 0)
    record([one], Act.WITHDRAW, timezone.now())
    assert recount_partners() == 0
    count_changes()
    assert brought_by(green) == 1
    assert recount_partners() == 0


def test_a_wrong_count_is_repaired(
    letter: Letter, keys: WorkerKeys, green: Partner, caplog: pytest.LogCaptureFixture
) -> None:
    listed(letter, keys, via=green.pk)
    count_changes()
    PartnerTally.objects.update(total=5)
    assert recount_partners() == 4
    assert brought_by(green) == 1
    assert "was wrong and is repaired" in caplog.text
