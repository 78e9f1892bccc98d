"""Offers to translate: sealed, limited, answered once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import mails
from tests.letters.translating.offers import (
    CARMEN,
    installed,
    invited,
    link_to,
    offered,
    opener,
)
from tests.signatures.canaries import everything_stored
from tests.studio.people import team_called
from undersigned.letters.models import (
    Letter,
    LetterEvent,
    LetterState,
    Translator,
    TranslatorState,
)
from undersigned.letters.translating import offering
from undersigned.letters.translating.offering import (
    Offer,
    TooManyLinks,
    TooManyOffers,
    accept,
    decline,
    invite,
    takes_offers,
)
from undersigned.letters.translating.volunteers import LinkEnded, read
from undersigned.letters.translating.working import OwnLanguage
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.tokens import hash_token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    return installed(tmp_path)


def events() -> list[tuple[str, str, object]]:
    rows = LetterEvent.objects.exclude(act="publish edition").order_by("pk")
    return [(row.actor, row.act, row.details) for row in rows if row.details.get("language")]


def test_an_offer_waits_for_an_answer_and_is_read_with_the_studios_key(letter: Letter) -> None:
    volunteer = offered(letter)

    assert volunteer.state == TranslatorState.OFFERED
    assert read(volunteer, opener()) == CARMEN
    assert events() == [("translator", "offer to translate", {"language": "es"})]


def test_nobody_is_written_to_before_an_organiser_answers(letter: Letter, keys: WorkerKeys) -> None:
    offered(letter)

    assert mails(keys) == []


def test_names_and_addresses_are_nowhere_in_clear(letter: Letter, keys: WorkerKeys) -> None:
    token = link_to(invited(letter), keys)
    invite(letter, Offer("ar", CARMEN), actor="Ana")

    stored = everything_stored()
    for canary in ("carmen", "ejemplo", "i teach", token.casefold()):
        assert canary not in stored


def test_yes_sends_a_link_and_nothing_that_was_typed(letter: Letter, keys: WorkerKeys) -> None:
    volunteer = offered(letter)
    accept(volunteer, opener(), actor="Ana")

    volunteer.refresh_from_db()
    (mail,) = mails(keys)
    assert (mail.to, mail.subject) == (CARMEN.email, "Translate “Ban it”")
    assert CARMEN.name not in mail.text
    assert CARMEN.message not in mail.text
    assert bytes(volunteer.token_hash or b"") == hash_token(link_to(volunteer, keys))
    assert (volunteer.state, volunteer.answered_by) == (TranslatorState.INVITED, "Ana")
    assert events()[-1] == ("Ana", "accept translator", {"language": "es"})


def test_the_mail_names_the_team_and_is_in_the_language_of_the_page(
    letter: Letter, keys: WorkerKeys
) -> None:
    letter.team = team_called("Quiet Media")
    letter.save()
    invite(letter, Offer("ar", CARMEN, "es"), actor="Ana")

    (mail,) = mails(keys)
    assert mail.language == "es"
    assert "Quiet Media" in mail.text


def test_only_one_answer_counts(letter: Letter, keys: WorkerKeys) -> None:
    volunteer = offered(letter)
    accept(volunteer, opener(), actor="Ana")

    with pytest.raises(LinkEnded):
        accept(volunteer, opener(), actor="Bo")
    with pytest.raises(LinkEnded):
        decline(volunteer, actor="Bo")
    assert len(mails(keys)) == 1


def test_no_forgets_who_it_was(letter: Letter, keys: WorkerKeys) -> None:
    volunteer = offered(letter)
    decline(volunteer, actor="Ana")

    volunteer.refresh_from_db()
    assert (volunteer.state, volunteer.answered_by) == (TranslatorState.DECLINED, "Ana")
    assert (volunteer.sealed_details, volunteer.token_hash) == (None, None)
    assert mails(keys) == []
    assert events()[-1] == ("Ana", "decline translator", {"language": "es"})


def test_organisers_invite_somebody_who_did_not_offer(letter: Letter, keys: WorkerKeys) -> None:
    volunteer = invite(letter, Offer("my", CARMEN), actor="Ana")

    assert (volunteer.state, volunteer.language) == (TranslatorState.INVITED, "my")
    assert link_to(volunteer, keys)
    assert events() == [("Ana", "invite translator", {"language": "my"})]


def test_a_letter_is_not_translated_into_its_own_language(letter: Letter) -> None:
    with pytest.raises(OwnLanguage):
        offered(letter, "en")
    with pytest.raises(OwnLanguage):
        invite(letter, Offer("en", CARMEN), actor="Ana")
    assert not Translator.objects.exists()


def test_an_hour_brings_so_many_offers_and_no_more(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "AN_HOUR_AT_MOST", 2)
    offered(letter)
    offered(letter)
    with pytest.raises(TooManyOffers):
        offered(letter)

    Translator.objects.update(offered_at=timezone.now() - timedelta(hours=2))
    offered(letter)
    assert Translator.objects.count() == 3


def test_so_many_offers_wait_and_no_more(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offering, "OPEN_AT_MOST", 1)
    volunteer = offered(letter)
    with pytest.raises(TooManyOffers):
        offered(letter)

    decline(volunteer, actor="Ana")
    offered(letter)
    assert Translator.objects.count() == 2


def test_a_day_sends_so_many_links_and_no_more(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "LINKS_A_DAY", 1)
    invited(letter)
    volunteer = offered(letter)
    with pytest.raises(TooManyLinks):
        accept(volunteer, opener(), actor="Ana")
    with pytest.raises(TooManyLinks):
        invite(letter, Offer("es", CARMEN), actor="Ana")
    assert len(mails(keys)) == 1

    Translator.objects.update(answered_at=timezone.now() - timedelta(days=2))
    accept(volunteer, opener(), actor="Ana")
    assert len(mails(keys)) == 2


@pytest.mark.parametrize(
    ("state", "takes"),
    [
        (LetterState.DRAFT, False),
        (LetterState.GATHERING, False),
        (LetterState.OPEN, True),
        (LetterState.CLOSED, True),
        (LetterState.ARCHIVED, False),
    ],
)
def test_which_letters_take_offers(state: LetterState, takes: bool) -> None:
    assert takes_offers(Letter(state=state)) is takes
