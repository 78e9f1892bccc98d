"""What the lines of a message that signs begin with, in all our languages.

    Name: Ana Example
    Country: Spain
    Publish my name: yes

People copy a prepared message from one language and fill it in in another, so that every language
is understood in every message. "Yes" is different: it counts in English, and in the language of
the words before it, because yes in one language is no in another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, pgettext


class Field(StrEnum):
    """What a line can say."""

    NAME = "name"
    COUNTRY = "country"
    ORGANISATION = "organisation"
    ROLE = "role"
    PUBLISH = "publish"


@dataclass(frozen=True)
class Label:
    """What a label means, and in which languages."""

    field: Field
    languages: frozenset[str]


@dataclass(frozen=True)
class Labels:
    """Labels as `plain` writes them, and every language's yes."""

    meanings: Mapping[str, Label]
    yes: Mapping[str, str]

    def says_yes(self, answer: str, label: Label) -> bool:
        """Whether an answer is a plain yes and nothing else; accents may be missing, as in `si`."""
        said = _bare(plain(answer).strip(".,;!。、،"))
        return said in {_bare(self.yes[language]) for language in (*label.languages, "en")}


def plain(text: str) -> str:
    """A label or an answer without what keyboards and mail programs add to it."""
    kept = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", kept).casefold().strip("*_ \t").split())


def _bare(text: str) -> str:
    """Without the marks that stand over and under letters."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(one for one in letters if unicodedata.category(one) != "Mn")


def written(field: Field) -> str:
    """A label in the language that is active."""
    return {
        Field.NAME: gettext("Name"),
        Field.COUNTRY: gettext("Country"),
        Field.ORGANISATION: gettext("Organisation"),
        Field.ROLE: gettext("Your role there"),
        Field.PUBLISH: pgettext("answered with yes or no", "Publish my name"),
    }[field]


def yes() -> str:
    """The word that publishes a name, in the language that is active."""
    return pgettext("answer to: Publish my name", "yes")


@lru_cache(maxsize=1)
def all_labels() -> Labels:
    """Those of every language of the settings."""
    found: dict[str, dict[Field, set[str]]] = {}
    agreed: dict[str, str] = {}
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            agreed[code] = plain(yes())
            for field in Field:
                fields = found.setdefault(plain(written(field)), {})
                fields.setdefault(field, set()).add(code)
    # Where two fields are called the same, the first one is meant.
    first = {text: next(iter(fields.items())) for text, fields in found.items()}
    meanings = {text: Label(one, frozenset(codes)) for text, (one, codes) in first.items()}
    return Labels(meanings, agreed)
