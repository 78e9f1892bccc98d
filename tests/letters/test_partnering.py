"""Partners join a letter, get words and a key, change places, and end."""

from __future__ import annotations

from typing import Any

import pyrage
import pytest

from tests.builders import published_letter
from tests.partners import ANA, BO, joined, recipient
from undersigned.letters import partnering
from undersigned.letters.models import (
    Letter,
    LetterEvent,
    Partner,
    PartnerSchedule,
    PartnerWording,
)
from undersigned.letters.partnering import (
    By,
    KeyChanged,
    NotAWebAddress,
    PartnerSlugTaken,
    SamePerson,
    TooManyPartners,
    WordsMissing,
    confirm_key,
    end_partner,
    has_key,
    move_up,
    present_wordings,
    remove_key,
    reword,
    set_key,
    set_schedule,
)
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.recipients import KeyIsPrivate, RecipientRefused


@pytest.fixture
def letter(db: None, keys: WorkerKeys) -> Letter:
    return published_letter(keys)


def acts(letter: Letter) -> list[str]:
    events = LetterEvent.objects.filter(letter=letter).order_by("pk")
    return [event.act for event in events if "partner" in event.act]


def again(partner: Partner) -> Partner:
    return Partner.objects.select_related("letter").get(pk=partner.pk)


def revision(letter: Letter) -> int:
    return Letter.objects.values_list("revision", flat=True).get(pk=letter.pk)


def test_a_partner_joins_with_words_in_two_languages(letter: Letter) -> None:
    before = revision(letter)
    partner = joined(letter, words={"en": "Write to me", "ar": "راسلوني", "es": ""})
    assert {code: one.words for code, one in present_wordings(partner).items()} == {
        "en": "Write to me",
        "ar": "راسلوني",
    }
    assert partner.position == 1
    assert joined(letter, slug="river").position == 2
    assert acts(letter) == ["add partner", "add partner"]
    assert revision(letter) == before + 2
    event = LetterEvent.objects.filter(letter=letter).latest("pk")
    assert event.details == {"partner": "Green Union"}


def test_without_words_in_the_letters_language_nobody_joins(letter: Letter) -> None:
    with pytest.raises(WordsMissing):
        joined(letter, words={"ar": "راسلوني"})
    assert not Partner.objects.exists()


def test_an_address_is_one_partners_also_after_it_ended(letter: Letter) -> None:
    end_partner(joined(letter), actor="Ana")
    with pytest.raises(PartnerSlugTaken):
        joined(letter)


def test_there_is_an_end_of_boxes(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partnering, "MOST_PARTNERS", 1)
    first = joined(letter)
    with pytest.raises(TooManyPartners):
        joined(letter, slug="river")
    end_partner(first, actor="Ana")
    assert joined(letter, slug="river").position == 2


def words_of(partner: Partner, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Green Union",
        "privacy_url": "https://green.example/privacy",
        "words": {"en": "Write to me", "ar": "راسلوني"},
        "actor": "Ana",
        **changes,
    }


def test_other_words_are_another_version_and_the_earlier_one_stays(letter: Letter) -> None:
    partner = joined(letter, words={"en": "Write to me", "ar": "راسلوني"})
    assert reword(partner, **words_of(partner)) is False
    assert reword(partner, **words_of(partner, words={"en": "Mail me"})) is True
    assert [
        (one.language, one.version, one.words, one.replaced_at is None)
        for one in PartnerWording.objects.order_by("language", "version")
    ] == [
        ("ar", 1, "راسلوني", False),
        ("en", 1, "Write to me", False),
        ("en", 2, "Mail me", True),
    ]
    url = "https://green.example/other"
    assert reword(partner, **words_of(partner, words={"en": "Mail me"}, privacy_url=url))
    newest = present_wordings(again(partner))["en"]
    assert (newest.version, newest.privacy_url) == (3, url)
    with pytest.raises(WordsMissing):
        reword(partner, **words_of(partner, words={}))


def test_another_name_is_another_version_of_the_same_words(letter: Letter) -> None:
    partner = joined(letter, words={"en": "Write to me", "ar": "راسلوني"})
    assert reword(partner, **words_of(partner, name="Greens")) is True
    assert again(partner).name == "Greens"
    assert [
        (one.version, one.name, one.words)
        for one in PartnerWording.objects.filter(language="en").order_by("version")
    ] == [(1, "Green Union", "Write to me"), (2, "Greens", "Write to me")]
    assert reword(partner, **words_of(partner, name="Greens")) is False


def test_a_key_counts_once_a_second_person_has_compared_it(letter: Letter) -> None:
    partner, key = joined(letter), recipient()
    assert set_key(partner, f" {key}\n", ANA) is True
    assert set_key(partner, key, ANA) is False
    assert has_key(again(partner)) is False
    with pytest.raises(SamePerson):
        confirm_key(partner, key, ANA)
    namesake = By("Ana", 3)
    confirm_key(partner, key, namesake)
    assert has_key(again(partner)) is True
    assert again(partner).key_confirmed_by == "Ana"
    with pytest.raises(KeyChanged):
        confirm_key(partner, key, BO)
    assert acts(letter)[1:] == ["set partner key", "confirm partner key"]


def test_another_key_is_of_no_use_before_it_is_confirmed_too(letter: Letter) -> None:
    partner, first, second = joined(letter), recipient(), recipient()
    set_key(partner, first, ANA)
    confirm_key(partner, first, BO)
    set_key(partner, second, BO)
    assert has_key(again(partner)) is False
    with pytest.raises(KeyChanged):
        confirm_key(partner, first, ANA)
    with pytest.raises(KeyChanged):
        confirm_key(joined(letter, slug="river"), "", ANA)


def test_a_key_is_removed_once(letter: Letter) -> None:
    partner, key = joined(letter), recipient()
    assert remove_key(partner, actor="Ana") is False
    set_key(partner, key, ANA)
    confirm_key(partner, key, BO)
    assert [remove_key(partner, actor="Ana"), remove_key(partner, actor="Ana")] == [True, False]
    removed = again(partner)
    assert (removed.recipient, removed.key_set_by, has_key(removed)) == ("", None, False)
    assert acts(letter)[-1] == "remove partner key"


def test_a_broken_or_private_key_changes_nothing(letter: Letter) -> None:
    partner, key = joined(letter), recipient()
    set_key(partner, key, ANA)
    with pytest.raises(RecipientRefused):
        set_key(partner, key[:-1], ANA)
    with pytest.raises(KeyIsPrivate):
        set_key(partner, str(pyrage.x25519.Identity.generate()), ANA)
    assert again(partner).recipient == key


def test_a_schedule_is_set_once(letter: Letter) -> None:
    partner = joined(letter)
    set_schedule(partner, PartnerSchedule.WEEKLY, actor="Ana")
    set_schedule(partner, PartnerSchedule.WEEKLY, actor="Ana")
    assert again(partner).schedule == "weekly"
    assert acts(letter) == ["add partner", "set partner schedule"]


def test_partners_change_places(letter: Letter) -> None:
    one, ended, two = (joined(letter, slug=slug) for slug in ("one", "ended", "two"))
    end_partner(ended, actor="Ana")
    assert move_up(one, actor="Ana") is False
    assert move_up(two, actor="Ana") is True
    active = letter.partners.filter(ended_at=None).order_by("position")
    assert [partner.slug for partner in active] == ["two", "one"]


def test_a_partner_ends_once(letter: Letter) -> None:
    partner = joined(letter)
    set_schedule(partner, PartnerSchedule.DAILY, actor="Ana")
    assert [end_partner(partner, actor="Ana"), end_partner(partner, actor="Ana")] == [True, False]
    assert again(partner).schedule == "never"
    assert str(again(partner)) == "Green Union"
    assert str(PartnerWording.objects.get()) == f"{partner.pk} en 1"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", "a.example"])
def test_a_privacy_notice_is_on_the_web(letter: Letter, address: str) -> None:
    with pytest.raises(NotAWebAddress):
        joined(letter, privacy_url=address)
    assert not letter.partners.exists()
    partner = joined(letter)
    with pytest.raises(NotAWebAddress):
        reword(partner, **words_of(partner, words={"en": "Mail me"}, privacy_url=address))
    assert present_wordings(partner)["en"].privacy_url == "https://green.example/privacy"
