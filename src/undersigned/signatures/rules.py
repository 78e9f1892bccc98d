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
# Confirmed by who signed, and neither taken back nor struck out: listed, or still to be.
STANDING = (State.CONFIRMED, State.LISTED)


class Act(StrEnum):
    """What can happen to a signature."""

    CONFIRM = "confirm"
    LIST = "list"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    VOID = "void"
    RESTORE = "restore"
    HOLD = "hold"


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
    (State.LISTED, Act.HOLD): State.CONFIRMED,
    (State.DECLINED, Act.RESTORE): State.CONFIRMED,
    (State.DECLINED, Act.WITHDRAW): State.WITHDRAWN,
    (State.DECLINED, Act.VOID): State.VOID,
    # What people voided only; see signatures.undoing.
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


# Zero-width joiner and non-joiner belong to names in many scripts, and the vowel separator to
# Mongolian ones.
_KEPT_FORMAT = frozenset("\u200c\u200d\u180e")
# Left behind by keyboards (the space bar of Khmer ones), right-to-left editors and hyphenation;
# without them a name looks the same.
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"))
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_LINK = re.compile(r"://|\bwww\.|\bhttps?\b|\.(com|net|org|info|xyz|biz)/", re.IGNORECASE)
_HOST = re.compile(
    r"[\w-]+(\.[\w-]+)*\.(com|net|org|info|io|ru|xyz|biz|top|site|online|shop)"
    r"|.*\b[\w-]+\.(com|net|org)\b.*",
    re.IGNORECASE,
)


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
        line = plain = " ".join(text.split())
    else:
        line = " ".join(unicodedata.normalize("NFC", text.translate(_DROPPED)).split())
        if any(
            unicodedata.category(character) in _REFUSED_CATEGORIES and character not in _KEPT_FORMAT
            for character in line
        ):
            raise NameRefused(NameFault.HIDDEN_CHARACTERS)
        # Full-width and other forms of signs must not pass where the plain ones do not.
        plain = unicodedata.normalize("NFKC", line)
    if len(line) > length:
        raise NameRefused(NameFault.TOO_LONG)
    if "@" in plain:
        raise NameRefused(NameFault.ADDRESS)
    if _LINK.search(plain):
        raise NameRefused(NameFault.LINK)
    return line


# Thai and Lao write these vowels before the consonant that they follow in speech.
_WRITTEN_FIRST = frozenset("เแโใไເແໂໃໄ")
_JOINER = "\u200d"
# Marks of the viramas' class (9) that join nothing: Burmese asat, Thai phinthu.
_JOINS_NOTHING = frozenset("\u103a\u0e3a")


def initials(name: str) -> str:
    """`Ana Lucía Example` as `A. L. E.`; whole first characters with their marks in any script.

    At most NAME_LENGTH code points: the initials that do not fit are left out.
    """
    line = ""
    for word in re.split(r"[\s\-‐‑]+", name):
        first = _first_character(word)
        longer = f"{line} {first}.".lstrip()
        if first and len(longer) <= NAME_LENGTH:
            line = longer
    return line


def _first_character(word: str) -> str:
    """A letter or digit with its marks, and with what is stacked onto it (`क्षि`, `ស្រី`)."""
    start = next(
        (place for place, character in enumerate(word) if _begins_a_name(character)),
        None,
    )
    if start is None:
        return ""
    end = start + 1
    while end < len(word) and (
        unicodedata.category(word[end])[0] == "M"
        or word[end] == _JOINER
        or _joins(word[start:end].rstrip(_JOINER)[-1])
    ):
        end += 1
    # Title case: capitals of Georgian, say, are not for single letters.
    return word[start:end].rstrip(_JOINER).title()


def _begins_a_name(character: str) -> bool:
    # Modifier letters (Lm) are the apostrophes of Hawaiian, Uzbek and others.
    category = unicodedata.category(character)
    return category[0] in "LN" and category != "Lm" and character not in _WRITTEN_FIRST


def _joins(mark: str) -> bool:
    return unicodedata.combining(mark) == 9 and mark not in _JOINS_NOTHING


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
