"""Each service gets the headers, and the forms of values, that it reads."""

import csv
import io
from dataclasses import replace

import pytest

from tests.signatures.exporting.examples import ANA, SOCIETY, written
from undersigned.signatures.exporting.csv_files import write_csv
from undersigned.signatures.exporting.presets import PRESETS

ASKED = replace(SOCIETY, consent_updates=True, email="office@example.org")


@pytest.mark.parametrize(
    ("preset", "person", "organisation"),
    [
        (
            "mailchimp",
            {
                "Email Address": "ana@example.org",
                "First Name": "Ana Lucía",
                "Last Name": "van der Example",
                "Company": "University of Samples",
                "Job Title": "Professor",
                "Country": "PE",
                "Language": "es",
                "Signed On": "2026-03-04",
            },
            {"First Name": "", "Last Name": "", "Company": "Example Society"},
        ),
        (
            "brevo",
            {
                "EMAIL": "ana@example.org",
                "FIRSTNAME": "Ana Lucía",
                "LASTNAME": "van der Example",
                "COMPANY": "University of Samples",
                "JOB_TITLE": "Professor",
                "COUNTRY": "PE",
                "LANGUAGE": "es",
                "SIGNED_ON": "2026-03-04",
            },
            {"FIRSTNAME": "", "LASTNAME": "", "COMPANY": "Example Society"},
        ),
        (
            "civicrm",
            {
                "Contact Type": "Individual",
                "First Name": "Ana Lucía",
                "Last Name": "van der Example",
                "Organization Name": "",
                "Current Employer": "University of Samples",
                "Job Title": "Professor",
                "Email": "ana@example.org",
                "Website": "https://ana.example.org/",
                "City": "Lima",
                "Country": "Peru",
                "Signed On": "2026-03-04",
            },
            {"Contact Type": "Organization", "Organization Name": "Example Society"},
        ),
        (
            "mautic",
            {
                "email": "ana@example.org",
                "firstname": "Ana Lucía",
                "lastname": "van der Example",
                "company": "University of Samples",
                "position": "Professor",
                "website": "https://ana.example.org/",
                "city": "Lima",
                "country": "Peru",
                "preferred_locale": "es",
                "signed_on": "2026-03-04 00:00:00",
            },
            {"firstname": "", "company": "Example Society"},
        ),
        (
            "everyaction",
            {
                "First Name": "Ana Lucía",
                "Last Name": "van der Example",
                "Email": "ana@example.org",
                "Organization Name": "University of Samples",
                "Job Title": "Professor",
                "City": "Lima",
                "Country": "PE",
                "Date Signed": "03/04/2026",
            },
            {"Email": "office@example.org", "Organization Name": "Example Society"},
        ),
    ],
)
def test_a_person_and_an_organisation(
    preset: str, person: dict[str, str], organisation: dict[str, str]
) -> None:
    data = written(write_csv, [ANA, ASKED], PRESETS[preset])
    first, second = csv.DictReader(io.StringIO(data.decode()))
    assert first == person
    assert {key: second[key] for key in organisation} == organisation
