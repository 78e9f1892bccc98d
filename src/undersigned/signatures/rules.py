"""What a signature may be and become. Pure functions: no database, no clock, no language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from undersigned.signatures.models import Kind, State, Visibility

LINK_LIFETIME = timedelta(days=7)
PENDING_LIFETIME = timedelta(days=14)

NAME_LENGTH = 120
SHOWN = (Visibility.PUBLIC, Visibility.INITIALS)


class Act(StrEnum):
    """What can happen to a signature."""

    CONFIRM = "confirm"
    LIST = "list"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    VOID = "void"
    RESTORE = "restore"


# Which act leads from which state to which. What is not here is refused.
TRANSITIONS: dict[tuple[State, Act], State] = {
    (State.PENDING, Act.CONFIRM): State.CONFIRMED,
    (State.PENDING, Act.VOID): State.VOID,
    (State.CONFIRMED, Act.LIST): State.LISTED,
    (State.CONFIRMED, Act.DECLINE): State.DECLINED,
    (State.CONFIRMED, Act.WITHDRAW): State.WITHDRAWN,
    (State.CONFIRMED, Act.VOID): State.VOID,
    (State.LISTED, Act.DECLINE): State.DECLINED,
    (State.LISTED, Act.WITHDRAW): State.WITHDRAWN,
    (State.LISTED, Act.VOID): State.VOID,
    (State.DECLINED, Act.RESTORE): State.CONFIRMED,
    (State.DECLINED, Act.WITHDRAW): State.WITHDRAWN,
    (State.DECLINED, Act.VOID): State.VOID,
    (State.VOID, Act.RESTORE): State.CONFIRMED,
}


class NotAllowed(Exception):
    """This act cannot follow the signature's state."""


def next_state(state: str, act: Act) -> State:
    """The state after an act; raises NotAllowed."""
    try:
        return TRANSITIONS[State(state), act]
    except KeyError:
        raise NotAllowed(f"{act} cannot follow {state}") from None


class NameFault(StrEnum):
    """Why a name is not taken as it is."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    HIDDEN_CHARACTERS = "hidden characters"
    ADDRESS = "address"
    LINK = "link"
    NO_LETTERS = "no letters"


class NameRefused(ValueError):
    """The message is the fault's code; the form has the sentence for it."""

    def __init__(self, fault: NameFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


# Zero-width joiner and non-joiner, and variation selectors, belong to names in many scripts.
_KEPT_FORMAT = frozenset("\u200c\u200d")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_LINK = re.compile(r"://|\bwww\.|\bhttps?\b", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.(com|net|org|info|io|ru|xyz|biz|top|site|online|shop)", re.I)


def clean_name(text: str, *, kind: str = Kind.INDIVIDUAL, length: int = NAME_LENGTH) -> str:
    """A name in NFC with single spaces; raises NameRefused.

    Every script passes. Organisations may be called after their domain (`Vrijschrift.org`),
    people may not.
    """
    name = clean_text(text, length=length)
    if not name:
        raise NameRefused(NameFault.EMPTY)
    if not any(unicodedata.category(character)[0] in "LN" for character in name):
        raise NameRefused(NameFault.NO_LETTERS)
    if kind == Kind.INDIVIDUAL and _HOST.fullmatch(name):
        raise NameRefused(NameFault.LINK)
    return name


def clean_text(text: str, *, length: int) -> str:
    """An optional line about a signatory: like a name, but it may be empty."""
    if text.isascii() and text.isprintable():
        line = " ".join(text.split())
    else:
        line = " ".join(unicodedata.normalize("NFC", text).split())
        if any(
            unicodedata.category(character) in _REFUSED_CATEGORIES
            and character not in _KEPT_FORMAT
            for character in line
        ):
            raise NameRefused(NameFault.HIDDEN_CHARACTERS)
    if len(line) > length:
        raise NameRefused(NameFault.TOO_LONG)
    if "@" in line or "＠" in line:
        raise NameRefused(NameFault.ADDRESS)
    if _LINK.search(line):
        raise NameRefused(NameFault.LINK)
    return line


def initials(name: str) -> str:
    """`Ana Lucía Example` as `A. L. E.`; whole first characters with their marks in any script."""
    parts = []
    for word in re.split(r"[\s\-‐‑]+", name):
        first = next((i for i, c in enumerate(word) if unicodedata.category(c)[0] in "LN"), None)
        if first is None:
            continue
        end = first + 1
        while end < len(word) and unicodedata.category(word[end])[0] == "M":
            end += 1
        parts.append(f"{word[first:end].upper()}.")
    return " ".join(parts)


@dataclass(frozen=True)
class Details:
    """What somebody typed about themselves or their organisation, beside the address.

    Sealed from the form to the worker. `role` is the person's role in an organisation.
    """

    name: str
    title: str = ""
    affiliation: str = ""
    role: str = ""
    website: str = ""


def reason_to_hold(*, kind: str, organisations_are_held: bool) -> str:
    """Why a confirmed signature waits for a person, or an empty string."""
    return "organisation" if kind == Kind.ORGANISATION and organisations_are_held else ""
