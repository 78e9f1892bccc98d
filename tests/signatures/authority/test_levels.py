"""Evidence is told as a sentence with its date."""

from __future__ import annotations

from datetime import date

import pytest

from undersigned.signatures.authority.levels import (
    NO_EVIDENCE,
    Evidence,
    StatedBy,
    public_sentence,
    strongest,
)
from undersigned.signatures.models import Level

DAY = date(2026, 11, 20)
BY_DNS = Evidence(Level.DNS, DAY, "example.org", StatedBy.SIGNATORY)


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        (
            BY_DNS,
            "controlled example.org by DNS on 20 November 2026; role stated by the signatory",
        ),
        (
            Evidence(Level.WELL_KNOWN, DAY, "example.org", StatedBy.ORGANISATION),
            (
                "controlled the website example.org on 20 November 2026; "
                "role stated by the organisation"
            ),
        ),
        (
            Evidence(Level.MAILBOX, DAY, "example.org"),
            "confirmed from a mailbox at example.org on 20 November 2026",
        ),
        (
            Evidence(Level.VOUCHED, DAY, vouchers=("River League", "Quiet Media", "Hiperejemplo")),
            "vouched for by River League, Quiet Media and Hiperejemplo on 20 November 2026",
        ),
        (
            Evidence(Level.VOUCHED, DAY, vouchers=("شبكة المثال",)),
            "vouched for by \u2068شبكة المثال\u2069 on 20 November 2026",
        ),
        (
            Evidence(Level.SEEN, DAY, stated_by=StatedBy.SIGNATORY),
            "looked at by a moderator on 20 November 2026; role stated by the signatory",
        ),
        (NO_EVIDENCE, "no evidence of authority was looked at"),
        (
            Evidence(Level.DNS, DAY, "xn--bcher-kva.example"),
            "controlled \u2068bücher.example\u2069 by DNS on 20 November 2026",
        ),
    ],
)
def test_the_sentence(evidence: Evidence, sentence: str) -> None:
    assert public_sentence(evidence, "en") == sentence


def test_the_date_is_in_the_language_of_the_page() -> None:
    assert "20. November 2026" in public_sentence(BY_DNS, "de")
    assert "20 de noviembre de 2026" in public_sentence(BY_DNS, "es")
    assert "2026年11月20日" in public_sentence(BY_DNS, "zh-hans")


def test_a_domain_keeps_its_direction_on_a_page_that_runs_from_the_right() -> None:
    assert "\u2068example.org\u2069" in public_sentence(BY_DNS, "ar")


@pytest.mark.parametrize("language", ["tlh", "x", ""])
def test_a_language_without_dates_has_english_ones(language: str) -> None:
    assert "20 November 2026" in public_sentence(BY_DNS, language)


def test_the_strongest_and_then_the_latest_is_shown() -> None:
    mailbox = Evidence(Level.MAILBOX, date(2026, 12, 24), "example.org")
    later = Evidence(Level.DNS, date(2026, 11, 21), "example.org")

    assert strongest([mailbox, BY_DNS, later, NO_EVIDENCE]) == later
    assert strongest([]) == NO_EVIDENCE


@pytest.mark.parametrize(
    ("level", "on", "domain", "vouchers"),
    [
        (Level.DNS, None, "example.org", ()),
        (Level.NONE, DAY, "", ()),
        (Level.MAILBOX, DAY, "", ()),
        (Level.SEEN, DAY, "example.org", ()),
        (Level.VOUCHED, DAY, "", ()),
        (Level.SEEN, DAY, "", ("River League",)),
    ],
)
def test_evidence_that_could_not_be_told_is_refused(
    level: Level, on: date | None, domain: str, vouchers: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match=r"has|belongs|needs"):
        Evidence(level, on, domain, StatedBy.NOBODY, vouchers)
