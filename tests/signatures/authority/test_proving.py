"""An organisation is asked to show that a signature is its own, and the worker looks."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import confirmed, listed, mails
from tests.signatures.authority.nameserver import nameserver
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.authority.dns_proof import DnsOutcome, check_dns
from undersigned.signatures.authority.domains import DomainRefused
from undersigned.signatures.authority.proving import (
    CannotAsk,
    Checkers,
    Method,
    ask_for_proof,
    check_authority,
    check_now,
    instructions,
    outcome_sentence,
)
from undersigned.signatures.authority.well_known import WellKnownOutcome
from undersigned.signatures.deciding import By, decline
from undersigned.signatures.models import AuthorityCheck, Kind, Level, Signature
from undersigned.signatures.notices import write_notices
from undersigned.signatures.worker_keys import WorkerKeys


class Answers:
    """Checkers that give what the test says, and remember what they were asked."""

    def __init__(self, dns: DnsOutcome = DnsOutcome.NOT_FOUND, file: str = "not found") -> None:
        self.asked: list[tuple[object, ...]] = []
        self._dns, self._file = dns, WellKnownOutcome(file)

    def checkers(self) -> Checkers:
        return Checkers(self._ask_dns, self._ask_file)

    def _ask_dns(self, *asked: object) -> DnsOutcome:
        self.asked.append(asked)
        return self._dns

    def _ask_file(self, *asked: object) -> WellKnownOutcome:
        self.asked.append(asked)
        return self._file


@pytest.fixture
def signature(letter: Letter, keys: WorkerKeys) -> Signature:
    return confirmed(
        letter,
        keys,
        kind=Kind.ORGANISATION,
        name="Quiet Media",
        role="Director",
        address="ana@quiet.org",
    )


@pytest.fixture
def by(letter: Letter) -> By:
    return By(letter, "Bo")


def due(check: AuthorityCheck) -> None:
    AuthorityCheck.objects.filter(pk=check.pk).update(check_at=timezone.now())


def authority(signature: Signature) -> tuple[str, str]:
    signature.refresh_from_db()
    return signature.authority, signature.authority_domain


def test_the_signer_is_told_what_to_do(by: By, signature: Signature, keys: WorkerKeys) -> None:
    check = ask_for_proof(by, signature.pk, "dns", "Quiet.org")
    again = ask_for_proof(by, signature.pk, "dns", "quiet.org")
    while write_notices(keys):
        pass

    assert again == check
    (mail,) = mails(keys, topic="proof")
    assert mail.to == "ana@quiet.org"
    assert mail.subject == "Please show that your organisation signs “A letter in en”"
    assert f"_undersigned.quiet.org\nundersigned-proof={check.token}" in mail.text
    event = LetterEvent.objects.get(act="ask for proof")
    assert event.details == {"signature": str(signature.pk), "method": "dns"}


def test_a_file_is_asked_for_with_its_content(by: By, signature: Signature) -> None:
    check = ask_for_proof(by, signature.pk, "well-known", "quiet.org")

    words = instructions(check, "banned", "en")
    assert "https://quiet.org/.well-known/undersigned.json" in words
    assert f'"banned": "{check.token}"' in words


def test_tokens_differ_between_domains_and_signatures(
    by: By, letter: Letter, signature: Signature, keys: WorkerKeys
) -> None:
    other = confirmed(letter, keys, kind=Kind.ORGANISATION, name="Loud", role="Director")
    tokens = {
        ask_for_proof(by, one.pk, "dns", domain).token
        for one in (signature, other)
        for domain in ("quiet.org", "loud.org")
    }

    assert len(tokens) == 4


def test_people_and_hidden_and_declined_signatures_are_not_asked(
    by: By, letter: Letter, signature: Signature, keys: WorkerKeys
) -> None:
    person = listed(letter, keys, name="Ana Example")
    hidden = confirmed(
        letter, keys, kind=Kind.ORGANISATION, name="Loud", role="Director", choice="counted"
    )
    decline(by, [signature.pk])
    for one in (person.pk, hidden.pk, signature.pk, uuid.uuid4()):
        with pytest.raises(CannotAsk):
            ask_for_proof(by, one, "dns", "quiet.org")
    assert AuthorityCheck.objects.count() == 0


def test_what_is_no_domain_is_refused(by: By, signature: Signature) -> None:
    with pytest.raises(DomainRefused):
        ask_for_proof(by, signature.pk, "dns", "localhost")


def test_found_raises_the_authority_and_ends_the_looking(
    by: By, signature: Signature, keys: WorkerKeys
) -> None:
    check = ask_for_proof(by, signature.pk, "dns", "quiet.org")
    due(check)
    answers = Answers(dns=DnsOutcome.FOUND)

    assert check_authority(keys, answers.checkers()) == 1
    assert answers.asked == [("quiet.org", check.token)]
    assert authority(signature) == (Level.DNS, "quiet.org")
    check.refresh_from_db()
    assert (check.outcome, check.check_at) == ("found", None)
    assert "whoever signed controls quiet.org" in outcome_sentence(check)
    assert not check_now(by, check.pk)
    assert check_authority(keys, answers.checkers()) == 0


def test_a_file_raises_it_further(
    by: By, letter: Letter, signature: Signature, keys: WorkerKeys
) -> None:
    check = ask_for_proof(by, signature.pk, "well-known", "quiet.org")
    assert check_now(by, check.pk)
    answers = Answers(file="found")

    assert check_authority(keys, answers.checkers()) == 1
    assert answers.asked == [("quiet.org", letter.pk, "banned", check.token)]
    assert authority(signature) == (Level.WELL_KNOWN, "quiet.org")


def test_it_is_looked_for_after_one_hour_six_hours_and_then_daily_for_a_week(
    by: By, signature: Signature, keys: WorkerKeys
) -> None:
    check = ask_for_proof(by, signature.pk, "dns", "quiet.org")
    assert check_authority(keys, Answers().checkers()) == 0
    looks = 0
    while check.check_at is not None:
        looks += 1
        # time passes: the order of everything is moved into the past
        passed = check.check_at - timezone.now()
        AuthorityCheck.objects.update(
            asked_at=check.asked_at - passed, check_at=check.check_at - passed
        )
        assert check_authority(keys, Answers().checkers()) == 1
        check.refresh_from_db()
        assert check.outcome == "not found"

    assert looks == 9
    assert authority(signature) == ("", "")
    assert "check again later" in outcome_sentence(check)
    assert check_now(by, check.pk)


def test_nothing_more_is_looked_for_once_the_signature_is_gone(
    by: By, signature: Signature, keys: WorkerKeys
) -> None:
    check = ask_for_proof(by, signature.pk, "dns", "quiet.org")
    due(check)
    decline(by, [signature.pk])

    check_authority(keys, Answers(dns=DnsOutcome.NO_ANSWER).checkers())

    check.refresh_from_db()
    assert check.check_at is None


def test_two_workers_do_not_look_for_the_same(
    by: By, signature: Signature, keys: WorkerKeys
) -> None:
    check = ask_for_proof(by, signature.pk, "dns", "quiet.org")
    due(check)
    seen: list[int] = []

    def look(*_: object) -> DnsOutcome:
        seen.append(check_authority(keys, Answers().checkers()))
        return DnsOutcome.FOUND

    check_authority(keys, Checkers(dns=look))
    assert seen == [0]


def test_a_check_that_another_worker_took_is_left(
    by: By, signature: Signature, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = ask_for_proof(by, signature.pk, "dns", "quiet.org")
    due(check)
    stale = AuthorityCheck.objects.select_related("signature__letter").get()
    AuthorityCheck.objects.update(check_at=timezone.now() - timedelta(seconds=1))
    monkeypatch.setattr("django.db.models.query.QuerySet.first", lambda _: stale)

    assert check_authority(keys, Answers().checkers()) == 0


def test_the_checkers_of_production_are_the_real_ones(
    by: By, signature: Signature, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = ask_for_proof(by, signature.pk, "dns", "quiet.org")
    zone = {"_undersigned.quiet.org TXT": [f'"undersigned-proof={check.token}"']}
    due(check)
    with nameserver(zone) as server:
        monkeypatch.setattr(
            "undersigned.signatures.authority.dns_proof.system_resolver", server.resolver
        )
        monkeypatch.setattr(
            "undersigned.signatures.authority.fetching.system_resolver", server.resolver
        )
        assert Checkers().dns is check_dns
        check_authority(keys)
        assert authority(signature) == (Level.DNS, "quiet.org")
        other = ask_for_proof(by, signature.pk, "well-known", "quiet.org")
        due(other)
        check_authority(keys)
    other.refresh_from_db()
    assert other.outcome == "no address"
    assert "No website was found at quiet.org" in outcome_sentence(other)


def test_before_anybody_looked_there_is_nothing_to_say(by: By, signature: Signature) -> None:
    check = ask_for_proof(by, signature.pk, "dns", "quiet.org")
    assert outcome_sentence(check) == ""
    assert check.method == Method.DNS
