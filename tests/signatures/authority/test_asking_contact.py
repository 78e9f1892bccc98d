"""The organisation's published contact is asked by mail whether a signature is theirs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import confirmed, listed, mails, published_letter, text
from undersigned.letters.models import Letter
from undersigned.signatures.addresses import AddressRefused
from undersigned.signatures.authority.asking_contact import (
    MOST_A_DAY,
    AskedTooOften,
    NotTheirContact,
    Question,
    answer,
    ask_contact,
    find_question,
)
from undersigned.signatures.authority.proving import check_now, outcome_sentence
from undersigned.signatures.deciding import By
from undersigned.signatures.models import AuthorityCheck, Kind, Level, Signature, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key


@pytest.fixture
def by(letter: Letter, keys: WorkerKeys) -> By:
    prepare_mail_key(keys.keyring)
    return By(letter, "Bo")


def signed_for(letter: Letter, keys: WorkerKeys, *, is_listed: bool = True) -> Signature:
    make = listed if is_listed else confirmed
    return make(letter, keys, kind=Kind.ORGANISATION, name="Quiet Media", role="Canary-in-Chief")


def question_of(keys: WorkerKeys) -> Question:
    mail = mails(keys, topic="ask contact")[-1]
    match = re.search(r"/([a-z0-9-]+)/ours/([\w-]{22})/", mail.text)
    assert match is not None
    found = find_question(match[1], match[2])
    assert found is not None
    return found


def test_the_mail_says_what_it_is_about_and_nothing_that_was_typed(
    by: By, letter: Letter, keys: WorkerKeys
) -> None:
    signature = signed_for(letter, keys)
    ask_contact(by, signature.pk, "Quiet.org", "info@quiet.org")

    (mail,) = mails(keys, topic="ask contact")
    assert (mail.to, mail.subject) == (
        "info@quiet.org",
        "Does quiet.org sign this open letter?",
    )
    assert "A letter in en" in mail.text
    assert "Quiet Media" not in mail.text
    assert "Canary" not in mail.text
    token = question_of(keys).check.token
    assert token not in mail.text


def test_a_yes_is_noted(by: By, letter: Letter, keys: WorkerKeys) -> None:
    signature = signed_for(letter, keys)
    check = ask_contact(by, signature.pk, "quiet.org", "info@quiet.org")
    question = question_of(keys)

    assert answer(question, "yes")
    assert not answer(question, "no")
    signature.refresh_from_db()
    assert (signature.state, signature.authority, signature.authority_domain) == (
        State.LISTED,
        Level.MAILBOX,
        "quiet.org",
    )
    check.refresh_from_db()
    assert "yes, this is ours" in outcome_sentence(check)
    assert not check_now(by, check.pk)


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_no_holds_it_for_a_person(
    by: By, letter: Letter, keys: WorkerKeys, is_listed: bool
) -> None:
    signature = signed_for(letter, keys, is_listed=is_listed)
    check = ask_contact(by, signature.pk, "quiet.org", "info@quiet.org")

    assert answer(question_of(keys), "no")
    signature.refresh_from_db()
    assert (signature.state, signature.held_because) == (State.CONFIRMED, "disputed")
    check.refresh_from_db()
    assert "no, this is not ours" in outcome_sentence(check)


def test_a_no_about_what_is_gone_changes_nothing(by: By, letter: Letter, keys: WorkerKeys) -> None:
    signature = signed_for(letter, keys)
    ask_contact(by, signature.pk, "quiet.org", "info@quiet.org")
    Signature.objects.filter(pk=signature.pk).update(state=State.WITHDRAWN)

    assert answer(question_of(keys), "no")
    signature.refresh_from_db()
    assert (signature.state, signature.held_because) == (State.WITHDRAWN, "")


def test_another_answer_is_none(by: By, letter: Letter, keys: WorkerKeys) -> None:
    ask_contact(by, signed_for(letter, keys).pk, "quiet.org", "info@quiet.org")

    assert not answer(question_of(keys), "perhaps")
    assert AuthorityCheck.objects.get().outcome == ""


def test_asked_again_only_the_new_link_works(by: By, letter: Letter, keys: WorkerKeys) -> None:
    signature = signed_for(letter, keys)
    ask_contact(by, signature.pk, "quiet.org", "info@quiet.org")
    before = mails(keys, topic="ask contact")[0].text
    ask_contact(by, signature.pk, "quiet.org", "info@quiet.org")

    links = {
        re.findall(r"/ours/([\w-]{22})/", mail.text)[0]: mail.text
        for mail in mails(keys, topic="ask contact")
    }
    works = {token: find_question("banned", token) is not None for token in links}
    assert sorted(works.values()) == [False, True]
    assert not works[re.findall(r"/ours/([\w-]{22})/", before)[0]]


def test_only_a_mailbox_at_the_very_domain_is_asked(
    by: By, letter: Letter, keys: WorkerKeys
) -> None:
    signature = signed_for(letter, keys)
    for domain, contact in (
        ("quiet.org", "info@loud.org"),
        ("quiet.org", "info@mail.quiet.org"),
        ("gmail.com", "quiet@gmail.com"),
    ):
        with pytest.raises(NotTheirContact):
            ask_contact(by, signature.pk, domain, contact)
    with pytest.raises(AddressRefused):
        ask_contact(by, signature.pk, "quiet.org", "nobody")
    assert mails(keys, topic="ask contact") == []


@pytest.mark.parametrize("token", ["", "short", "x" * 22])
def test_an_unknown_link_asks_nothing(letter: Letter, token: str) -> None:
    assert find_question("banned", token) is None


def test_a_letter_in_another_language_is_asked_about_in_ours(keys: WorkerKeys, by: By) -> None:
    letter = published_letter(keys, texts=[text("tlh")])
    signature = signed_for(letter, keys)
    ask_contact(By(letter, "Bo"), signature.pk, "quiet.org", "info@quiet.org")

    (mail,) = mails(keys, topic="ask contact")
    assert mail.subject == "Does quiet.org sign this open letter?"


def test_no_account_makes_a_mail_cannon_of_the_site(
    by: By, letter: Letter, keys: WorkerKeys
) -> None:
    signature = signed_for(letter, keys)
    for n in range(MOST_A_DAY):
        ask_contact(by, signature.pk, "quiet.org", f"info{n}@quiet.org")
    with pytest.raises(AskedTooOften):
        ask_contact(by, signature.pk, "quiet.org", "info@quiet.org")
    assert len(mails(keys, topic="ask contact")) == MOST_A_DAY
    letter.events.update(at=timezone.now() - timedelta(days=1))
    ask_contact(by, signature.pk, "quiet.org", "info@quiet.org")
