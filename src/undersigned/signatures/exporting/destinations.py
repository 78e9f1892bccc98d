"""The columns that services for mailings and contacts read, under the headers that they know.

What they say of imports: Mailchimp, "Format guidelines for your import file" (UTF-8, ISO dates,
country codes); listmonk, `internal/subimporter` (`email`, `name` and `attributes` as JSON, other
columns are passed over); Brevo, "Create a file to import your contacts" (names of attributes as
headers, UTF-8); CiviCRM, user guide, "Importing data" (given and family name apart, countries by
their English names); Mautic, "Import contacts" (names of fields as headers, ISO 8601 with a time,
1 and 0, UTF-8). EveryAction publishes no list of headers: columns are matched by hand in its bulk
upload, and dates are American.
"""

from __future__ import annotations

from collections.abc import Callable

from undersigned.signatures.exporting.columns import (
    Cell,
    Column,
    ExportRow,
    attributes,
    family_name,
    given_name,
    organisation_name,
    own,
)
from undersigned.signatures.exporting.formulas import harmless_address
from undersigned.signatures.models import Kind


def _made(header: str, value: Callable[[ExportRow], Cell]) -> Column:
    return Column(header, header, value)


def _address(header: str) -> Column:
    """In JSON too: the quoted form leads to the same mailbox."""
    return Column(header, header, lambda row: harmless_address(row.email))


MAILCHIMP = (
    _address("Email Address"),
    _made("First Name", given_name),
    _made("Last Name", family_name),
    _made("Company", organisation_name),
    own("title", "Job Title"),
    own("country_code", "Country"),
    own("language", "Language"),
    own("signed_on", "Signed On"),
)
LISTMONK = (_address("email"), own("name", "name"), _made("attributes", attributes))
BREVO = (
    _address("EMAIL"),
    _made("FIRSTNAME", given_name),
    _made("LASTNAME", family_name),
    _made("COMPANY", organisation_name),
    own("title", "JOB_TITLE"),
    own("country_code", "COUNTRY"),
    own("language", "LANGUAGE"),
    own("signed_on", "SIGNED_ON"),
)
CIVICRM = (
    _made(
        "Contact Type",
        lambda row: "Organization" if row.kind == Kind.ORGANISATION else "Individual",
    ),
    _made("First Name", given_name),
    _made("Last Name", family_name),
    _made("Organization Name", lambda row: row.name if row.kind == Kind.ORGANISATION else ""),
    own("affiliation", "Current Employer"),
    own("title", "Job Title"),
    _address("Email"),
    own("website", "Website"),
    own("city", "City"),
    own("country", "Country"),
    own("signed_on", "Signed On"),
)
MAUTIC = (
    _address("email"),
    _made("firstname", given_name),
    _made("lastname", family_name),
    _made("company", organisation_name),
    own("title", "position"),
    own("website", "website"),
    own("city", "city"),
    own("country", "country"),
    own("language", "preferred_locale"),
    own("signed_on", "signed_on"),
)
EVERYACTION = (
    _made("First Name", given_name),
    _made("Last Name", family_name),
    _address("Email"),
    _made("Organization Name", organisation_name),
    own("title", "Job Title"),
    own("city", "City"),
    own("country_code", "Country"),
    own("signed_on", "Date Signed"),
)
