"""What mails to one mailbox are counted under: two counts, each with the limits of `allowance`.

Anybody who has an update, or knows an address, can have links to own pages mailed. So these are
counted apart: they must not use up what a confirmation needs.
"""

from __future__ import annotations

from undersigned.mail.allowance import forget_mark
from undersigned.signatures.worker_keys import WorkerKeys


def mark_of_links(mailbox: str, keys: WorkerKeys) -> bytes:
    """For links to own pages that were asked for."""
    return keys.index(b"mailed links", mailbox)


def forget_limits(mailbox: str, keys: WorkerKeys) -> None:
    """Of how often somebody was mailed, who is forgotten now."""
    forget_mark(keys.index(b"mail", mailbox))
    forget_mark(mark_of_links(mailbox, keys))
