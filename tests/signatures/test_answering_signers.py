"""What signers ask for, answered by the worker: links, a new one, to be erased."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.builders import confirmed, listed, mails, published_letter, signed
from tests.signatures.behind_links import own_link
from tests.signatures.canaries import everything_stored
from undersigned.letters.models import Letter
from undersigned.mail.models import Allowance, Message
from undersigned.signatures import answering_signers, asking
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.appearing import appear
from undersigned.signatures.asking import (
    TooManyAsk,
    ask_for_fresh_link,
    ask_for_links,
    ask_from_update,
    ask_to_be_erased,
)
from undersigned.signatures.models import Signature, SignerLink, SignerRequest, State
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.signer_links import find_own_page
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key

ADDRESS = "ana.canary@example.org"


@pytest.fixture(autouse=True)
def installed(db: None, keys: WorkerKeys) -> None:
    prepare_mail_key(keys.keyring)


def tokens(text: str) -> list[str]:
    return [part.partition("/")[0] for part in text.split("/yours/")[1:]]


def test_everything_signed_from_a_mailbox_is_mailed_to_it(letter: Letter, keys: WorkerKeys) -> None:
    other = published_letter(keys, "other")
    listed(letter, keys, address=ADDRESS)
    confirmed(other, keys, address=ADDRESS, kind="organisation", name="Example Union")
    listed(letter, keys, address="somebody.else@example.org")

    ask_for_links("Ana.Canary@Example.org", "en")
    assert "canary" not in everything_stored()
    assert [answer_signers(keys), answer_signers(keys)] == [1, 0]

    [mail] = mails(keys, topic="links")
    assert (mail.to, mail.subject) == ("Ana.Canary@Example.org", "Your signatures of open letters")
    first, second = tokens(mail.text)
    assert find_own_page(first, "other") is not None
    assert find_own_page(second, "banned") is not None
    assert not SignerRequest.objects.exists()


def test_who_was_struck_out_is_still_held_and_can_be_erased(
    letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, address=ADDRESS)
    Signature.objects.update(state=State.VOID, void_because="unknown")
    ask_for_links(ADDRESS, "en")
    answer_signers(keys)
    [mail] = mails(keys, topic="links")
    [token] = tokens(mail.text)
    page = find_own_page(token, "banned")
    assert page is not None
    assert page.signature == row


def test_an_address_that_signed_nothing_is_mailed_too(letter: Letter, keys: WorkerKeys) -> None:
    signed(letter, address="pending@example.org")
    ask_for_links("nobody@example.org", "de")
    ask_for_links("pending@example.org", "en")
    answer_signers(keys)
    nobody, pending = mails(keys, topic="links")
    assert (nobody.to, nobody.language, tokens(nobody.text)) == ("nobody@example.org", "de", [])
    assert "There is none. Perhaps you signed with another address." in pending.text


def test_nobody_is_bombed(letter: Letter, keys: WorkerKeys) -> None:
    for _ in range(3):
        ask_for_links(ADDRESS, "en")
    assert answer_signers(keys) == 3
    assert len(mails(keys, topic="links")) == 1


def test_asking_for_links_uses_up_nothing_that_signing_needs(
    letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, address=ADDRESS)
    Allowance.objects.all().delete()
    for _ in range(6):
        ask_for_fresh_link(row.pk)
        ask_for_links(ADDRESS, "en")
        answer_signers(keys)
        Allowance.objects.update(at=F("at") - timedelta(days=1))
    assert len(mails(keys, topic="links")) == 6  # they have limits of their own

    signed(published_letter(keys, "other"), address=ADDRESS)
    answer_pending(keys)

    assert [mail.to for mail in mails(keys, topic="confirm")][-1] == ADDRESS
    assert len(mails(keys, topic="confirm")) == 2


def test_from_an_update_once_a_week(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, address=ADDRESS)
    own_link(row, keys)  # by another mail: it does not count
    for _ in range(2):
        ask_from_update(row.pk)
        answer_signers(keys)
    assert len(mails(keys, topic="links")) == 1
    SignerLink.objects.update(expires_at=F("expires_at") - timedelta(days=7))
    ask_from_update(row.pk)
    assert SignerRequest.objects.count() == 1


def test_a_flood_is_refused(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_WAITING", 2)
    ask_for_links(ADDRESS, "en")
    ask_for_links(ADDRESS, "en")
    with pytest.raises(TooManyAsk):
        ask_for_links(ADDRESS, "en")


def test_what_was_altered_is_left_out(letter: Letter, keys: WorkerKeys) -> None:
    ask_for_links(ADDRESS, "en")
    SignerRequest.objects.update(sealed_address=b"altered")
    assert answer_signers(keys) == 1
    assert not SignerRequest.objects.exists()
    assert not Message.objects.exists()


def test_an_entry_that_cannot_be_opened_is_not_in_the_mail(
    letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, address=ADDRESS)
    Signature.objects.update(sealed_details=b"altered")
    ask_for_links(ADDRESS, "en")
    answer_signers(keys)
    assert [tokens(mail.text) for mail in mails(keys, topic="links")] == [[]]


def test_it_waits_for_a_key_that_is_away(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, choice="counted")
    appear(own_link(row, keys), "public")
    ask_for_links(ADDRESS, "en")
    for path in (Path(keys.keyring.folder) / "letters").iterdir():
        path.rename(path.with_suffix(".away"))
    lost = WorkerKeys(keys.keyring)
    assert [answer_signers(lost), answer_signers(lost)] == [0, 0]
    assert SignerRequest.objects.count() == 2


def test_a_new_link_instead_of_an_old_one(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, address=ADDRESS)
    ask_for_fresh_link(row.pk)
    ask_for_fresh_link(row.pk)
    assert answer_signers(keys) == 1
    [mail] = mails(keys, topic="links")
    assert (mail.to, mail.language) == (ADDRESS, "en")
    [token] = tokens(mail.text)
    assert find_own_page(token, "banned") is not None


def test_to_nobody_no_link_is_mailed(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys)
    Signature.objects.update(sealed_address=None)
    ask_for_fresh_link(row.pk)
    assert answer_signers(keys) == 1
    assert mails(keys, topic="links") == []


def test_a_person_is_erased_and_counted_on(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, address=ADDRESS, name="Ana Canary")
    own_link(row, keys)
    assert Allowance.objects.exists()
    ask_to_be_erased(row.pk)
    assert answer_signers(keys) == 1
    row.refresh_from_db()
    assert (row.state, row.name, row.sealed_address) == (State.LISTED, "", None)
    assert not SignerLink.objects.exists()
    assert not Allowance.objects.exists()


def test_to_be_erased_twice_is_as_once(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys)
    for _ in range(2):
        ask_to_be_erased(row.pk)
        answer_signers(keys)
    row.refresh_from_db()
    assert row.sealed_details is None


def test_what_is_gone_when_its_turn_comes(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = listed(letter, keys, choice="counted")
    token = own_link(row, keys)
    ask_for_fresh_link(row.pk)
    SignerRequest.objects.update(asked_at=timezone.now() - timedelta(minutes=1))
    appear(token, "public")

    def meanwhile(*_: object, **__: object) -> None:
        appear(token, "counted")

    monkeypatch.setattr("undersigned.signatures.answering_signers.own_pages", meanwhile)
    monkeypatch.setattr("undersigned.mail.outbox.queue", lambda *_: None)
    assert answer_signers(keys) == 1
    assert not SignerRequest.objects.exists()


def test_the_signature_is_locked_before_the_request(letter: Letter, keys: WorkerKeys) -> None:
    """As its owner's acts do: two that lock in another order wait for each other for ever."""
    row = listed(letter, keys, choice="counted")
    appear(own_link(row, keys), "public")
    with CaptureQueriesContext(connection) as queries:
        answer_signers(keys)
    read = [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    asked = ("signatures_signature", "signatures_signerrequest")
    tables = [sql.partition(" FROM ")[2].split()[0].strip('"') for sql in read]
    found = [table for table in tables if table in asked]
    # Which are due; then the locks.
    assert found[:3] == [asked[1], asked[0], asked[1]]


def test_who_leaves_waits_behind_nobody_whom_a_review_shows_again(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering_signers, "BATCH", 1)
    shown, asks, leaves = (listed(letter, keys, name=name) for name in ("Ana", "Bo", "Chi"))
    appear(own_link(shown, keys), "counted")
    appear(own_link(shown, keys), "public")
    ask_for_links(ADDRESS, "en")
    ask_for_fresh_link(asks.pk)
    ask_to_be_erased(leaves.pk)
    gone: list[str] = []
    for _ in range(4):
        before = set(SignerRequest.objects.values_list("act", flat=True))
        answer_signers(keys)
        gone += before - set(SignerRequest.objects.values_list("act", flat=True))
    assert gone == ["erase", "link", "links", "show"]
