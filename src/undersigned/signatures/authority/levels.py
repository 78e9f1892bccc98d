"""How far a signature's authority is shown, and the sentence that says so in public.

Never a bare tick: each level is told with what was seen, where, and on which day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext, pgettext

from undersigned.letters.formatting import is_known, joined, long_day
from undersigned.signatures.authority.domains import shown_domain
from undersigned.signatures.exporting.scripts import writing_of
from undersigned.signatures.models import Level

# The columns of a signature that say on what evidence it stands.
AUTHORITY_FIELDS = ("authority", "authority_domain", "authority_on", "authority_by")
_ISOLATE, _POP = "\u2068", "\u2069"


class StatedBy(StrEnum):
    """Who says which role the signatory has."""

    SIGNATORY = "signatory"
    ORGANISATION = "organisation"
    NOBODY = "nobody"


# Weakest first. What a person looked at stands above a mailbox, which any employee may have, and
# below control of the domain, which shows itself.
_STRENGTH = (Level.NONE, Level.MAILBOX, Level.SEEN, Level.VOUCHED, Level.DNS, Level.WELL_KNOWN)
_OF_A_DOMAIN = frozenset({Level.MAILBOX, Level.DNS, Level.WELL_KNOWN})


@dataclass(frozen=True)
class Evidence:
    """What was seen, and on which day; kept as seen, never upgraded by a later look.

    `domain` is a clean domain, for the levels that are about one; `vouchers` are the names of the
    organisations that vouch, for that level.
    """

    level: Level
    on: date | None = None
    domain: str = ""
    stated_by: StatedBy = StatedBy.NOBODY
    vouchers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError if the sentence could not be told."""
        if (self.level is Level.NONE) is not (self.on is None):
            raise ValueError("evidence has a day, and no evidence has none")
        if (self.level in _OF_A_DOMAIN) is not bool(self.domain):
            raise ValueError("a domain belongs to a mailbox, a DNS record or a website")
        if (self.level is Level.VOUCHED) is not bool(self.vouchers):
            raise ValueError("vouching needs those who vouch, and nothing else has them")


NO_EVIDENCE = Evidence(Level.NONE)


def is_stronger(level: str, than: str) -> bool:
    """Whether a level says more than another."""
    return _STRENGTH.index(Level(level)) > _STRENGTH.index(Level(than))


def strongest(found: list[Evidence]) -> Evidence:
    """The evidence to show: of the strongest level, the latest."""
    return max(
        found,
        key=lambda evidence: (_STRENGTH.index(evidence.level), evidence.on or date.min),
        default=NO_EVIDENCE,
    )


def public_sentence(evidence: Evidence, language: str) -> str:
    """What the page says about a signature's authority, in a language of the page."""
    with translation.override(language):
        sentence = _seen(evidence, language)
        stated = _stated(evidence.stated_by)
        if not stated:
            return sentence
        return pgettext("authority: what was seen; who stated the role", "%(seen)s; %(stated)s") % {
            "seen": sentence,
            "stated": stated,
        }


def _seen(evidence: Evidence, language: str) -> str:
    sentences = {
        Level.NONE: gettext("no evidence of authority was looked at"),
        Level.MAILBOX: gettext("confirmed from a mailbox at %(domain)s on %(date)s"),
        Level.DNS: gettext("controlled %(domain)s by DNS on %(date)s"),
        Level.WELL_KNOWN: gettext("controlled the website %(domain)s on %(date)s"),
        Level.VOUCHED: gettext("vouched for by %(vouchers)s on %(date)s"),
        Level.SEEN: gettext("looked at by a moderator on %(date)s"),
    }
    return sentences[evidence.level] % {
        "domain": _apart(shown_domain(evidence.domain), language),
        "date": long_day(evidence.on, language) if evidence.on else "",
        "vouchers": joined([_apart(name, language) for name in evidence.vouchers], language),
    }


def _stated(by: StatedBy) -> str:
    return {
        StatedBy.SIGNATORY: gettext("role stated by the signatory"),
        StatedBy.ORGANISATION: gettext("role stated by the organisation"),
        StatedBy.NOBODY: "",
    }[by]


def _apart(words: str, language: str) -> str:
    """Words that may run the other way than the sentence: set apart where it runs from the right.

    In other sentences only for words that themselves run from the right.
    """
    from_right = is_known(language) and writing_of(language).direction == "rtl"
    if not words or (words.isascii() and not from_right):
        return words
    return f"{_ISOLATE}{words}{_POP}"
