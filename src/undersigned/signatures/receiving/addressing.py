"""The address that signs a letter by mail: `sign+<slug>@example.org`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from undersigned.letters.models import Letter, LetterState

_LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def sign_address(letter: Letter) -> str:
    """Where this letter can be signed by mail now; empty if it cannot.

    Not under embargo: an address is no secret.
    """
    if not settings.SIGN_ADDRESS:
        return ""
    is_open = letter.state == LetterState.OPEN and letter.takes_signatures(timezone.now())
    local, _, domain = settings.SIGN_ADDRESS.partition("@")
    local = f"{local}+{letter.slug}"
    if not is_open or not letter.sealing_key or len(local) > _LONGEST_LOCAL_PART:
        return ""
    return f"{local}@{domain}"


def slugs_in(addresses: Sequence[str]) -> set[str]:
    """The letters that a mail is addressed to. `addresses`: in lower case."""
    ours, _, domain = settings.SIGN_ADDRESS.partition("@")
    found = set()
    for address in addresses:
        local, _, host = address.rpartition("@")
        name, _, slug = local.partition("+")
        if ours and (name, host) == (ours, domain) and _SLUG.fullmatch(slug):
            found.add(slug)
    return found
