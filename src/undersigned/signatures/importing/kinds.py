"""Telling people from organisations where a list has both."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from undersigned.signatures.importing.addresses import take_mail, take_website
from undersigned.signatures.importing.brackets import (
    at_columns,
    at_commas,
    at_dashes,
    split_last_bracket,
)
from undersigned.signatures.importing.names import (
    has_honorific,
    is_suffix,
    looks_like_a_name,
    looks_like_a_title,
    split_at_colon,
    split_title_from_name,
)
from undersigned.signatures.importing.placing import place_label
from undersigned.signatures.importing.signatories import Kind
from undersigned.signatures.importing.text import fold, word_set
from undersigned.signatures.importing.vocabulary import (
    ORGANISATION_WORDS,
    ROLES,
    names_organisation,
)


@lru_cache(maxsize=32768)
def kind_of(text: str) -> Kind | None:
    """Return what a row certainly is by its own looks, or None."""
    text = _bare(text)
    first, *rest = _segments(text[:400]) or [text]
    if has_honorific(first) and looks_like_a_name(first):
        return Kind.INDIVIDUAL
    if names_organisation(first):
        return Kind.ORGANISATION
    if split_title_from_name(first):
        return Kind.INDIVIDUAL
    if len(rest) > (1 if " and " in text else 2) and _are_organisations(rest):
        return Kind.ORGANISATION
    if (
        rest
        and looks_like_a_name(first)
        and (is_suffix(rest[0]) or any(looks_like_a_title(part) for part in rest))
    ):
        return Kind.INDIVIDUAL
    if any(letter.isdigit() for letter in first) or not _could_be_person(first):
        return Kind.ORGANISATION
    return None


def clashing_kind(text: str, kind: Kind) -> Kind | None:
    """Return the other kind if a row under a heading of `kind` plainly belongs there, or None."""
    text = _bare(text)
    first, *rest = _segments(text[:400]) or [text]
    titled = any(looks_like_a_title(part) for part in rest)
    if kind is Kind.ORGANISATION:
        person = looks_like_a_name(first) and (
            titled or (has_honorific(first) and len(first.split()) > 2)
        )
        return Kind.INDIVIDUAL if person and kind_of(text) is Kind.INDIVIDUAL else None
    words = fold(first).split()
    telling = [word for word in words if word in ORGANISATION_WORDS - _SURNAMES_TOO]
    if telling and not titled and not any(word in ROLES for word in words):
        return Kind.ORGANISATION
    return None


_SURNAMES_TOO = word_set(
    """
    house church guild chapter rat rede office press trust young
    """
)


def _bare(text: str) -> str:
    return take_mail(take_website(text)[0])[0].strip() or text


def _segments(text: str) -> list[str]:
    cells = [part for cell in at_columns(text) for part in at_commas(cell)]
    parts = [part for cell in cells for part in at_dashes(cell)]
    if parts and (colon := split_at_colon(parts[0])):
        parts = [*colon, *parts[1:]]
    if parts and (bracket := split_last_bracket(parts[0])) and bracket[0]:
        parts = [bracket[0], bracket[1], *parts[1:]]
    return parts


def _are_organisations(parts: list[str]) -> bool:
    """ "…, Amnesty International, Article 19, and Human Rights Watch" after a first name."""
    telling = sum(any(word in ORGANISATION_WORDS for word in fold(part).split()) for part in parts)
    return telling * 2 >= len(parts) and not any(looks_like_a_title(part) for part in parts)


def _could_be_person(name: str) -> bool:
    words = name.split()
    if looks_like_a_name(name):
        return not any(len(word) > 3 and word.isupper() for word in words[:1]) or len(words) > 1
    return False


def likely_kind(texts: Sequence[str]) -> Kind:
    """Return what most rows of a list are; names with places and nothing else are organisations."""
    found = Counter(kind_of(text) for text in texts)
    people, organisations = found[Kind.INDIVIDUAL], found[Kind.ORGANISATION]
    if people > organisations:
        return Kind.INDIVIDUAL
    if people == organisations == 0 and texts:
        placed = sum(_has_place(text) for text in texts)
        return Kind.ORGANISATION if placed * 2 >= len(texts) else Kind.INDIVIDUAL
    return Kind.ORGANISATION


def _has_place(text: str) -> bool:
    parts = _segments(text[:400])
    return len(parts) > 1 and place_label(parts[-1]) is not None
