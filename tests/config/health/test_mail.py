"""What is said of mail: whether it can leave, is believed, and comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.config.health.conftest import WELL, found
from undersigned.config.health.facts import Facts, IncomingFacts, MailOfADay, SenderFacts
from undersigned.config.health.findings import examine

RETURNED = IncomingFacts("returned@bounces.example.org")
SIGNING = IncomingFacts("sign@letters.example")
SENDER = SenderFacts(
    domain="example.org",
    returned=RETURNED,
    spf=("v=spf1 mx -all",),
    dmarc="v=DMARC1; p=quarantine",
    selector="mail2026",
    dkim="MIIB",
)


def said(sender: SenderFacts) -> list[tuple[str, str]]:
    return [(level, sentence) for level, _, sentence in found(replace(WELL, sender=sender))]


def test_mail() -> None:
    kept = replace(WELL.settings, delivers_mail=False)
    assert found(replace(WELL, settings=kept)) == [
        ("wrong", "mail", "Mail is kept, not sent. Set UNDERSIGNED_SMTP_URL to send it.")
    ]
    at_home = replace(WELL, settings=replace(kept, is_public=False))
    assert [finding[:2] for finding in found(at_home)] == [
        ("note", "settings"),
        ("note", "mail"),
    ]
    clear = replace(WELL, settings=replace(WELL.settings, mail_is_encrypted=False))
    [finding] = found(clear)
    assert finding[2].startswith("Mail goes to another machine unencrypted.")
    assert found(replace(WELL, mail_answer="")) == []
    [finding] = found(replace(WELL, mail_answer="TimeoutError"))
    assert finding[2].startswith("The mail server does not answer (TimeoutError).")


def test_a_sender_in_good_order() -> None:
    assert said(SENDER) == []
    sentences = [finding.sentence for finding in examine(replace(WELL, sender=SENDER))]
    assert "example.org has records for SPF, DKIM and DMARC." in sentences


@pytest.mark.parametrize(
    ("change", "level", "sentence"),
    [
        ({"spf": None}, "note", "The SPF record of bounces.example.org could not be looked up."),
        (
            {"spf": ()},
            "wrong",
            (
                "bounces.example.org has no SPF record, and its mail may be taken for spam. "
                "Publish which servers send for it."
            ),
        ),
        (
            {"spf": ("v=spf1 -all", "v=spf1 mx -all")},
            "wrong",
            "bounces.example.org has several SPF records, which count as none. Make them one.",
        ),
        (
            {"spf": ("v=spf1 mx +all",)},
            "wrong",
            (
                "The SPF record of bounces.example.org lets everybody send in its name. Let it end "
                "with -all."
            ),
        ),
        (
            {"selector": "", "dkim": ""},
            "note",
            (
                "Whether mail is signed by DKIM cannot be seen from here. Name the key in "
                "UNDERSIGNED_DKIM_SELECTOR to have it checked."
            ),
        ),
        (
            {"dkim": None},
            "note",
            "The DKIM key at mail2026._domainkey.example.org could not be looked up.",
        ),
        (
            {"dkim": ""},
            "wrong",
            (
                "There is no DKIM key at mail2026._domainkey.example.org. Publish the one that "
                "your mail server uses."
            ),
        ),
        ({"dmarc": None}, "note", "The DMARC record of example.org could not be looked up."),
        (
            {"dmarc": ""},
            "note",
            (
                "example.org has no DMARC record, which large mailbox providers want of whoever "
                "sends updates."
            ),
        ),
        (
            {"returned": replace(RETURNED, takes_mail=False)},
            "wrong",
            "No server takes mail for bounces.example.org, so none can come back there.",
        ),
        (
            {"returned": IncomingFacts("returned@bounces.example.net")},
            "note",
            (
                "Mail comes back to another domain, bounces.example.net, than it is from, "
                "example.org: for DMARC only DKIM counts then."
            ),
        ),
        (
            {"returned": None},
            "note",
            (
                "Mail that comes back is not noticed. Set UNDERSIGNED_BOUNCE_ADDRESS, and how it "
                "is read."
            ),
        ),
        (
            {"returned": replace(RETURNED, takes_plus=False)},
            "wrong",
            (
                "The mail server of returned@bounces.example.org refuses addresses with a plus, "
                "on which we rely. Let it deliver them to the same mailbox."
            ),
        ),
        (
            {"returned": replace(RETURNED, mailbox="error")},
            "wrong",
            (
                "The mailbox for mail that comes back cannot be read (error). See "
                "UNDERSIGNED_BOUNCE_IMAP_URL."
            ),
        ),
    ],
)
def test_what_is_wrong_with_the_sender(
    change: dict[str, object], level: str, sentence: str
) -> None:
    assert said(replace(SENDER, **change)) == [(level, sentence)]  # type: ignore[arg-type]


def test_a_sender_of_its_own_subdomain_belongs_together() -> None:
    returned = replace(RETURNED, takes_mail=None)
    assert said(replace(SENDER, domain="mail.bounces.example.org", returned=returned)) == []


def test_mailboxes_that_can_be_read_are_fine() -> None:
    sender = replace(SENDER, returned=replace(RETURNED, mailbox=""))
    facts = replace(WELL, sender=sender, signing=replace(SIGNING, takes_plus=True, mailbox=""))
    sentences = [finding.sentence for finding in examine(facts)]
    assert "The mailbox for mail that comes back can be read." in sentences
    assert "The mailbox for mail that signs can be read." in sentences
    assert found(facts) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"takes_mail": False},
            "No server takes mail for letters.example, so nobody can sign by mail.",
        ),
        (
            {"takes_plus": False},
            (
                "The mail server of sign@letters.example refuses addresses with a plus, on which "
                "we rely. Let it deliver them to the same mailbox."
            ),
        ),
        (
            {"mailbox": "error"},
            (
                "The mailbox for mail that signs cannot be read (error). See "
                "UNDERSIGNED_SIGN_IMAP_URL."
            ),
        ),
    ],
)
def test_what_keeps_mail_from_signing(change: dict[str, object], sentence: str) -> None:
    facts: Facts = replace(WELL, signing=replace(SIGNING, **change))  # type: ignore[arg-type]
    assert found(facts) == [("wrong", "mail", sentence)]
    assert found(replace(WELL, signing=SIGNING)) == []


@pytest.mark.parametrize(
    ("mail", "level"),
    [
        (MailOfADay(sent=100, came_back=5), "fine"),
        (MailOfADay(sent=100, came_back=6), "note"),
        (MailOfADay(sent=1000, complaints=3), "fine"),
        (MailOfADay(sent=1000, complaints=4), "note"),
        (MailOfADay(sent=10, came_back=5, complaints=5), "fine"),
    ],
)
def test_too_much_that_comes_back_should_be_known(mail: MailOfADay, level: str) -> None:
    told = [
        finding
        for finding in examine(replace(WELL, mail_of_a_day=mail))
        if "24" in finding.sentence
    ]
    assert [(finding.level, finding.subject, finding.sentence) for finding in told] == [
        (
            level,
            "mail",
            (
                f"Mail of the last 24 hours: {mail.sent} left, {mail.came_back} came back, "
                f"{mail.complaints} called spam."
            ),
        )
    ]


def test_without_mail_nothing_is_said_of_it() -> None:
    assert examine(replace(WELL, mail_of_a_day=MailOfADay())) == examine(WELL)
