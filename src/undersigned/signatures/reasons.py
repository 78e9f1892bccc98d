"""Why a signature is declined or struck out: codes that are stored, and what its owner reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_noop

OTHER = "other"
DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Reason:
    """`label`: what the person who decides picks. `told`: what the signer reads in the mail.

    Both are untranslated; `told` of OTHER is empty: the organiser writes it.
    """

    code: str
    label: str
    told: str


DECLINE_REASONS: tuple[Reason, ...] = (
    Reason(
        "unknown",
        gettext_noop("We could not find this organisation"),
        gettext_noop("We could not find out that the organisation exists."),
    ),
    Reason(
        "authority",
        gettext_noop("It is not clear that the person may sign for it"),
        gettext_noop("We could not find out that you may sign for the organisation."),
    ),
    Reason(
        "eligibility",
        gettext_noop("The letter is for other signatories"),
        gettext_noop("The letter is meant for other signatories."),
    ),
    Reason(
        "name",
        gettext_noop("The name cannot be published as it is"),
        gettext_noop(
            "The name cannot be published as it was entered. You are welcome to sign again."
        ),
    ),
    Reason(
        DUPLICATE,
        gettext_noop("It is on the list already"),
        gettext_noop("It is on the list already, perhaps in another spelling."),
    ),
    Reason(OTHER, gettext_noop("Another reason"), ""),
)
VOID_REASONS: tuple[Reason, ...] = (
    Reason(
        "fraud",
        gettext_noop("Not given by whom it names"),
        gettext_noop("We have reason to think that it was not given by whom it names."),
    ),
    Reason(
        DUPLICATE,
        gettext_noop("It is on the list already"),
        gettext_noop("It is on the list already, perhaps in another spelling."),
    ),
    Reason(
        "trial",
        gettext_noop("A trial, not meant in earnest"),
        gettext_noop("It looks like a trial that was not meant in earnest."),
    ),
    Reason(OTHER, gettext_noop("Another reason"), ""),
)
# Voided by people, who may take it back; what a signer or the worker voided stays void.
TAKEN_BACK_FROM = frozenset(reason.code for reason in VOID_REASONS)


class NoSuchReason(ValueError):
    """A code that is not on the list, or OTHER without words."""


def find_reason(reasons: Sequence[Reason], code: str, words: str = "") -> Reason:
    """The reason with a code; raises NoSuchReason."""
    for reason in reasons:
        if reason.code == code and (reason.told or words.strip()):
            return reason
    raise NoSuchReason(code)


def told(reason: Reason, words: str, language: str) -> str:
    """What a signer reads, in their language: the reason, then what the organiser adds."""
    with translation.override(language):
        sentence = translation.gettext(reason.told) if reason.told else ""
    return "\n\n".join(part for part in (sentence, words.strip()) if part)
