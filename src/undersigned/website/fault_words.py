"""What may be wrong with the words of a translation, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from undersigned.letters.translating.checking import Fault, FaultCode

_SENTENCES: dict[FaultCode, str | Promise] = {
    FaultCode.HIDDEN: _("Hidden characters are in it: %(found)s. Delete them, or type it again."),
    FaultCode.TAGS: _("HTML is in it: %(found)s. Delete it: the page would show it as it stands."),
    FaultCode.NO_WORDS: _("There is no word in it. Write what people agree to."),
    FaultCode.PLACEHOLDERS_LOST: _("A placeholder is missing. Put it in as it stands: %(found)s"),
    FaultCode.PLACEHOLDERS_MADE_UP: _("The original has no such placeholder: %(found)s"),
    FaultCode.LINKS_LOST: _("A link of the original is missing: %(found)s"),
    FaultCode.LINKS_MADE_UP: _("The original does not have this link: %(found)s"),
    FaultCode.NUMBERS_LOST: _("A number of the original is missing: %(found)s"),
    FaultCode.EMPHASIS_LOST: _("The original stresses more words: *so* or **so**."),
    FaultCode.BREAKS_LOST: _("The original begins more new lines."),
    FaultCode.STRAY_MARKS: _("These signs will be seen as they stand: %(found)s"),
    FaultCode.SAME: _("This is the same as the original."),
    FaultCode.SHORT: _("This is much shorter than the original. Is anything missing?"),
    FaultCode.LONG: _("This is much longer than the original. Is it all in the right place?"),
}


def fault_sentence(fault: Fault) -> str:
    """One fault, as it stands beside its block."""
    if fault.code == FaultCode.TOO_LONG:
        return ngettext(
            "At most %(most)d character fits here. Shorten it.",
            "At most %(most)d characters fit here. Shorten it.",
            fault.limit,
        ) % {"most": fault.limit}
    if fault.code == FaultCode.LONG_TITLE:
        return ngettext(
            "A title of more than %(most)d character is cut off where people share the letter.",
            "A title of more than %(most)d characters is cut off where people share the letter.",
            fault.limit,
        ) % {"most": fault.limit}
    return str(_SENTENCES[fault.code]) % {"found": ", ".join(fault.about)}


def fault_sentences(faults: Iterable[Fault]) -> tuple[str, ...]:
    return tuple(fault_sentence(fault) for fault in faults)
