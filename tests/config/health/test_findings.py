"""Which subjects are judged, and when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.config.health.conftest import WELL, found
from undersigned.config.health.facts import DatabaseFacts
from undersigned.config.health.findings import SUBJECTS, WITHOUT_DATABASE, examine


def test_all_is_well() -> None:
    assert found(WELL) == []
    assert {finding.subject for finding in examine(WELL)} == {
        "settings", "folder", "database", "keys", "disk", "worker", "backups",
    }  # fmt: skip


@pytest.mark.parametrize("fault", [{"fault": "OperationalError"}, {"unapplied": 1}])
def test_without_a_usable_database_only_what_does_not_need_it_is_judged(
    fault: dict[str, object],
) -> None:
    facts = replace(WELL, database=DatabaseFacts(**fault), queues=None, keys=None)  # type: ignore[arg-type]
    assert {finding.subject for finding in examine(facts)} <= WITHOUT_DATABASE
    assert set(SUBJECTS) > WITHOUT_DATABASE
