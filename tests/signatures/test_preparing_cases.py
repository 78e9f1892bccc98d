"""What a moderator sees of a signature that waits, and that nobody else can read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.utils import timezone, translation

from tests.builders import confirmed, listed
from undersigned.letters.models import Letter
from undersigned.signatures import preparing_cases
from undersigned.signatures.authority.raising import raise_authority
from undersigned.signatures.cases import (
    DomainLike,
    Earlier,
    Like,
    OpenCase,
    forget_cases,
    read_case,
    renew_cases,
)
from undersigned.signatures.deciding import By, accept, decline, hold
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.evidence_words import (
    evidence_sentences,
    like_sentence,
    reason_label,
    rule_sentence,
)
from undersigned.signatures.holding_rules import RuleKind, read_conditions
from undersigned.signatures.likeness import Reason
from undersigned.signatures.listed_names import NamesOfLetters
from undersigned.signatures.models import (
    AuthorityCheck,
    Case,
    Decision,
    Kind,
    Level,
    Organisation,
    Signature,
)
from undersigned.signatures.organisations import link, register
from undersigned.signatures.preparing_cases import WEIGHT, prepare_cases
from undersigned.signatures.setting_rules import add_rules
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key, prepare_studio_key, studio_opener


@pytest.fixture
def web(tmp_path: Path, keys: WorkerKeys, letter: Letter) -> Iterator[Path]:
    """Where the studio's key is; the worker's memory begins empty."""
    prepare_mail_key(keys.keyring)
    prepare_studio_key(tmp_path / "web")
    with patch.object(preparing_cases, "_names", NamesOfLetters()):
        yield tmp_path / "web"


def held(letter: Letter, keys: WorkerKeys, name: str = "Quiet Media", **more: str) -> Signature:
    return confirmed(
        letter, keys, **{"kind": Kind.ORGANISATION, "name": name, "role": "Director", **more}
    )


def case_of(signature: Signature, keys: WorkerKeys, web: Path) -> tuple[OpenCase, list[str]]:
    while prepare_cases(keys):
        pass
    case = Case.objects.get(signature=signature)
    return read_case(case, studio_opener(web)), case.reasons


def test_the_studio_reads_what_the_worker_opened(
    letter: Letter, keys: WorkerKeys, web: Path
) -> None:
    signature = held(
        letter, keys, website="https://quiet.org", address="ana@quiet.org", country="KE"
    )

    case, reasons = case_of(signature, keys, web)

    assert case == OpenCase(
        name="Quiet Media",
        role="Director",
        website="https://quiet.org",
        country="KE",
        domain="quiet.org",
        mailbox="same",
        mailbox_domain="quiet.org",
    )
    assert reasons == ["same mailbox", "organisation"]
    assert evidence_sentences(case) == [
        "It was confirmed from a mailbox at quiet.org, the domain it gives."
    ]


def test_a_stolen_database_shows_nothing_of_it(letter: Letter, keys: WorkerKeys, web: Path) -> None:
    signature = held(letter, keys, name="Canary Society", address="ana@canary.example")
    case_of(signature, keys, web)

    row = Case.objects.get()
    stored = bytes(row.sealed) + str(row.reasons).encode()
    assert b"anary" not in stored


def test_the_address_is_not_in_it_and_of_people_not_even_its_domain(
    letter: Letter, keys: WorkerKeys, web: Path
) -> None:
    add_rules(By(letter, "Ana"), read_conditions("word", "Bo"))
    Signature.objects.filter(pk=held(letter, keys, address="ana@quiet.org").pk)
    person = confirmed(letter, keys, name="Bo Example", address="bo@quiet.org")
    Signature.objects.filter(pk=person.pk).update(held_because="rule")

    case, reasons = case_of(person, keys, web)

    assert b"quiet.org" not in case.to_bytes()
    assert (case.rule, case.mailbox) == (("word", "Bo"), "other")
    assert reasons == ["rule"]
    assert evidence_sentences(case) == ["A rule holds what contains “Bo”."]


@pytest.mark.parametrize(
    ("website", "address", "reasons", "sentences"),
    [
        (
            "https://quiet.org",
            "ana@gmail.com",
            ["free mailbox", "organisation"],
            ["It was confirmed from a mailbox that anybody can have, at gmail.com."],
        ),
        (
            "https://quiet.org",
            "ana@loud.org",
            ["other mailbox", "organisation"],
            ["It was confirmed from a mailbox at loud.org; its website is quiet.org."],
        ),
        (
            "https://www.facebook.com/quiet",
            "ana@facebook.com",
            ["other mailbox", "no website", "organisation"],
            [
                "It was confirmed from a mailbox at facebook.com.",
                "It gives no website of its own.",
            ],
        ),
        (
            "",
            "ana@loud.org",
            ["other mailbox", "no website", "organisation"],
            [
                "It was confirmed from a mailbox at loud.org.",
                "It gives no website of its own.",
            ],
        ),
    ],
)
def test_mailbox_and_website_are_compared(
    letter: Letter,
    keys: WorkerKeys,
    web: Path,
    website: str,
    address: str,
    reasons: list[str],
    sentences: list[str],
) -> None:
    case, found = case_of(held(letter, keys, website=website, address=address), keys, web)

    assert found == reasons
    assert evidence_sentences(case) == sentences


def test_likely_duplicates_stand_beside_it(letter: Letter, keys: WorkerKeys, web: Path) -> None:
    one = listed(letter, keys, kind=Kind.ORGANISATION, name="Quiet Media e.V.", role="Director")
    waiting = held(letter, keys, name="QUIET MEDIA", website="https://quiet.org")
    gone = held(letter, keys, name="Quiet-Media")
    decline(By(letter, "Ana"), [gone.pk])
    known = Organisation.objects.create(name="Quiet Media")
    same = held(letter, keys, website="https://quiet.org")

    case, reasons = case_of(same, keys, web)

    assert set(case.likes) == {
        Like(str(one.pk), "listed", "Quiet Media e.V.", 100, "same"),
        Like(str(waiting.pk), "held", "QUIET MEDIA", 100, "same"),
        Like(str(known.pk), "registry", "Quiet Media", 100, "same"),
    }
    assert "duplicate" in reasons


def test_what_is_listed_later_is_found_and_what_left_is_not(
    letter: Letter, keys: WorkerKeys, web: Path
) -> None:
    first = held(letter, keys)
    assert case_of(first, keys, web)[0].likes == ()

    second = listed(letter, keys, kind=Kind.ORGANISATION, name="Quiet Media", role="Director")
    renew_cases([first.pk])
    assert [like.id for like in case_of(first, keys, web)[0].likes] == [str(second.pk)]

    decline(By(letter, "Ana"), [second.pk])
    renew_cases([first.pk])
    assert case_of(first, keys, web)[0].likes == ()


def test_after_a_restart_those_that_waited_before_are_known(
    letter: Letter, keys: WorkerKeys, web: Path
) -> None:
    first = held(letter, keys)
    damaged = held(letter, keys)
    case_of(first, keys, web)
    Signature.objects.filter(pk=damaged.pk).update(sealed_details=b"\x01altered")
    with patch.object(preparing_cases, "_names", NamesOfLetters()):
        second = held(letter, keys)

        assert [like.id for like in case_of(second, keys, web)[0].likes] == [str(first.pk)]


def test_memory_is_given_back_to_other_letters(
    letter: Letter, keys: WorkerKeys, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersigned.signatures.listed_names.MOST_LETTERS", 0)
    names = NamesOfLetters()

    assert names.of(letter.pk, keys) is not names.of(letter.pk, keys)


def test_an_entry_of_a_list_has_no_mailbox(letter: Letter, keys: WorkerKeys, web: Path) -> None:
    enroll(letter, [Enrolled(Kind.ORGANISATION, "Quiet Media", website="https://quiet.org")])
    signature = Signature.objects.get()
    hold(By(letter, "Ana"), [signature.pk])

    case, reasons = case_of(signature, keys, web)

    assert (case.name, case.domain, case.mailbox) == ("Quiet Media", "quiet.org", "")
    assert reasons == ["person"]
    assert evidence_sentences(case) == []


def test_a_lookalike_is_told(letter: Letter, keys: WorkerKeys, web: Path) -> None:
    Organisation.objects.create(name="Quiet Media", domains=["quietmedia.org"])

    case, reasons = case_of(
        held(letter, keys, name="Quiet Mеdia", website="https://quietrnedia.org"), keys, web
    )

    assert reasons[0] == "lookalike"
    assert case.resembles == (DomainLike("quietmedia.org", "look"),)
    assert evidence_sentences(case)[0] == (
        "quietrnedia.org looks like quietmedia.org, which is known."
    )
    assert like_sentence(case.likes[0]) == (
        "It looks like “Quiet Media”, written with other letters."
    )


def test_what_the_organisation_showed_before_is_told(
    letter: Letter, keys: WorkerKeys, web: Path
) -> None:
    by = By(letter, "Ana")
    entry = register(by, "Quiet Media")
    before = listed(letter, keys, kind=Kind.ORGANISATION, name="Quiet Media", role="Director")
    raise_authority(before.pk, Level.DNS, "quiet.org", date(2026, 11, 20))
    now = held(letter, keys)
    for signature in (before, now):
        link(by, signature.pk, entry.pk)

    case, _ = case_of(now, keys, web)

    assert case.earlier == (Earlier("A letter in en", "dns", "quiet.org", "2026-11-20"),)
    assert [like.where for like in case.likes] == ["listed"]
    assert evidence_sentences(case)[-1] == (
        "Under “A letter in en” the same organisation controlled quiet.org by DNS "
        "on 20 November 2026."
    )


def test_a_burst_and_the_contacts_answer_are_told(
    letter: Letter, keys: WorkerKeys, web: Path
) -> None:
    signature = held(letter, keys)
    Signature.objects.filter(pk=signature.pk).update(doubt="burst")
    AuthorityCheck.objects.create(
        signature=signature, method="message", domain="quiet.org", token="x", outcome="no"
    )

    case, reasons = case_of(signature, keys, web)

    assert reasons == ["disputed", "other mailbox", "no website", "burst", "organisation"]
    assert evidence_sentences(case)[0] == (
        "The organisation’s published contact answered: no, this is not ours."
    )
    assert evidence_sentences(case)[-1].startswith("Many signatures came from the same network")


def test_one_that_was_altered_says_so(letter: Letter, keys: WorkerKeys, web: Path) -> None:
    signature = held(letter, keys)
    Signature.objects.filter(pk=signature.pk).update(sealed_details=b"altered")

    case, reasons = case_of(signature, keys, web)

    assert (case, reasons) == (OpenCase(is_readable=False), ["cannot be read"])
    assert evidence_sentences(case) == [
        "What was typed was altered in the database and cannot be read. Decline it."
    ]


def test_without_keys_cases_wait(letter: Letter, keys: WorkerKeys) -> None:
    held(letter, keys)
    assert prepare_cases(keys) == 0
    assert Case.objects.count() == 0


def test_without_the_letters_key_a_case_waits(letter: Letter, keys: WorkerKeys, web: Path) -> None:
    held(letter, keys)
    for path in (keys.keyring.folder / "letters").iterdir():
        path.unlink()

    assert prepare_cases(WorkerKeys(keys.keyring)) == 0
    assert Case.objects.count() == 0


def test_cases_go_a_month_after_the_decision(letter: Letter, keys: WorkerKeys, web: Path) -> None:
    by = By(letter, "Ana")
    decided, waiting, lately = (held(letter, keys, name=name) for name in ("A x", "B y", "C z"))
    case_of(waiting, keys, web)
    accept(by, [decided.pk])
    accept(by, [lately.pk])
    then = timezone.now() - timedelta(days=31)
    Case.objects.update(prepared_at=then)
    Decision.objects.filter(decided__signature=decided).update(at=then)

    assert forget_cases() == 1
    assert set(Case.objects.values_list("signature", flat=True)) == {waiting.pk, lately.pk}


def test_every_reason_and_rule_has_words() -> None:
    assert {reason_label(code) for code in WEIGHT}.isdisjoint(WEIGHT)
    assert reason_label("something new") == "something new"
    sentences = {rule_sentence(kind, "KE") for kind in RuleKind}
    assert len(sentences) == len(RuleKind)
    assert "A rule holds what comes from this country: Kenya." in sentences
    likes = {like_sentence(Like("1", "listed", "QM", 90, reason)) for reason in Reason}
    assert len(likes) == len(Reason)
    with translation.override("de"):
        assert "Kenia" in rule_sentence("country", "KE")


@pytest.mark.parametrize(
    ("resemblance", "sentence"),
    [
        ("ending", "quiet.org is known; quiet.com has another ending."),
        ("slip", "quiet.com is one letter away from quiet.org, which is known."),
    ],
)
def test_domains_that_resemble(resemblance: str, sentence: str) -> None:
    case = OpenCase(domain="quiet.com", resembles=(DomainLike("quiet.org", resemblance),))

    assert evidence_sentences(case) == [sentence]


def test_a_yes_is_told() -> None:
    assert evidence_sentences(OpenCase(answers=("yes",))) == [
        "The organisation’s published contact answered: yes, this is ours."
    ]
