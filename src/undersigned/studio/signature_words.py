"""What the studio calls the kinds, states and sources of signatures."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from undersigned.signatures import approving, telling
from undersigned.signatures.authority.levels import public_sentence
from undersigned.signatures.authority.raising import evidence_of
from undersigned.signatures.models import Kind, Signature, Source, State, Visibility
from undersigned.signatures.reasons import DECLINE_REASONS, VOID_REASONS
from undersigned.signatures.rules import SHOWN

KINDS: dict[str, str | Promise] = {
    Kind.ORGANISATION: gettext_lazy("Organisation"),
    Kind.INDIVIDUAL: pgettext_lazy("somebody who signs for themselves", "Person"),
}
SOURCES: dict[str, str | Promise] = {
    Source.WEB: gettext_lazy("Signed on the page"),
    Source.IMPORT: gettext_lazy("Brought in from a list"),
    Source.MAIL: gettext_lazy("Signed by mail"),
}
# In the order in which a signature may go through them; the tone is that of `studio/_tag.html`.
STATES: dict[str, tuple[str | Promise, str]] = {
    State.LISTED: (pgettext_lazy("signatures", "Listed"), "good"),
    State.CONFIRMED: (pgettext_lazy("signatures", "Waiting"), "waiting"),
    State.PENDING: (pgettext_lazy("signatures", "Not confirmed"), "quiet"),
    State.DECLINED: (pgettext_lazy("signatures", "Declined"), "stop"),
    State.WITHDRAWN: (pgettext_lazy("signatures", "Withdrawn"), "quiet"),
    State.VOID: (pgettext_lazy("signatures", "Struck out"), "stop"),
}
VISIBILITIES: dict[str, str | Promise] = {
    Visibility.PUBLIC: gettext_lazy("with the full name"),
    Visibility.INITIALS: gettext_lazy("by initials"),
    Visibility.RECIPIENT: gettext_lazy("to the addressee only"),
    Visibility.COUNTED: gettext_lazy("counted only"),
}

# What happened, as it stands in `Change.act`.
ACTS: dict[str, str | Promise] = {
    "confirm": gettext_lazy("Its owner confirmed it"),
    "list": gettext_lazy("It was put on the list"),
    "decline": gettext_lazy("It was declined"),
    "withdraw": gettext_lazy("Its owner took it back"),
    "void": gettext_lazy("It was struck out"),
    "restore": gettext_lazy("A decision on it was undone"),
    "hold": gettext_lazy("It was taken off the list to wait for a person"),
    "import": gettext_lazy("It was brought in from a list"),
    "renew": gettext_lazy("Its owner signed the new text"),
    "correct": gettext_lazy("Its country was corrected"),
    "erase": gettext_lazy("Everything personal was erased"),
    "appear": gettext_lazy("How its name appears was changed"),
    "hide": gettext_lazy("Organisers hid its name"),
}
# What people decided, as it stands in `Decision.act`.
DECISIONS: dict[str, str | Promise] = {
    "accept": gettext_lazy("Accepted"),
    "decline": gettext_lazy("Declined"),
    "void": gettext_lazy("Struck out"),
    "hold": gettext_lazy("Held for a person to look at"),
    "merge": gettext_lazy("Merged"),
    "hide": gettext_lazy("The name hidden"),
    approving.REFUSED: gettext_lazy("To be struck out: refused by a second owner"),
    approving.TAKEN_BACK: gettext_lazy("To be struck out: taken back"),
}
# Mails to a signer, as in `Notice.topic`.
NOTICES: dict[str, str | Promise] = {
    telling.DECLINED: gettext_lazy("That it was declined"),
    telling.VOID: gettext_lazy("That it was struck out"),
    telling.PROOF: gettext_lazy("How to show who signs"),
    telling.RENEW: gettext_lazy("That the text has changed"),
    telling.FOUNDERS: gettext_lazy("That the letter will be launched"),
}


def reason_words() -> dict[str, str]:
    """What each code of a reason says, in the language of the page."""
    return {reason.code: gettext(reason.label) for reason in (*DECLINE_REASONS, *VOID_REASONS)}


def state_words() -> dict[str, str]:
    return {state: str(label) for state, (label, _tone) in STATES.items()}


def authority_words(signature: Signature, language: str) -> str:
    """The evidence behind an organisation's signature as a sentence, or nothing."""
    if not signature.authority:
        return ""
    return public_sentence(evidence_of(signature), language)


def name_shown(signature: Signature) -> str:
    """The name as the studio may show it, or in brackets why it shows none."""
    if signature.name:
        return signature.name
    if signature.state == State.PENDING:
        return gettext("(name sealed until it is confirmed)")
    if signature.visibility not in SHOWN:
        return gettext("(chose not to be shown)")
    return gettext("(name sealed until it is listed)")
