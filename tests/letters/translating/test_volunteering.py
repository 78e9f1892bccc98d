"""A volunteer's yes, name, leaving; links that end; and what is forgotten when."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.letters.translating.offers import installed, invited, joined, link_to, offered
from undersigned.letters.models import (
    Letter,
    LetterEvent,
    LetterLanguage,
    Translator,
    TranslatorState,
)
from undersigned.letters.translating.volunteering import join, leave, stop, worker_of
from undersigned.letters.translating.volunteers import (
    UNUSED,
    LinkEnded,
    find,
    forget_ended,
    used,
)
from undersigned.letters.translating.working import Worker
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    return installed(tmp_path)


def known(volunteer: Translator) -> tuple[str, bool, bool]:
    """The state, whether anybody can tell who it was, and whether there is a link."""
    volunteer.refresh_from_db()
    return (
        volunteer.state,
        volunteer.sealed_details is not None,
        volunteer.token_hash is not None,
    )


def acts() -> list[tuple[str, str]]:
    return list(LetterEvent.objects.order_by("pk").values_list("actor", "act"))


def test_the_link_finds_its_volunteer(letter: Letter, keys: WorkerKeys) -> None:
    volunteer = invited(letter)

    assert find("banned", link_to(volunteer, keys), timezone.now()) == volunteer


def test_other_links_find_nobody(letter: Letter, keys: WorkerKeys) -> None:
    token = link_to(invited(letter), keys)

    for slug, other in (("banned", "x"), ("banned", "A" * 22), ("other", token)):
        with pytest.raises(LinkEnded):
            find(slug, other, timezone.now())


def test_nobody_translates_before_their_own_yes(letter: Letter) -> None:
    volunteer = invited(letter)
    assert known(volunteer) == (TranslatorState.INVITED, True, True)
    assert not LetterLanguage.objects.exists()

    join(volunteer, "Carmen")
    assert known(volunteer) == (TranslatorState.JOINED, True, True)
    assert volunteer.credit == "Carmen"
    assert LetterLanguage.objects.get().credits == "", "named only with words that were read"
    assert acts()[-1] == ("translator", "join as translator")
    assert worker_of(volunteer) == Worker(volunteer.pk, "")


def test_yes_counts_once(letter: Letter) -> None:
    volunteer = joined(letter, credit="Carmen")

    with pytest.raises(LinkEnded):
        join(volunteer, "Somebody else")
    volunteer.refresh_from_db()
    assert volunteer.credit == "Carmen"


def test_who_says_no_is_forgotten(letter: Letter) -> None:
    volunteer = invited(letter)
    leave(volunteer)

    assert known(volunteer) == (TranslatorState.DECLINED, False, False)
    assert acts()[-1] == ("translator", "decline to translate")


def test_who_leaves_is_forgotten(letter: Letter) -> None:
    volunteer = joined(letter, credit="Carmen")
    leave(volunteer)

    assert known(volunteer) == (TranslatorState.DECLINED, False, False)
    assert volunteer.credit == "Carmen"
    assert acts()[-1] == ("translator", "leave as translator")
    with pytest.raises(LinkEnded):
        leave(volunteer)


def test_who_leaves_takes_their_name_along_if_they_want(letter: Letter) -> None:
    volunteer = joined(letter, credit="Carmen")
    leave(volunteer, stay_named=False)

    volunteer.refresh_from_db()
    assert volunteer.credit == ""


def test_organisers_take_a_link_back(letter: Letter, keys: WorkerKeys) -> None:
    volunteer = joined(letter)
    token = link_to(volunteer, keys)
    stop(volunteer, actor="Ana")

    assert known(volunteer) == (TranslatorState.STOPPED, False, False)
    assert volunteer.answered_by == "Ana"
    assert acts()[-1] == ("Ana", "stop translator")
    with pytest.raises(LinkEnded):
        find("banned", token, timezone.now())
    with pytest.raises(LinkEnded):
        stop(volunteer, actor="Bo")


def test_a_link_ends_when_nobody_used_it(letter: Letter, keys: WorkerKeys) -> None:
    volunteer = invited(letter)
    token, now = link_to(volunteer, keys), timezone.now()
    assert find("banned", token, now + UNUSED - timedelta(hours=1)) == volunteer
    with pytest.raises(LinkEnded):
        find("banned", token, now + UNUSED)

    used(volunteer, now + timedelta(days=30))
    assert find("banned", token, now + UNUSED + timedelta(days=29)) == volunteer


def test_each_night_what_is_over_is_forgotten(letter: Letter) -> None:
    offer, link, worker, left = offered(letter), invited(letter), joined(letter), joined(letter)
    leave(left)
    now = timezone.now()
    assert forget_ended(now + UNUSED - timedelta(hours=1)) == 0
    assert known(offer) == (TranslatorState.OFFERED, True, False)

    used(worker, now + timedelta(days=1))
    assert forget_ended(now + UNUSED + timedelta(hours=1)) == 2
    assert known(offer) == (TranslatorState.DECLINED, False, False)
    assert known(link) == (TranslatorState.STOPPED, False, False)
    assert known(worker) == (TranslatorState.JOINED, True, True)
    assert known(left) == (TranslatorState.DECLINED, False, False)


def test_whatever_ended_otherwise_is_forgotten_at_night_too(letter: Letter) -> None:
    volunteer = joined(letter)
    Translator.objects.update(state=TranslatorState.STOPPED)

    assert forget_ended(timezone.now()) == 1
    assert known(volunteer) == (TranslatorState.STOPPED, False, False)
