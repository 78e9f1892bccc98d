"""Consents to partners: stored as ticked, taken back, given again, told, forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import link_of, listed, signed
from tests.partners import joined
from tests.signatures.behind_links import own_link
from tests.signatures.partnered import asking, ticked
from undersigned.letters.models import Letter, Partner
from undersigned.letters.partnering import end_partner, present_wordings, reword
from undersigned.signatures.disowning import disown
from undersigned.signatures.held_data import describe
from undersigned.signatures.models import PartnerConsent, PartnerTally, PassedOn, SignerLink
from undersigned.signatures.own_data import describe_own
from undersigned.signatures.partner_consents import (
    consents_to_partners,
    give_to,
    partner_facts,
    take_back_from,
    wording_for,
)
from undersigned.signatures.signer_links import find_own_page
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def green(letter: Letter) -> Partner:
    return joined(letter)


def other_words(partner: Partner, **words: str) -> None:
    reword(
        partner,
        name=partner.name,
        privacy_url="https://green.example/privacy",
        words=words,
        actor="Ana",
    )


def test_each_is_stored_with_its_words_and_time(letter: Letter, green: Partner) -> None:
    river = joined(letter, slug="river")
    row = signed(letter, partners=ticked(green, river))
    signed(letter)
    found = PartnerConsent.objects.order_by("partner__position")
    assert [(one.signature_id, one.partner_id, one.given_at) for one in found] == [
        (row.pk, green.pk, row.created_at),
        (row.pk, river.pk, row.created_at),
    ]
    assert str(found[0]) == f"{green.pk} {row.pk}"


def test_what_was_agreed_to_keeps_its_words(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = asking(letter, keys, green)
    other_words(green, en="Other words")
    [one] = consents_to_partners(row)
    assert (one.is_given, one.wording.words, one.at) == (
        True,
        "Let green write to me",
        row.created_at,
    )
    take_back_from(own_link(row, keys), str(green.pk))
    [one] = consents_to_partners(row)
    assert (one.is_given, one.wording.words) == (False, "Other words")
    assert one.at == PartnerConsent.objects.get().taken_back_at


def test_partners_who_were_not_ticked_are_offered(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    ended = joined(letter, slug="ended")
    end_partner(ended, actor="Ana")
    row = listed(letter, keys)
    [one] = consents_to_partners(row)
    assert (one.partner, one.is_given, one.at) == (green, False, None)


def test_one_that_ended_stays_to_be_taken_back(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = asking(letter, keys, green)
    end_partner(green, actor="Ana")
    token = own_link(row, keys)
    assert consents_to_partners(row)[0].is_given is True
    assert [take_back_from(token, str(green.pk)) for _ in "12"] == [True, True]
    [one] = consents_to_partners(row)
    assert (one.is_given, one.wording.words) == (False, "Let green write to me")
    assert give_to(token, str(one.wording.pk)) is False


def test_given_again_is_another_consent(letter: Letter, keys: WorkerKeys, green: Partner) -> None:
    row = asking(letter, keys, green)
    token, wording = own_link(row, keys), str(ticked(green)[0][1])
    take_back_from(token, str(green.pk))
    assert [give_to(token, wording), give_to(token, wording)] == [True, True]
    assert [one.taken_back_at is None for one in PartnerConsent.objects.order_by("pk")] == [
        False,
        True,
    ]
    facts = describe_own(find_own_page(token, "banned"))["partners"]  # type: ignore[arg-type]
    assert [(one["partner"], one["words"], one["privacy_notice"]) for one in facts] == [
        ("Green Union", "Let green write to me", "https://green.example/privacy")
    ] * 2
    assert [one["taken_back_at"] is None for one in facts] == [False, True]
    assert describe([row], keys)[0]["partners"] == facts


def test_only_present_words_of_this_letter_are_agreed_to(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = listed(letter, keys)
    token, earlier = own_link(row, keys), str(ticked(green)[0][1])
    other_words(green, en="Other words")
    assert give_to(token, earlier) is False
    assert give_to(token, "0") is False
    with pytest.raises(ValueError, match="invalid literal"):
        give_to(token, "green")
    with pytest.raises(ValueError, match="badly formed"):
        take_back_from(token, "green")
    assert not PartnerConsent.objects.exists()


def test_without_a_key_nothing_is_agreed_to(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    token = own_link(listed(letter, keys), keys)
    Letter.objects.update(sealing_key=None)
    assert give_to(token, str(ticked(green)[0][1])) is False
    assert not PartnerConsent.objects.exists()


def test_an_old_link_changes_nothing(letter: Letter, keys: WorkerKeys, green: Partner) -> None:
    row = asking(letter, keys, green)
    token = own_link(row, keys)
    SignerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert take_back_from(token, str(green.pk)) is False
    assert give_to(token, str(ticked(green)[0][1])) is False
    assert PartnerConsent.objects.get().taken_back_at is None


def test_whoever_says_it_was_not_them_agreed_to_nothing(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = signed(letter, partners=ticked(green))
    assert disown(link_of(row, keys)) is True
    assert PartnerConsent.objects.get().taken_back_at is not None


def test_words_are_in_the_signers_language_or_the_letters(letter: Letter) -> None:
    green = joined(letter, words={"en": "Write to me", "ar": "راسلوني"})
    assert wording_for(green, "ar") == present_wordings(green)["ar"]
    assert wording_for(green, "es") == present_wordings(green)["en"]


def test_rows_are_named_by_what_they_are(letter: Letter, green: Partner) -> None:
    assert str(PartnerTally(partner=green)) == str(green.pk)
    assert str(PassedOn(partner=green, signature=green.pk)) == f"{green.pk} {green.pk}"


def test_the_name_of_then_is_part_of_what_was_agreed(
    letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = asking(letter, keys, green)
    words = {code: one.words for code, one in present_wordings(green).items()}
    privacy_url = "https://green.example/privacy"
    reword(green, name="Somebody Else", privacy_url=privacy_url, words=words, actor="Ana")
    [consent] = consents_to_partners(row)
    assert consent.wording.name == "Green Union"
    assert [one["partner"] for one in partner_facts(row)] == ["Green Union"]
