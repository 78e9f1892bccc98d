"""Two counts for one mailbox, and neither is left of whoever is forgotten."""

from __future__ import annotations

from django.utils import timezone

from undersigned.mail.allowance import Ledger, Permit
from undersigned.mail.models import Allowance
from undersigned.signatures.mail_limits import forget_limits, mark_of_links
from undersigned.signatures.worker_keys import WorkerKeys

ANA, BO = "ana@example.org", "bo@example.org"


def test_both_counts_of_a_mailbox_are_forgotten_and_nobody_elses(
    keys: WorkerKeys, db: None
) -> None:
    marks = [keys.index(b"mail", ANA), mark_of_links(ANA, keys), mark_of_links(BO, keys)]
    ledger = Ledger(marks, timezone.now())
    assert [ledger.ask(mark, b"t" * 32) for mark in marks] == [Permit.YES] * 3
    ledger.save()

    forget_limits(ANA, keys)

    assert [bytes(row.mark) for row in Allowance.objects.all()] == marks[2:]
