"""What only the worker can read of an organisation's people is hidden by it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.builders import confirmed, listed
from tests.signatures.behind_links import own_link
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import errands, hiding, hiding_sealed
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.appearing import appear
from undersigned.signatures.correcting import correct
from undersigned.signatures.deciding import By
from undersigned.signatures.exporting.presets import Purpose
from undersigned.signatures.exporting.rows import read_rows
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import Counted, count_group, hide_group, hide_rows
from undersigned.signatures.hiding_sealed import hide_sealed
from undersigned.signatures.leaving import leave
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import Decided, Decision, ErrandState, Hiding, Signature
from undersigned.signatures.showing_again import hidden_groups, show_again
from undersigned.signatures.signatories import first_signatories, withdrawn_openly
from undersigned.signatures.worker_keys import WorkerKeys

UNION = Group(Shared.ORGANISATION, "perilous union")
OF_THE_UNION = {"affiliation": "Perilous Union, Minsk"}


@pytest.fixture
def by(letter: Letter) -> By:
    return By(letter, "Mo")


def names(letter: Letter) -> list[str]:
    shown = first_signatories(letter, "en")
    return sorted(one.name for one in (*shown.people, *shown.organisations))


def visibilities() -> dict[str, int]:
    found = list(Signature.objects.values_list("visibility", flat=True))
    return {one: found.count(one) for one in sorted(set(found))}


def test_who_waits_or_appears_otherwise_is_found(
    by: By, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hiding_sealed, "CHUNK", 2)
    letter = by.letter
    listed(letter, keys, name="Fulla", **OF_THE_UNION)
    listed(letter, keys, name="Ini Tials", choice="initials", **OF_THE_UNION)
    listed(letter, keys, name="Reci Pient", choice="recipient", **OF_THE_UNION)
    listed(letter, keys, name="Coun Ted", choice="counted", **OF_THE_UNION)
    confirmed(letter, keys, kind="organisation", name="The Perilous Union", role="Chair")
    listed(letter, keys, name="Bo Other", choice="initials")
    confirmed(letter, keys, name="Wai Ting", **OF_THE_UNION)
    assert count_group(letter, UNION) == Counted(1, 0)
    assert hide_group(by, UNION) == 1
    assert names(letter) == ["B. O.", "I. T."]

    assert hide_sealed(keys) == 1

    while list_confirmed(keys):
        pass
    assert names(letter) == ["B. O."]
    assert visibilities() == {"counted": 6, "initials": 1}
    addressee = [one.row.name for one in read_rows(letter, Purpose.ADDRESSEE, "en", keys)]
    assert addressee == ["B. O."]
    assert hide_sealed(keys) == 0
    order = Hiding.objects.get()
    assert (order.state, order.done, order.total) == (ErrandState.DONE, 7, 7)
    events = LetterEvent.objects.filter(act="hide signatures").order_by("pk")
    assert [(one.actor, one.details["signatures"]) for one in events] == [("Mo", 1), ("worker", 4)]
    assert events[1].details["reason"] == "perilous union"


def test_after_a_review_all_are_as_they_were(by: By, keys: WorkerKeys) -> None:
    rows = {
        choice: listed(by.letter, keys, name="Ana", choice=choice, **OF_THE_UNION)
        for choice in ("initials", "recipient", "counted")
    }
    hide_group(by, UNION)
    hide_sealed(keys)
    assert visibilities() == {"counted": 3}
    assert show_again(By(by.letter, "Ola", 7), hidden_groups(by.letter)[0].pk) == 2
    rows["recipient"].refresh_from_db()
    assert rows["recipient"].visibility == "recipient"
    assert rows["initials"].requests.get().visibility == "initials"


def test_the_affiliation_as_corrected(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, name="Ana", choice="recipient", affiliation="P. Union")
    correct(by, row.pk, {"affiliation": "Perilous Union"})
    hide_group(by, UNION)
    hide_sealed(keys)
    assert visibilities() == {"counted": 1}


def test_who_left_openly_loses_the_name(by: By, keys: WorkerKeys) -> None:
    Letter.objects.update(withdrawals="open")
    by.letter.refresh_from_db()
    for name, affiliation in (("Ana", "Perilous Union"), ("Bo", "")):
        leave(own_link(listed(by.letter, keys, name=name, affiliation=affiliation), keys))
    hide_group(by, UNION)
    revision = Letter.objects.get().revision
    hide_sealed(keys)
    assert [one.name for one in withdrawn_openly(by.letter)] == ["Bo"]
    assert Letter.objects.get().revision > revision
    assert LetterEvent.objects.get(actor="worker").details["signatures"] == 1


def test_a_countrys_hide_that_broke_off_is_finished_by_the_worker(
    by: By, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hiding, "CHUNK", 1)
    for name in ("Ana", "Bo", "Chi"):
        listed(by.letter, keys, name=name, country="BY")
    done = []

    def killed(decision: Decision, chosen: Sequence[uuid.UUID], now: datetime) -> object:
        if done:
            raise KeyboardInterrupt
        done.append(hide_rows(decision, chosen, now))
        return done[0]

    monkeypatch.setattr(hiding, "hide_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        hide_group(by, Group(Shared.COUNTRY, "BY"))
    assert Signature.objects.exclude(name="").count() == 2
    assert hide_sealed(keys) == 1
    assert not Signature.objects.exclude(name="").exists()


def test_who_chose_before_the_worker_looked_keeps_the_choice(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, name="Ana", choice="initials", **OF_THE_UNION)
    hide_group(by, UNION)
    assert appear(own_link(row, keys), "public")
    hide_sealed(keys)
    answer_signers(keys)
    row.refresh_from_db()
    assert (row.visibility, row.name) == ("public", "Ana")


def test_a_killed_worker_leaves_nobody_out(
    by: By, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hiding_sealed, "CHUNK", 1)
    for name in ("Ana", "Bo"):
        listed(by.letter, keys, name=name, choice="recipient", **OF_THE_UNION)
    hide_group(by, UNION)

    def killed(*_: object) -> None:
        raise errands.Cancelled

    with monkeypatch.context() as patched:
        patched.setattr(errands, "report", killed)
        assert hide_sealed(keys) == 1
    assert visibilities() == {"counted": 1, "recipient": 1}
    assert hide_sealed(keys) == 0  # another one may be at it
    Hiding.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert hide_sealed(keys) == 1
    assert visibilities() == {"counted": 2}
    assert Decided.objects.count() == 2


def test_without_the_key_it_is_taken_up_until_it_is_back(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, choice="recipient", **OF_THE_UNION)
    hide_group(by, UNION)
    folder = keys.keyring.folder
    away = folder.rename(folder.with_name("away"))
    assert hide_sealed(WorkerKeys(keys.keyring)) == 1
    away.rename(folder)
    assert Hiding.objects.get().state == ErrandState.RUNNING
    Hiding.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert hide_sealed(WorkerKeys(keys.keyring)) == 1
    row.refresh_from_db()
    assert row.visibility == "counted"


def test_after_the_key_was_destroyed_there_is_nothing_to_look_for(by: By, keys: WorkerKeys) -> None:
    listed(by.letter, keys, choice="initials", **OF_THE_UNION)
    hide_group(by, UNION)
    keys.destroy(by.letter.pk)
    assert hide_sealed(keys) == 1
    assert Hiding.objects.get().state == ErrandState.DONE


def test_what_cannot_be_opened_is_left_out(by: By, keys: WorkerKeys) -> None:
    broken = listed(by.letter, keys, choice="recipient", **OF_THE_UNION)
    listed(by.letter, keys, choice="recipient", **OF_THE_UNION)
    Signature.objects.filter(pk=broken.pk).update(sealed_details=b"broken")
    hide_group(by, UNION)
    assert hide_sealed(keys) == 1
    assert visibilities() == {"counted": 1, "recipient": 1}
    assert Hiding.objects.get().state == ErrandState.DONE
