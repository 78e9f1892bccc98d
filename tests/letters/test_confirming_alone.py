"""A partner's key is confirmed by one person where there is nobody else: slower, and told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import mails, published_letter
from tests.partners import BO, joined, recipient
from tests.studio.people import somebody, team_called
from undersigned.letters.confirming_alone import (
    FingerprintDiffers,
    NotAlone,
    confirm_alone,
    is_alone,
)
from undersigned.letters.models import Letter, LetterEvent, Partner
from undersigned.letters.partnering import By, KeyChanged, confirm_key, has_key, set_key
from undersigned.mail.models import Message
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key
from undersigned.teams.models import Person, Role, Team
from undersigned.vault.recipients import fingerprint
from undersigned.vault.seal import SealingKeyMissing

MAIL = {"subject": "A key", "text": "Was it you?"}


@pytest.fixture
def team(db: None) -> Team:
    return team_called()


@pytest.fixture
def ana(team: Team) -> By:
    return By("Ana", somebody("Ana", Role.OWNER, team).pk)


@pytest.fixture
def letter(keys: WorkerKeys, team: Team) -> Letter:
    prepare_mail_key(keys.keyring)
    return published_letter(keys, "banned", team=team)


@pytest.fixture
def green(letter: Letter, ana: By) -> Partner:
    partner = joined(letter)
    set_key(partner, recipient(), ana)
    return again(partner)


def again(partner: Partner) -> Partner:
    return Partner.objects.select_related("letter").get(pk=partner.pk)


def three_days_later() -> None:
    Partner.objects.update(key_confirmed_at=timezone.now() - timedelta(days=3))


def test_it_counts_after_three_days_and_its_owner_is_told(
    green: Partner, ana: By, keys: WorkerKeys
) -> None:
    confirm_alone(green, fingerprint(green.recipient).upper().replace(" ", "-"), ana, **MAIL)
    confirmed = again(green)
    assert (confirmed.key_confirmed_by, confirmed.key_confirmed_alone) == ("Ana", True)
    assert has_key(confirmed) is False
    [mail] = mails(keys, topic="partner key")
    assert (mail.to, mail.language) == ("ana@example.org", "en")
    assert (mail.subject, mail.text) == ("A key", "Was it you?")
    event = LetterEvent.objects.latest("pk")
    assert (event.actor, event.act) == ("Ana", "confirm partner key alone")
    assert event.details == {"partner": "Green Union"}
    three_days_later()
    assert has_key(again(green)) is True


def test_what_was_heard_must_be_the_fingerprint(green: Partner, ana: By) -> None:
    for heard in ("", fingerprint(recipient()), fingerprint(green.recipient)[:-1]):
        with pytest.raises(FingerprintDiffers):
            confirm_alone(green, heard, ana, **MAIL)
    assert again(green).key_confirmed_at is None
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("role", "of_letter", "is_active", "alone"),
    [
        (Role.OWNER, False, True, False),
        (Role.EDITOR, False, True, False),
        (Role.EDITOR, True, True, False),
        (Role.EDITOR, False, False, True),
        (Role.MODERATOR, False, True, True),
    ],
)
def test_only_where_nobody_else_works_on_partners(
    green: Partner,
    ana: By,
    team: Team,
    *,
    role: Role,
    of_letter: bool,
    is_active: bool,
    alone: bool,
) -> None:
    somebody("Cy", role, team, letter=green.letter_id if of_letter else None)
    Person.objects.filter(name="Cy").update(is_active=is_active)
    assert is_alone(green, ana.person) is alone
    if not alone:
        with pytest.raises(NotAlone):
            confirm_alone(green, fingerprint(green.recipient), ana, **MAIL)


def test_a_guest_of_another_letter_helps_nobody(
    green: Partner, ana: By, team: Team, keys: WorkerKeys
) -> None:
    somebody("Cy", Role.EDITOR, team, letter=published_letter(keys, "other", team=team).pk)
    assert is_alone(green, ana.person) is True


def test_who_did_not_enter_the_key_confirms_it_as_a_second_person(green: Partner) -> None:
    assert is_alone(green, BO.person) is False


def test_once_is_enough(green: Partner, ana: By) -> None:
    heard = fingerprint(green.recipient)
    confirm_alone(green, heard, ana, **MAIL)
    with pytest.raises(KeyChanged):
        confirm_alone(green, heard, ana, **MAIL)
    Partner.objects.update(recipient="", key_confirmed_at=None)
    with pytest.raises(KeyChanged):
        confirm_alone(green, heard, ana, **MAIL)


def test_a_second_person_ends_the_wait(green: Partner, ana: By) -> None:
    confirm_alone(green, fingerprint(green.recipient), ana, **MAIL)
    confirm_key(green, green.recipient, BO)
    confirmed = again(green)
    assert (confirmed.key_confirmed_by, confirmed.key_confirmed_alone) == ("Bo", False)
    assert has_key(confirmed) is True


def test_another_key_begins_anew(green: Partner, ana: By) -> None:
    confirm_alone(green, fingerprint(green.recipient), ana, **MAIL)
    three_days_later()
    set_key(green, recipient(), ana)
    changed = again(green)
    assert (changed.key_confirmed_at, changed.key_confirmed_alone) == (None, False)


def test_where_no_mail_can_go_nothing_is_confirmed(
    ana: By, team: Team, tmp_path: Path, keys: WorkerKeys
) -> None:
    partner = joined(published_letter(keys, team=team))
    set_key(partner, recipient(), ana)
    with pytest.raises(SealingKeyMissing):
        confirm_alone(partner, fingerprint(again(partner).recipient), ana, **MAIL)
    assert again(partner).key_confirmed_at is None
