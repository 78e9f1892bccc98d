"""How a signer appears, by their own wish: less at once, more by the worker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import confirmed, listed
from tests.signatures.behind_links import own_link
from undersigned.letters.models import Letter
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.appearing import appear
from undersigned.signatures.counting import count_changes
from undersigned.signatures.day_counting import FROM, SHOWN_FROM, recount_days
from undersigned.signatures.models import (
    ConsentChange,
    DayCount,
    Export,
    Signature,
    SignerRequest,
    State,
)
from undersigned.signatures.signatories import first_signatories
from undersigned.signatures.worker_keys import WorkerKeys


def names(letter: Letter) -> list[str]:
    return [one.name for one in first_signatories(letter, "en").people]


def days(what: str) -> int:
    return sum(DayCount.objects.filter(what=what).values_list("total", flat=True))


def test_hiding_takes_effect_at_once(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana Canary", title="Teacher", country="BY")
    Signature.objects.update(is_featured=True, position=3, place="Minsk")
    count_changes()
    revision = Letter.objects.get().revision

    assert appear(own_link(row, keys), "counted") is True

    row.refresh_from_db()
    assert (row.state, row.visibility, row.consent_publication) == ("listed", "counted", False)
    assert (row.name, row.title, row.place, row.search, row.sorts_as) == ("", "", "", "", "")
    assert (bytes(row.sort_key), row.is_featured, row.position) == (b"", False, 0)
    assert names(letter) == []
    assert Letter.objects.get().revision == revision + 1


def test_the_figures_follow_and_nothing_drifts(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, country="BY")
    count_changes()
    assert (days(FROM), days(SHOWN_FROM)) == (1, 1)
    appear(own_link(row, keys), "counted")
    assert recount_days() == 0
    count_changes()
    assert (days(FROM), days(SHOWN_FROM)) == (1, 0)
    assert recount_days() == 0


def test_initials_are_made_of_the_name_that_stands_there(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana Lucía Example", title="Teacher")
    appear(own_link(row, keys), "initials")
    row.refresh_from_db()
    assert (row.name, row.title, row.visibility) == ("A. L. E.", "", "initials")
    assert row.consent_publication is True
    assert names(letter) == ["A. L. E."]


@pytest.mark.parametrize("choice", ["initials", "recipient", "counted"])
def test_showing_more_waits_for_the_worker(letter: Letter, keys: WorkerKeys, choice: str) -> None:
    row = listed(letter, keys, name="Ana Example", title="Teacher", choice=choice)
    assert appear(own_link(row, keys), "public") is True
    row.refresh_from_db()
    assert row.visibility == choice
    assert "Ana Example" not in names(letter)

    assert [answer_signers(keys), answer_signers(keys)] == [1, 0]

    row.refresh_from_db()
    assert (row.visibility, row.name, row.title) == ("public", "Ana Example", "Teacher")
    assert names(letter) == ["Ana Example"]
    count_changes()
    assert recount_days() == 0


def test_who_thinks_better_of_it_is_not_shown(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, choice="counted")
    token = own_link(row, keys)
    appear(token, "public")
    appear(token, "counted")
    assert not SignerRequest.objects.exists()
    assert answer_signers(keys) == 0
    row.refresh_from_db()
    assert (row.visibility, row.name) == ("counted", "")


def test_who_left_meanwhile_is_not_shown(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, choice="counted")
    appear(own_link(row, keys), "public")
    Signature.objects.update(state=State.WITHDRAWN)
    assert answer_signers(keys) == 1
    row.refresh_from_db()
    assert (row.visibility, row.name) == ("counted", "")


def test_of_one_that_waits_only_the_choice_changes(letter: Letter, keys: WorkerKeys) -> None:
    row = confirmed(letter, keys, choice="counted")
    appear(own_link(row, keys), "public")
    row.refresh_from_db()
    assert (row.state, row.visibility, row.consent_publication) == ("confirmed", "public", True)
    assert not SignerRequest.objects.exists()


def test_consents_are_noted_with_what_they_stood_beside(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys)
    token = own_link(row, keys)
    appear(token, "counted")
    appear(token, "counted")
    noted = ConsentChange.objects.order_by("purpose")
    assert [(one.purpose, one.is_given) for one in noted] == [
        ("delivery", False),
        ("publication", False),
    ]
    assert {(one.edition_id, one.language) for one in noted} == {(row.edition_id, "en")}


def test_files_that_wait_to_be_fetched_end(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys)
    far = timezone.now() + timedelta(hours=20)
    export = Export.objects.create(
        letter=letter, form="csv", preset="public", language="en", actor="Bo",
        sealed_key=b"key", expires_at=far,
    )  # fmt: skip
    appear(own_link(row, keys), "recipient")
    export.refresh_from_db()
    assert export.expires_at is not None
    assert export.expires_at <= timezone.now()


def test_what_cannot_be_chosen(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys)
    token = own_link(row, keys)
    assert appear("A" * 22, "counted") is False
    with pytest.raises(ValueError, match="not a valid"):
        appear(token, "everywhere")
    Signature.objects.update(state=State.DECLINED)
    assert appear(token, "counted") is False
