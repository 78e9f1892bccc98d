"""Evidence in whole sentences, for the person who decides; in the language that is active."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from undersigned.letters.places import country_names
from undersigned.signatures.authority.levels import StatedBy, public_sentence
from undersigned.signatures.authority.lookalikes import Resemblance
from undersigned.signatures.authority.raising import evidence
from undersigned.signatures.cases import DomainLike, Earlier, Like, OpenCase
from undersigned.signatures.holding_rules import RuleKind
from undersigned.signatures.likeness import Reason


def reason_label(code: str) -> str:
    """Why a signature waits, in a few words: for `held_because` and `Case.reasons`."""
    labels = {
        "organisation": _("Organisations are looked at"),
        "person": _("Somebody asked to look again"),
        "cannot be read": _("Cannot be read"),
        "disputed": _("The organisation says it is not theirs"),
        "lookalike": _("Looks like a known name"),
        "duplicate": _("May be on the list already"),
        "rule": _("Falls under a rule"),
        "other mailbox": _("Mailbox elsewhere"),
        "free mailbox": _("Mailbox that anybody can have"),
        "no website": _("No website of its own"),
        "burst": _("Many from one network"),
        "same mailbox": _("Mailbox at its own domain"),
    }
    return labels.get(code, code)


def evidence_sentences(case: OpenCase) -> list[str]:
    """What speaks for and against a signature, the weightiest first; without the likes."""
    if not case.is_readable:
        return [_("What was typed was altered in the database and cannot be read. Decline it.")]
    return [
        *(_answer_sentence(answer) for answer in case.answers),
        *(_domain_sentence(case, like) for like in case.resembles),
        *([rule_sentence(*case.rule)] if case.rule[0] else []),
        *_mailbox_sentences(case),
        *(_earlier_sentence(one) for one in case.earlier),
        *([_burst_sentence()] if case.doubt == RuleKind.BURST else []),
    ]


def like_sentence(like: Like) -> str:
    """Why another entry may be the same. The entry itself is shown beside it."""
    return {
        Reason.LOOK: _("It looks like “%(name)s”, written with other letters."),
        Reason.SAME: _("It has the same name: “%(name)s”."),
        Reason.DOMAIN: _("It gives the same website as “%(name)s”."),
        Reason.SPELLING: _("It is spelt nearly like “%(name)s”."),
        Reason.WORDS: _("It has most words in common with “%(name)s”."),
        Reason.ACRONYM: _("One of the two is an acronym: “%(name)s”."),
        Reason.LIKE_DOMAIN: _("Its website is easily taken for that of “%(name)s”."),
        Reason.PART: _("One name has all words of the other: “%(name)s”."),
    }[Reason(like.reason)] % {"name": like.name}


def rule_sentence(kind: str, pattern: str) -> str:
    """What a rule holds."""
    if kind == RuleKind.COUNTRY:
        pattern = country_names(translation.get_language()).get(pattern, pattern)
    return {
        RuleKind.WORD: _("A rule holds what contains “%(pattern)s”."),
        RuleKind.DOMAIN: _("A rule holds what comes from %(pattern)s."),
        RuleKind.COUNTRY: _("A rule holds what comes from this country: %(pattern)s."),
        RuleKind.NAME: _("A rule holds names like “%(pattern)s”."),
        RuleKind.BURST: _("A rule holds what comes in a burst from one network."),
    }[RuleKind(kind)] % {"pattern": pattern}


def _answer_sentence(answer: str) -> str:
    if answer == "yes":
        return _("The organisation’s published contact answered: yes, this is ours.")
    return _("The organisation’s published contact answered: no, this is not ours.")


def _domain_sentence(case: OpenCase, like: DomainLike) -> str:
    return {
        Resemblance.LOOK: _("%(domain)s looks like %(known)s, which is known."),
        Resemblance.ENDING: _("%(known)s is known; %(domain)s has another ending."),
        Resemblance.SLIP: _("%(domain)s is one letter away from %(known)s, which is known."),
    }[Resemblance(like.resemblance)] % {
        "domain": case.domain or case.mailbox_domain,
        "known": like.domain,
    }


def _mailbox_sentences(case: OpenCase) -> list[str]:
    if not case.mailbox_domain:
        return []
    words = {"mailbox": case.mailbox_domain, "domain": case.domain}
    if case.mailbox == "same":
        return [_("It was confirmed from a mailbox at %(domain)s, the domain it gives.") % words]
    if case.mailbox == "free":
        sentence = _("It was confirmed from a mailbox that anybody can have, at %(mailbox)s.")
    elif case.domain:
        sentence = _("It was confirmed from a mailbox at %(mailbox)s; its website is %(domain)s.")
    else:
        sentence = _("It was confirmed from a mailbox at %(mailbox)s.")
    missing = [] if case.domain else [_("It gives no website of its own.")]
    return [sentence % words, *missing]


def _earlier_sentence(one: Earlier) -> str:
    on = date.fromisoformat(one.on) if one.on else None
    found = replace(evidence(one.level, one.domain, on, one.vouchers), stated_by=StatedBy.NOBODY)
    seen = public_sentence(found, translation.get_language())
    return _("Under “%(letter)s” the same organisation %(seen)s.") % {
        "letter": one.letter,
        "seen": seen,
    }


def _burst_sentence() -> str:
    return _(
        "Many signatures came from the same network within minutes. Offices and conferences share "
        "networks too."
    )
