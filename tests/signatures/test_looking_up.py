"""Finding a person on request: by the worker, for the studio, for a day."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import confirmed, link_of, listed, published_letter, signed, text, worker_keys
from tests.partners import joined
from undersigned.letters.models import Letter
from undersigned.mail.models import Allowance
from undersigned.signatures import looking_up
from undersigned.signatures.addresses import AddressRefused
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.errands import Cancelled
from undersigned.signatures.held_data import describe
from undersigned.signatures.looking_up import (
    MOST,
    NotAnswered,
    answer_look_ups,
    ask_for_address,
    ask_for_name,
    ask_to_erase,
    read_answer,
)
from undersigned.signatures.models import (
    ErrandState,
    Kind,
    LookUp,
    Notice,
    PartnerFile,
    PassedOn,
    Signature,
    State,
)
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import (
    INSTALLATION,
    prepare_mail_key,
    prepare_studio_key,
    studio_opener,
)
from undersigned.teams.models import Team, TeamEvent
from undersigned.vault.open import Opener

pytestmark = pytest.mark.django_db
ADDRESS = "ana.canary@gmail.com"


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    keys = worker_keys(tmp_path)
    prepare_mail_key(keys.keyring)
    prepare_studio_key(tmp_path / "web")
    return keys


@pytest.fixture
def opener(keys: WorkerKeys, tmp_path: Path) -> Opener:
    return studio_opener(tmp_path / "web")


@pytest.fixture
def team() -> Team:
    return Team.objects.create(name="Coalition")


@pytest.fixture
def letter(keys: WorkerKeys, team: Team) -> Letter:
    return published_letter(keys, "one", team=team, texts=[text(title="The first letter")])


_ASIDE = {"mails", "signed_at", "consent_changes"}


def answered(look_up: LookUp, keys: WorkerKeys, opener: Opener) -> dict[str, object]:
    assert answer_look_ups(keys) == 1
    look_up.refresh_from_db()
    return read_answer(look_up, opener, timezone.now())


def test_everything_of_a_mailbox_is_found_under_all_letters_of_the_team(
    letter: Letter, keys: WorkerKeys, opener: Opener, team: Team
) -> None:
    second = published_letter(keys, "two", team=team)
    elsewhere = published_letter(keys, "three", team=Team.objects.create(name="Other"))
    shown = listed(
        letter,
        keys,
        name="Ana Canary",
        title="Teacher",
        address=ADDRESS,
        country="UY",
        consent_updates=True,
    )
    waiting = confirmed(second, keys, name="Ana Canary", address="anacanary+x@googlemail.com")
    listed(elsewhere, keys, name="Ana Canary", address=ADDRESS)
    listed(letter, keys, name="Bo Other")
    notice = Notice.objects.create(
        signature=shown, topic="void", occasion="x", not_before=timezone.now()
    )

    look_up = ask_for_address(team.pk, f" {ADDRESS} ", actor="Ola")
    answer = answered(look_up, keys, opener)

    assert look_up.found == 2
    assert look_up.sealed_question is None
    assert answer["address"] == ADDRESS
    first, other = answer["signatures"]  # type: ignore[misc]
    confirmed_at = shown.confirmed_at and shown.confirmed_at.isoformat()
    signed_at = shown.created_at.isoformat()
    publication, updates = "Publish the name with this letter", "Send me updates on this letter"
    assert {name: first[name] for name in first if name not in _ASIDE} == {  # type: ignore[has-type]
        "signature": str(shown.pk),
        "letter": "The first letter",
        "slug": "one",
        "state": "listed",
        "kind": "individual",
        "readable": True,
        "address": ADDRESS,
        "name": "Ana Canary",
        "title": "Teacher",
        "affiliation": "",
        "role": "",
        "website": "",
        "place": "",
        "country": "UY",
        "visibility": "public",
        "language": "en",
        "source": "web",
        "confirmed_at": confirmed_at,
        "edition": 1,
        "consents": [
            {"purpose": "publication", "words": publication, "given": True, "at": confirmed_at},
            {"purpose": "updates", "words": updates, "given": True, "at": signed_at},
            {"purpose": "delivery", "words": "", "given": True, "at": confirmed_at},
        ],
        "partners": [],
        "handed_over": [],
        "corrections": [],
    }
    assert [(mail["topic"], mail["state"]) for mail in first["mails"]] == [  # type: ignore[has-type]
        ("confirm", "queued")
    ]
    assert (other["signature"], other["address"]) == (  # type: ignore[has-type]
        str(waiting.pk),
        "anacanary+x@googlemail.com",
    )
    assert notice.topic == "void"


def test_nobody_is_found_with_another_address(
    letter: Letter, keys: WorkerKeys, opener: Opener, team: Team
) -> None:
    listed(letter, keys)
    look_up = ask_for_address(team.pk, "nobody@example.org", actor="Ola")
    assert answered(look_up, keys, opener) == {"address": "nobody@example.org", "signatures": []}


def test_entries_of_a_list_are_found_by_name(
    letter: Letter, keys: WorkerKeys, opener: Opener, team: Team
) -> None:
    enroll(letter, [Enrolled(kind=Kind.INDIVIDUAL, name="Łucja Canary", place="Global")])
    listed(letter, keys, name="Lucja Canary", address=ADDRESS)
    answer = answered(ask_for_name(team.pk, "lucja CANARY", actor="Ola"), keys, opener)
    [only] = answer["signatures"]  # type: ignore[misc]
    assert (only["name"], only["place"], only["address"]) == ("Łucja Canary", "Global", "")  # type: ignore[has-type]
    assert answered(ask_for_name(team.pk, " ! ", actor="Ola"), keys, opener)["signatures"] == []
    assert MOST == 50


def test_the_question_and_the_answer_are_in_the_database_for_nobody(
    letter: Letter, keys: WorkerKeys, opener: Opener, team: Team
) -> None:
    listed(letter, keys, name="Ana Canary", address=ADDRESS)
    look_up = ask_for_address(team.pk, ADDRESS, actor="Ola")
    everything = repr([LookUp.objects.values(), TeamEvent.objects.values()])
    answered(look_up, keys, opener)
    everything += repr([LookUp.objects.values(), TeamEvent.objects.values()])
    assert "Ola" in everything
    assert "canary" not in everything.lower()
    told = TeamEvent.objects.order_by("pk").values_list("actor", "act", "details")
    assert list(told) == [("Ola", "look up a person", {}), ("worker", "answer look-up", {})]


def test_an_address_that_is_none_is_refused(keys: WorkerKeys, team: Team) -> None:
    with pytest.raises(AddressRefused):
        ask_for_address(team.pk, "nonsense", actor="Ola")
    assert not LookUp.objects.exists()


def test_answers_are_gone_after_a_day(
    letter: Letter, keys: WorkerKeys, opener: Opener, team: Team
) -> None:
    look_up = ask_for_address(team.pk, ADDRESS, actor="Ola")
    with pytest.raises(NotAnswered):
        read_answer(look_up, opener, timezone.now())
    answered(look_up, keys, opener)
    tomorrow = timezone.now() + timedelta(days=1, seconds=1)
    with pytest.raises(NotAnswered):
        read_answer(look_up, opener, tomorrow)
    LookUp.objects.update(ended_at=timezone.now() - timedelta(days=1))
    assert answer_look_ups(keys) == 0
    look_up.refresh_from_db()
    assert look_up.sealed_answer is None
    with pytest.raises(NotAnswered):
        read_answer(look_up, opener, timezone.now() - timedelta(hours=1))


def test_an_answer_to_another_key_is_none(
    letter: Letter, keys: WorkerKeys, team: Team, tmp_path: Path
) -> None:
    look_up = ask_for_address(team.pk, ADDRESS, actor="Ola")
    answer_look_ups(keys)
    look_up.refresh_from_db()
    prepare_studio_key(tmp_path / "another web")
    with pytest.raises(NotAnswered):
        read_answer(look_up, studio_opener(tmp_path / "another web"), timezone.now())


def test_erasing_what_was_found(
    letter: Letter, keys: WorkerKeys, opener: Opener, team: Team
) -> None:
    shown = listed(letter, keys, name="Ana Canary", address=ADDRESS)
    foreign = listed(
        published_letter(keys, team=Team.objects.create(name="Other")), keys, address=ADDRESS
    )
    found = ask_for_address(team.pk, ADDRESS, actor="Ola")
    answered(found, keys, opener)
    assert Allowance.objects.count() == 2

    erasing = ask_to_erase(team.pk, [shown.pk, foreign.pk], ADDRESS, actor="Ola")
    answer = answered(erasing, keys, opener)

    told = TeamEvent.objects.order_by("-pk").values_list("actor", "act", "details")
    assert list(told[:2]) == [("worker", "carry erasure out", {}), ("Ola", "ask for erasure", {})]
    assert answer["done"] == {
        "deleted": 0,
        "withdrawn": 0,
        "nameless": 1,
        "organisations": 0,
        "emptied": 0,
    }
    shown.refresh_from_db()
    foreign.refresh_from_db()
    assert (shown.name, foreign.name) == ("", "Ana Example"), "another team's is not ours"
    assert not Allowance.objects.exists()
    found.refresh_from_db()
    assert found.sealed_answer is None
    look_again = ask_for_address(team.pk, ADDRESS, actor="Ola")
    assert answered(look_again, keys, opener)["signatures"] == []


def test_erasing_an_entry_of_a_list(
    letter: Letter, keys: WorkerKeys, opener: Opener, team: Team
) -> None:
    enroll(letter, [Enrolled(kind=Kind.INDIVIDUAL, name="Łucja Canary")])
    row = Signature.objects.get()
    answered(ask_to_erase(team.pk, [row.pk], "", actor="Ola"), keys, opener)
    row.refresh_from_db()
    assert (row.state, row.name) == (State.LISTED, "")


def test_what_cannot_be_opened_is_said(
    letter: Letter, keys: WorkerKeys, opener: Opener, team: Team
) -> None:
    listed(letter, keys, name="Ana Canary", address=ADDRESS)
    link_of(signed(letter), keys)
    Signature.objects.update(sealed_details=b"altered")
    answer = answered(ask_for_address(team.pk, ADDRESS, actor="Ola"), keys, opener)
    [only] = answer["signatures"]  # type: ignore[misc]
    assert (only["readable"], only["name"], only["address"]) == (False, "Ana Canary", "")  # type: ignore[has-type]


def test_a_page_in_another_language_had_the_words_of_the_letters_own(
    letter: Letter, keys: WorkerKeys, opener: Opener, team: Team
) -> None:
    row = listed(letter, keys, name="Ana Canary", address=ADDRESS)
    Signature.objects.filter(pk=row.pk).update(language="es")
    answer = answered(ask_for_address(team.pk, ADDRESS, actor="Ola"), keys, opener)
    [only] = answer["signatures"]  # type: ignore[misc]
    assert only["consents"][0]["words"] == "Publish the name with this letter"  # type: ignore[has-type]
    letter.editions.get().translations.all().delete()
    answer = answered(ask_for_address(team.pk, ADDRESS, actor="Ola"), keys, opener)
    [only] = answer["signatures"]  # type: ignore[misc]
    assert json.dumps(only["consents"]).count('"words": ""') == 3  # type: ignore[has-type]


def test_without_keys_it_is_given_up(
    letter: Letter, keys: WorkerKeys, team: Team, tmp_path: Path
) -> None:
    first = ask_for_address(team.pk, ADDRESS, actor="Ola")
    (tmp_path / "keys" / "letters" / str(INSTALLATION)).unlink()
    assert answer_look_ups(worker_keys(tmp_path)) == 1
    first.refresh_from_db()
    assert (first.state, first.sealed_question) == (ErrandState.FAILED, None)
    assert first.outcome == looking_up.KEY_MISSING
    assert not TeamEvent.objects.filter(actor="worker").exists(), "nothing was answered"


def test_a_question_that_was_altered_is_given_up(
    letter: Letter, keys: WorkerKeys, team: Team
) -> None:
    look_up = ask_for_address(team.pk, ADDRESS, actor="Ola")
    LookUp.objects.update(sealed_question=None)
    assert answer_look_ups(keys) == 1
    look_up.refresh_from_db()
    assert look_up.outcome == looking_up.UNREADABLE


def test_one_that_was_cancelled_meanwhile_is_left(
    letter: Letter, keys: WorkerKeys, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancel(*_: object, **__: object) -> None:
        raise Cancelled

    ask_for_address(team.pk, ADDRESS, actor="Ola")
    monkeypatch.setattr(looking_up, "finish", cancel)
    assert answer_look_ups(keys) == 1
    assert not TeamEvent.objects.filter(actor="worker").exists()


def test_to_whom_the_address_was_handed_and_what_was_corrected(
    letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, name="Ana Canary", address=ADDRESS)
    at = timezone.now()
    for slug, fetched_at in (("green", at), ("river", None)):
        partner = joined(letter, slug=slug)
        file = PartnerFile.objects.create(partner=partner, number=1, fetched_at=fetched_at)
        PassedOn.objects.create(partner=partner, signature=row.pk, given_in=file)
    before = {"place": "", "country": "", "sorts_as": ""}
    row.corrections.create(sealed=b"x", actor="Ana", at=at, before=before, waits=True)
    [held] = describe([row], keys)
    assert held["handed_over"] == [{"partner": "Green Union", "at": at.isoformat()}]
    assert held["corrections"] == [
        {"at": at.isoformat(), "pseudonym": False, "waits": True, "withdrawn": False}
    ]
