"""What each kind of export holds, and whose rows may be in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from django.utils.translation import pgettext_lazy

from undersigned.signatures.exporting import destinations
from undersigned.signatures.exporting.columns import PAPER, Cell, Column, ExportRow, titled
from undersigned.signatures.exporting.formulas import harmless_address
from undersigned.signatures.models import State, Visibility
from undersigned.signatures.rules import initials


class Purpose(Enum):
    """Whose rows an export may hold."""

    CONTACTS = "contacts"  # those who asked for updates, to write to them
    PUBLIC = "public"  # those whom the letter's page shows
    ADDRESSEE = "addressee"  # and those who want to be seen by the addressee alone
    RECORD = "record"  # every signature, by name as far as the letter's page shows it


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of export.

    `dates` is a format of `strftime` for CSV files (XLSX and ODS have real dates); `yes` and `no`
    are what consents are written as. `mark`: CSV files begin with a byte order mark, without which
    Excel takes UTF-8 for something else; services are better off without one.
    """

    name: str
    label: str
    purpose: Purpose
    columns: tuple[Column, ...]
    dates: str = "%Y-%m-%d"
    yes: str = "yes"
    no: str = "no"
    mark: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The first row of a sheet, in the language that is active."""
        return tuple(str(column.header) for column in self.columns)


def allowed(row: ExportRow, preset: Preset) -> ExportRow | None:
    """Return as much of `row` as its owner agreed to, or None if it must stay out.

    The one place that decides. A name leaves only while its signature stands and only as its owner
    chose: whole, by initials, or whole for the addressee alone; an address only with the consent
    to updates, in exports that are for writing to people and in the full record. A name on paper
    has no state: it is there because its sheet stands.
    """
    on_paper = row.source == PAPER
    stands = on_paper or row.state in _STANDING
    shown = _name_shown(row, preset) if stands else _without_name(row)
    if preset.purpose is Purpose.CONTACTS:
        reached = stands and row.consent_updates and row.email
        return shown if reached else None
    if preset.purpose is Purpose.RECORD:
        return shown if row.consent_updates and stands else replace(shown, email="")
    named = (on_paper or row.state == State.LISTED) and shown.name
    return replace(shown, email="") if named else None


def select(rows: Iterable[ExportRow], preset: Preset) -> Iterator[list[Cell]]:
    """The cells of each row that may be in the export, in the order of its columns."""
    for row in rows:
        shown = allowed(row, preset)
        if shown is not None:
            yield [column.value(shown) for column in preset.columns]


def with_paper(preset: Preset) -> Preset:
    """The preset for a file that has names on paper: each of its rows says whether it is one.

    In a list it says no more than that, as the letter's page: who signed by mail because the web
    is blocked there should not be seen from it.
    """
    if _SOURCE in preset.columns:
        return preset
    return replace(preset, columns=(*preset.columns, _PAPER_ALONE))


_STANDING = frozenset({State.CONFIRMED, State.LISTED})


def _name_shown(row: ExportRow, preset: Preset) -> ExportRow:
    if row.visibility == Visibility.PUBLIC and row.consent_publication:
        return row
    if row.visibility == Visibility.INITIALS and row.consent_publication:
        # Initials of initials are the same, so it does not matter which of the two came in.
        return replace(_without_name(row), name=initials(row.name))
    if row.visibility == Visibility.RECIPIENT and preset.purpose is Purpose.ADDRESSEE:
        return row
    return _without_name(row)


def _without_name(row: ExportRow) -> ExportRow:
    """The kind, the country, the dates and the consents; nothing that tells who it is."""
    return replace(
        row,
        name="",
        native_name="",
        title="",
        affiliation="",
        website="",
        place="",
        city="",
        featured=False,
    )


_LIST = (
    titled("kind", pgettext_lazy("column", "Kind")),
    titled("name", pgettext_lazy("column", "Name")),
    titled("native_name", pgettext_lazy("column", "Native name")),
    titled("title", pgettext_lazy("column", "Title")),
    titled("affiliation", pgettext_lazy("column", "Affiliation")),
    titled("website", pgettext_lazy("column", "Website")),
    titled("place", pgettext_lazy("column", "Place")),
    titled("country_code", pgettext_lazy("column", "Country code")),
    titled("country", pgettext_lazy("column", "Country")),
    titled("city", pgettext_lazy("column", "City")),
    titled("featured", pgettext_lazy("column", "Featured")),
)
_SOURCE = titled("source", pgettext_lazy("column", "Source"))
_PAPER_ALONE = replace(_SOURCE, value=lambda row: PAPER if row.source == PAPER else "")
_RECORD = (
    *_LIST,
    titled("language", pgettext_lazy("column", "Language")),
    titled("signed_on", pgettext_lazy("column", "Signed on")),
    titled("confirmed_on", pgettext_lazy("column", "Confirmed on")),
    titled("state", pgettext_lazy("column", "State")),
    titled("visibility", pgettext_lazy("column", "Visibility")),
    _SOURCE,
    titled("edition", pgettext_lazy("column", "Edition")),
    titled("consent_publication", pgettext_lazy("column", "Consent to publication")),
    titled("consent_updates", pgettext_lazy("column", "Consent to updates")),
    titled("updates_wording", pgettext_lazy("column", "Wording of the consent to updates")),
    Column("email", pgettext_lazy("column", "E-mail"), lambda row: harmless_address(row.email)),
)
_ALL = (
    Preset("full", "Full record", Purpose.RECORD, _RECORD, mark=True),
    Preset("public", "Public list", Purpose.PUBLIC, _LIST, mark=True),
    Preset("addressee", "For the addressee", Purpose.ADDRESSEE, _LIST, mark=True),
    Preset("mailchimp", "Mailchimp", Purpose.CONTACTS, destinations.MAILCHIMP),
    Preset("listmonk", "listmonk", Purpose.CONTACTS, destinations.LISTMONK),
    Preset("brevo", "Brevo", Purpose.CONTACTS, destinations.BREVO),
    Preset("civicrm", "CiviCRM", Purpose.CONTACTS, destinations.CIVICRM),
    Preset(
        "mautic",
        "Mautic",
        Purpose.CONTACTS,
        destinations.MAUTIC,
        dates="%Y-%m-%d 00:00:00",
        yes="1",
        no="0",
    ),
    Preset(
        "everyaction",
        "EveryAction",
        Purpose.CONTACTS,
        destinations.EVERYACTION,
        dates="%m/%d/%Y",
    ),
)

PRESETS = {preset.name: preset for preset in _ALL}
