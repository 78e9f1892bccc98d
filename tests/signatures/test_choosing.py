"""Single consents, given and taken back behind a link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import listed
from tests.signatures.behind_links import own_link
from undersigned.letters.models import Letter
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.choosing import give, take_back
from undersigned.signatures.consents import Consent, consents_of
from undersigned.signatures.models import ConsentChange, Signature, SignerLink
from undersigned.signatures.worker_keys import WorkerKeys


def stands(row: Signature) -> dict[str, bool]:
    row.refresh_from_db()
    return {one.purpose: one.is_given for one in consents_of(row)}


def test_each_has_its_words_and_its_time(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, consent_updates=True)
    words = ("Publish the name with this letter", "Send me updates on this letter", "")
    assert consents_of(row) == [
        Consent("publication", True, words[0], "en", row.confirmed_at),
        Consent("updates", True, words[1], "en", row.created_at),
        Consent("delivery", True, words[2], "en", row.confirmed_at),
    ]


def test_updates_alone_are_taken_back_and_given_again(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, consent_updates=True)
    token = own_link(row, keys)
    assert [take_back(token, "updates"), take_back(token, "updates")] == [True, True]
    assert stands(row) == {"publication": True, "updates": False, "delivery": True}
    [change] = ConsentChange.objects.all()
    assert (change.purpose, change.is_given) == ("updates", False)
    taken = consents_of(row)[1]
    assert (taken.words, taken.at) == ("Send me updates on this letter", change.at)

    assert give(token, "updates") is True
    assert stands(row)["updates"] is True


def test_without_publication_the_addressee_still_sees_it(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys)
    token = own_link(row, keys)
    assert [take_back(token, "publication"), take_back(token, "publication")] == [True, True]
    assert stands(row) == {"publication": False, "updates": False, "delivery": True}
    assert row.name == ""
    assert [give(token, "delivery"), give(token, "publication")] == [True, True]
    answer_signers(keys)
    assert stands(row)["publication"] is True
    assert row.name == "Ana Example"


def test_without_delivery_nobody_does(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys)
    token = own_link(row, keys)
    take_back(token, "delivery")
    assert stands(row) == {"publication": False, "updates": False, "delivery": False}
    give(token, "delivery")
    assert stands(row) == {"publication": False, "updates": False, "delivery": True}


def test_what_was_never_given_has_no_time(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, choice="counted")
    assert [one.at for one in consents_of(row)] == [None, None, None]


def test_of_a_language_that_the_letter_has_not_the_words_are_its_own(
    letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, language="de")
    assert {(one.language, one.words) for one in consents_of(row)[:1]} == {
        ("en", "Publish the name with this letter")
    }


@pytest.mark.parametrize("purpose", ["updates", "publication"])
def test_an_old_link_changes_nothing(letter: Letter, keys: WorkerKeys, purpose: str) -> None:
    row = listed(letter, keys, consent_updates=True)
    token = own_link(row, keys)
    SignerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert [take_back(token, purpose), give("A" * 22, purpose)] == [False, False]
    assert stands(row)[purpose] is True
    with pytest.raises(ValueError, match="not a valid"):
        take_back(token, "everything")
