"""Why work in the background was given up, for whoever ordered it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undersigned.signatures import looking_up
from undersigned.signatures.exporting import failing
from undersigned.signatures.exporting.fonts import missing_sentences

_SENTENCES: dict[str, str | Promise] = {
    failing.KEY_NOT_THERE: _("The studio's key is not there yet. Try again in a minute."),
    failing.LETTER_CLOSED: _("The letter's key cannot be read, so that its addresses stay closed."),
    failing.NO_TEXT: _("The letter has no published text yet."),
    failing.NOT_TYPESET: _("The PDF could not be set. The other forms are not touched."),
    failing.NO_PARTNER_KEY: _(
        "The partner has no key that works and was confirmed, so that no file was made."
    ),
    failing.UNKNOWN: _("The file could not be written. The host finds why in the log."),
    looking_up.KEY_MISSING: _(
        "A key is missing. Ask whoever runs the site to look at its health page."
    ),
    looking_up.UNREADABLE: _("The question cannot be opened. Ask again."),
}


def failure_words(outcome: str) -> str:
    """The sentence for `Errand.outcome` of an export or a look-up; nothing for nothing.

    A code of another version is shown as it stands.
    """
    code, _bar, told = outcome.partition("|")
    if code == failing.FONTS:
        scripts, signs = failing.read_fonts_missing(told)
        return " ".join(missing_sentences(scripts, signs, get_language() or "en"))
    return str(_SENTENCES.get(code, outcome))
