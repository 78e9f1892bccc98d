"""What a server's refusal means for the next mail to the same address.

Enhanced status codes: RFC 3463, and the IANA registry "SMTP Enhanced Status Codes".
"""

from __future__ import annotations

import re

from undersigned.mail.models import Reason

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
# There is no such mailbox or host, it has moved without a trace, takes no mail, or is disabled.
_GONE = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})


def read_status(text: str) -> str:
    """The first enhanced status code in a text, such as `5.1.1`; empty if there is none."""
    found = _STATUS.search(text)
    return ".".join(str(int(part)) for part in found.groups()) if found else ""


def is_about_us(status: str) -> bool:
    """Whether a refusal is a matter of policy or of our reputation (x.7.x), whoever the mailbox."""
    return status.startswith(("4.7.", "5.7."))


def reason_of(status: str) -> Reason:
    """Hard if the mailbox is gone; whatever may pass (full, busy, our reputation) is soft."""
    return Reason.HARD if status in _GONE else Reason.SOFT
