"""Words of the pages where lists are brought in."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from undersigned.signatures.importing.becoming import Fault, WebsiteFault
from undersigned.signatures.importing.sheet_columns import Holds, MappingNotUsable
from undersigned.signatures.importing.sheet_limits import SheetNotReadable
from undersigned.signatures.models import ImportBatch
from undersigned.signatures.rules import NameFault

COLUMNS: dict[str, str | Promise] = {
    Holds.NOTHING: _("Nothing that is read"),
    Holds.KIND: _("Whether a person or an organisation"),
    Holds.NAME: _("Name"),
    Holds.GIVEN: _("First name"),
    Holds.SURNAME: _("Last name"),
    Holds.ORGANISATION: _("Organisation"),
    Holds.NATIVE_NAME: _("Name in its own script"),
    Holds.TITLE: _("Title or role"),
    Holds.AFFILIATION: _("Affiliation"),
    Holds.PLACE: _("Place, as it is to be shown"),
    Holds.COUNTRY: _("Country"),
    Holds.CITY: _("City"),
    Holds.WEBSITE: _("Website"),
    Holds.EMAIL: _("E-mail address (not stored)"),
    Holds.LANGUAGE: _("Language"),
    Holds.DATE: _("Day of signing"),
    Holds.FEATURED: _("Whether shown first"),
    Holds.CONSENT_PUBLICATION: _("Consent to be published"),
    Holds.CONSENT_UPDATES: _("Consent to updates (not stored)"),
}
KINDS = {"organisation": _("Organisation"), "individual": _("Person")}
STEPS: dict[str, tuple[str | Promise, str]] = {
    ImportBatch.Step.READING: (_("Being looked through"), "waiting"),
    ImportBatch.Step.SAVED: (_("On the list"), "good"),
    ImportBatch.Step.UNDONE: (_("Undone"), "stop"),
    ImportBatch.Step.DROPPED: (_("Dropped"), ""),
}
_FAULTS: dict[NameFault | WebsiteFault, str | Promise] = {
    NameFault.EMPTY: _("There is no name."),
    NameFault.TOO_LONG: _("It is longer than fits on the list."),
    NameFault.HIDDEN_CHARACTERS: _("It has characters that cannot be seen, or that turn the line."),
    NameFault.ADDRESS: _("It has an e-mail address, or an @, in it."),
    NameFault.LINK: _("It has the address of a web page in it."),
    NameFault.NO_LETTERS: _("It has no letters in it."),
    WebsiteFault.NOT_A_WEBSITE: _("It is not the address of a website."),
}
PARTS = {
    "name": _("Name"),
    "title": _("Title or role"),
    "affiliation": _("Affiliation"),
    "place": _("Place"),
    "website": _("Website"),
}


def say_refusal(refusal: SheetNotReadable) -> str:
    """Why a file cannot be read, and what to do, in the reader's language."""
    return gettext(refusal.sentence) % refusal.parameters


def say_mapping_refusal(refusal: MappingNotUsable) -> str:
    """Why what was chosen for the columns cannot be, in the reader's language."""
    return gettext(refusal.sentence) % {"holds": COLUMNS[refusal.holds]}


def say_fault(fault: Fault) -> str:
    """What is wrong with a part of a row, in a sentence."""
    return str(_FAULTS[fault.fault])
