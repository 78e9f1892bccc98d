"""What looks like a person's name, a title, an honorific or a suffix."""

import re
from functools import lru_cache

from undersigned.signatures.importing.text import fold, word_set
from undersigned.signatures.importing.vocabulary import (
    HONORIFICS,
    NAMES_TOO,
    ONLY_WITH_DOT,
    ORGANISATION_WORDS,
    PARTICLES,
    ROLE_QUALIFIERS,
    ROLES,
    SUFFIXES,
    SURNAMES_TOO,
    ends_with_role,
    names_organisation,
)


def is_suffix(text: str) -> bool:
    """Tell whether `text` is what follows a name and a comma: "Jr.", "PhD", "LL.M., MPH"."""
    words = fold(text).split()
    return 1 <= len(words) <= 3 and all(word in SUFFIXES for word in words)


@lru_cache(maxsize=8192)
def sorting_name(name: str) -> str:
    """Return `name` without "Dr." before it and "PhD" after it.

    >>> sorting_name("Prof. Dr. Jane Doe, PhD")
    'Jane Doe'
    """
    core = name.split(",", maxsplit=1)[0].strip()
    words = whole = core.split()
    while len(words) > 1 and (
        _is_honorific(words) or (len(words) < len(whole) and _goes_with_honorific(words))
    ):
        words = words[1:]
    while len(words) > 2 and fold(words[-1]) in SUFFIXES and not words[-1].islower():
        words = words[:-1]
    return " ".join(words) or name


_RETIRED = re.compile(
    r"\((?:retd?|rtd|em|emer|emeritus|emerita|retired|former)\.?\)", re.IGNORECASE
)


def _goes_with_honorific(words: list[str]) -> bool:
    """ "Prof. em. Dr. h.c.", "Mme la Professeure", "Justice (Retd.)": between title and name."""
    first = words[0]
    if first in {"la", "le"} and len(words) > 2:
        return _is_honorific(words[1:])
    short = first.islower() and (first.endswith(".") or first in {"hab", "habil"})
    return short or bool(_RETIRED.fullmatch(first))


def has_honorific(name: str) -> bool:
    """Tell whether `name` begins with "Dr.", "Mme", "Shri" and the like."""
    words = name.split()
    return len(words) > 1 and _is_honorific(words)


def _is_honorific(words: list[str]) -> bool:
    first = words[0]
    if words[1].lower() in _AFTER_NO_HONORIFIC:
        return False
    if first.lower() == "the" and len(words) > 2:
        return fold(words[1]) in _AFTER_THE and _is_honorific([f"{words[1]}.", *words[2:]])
    if fold(first) in ONLY_WITH_DOT and not first.endswith("."):
        return len(words) > 2 and _is_honorific(words[1:])
    # "Hon.Dr." and "Prof.Dr." are two in one word
    parts = [fold(part) for part in first.split(".") if part]
    if not all(part in HONORIFICS for part in parts) and fold(first) not in HONORIFICS:
        return False
    return (
        fold(first) not in NAMES_TOO
        or first.endswith(".")
        or (len(words) > 2 and len(fold(first)) > 1)
    )


_AFTER_THE = word_set("hon honourable honorable rt right rev reverend most very venerable")
_AFTER_NO_HONORIFIC = word_set(
    """
    for and of in to & for/ on
    """
)
"""Justice for Iran is nobody's name."""


@lru_cache(maxsize=8192)
def looks_like_a_title(text: str) -> bool:
    """Tell whether `text` says what somebody is: "Professor of Law", "Artist and Critic"."""
    words = _role_words(text)
    if not words or len(words) > 24:
        return False
    if starts_with_title(text) or ends_with_role(text):
        return True
    if any(word in ORGANISATION_WORDS for word in words):
        return False
    if any(word in ROLES for word in words):
        return len(words) <= 8
    # "concerned mother of two": small letters are no affiliation, unless "iLaw" or "perifaCode"
    return len(words) > 1 and text.islower()


@lru_cache(maxsize=8192)
def starts_with_title(text: str) -> bool:
    """Tell whether `text` begins with a role, perhaps a qualified one: "Interim Director of X"."""
    words = _role_words(text)
    for index, word in enumerate(words[:6]):
        if word in ROLES:
            following = words[index + 1 : index + 2]
            # "Student Union of X" and "Artists House" are organisations
            return not following or following[0] not in ORGANISATION_WORDS
        if word not in ROLE_QUALIFIERS:
            return False
    return False


def _role_words(text: str) -> list[str]:
    text = re.sub(r"\bco[- ](?=\w)", "co", text, flags=re.IGNORECASE)
    words = fold(re.sub(r"(?<=\w)['’]s\b", "s", text)).split()
    return [_without_prefix(word) for word in words]


def _without_prefix(word: str) -> str:
    """ "cofounder" is a founder, "vicepresident" a president."""
    for prefix in ("co", "vice", "ex"):
        if word.startswith(prefix) and word[len(prefix) :] in ROLES:
            return word[len(prefix) :]
    return word


@lru_cache(maxsize=8192)
def looks_like_a_name(text: str) -> bool:
    """Tell whether `text` could be a person's name: two to six words, none of them a role's."""
    core = sorting_name(text) if has_honorific(text) else text
    words = core.split()
    if not words or len(words) > 6 or any(letter.isdigit() for letter in core):
        return False
    folded = fold(core).split()
    if any(word in ORGANISATION_WORDS or word in ROLES for word in folded):
        return False
    if len(words) == 1:
        # Names of Chinese, Japanese and Korean people have no spaces
        unspaced = 2 <= len(core) <= 6 and "\u2e80" <= core[0] <= "\ud7a3"
        return unspaced and not names_organisation(core)
    return all(_is_name_word(word) for word in words) and not _is_small(words[0])


def _is_name_word(word: str) -> bool:
    if word.lower() in PARTICLES or re.fullmatch(r"(?:[^\W\d_]\.?-?){1,3}", word):
        return True
    letters = re.sub(r"[-'’‘ʼ.]", "", word)
    return letters.replace("\u200c", "").isidentifier() and not word[0].islower()


def _is_small(word: str) -> bool:
    return word.lower() in PARTICLES and word[0].islower() and len(word) < 3


_LONGEST_ROW = 40
"""In words; a longer text is no name with a title behind it."""


@lru_cache(maxsize=8192)
def split_title_from_name(text: str) -> tuple[str, str] | None:
    """Return name and title of "Sandra Avila Professor", or None if nothing is amiss."""
    words = text.split()
    if len(words) > _LONGEST_ROW:
        return None
    first = 1 if words and "\u2e80" <= words[0][0] <= "\ud7a3" else 2
    for index in range(first, len(words)):
        tail = " ".join(words[index:])
        roles = _role_words(tail)
        if not all(word in ROLES or word in ROLE_QUALIFIERS for word in roles):
            continue
        if not any(word in ROLES for word in roles) or (
            len(roles) == 1 and roles[0] in SURNAMES_TOO
        ):
            continue
        name = " ".join(words[:index])
        return (name, tail) if looks_like_a_name(name) else None
    return None


def split_at_colon(text: str) -> tuple[str, str] | None:
    """Return name and title of "Jane Doe: Director", or None."""
    name, colon, rest = text.partition(": ")
    if colon and looks_like_a_name(name) and looks_like_a_title(rest):
        return name, rest
    return None
