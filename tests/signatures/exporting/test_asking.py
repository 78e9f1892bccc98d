"""Ordering an export: by whom, of what, and with whose approval."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.builders import published_letter
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures.errands import take
from undersigned.signatures.exporting import asking
from undersigned.signatures.exporting.asking import MAY_BE_WRITTEN
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.models import ErrandState, Export
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Person
from undersigned.teams.rules import Act

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, slug="banned")


@pytest.fixture
def ana() -> Person:
    return Person.objects.create(email="ana@example.org", name="Ana")


@pytest.fixture
def another_ana() -> Person:
    return Person.objects.create(email="other@example.org", name="Ana")


def asked(letter: Letter, person: Person, preset: str = "public", form: str = "csv") -> Export:
    return asking.ask(letter, person, form=form, preset=PRESETS[preset], language="en")


def events() -> list[tuple[str, str]]:
    found = LetterEvent.objects.filter(act__contains="export").order_by("pk")
    return list(found.values_list("actor", "act"))


def test_what_is_public_is_written_at_once(letter: Letter, ana: Person) -> None:
    export = asked(letter, ana)
    assert take(Export, timezone.now(), only=MAY_BE_WRITTEN) == export
    assert events() == [("Ana", "ask for export")]


def test_addresses_wait_for_a_second_person_of_whatever_name(
    letter: Letter, ana: Person, another_ana: Person
) -> None:
    export = asked(letter, ana, "listmonk")
    assert take(Export, timezone.now(), only=MAY_BE_WRITTEN) is None
    with pytest.raises(asking.SamePerson):
        asking.approve(export, ana)
    asking.approve(export, another_ana)
    assert take(Export, timezone.now(), only=MAY_BE_WRITTEN) == export
    with pytest.raises(asking.NothingToApprove):
        asking.approve(export, another_ana)
    assert events() == [("Ana", "ask for export"), ("Ana", "approve export")]


def test_who_may_depends_on_what_it_holds() -> None:
    acts = {name: asking.act_for(preset) for name, preset in PRESETS.items()}
    assert {name for name, act in acts.items() if act is Act.EXPORT_NAMES} == {
        "public",
        "addressee",
    }
    assert set(acts.values()) == {Act.EXPORT_NAMES, Act.EXPORT_CONTACTS}


@pytest.mark.parametrize(("form", "preset"), [("pdf", "full"), ("pdf", "brevo"), ("doc", "public")])
def test_what_does_not_exist_cannot_be_ordered(
    letter: Letter, ana: Person, form: str, preset: str
) -> None:
    with pytest.raises(asking.NoSuchExport):
        asked(letter, ana, preset, form)
    assert not Export.objects.exists()


def test_an_order_is_taken_back_once(letter: Letter, ana: Person) -> None:
    export = asked(letter, ana)
    assert [asking.cancel(export, ana), asking.cancel(export, ana)] == [True, False]
    assert events() == [("Ana", "ask for export"), ("Ana", "cancel export")]


def test_the_same_once_more_is_the_order_of_whoever_asks(
    letter: Letter, ana: Person, another_ana: Person
) -> None:
    export = asked(letter, ana, "mautic")
    renewed = asking.again(export, another_ana)
    assert (renewed.asked_by, renewed.preset, renewed.needs_approval) == (
        another_ana,
        "mautic",
        True,
    )


def test_who_fetched_it_is_noted(letter: Letter, ana: Person) -> None:
    asking.note_fetched(asked(letter, ana), ana)
    assert events()[-1] == ("Ana", "fetch export")


def test_a_file_is_there_for_a_day(letter: Letter, ana: Person) -> None:
    export = asked(letter, ana)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert not asking.is_there(export)
    export.state, export.sealed_key = ErrandState.DONE, b"sealed"
    export.expires_at = now + asking.LIFETIME
    assert asking.is_there(export, now)
    assert not asking.is_there(export, now + timedelta(hours=24))


def test_files_are_called_after_what_they_hold(letter: Letter, ana: Person) -> None:
    export = asked(letter, ana, "addressee", "pdf")
    export.asked_at = datetime(2026, 11, 23, tzinfo=UTC)
    assert asking.file_name(export) == "banned-addressee-en-2026-11-23.pdf"
