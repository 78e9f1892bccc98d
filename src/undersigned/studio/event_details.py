"""What the details of an event say to people; ids are left to the exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from undersigned.letters.models import EditionChange
from undersigned.signatures.reasons import DECLINE_REASONS, VOID_REASONS
from undersigned.studio.exports_in_view import name_of
from undersigned.studio.import_words import PARTS
from undersigned.studio.roles import ROLE_NAMES
from undersigned.website.languages import language_choices

_EDITIONS: Mapping[str, str | Promise] = {
    EditionChange.FIRST: gettext_lazy("Edition %(number)d, the first"),
    EditionChange.EDITORIAL: gettext_lazy("Edition %(number)d, a correction"),
    EditionChange.SUBSTANTIVE: gettext_lazy("Edition %(number)d, another text"),
    EditionChange.TRANSLATION: gettext_lazy("Edition %(number)d, a translation"),
}
_SETTINGS: Mapping[str, str | Promise] = {
    "people_may_sign": gettext_lazy("People may sign"),
    "organisations_may_sign": gettext_lazy("Organisations may sign"),
    "organisations_are_held": gettext_lazy(
        "A person looks at each organisation before it is listed"
    ),
    "withdrawals": gettext_lazy("When somebody takes their signature back"),
    "cautious_countries": gettext_lazy("Countries where signing may be dangerous"),
    "pseudonyms": gettext_lazy("People may be listed under a pseudonym"),
    "asks": gettext_lazy("What the form asks for"),
    "goal": gettext_lazy("Goal"),
    "deadline": gettext_lazy("Deadline"),
    "time_zone": gettext_lazy("Time zone"),
    "drafters": gettext_lazy("Drafted by"),
    "facilitator": gettext_lazy("Facilitated by"),
    "contacts": gettext_lazy("Contacts"),
    "hashtag": gettext_lazy("Hashtag"),
    "accent": gettext_lazy("Colour"),
}
_FIELDS: Mapping[str, str | Promise] = {**PARTS, "country": gettext_lazy("Country")}
_REASONS = {reason.code: reason.label for reason in (*VOID_REASONS, *DECLINE_REASONS)}
_ROLES: Mapping[str, str | Promise] = {str(role): name for role, name in ROLE_NAMES.items()}


def detail_words(details: Mapping[str, Any]) -> str:
    """The details of an event in words; what another version wrote is shown as it stands."""
    said = [*_counts(details), _edition(details), _file(details), *_lists(details)]
    said.append(_language(details))
    # In our order: PostgreSQL keeps none.
    said += [str(details.get(key, "")) for key in ("until", "team", "partner")]
    said += [_role(details), _reason(details)]
    return "; ".join(filter(None, said))


def _counts(details: Mapping[str, Any]) -> list[str]:
    said = []
    if isinstance(count := details.get("signatures"), int):
        said.append(ngettext("%(n)d signature", "%(n)d signatures", count) % {"n": count})
    if isinstance(count := details.get("addresses"), int):
        said.append(ngettext("%(n)d address", "%(n)d addresses", count) % {"n": count})
    if isinstance(count := details.get("founders"), int):
        said.append(ngettext("%(n)d founder", "%(n)d founders", count) % {"n": count})
    if isinstance(number := details.get("update"), int):
        said.append(_("Update %(number)d") % {"number": number})
    return said


def _edition(details: Mapping[str, Any]) -> str:
    sentence = _EDITIONS.get(str(details.get("change")))
    is_numbered = sentence is not None and isinstance(details.get("number"), int)
    return str(sentence) % {"number": details["number"]} if is_numbered else ""


def _file(details: Mapping[str, Any]) -> str:
    named = [str(details.get(key, "")) for key in ("preset", "form", "language")]
    return name_of(*named) if all(named) else ""


def _language(details: Mapping[str, Any]) -> str:
    """Which translation it is about; a file says it in its name."""
    is_file = "form" in details or "preset" in details
    return "" if is_file else dict(language_choices()).get(str(details.get("language")), "")


def _lists(details: Mapping[str, Any]) -> list[str]:
    return [
        ", ".join(str(names.get(str(one), one)) for one in found)
        for key, names in (("settings", _SETTINGS), ("fields", _FIELDS))
        if isinstance(found := details.get(key), list)
    ]


def _role(details: Mapping[str, Any]) -> str:
    codes = [str(details.get(key, "")) for key in ("role", "from", "to")]
    role, before, after = (str(_ROLES.get(code, code)) for code in codes)
    if before and after:
        return _("%(before)s before, %(after)s now") % {"before": before, "after": after}
    return role


def _reason(details: Mapping[str, Any]) -> str:
    code = str(details.get("reason", ""))
    return _(_REASONS[code]) if code in _REASONS else code
