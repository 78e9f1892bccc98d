"""What changed in a letter's text, in one line."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from undersigned.letters.differences import Difference

# Translators: %(change)s is for instance "2 words changed".
_PLACES: dict[str, str | Promise] = {
    "title": gettext_lazy("%(change)s in the title"),
    "addressee": gettext_lazy("%(change)s in the addressee"),
    "introduction": gettext_lazy("%(change)s in the introduction"),
    "body": gettext_lazy("%(change)s in the letter"),
    "call": gettext_lazy("%(change)s in the call to sign"),
    "ways_to_help": gettext_lazy("%(change)s in the ways to help"),
    "related_campaigns": gettext_lazy("%(change)s in the related campaigns"),
    "facilitator_note": gettext_lazy("%(change)s in the facilitator’s note"),
    "consent_publication": gettext_lazy("%(change)s in the consent to publication"),
    "consent_updates": gettext_lazy("%(change)s in the consent to updates"),
    "credits": gettext_lazy("%(change)s in the credits"),
}


def summary(changed: Mapping[str, Difference]) -> str:
    """`2 words changed in the letter; 1 word added in the title`, from `differences_of_words`.

    Fields that readers do not read, such as a colour, are summed up as settings.
    """
    lines = [
        str(place) % {"change": _change(changed[name])}
        for name, place in _PLACES.items()
        if name in changed
    ]
    others = len(changed.keys() - _PLACES.keys())
    if others:
        lines.append(
            ngettext("%(count)s setting changed", "%(count)s settings changed", others)
            % {"count": others}
        )
    line = _join(lines) if lines else gettext("Nothing changed")
    return line[:1].upper() + line[1:]


def _change(difference: Difference) -> str:
    """Words that took the place of others count once."""
    count = max(difference.removed, difference.added)
    if not count:
        return gettext("punctuation or spaces changed")
    if not difference.removed:
        words = ngettext("%(count)s word added", "%(count)s words added", count)
    elif not difference.added:
        words = ngettext("%(count)s word removed", "%(count)s words removed", count)
    else:
        words = ngettext("%(count)s word changed", "%(count)s words changed", count)
    return words % {"count": count}


def _join(lines: list[str]) -> str:
    first, *rest = lines
    for line in rest:
        # Translators: two changes of a letter, put side by side.
        first = gettext("%(first)s; %(second)s") % {"first": first, "second": line}
    return first
