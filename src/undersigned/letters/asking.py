"""What the form to sign asks beside kind, name and address: each letter chooses."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from undersigned.letters.models import Letter


class Ask(StrEnum):
    """How a field stands in the form."""

    HIDDEN = "hidden"
    OPTIONAL = "optional"
    REQUIRED = "required"


# Title and affiliation are asked of people, role and website of organisations.
USUAL: Mapping[str, Ask] = MappingProxyType(
    {
        "country": Ask.OPTIONAL,
        "title": Ask.OPTIONAL,
        "affiliation": Ask.OPTIONAL,
        "role": Ask.REQUIRED,
        "website": Ask.OPTIONAL,
    }
)


def asked_by(letter: Letter) -> Mapping[str, Ask]:
    """For each field of `USUAL` how a letter asks for it; what it does not say is as usual."""
    if not letter.asks:
        return USUAL
    return {name: Ask(letter.asks.get(name, usual)) for name, usual in USUAL.items()}
