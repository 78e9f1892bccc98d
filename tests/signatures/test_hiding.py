"""People at risk: the names of a country or an organisation, hidden in one act."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from tests.builders import confirmed, listed
from tests.signatures.behind_links import own_link
from tests.signatures.canaries import everything_stored
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import hiding
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.appearing import appear
from undersigned.signatures.consents import consents_of
from undersigned.signatures.counting import count_changes, read_counts
from undersigned.signatures.day_counting import recount_days
from undersigned.signatures.deciding import By
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import Counted, count_group, hide_group
from undersigned.signatures.leaving import leave
from undersigned.signatures.models import Decided, Decision, Kind, Signature, Source, State
from undersigned.signatures.paper import Entry, Sheet, enter_sheet, names_on_paper
from undersigned.signatures.showing_again import (
    NothingHidden,
    SamePerson,
    hidden_groups,
    show_again,
)
from undersigned.signatures.signatories import first_signatories, withdrawn_openly
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.seal import SealingKeyMissing

BELARUS = Group(Shared.COUNTRY, "BY")


def names(letter: Letter) -> list[str]:
    shown = first_signatories(letter, "en")
    return sorted(one.name for one in (*shown.people, *shown.organisations))


def test_a_whole_country_in_one_act(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hiding, "CHUNK", 2)
    for name in ("Ana", "Bo", "Chi"):
        listed(letter, keys, name=name, country="BY")
    listed(letter, keys, name="Dan", country="BY", choice="counted")
    listed(letter, keys, kind="organisation", name="Example Union", role="x", country="BY")
    waits = confirmed(letter, keys, name="Eva", country="BY")
    listed(letter, keys, name="Fay", country="PL")
    count_changes()
    revision = Letter.objects.get().revision
    assert count_group(letter, BELARUS) == Counted(5, 1)

    assert hide_group(By(letter, "Mo"), BELARUS) == 5

    assert names(letter) == ["Fay"]
    waits.refresh_from_db()
    assert (waits.state, waits.visibility) == (State.LISTED, "counted")
    letter.refresh_from_db()
    assert letter.revision > revision
    assert letter.cautious_countries == ["BY"]
    count_changes()
    assert read_counts(letter).total == 7
    assert recount_days() == 0
    event = LetterEvent.objects.get(act="hide signatures")
    assert (event.actor, event.details["signatures"], event.details["reason"]) == ("Mo", 5, "BY")


def test_the_people_of_an_organisation(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Ana", affiliation="Example University, Minsk")
    listed(letter, keys, name="Bo", affiliation="Universitas Example")
    listed(letter, keys, name="Example University Chi")
    listed(letter, keys, kind="organisation", name="Example University", role="x")
    group = Group(Shared.ORGANISATION, "example university")
    assert count_group(letter, group) == Counted(2, 1)
    assert hide_group(By(letter, "Mo"), group) == 2
    assert names(letter) == ["Bo", "Example University Chi"]
    nothing = Group(Shared.ORGANISATION, "…")
    assert count_group(letter, nothing) == Counted(0, 0)
    assert hide_group(By(letter, "Mo"), nothing) == 0
    assert Decision.objects.filter(act="hide").count() == 1


def test_each_can_appear_again(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana", country="BY")
    hide_group(By(letter, "Mo"), BELARUS)
    row.refresh_from_db()
    assert [one.is_given for one in consents_of(row)] == [True, False, True]
    appear(own_link(row, keys), "public")
    answer_signers(keys)
    assert names(letter) == ["Ana"]
    assert not row.consent_changes.exists()


def test_after_a_review_they_are_shown_as_they_were(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Ana Example", title="Teacher", country="BY")
    listed(letter, keys, name="Bo Example", country="BY", choice="initials")
    addressee = listed(letter, keys, name="Chi", country="BY", choice="recipient")
    stays = listed(letter, keys, name="Dan", country="BY")
    hide_group(By(letter, "Mo"), BELARUS)
    appear(own_link(stays, keys), "counted")
    [decision] = hidden_groups(letter)
    with pytest.raises(SamePerson):
        show_again(By(letter, "Mo"), decision.pk)
    assert show_again(By(letter, "Ola", 7), decision.pk) == 3
    with pytest.raises(NothingHidden):
        show_again(By(letter, "Ola", 7), decision.pk)

    answer_signers(keys)
    assert names(letter) == ["Ana Example", "B. E."]
    addressee.refresh_from_db()
    assert addressee.visibility == "recipient"
    assert hidden_groups(letter) == []
    count_changes()
    assert recount_days() == 0


def test_what_an_import_said_in_clear_is_sealed_and_comes_back(
    letter: Letter, keys: WorkerKeys
) -> None:
    entry = Enrolled(Kind.INDIVIDUAL, "Ana Canary", title="Teacher", place="Minsk", country="BY")
    enroll(letter, [entry])
    hide_group(By(letter, "Mo"), BELARUS)
    row = Signature.objects.get()
    assert (row.name, row.title, row.source) == ("", "", Source.IMPORT)
    assert "canary" not in everything_stored()
    show_again(By(letter, "Ola", 7), hidden_groups(letter)[0].pk)
    answer_signers(keys)
    row.refresh_from_db()
    assert (row.name, row.title, row.place) == ("Ana Canary", "Teacher", "Minsk")


def test_one_that_still_waits_keeps_its_choice_for_later(letter: Letter, keys: WorkerKeys) -> None:
    row = confirmed(letter, keys, country="BY")
    hide_group(By(letter, "Mo"), BELARUS)
    row.refresh_from_db()
    assert (row.state, row.visibility) == (State.CONFIRMED, "counted")
    show_again(By(letter, "Ola", 7), hidden_groups(letter)[0].pk)
    row.refresh_from_db()
    assert row.visibility == "public"


def test_what_was_hidden_before_is_known_as_a_group(letter: Letter) -> None:
    for reason, act in (("BY", "hide"), ("Example Union", "hide"), ("name", "decline")):
        Decision.objects.create(letter=letter, act=act, reason=reason, at=timezone.now())
    migration = import_module("undersigned.signatures.migrations.0009_standing_hides")
    migration.say_what_was_hidden(apps, None)
    found = Decision.objects.order_by("reason").values_list("reason", "hides_by")
    assert list(found) == [("BY", "country"), ("Example Union", "organisation"), ("name", "")]


def test_without_a_key_imports_are_not_lost(letter: Letter, keys: WorkerKeys) -> None:
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, "Ana", country="BY")])
    Letter.objects.update(sealing_key=None)
    with pytest.raises(SealingKeyMissing):
        hide_group(By(letter, "Mo"), BELARUS)
    assert names(letter) == ["Ana"]
    assert hidden_groups(letter) == []


def test_a_country_that_was_hidden_before_is_warned_of_once(
    letter: Letter, keys: WorkerKeys
) -> None:
    for _ in range(2):
        listed(letter, keys, country="BY")
        hide_group(By(letter, "Mo"), BELARUS)
    letter.refresh_from_db()
    assert letter.cautious_countries == ["BY"]


def test_who_left_openly_is_hidden_too(letter: Letter, keys: WorkerKeys) -> None:
    Letter.objects.update(withdrawals="open")
    letter.refresh_from_db()
    for changes in ({"name": "Ana", "country": "BY"}, {"name": "Dan", "country": "PL"}):
        leave(own_link(listed(letter, keys, **changes), keys))
    union = {"kind": "organisation", "name": "Example Union", "role": "x"}
    leave(own_link(listed(letter, keys, **union), keys))
    revision = Letter.objects.get().revision
    assert count_group(letter, BELARUS) == Counted(1, 0)
    assert hide_group(By(letter, "Mo"), BELARUS) == 1
    assert [one.name for one in withdrawn_openly(letter)] == ["Dan", "Example Union"]
    assert Letter.objects.get().revision > revision
    assert not Decided.objects.filter(
        decision__act="hide"
    ).exists()  # there is nobody who could be shown again
    group = Group(Shared.ORGANISATION, "example union")
    assert count_group(letter, group) == Counted(1, 1)
    assert hide_group(By(letter, "Mo"), group) == 1
    assert [one.name for one in withdrawn_openly(letter)] == ["Dan"]
    assert Signature.objects.filter(withdrawn_on__isnull=False).count() == 1
    events = LetterEvent.objects.filter(act="hide signatures").order_by("pk")
    assert [(one.details["signatures"], one.details["reason"]) for one in events] == [
        (1, "BY"),
        (1, "example union"),
    ]


def test_who_left_openly_since_is_hidden_without_another_decision(
    letter: Letter, keys: WorkerKeys
) -> None:
    Letter.objects.update(withdrawals="open")
    by = By(Letter.objects.get(), "Mo")
    hide_group(by, BELARUS)
    leave(own_link(listed(letter, keys, name="Ana", country="BY"), keys))
    assert hide_group(by, BELARUS) == 1
    assert withdrawn_openly(by.letter) == []
    assert len(hidden_groups(letter)) == 1
    assert LetterEvent.objects.filter(act="hide signatures").count() == 2


def test_a_country_with_names_on_paper_alone_is_hidden(letter: Letter, keys: WorkerKeys) -> None:
    sheet = Sheet(3, (Entry("Ana Canary", "BY"), Entry("Dan", "PL")))
    enter_sheet(letter, sheet, actor="Ana")
    revision = Letter.objects.get().revision
    assert count_group(letter, BELARUS) == Counted(1, 0)
    assert hide_group(By(letter, "Mo"), BELARUS) == 1
    now = Letter.objects.get()
    assert (now.cautious_countries, now.revision > revision) == (["BY"], True)
    assert "canary" not in everything_stored()
    assert names_on_paper(now, "en") == [("Dan", "Poland")]
    assert hide_group(By(now, "Mo"), BELARUS) == 0
    assert LetterEvent.objects.filter(act="hide signatures").count() == 1


def test_a_country_of_nobody_is_warned_of_all_the_same(letter: Letter) -> None:
    assert hide_group(By(letter, "Mo"), BELARUS) == 0
    letter.refresh_from_db()
    assert letter.cautious_countries == ["BY"]


def test_the_country_is_warned_of_before_a_name_is_hidden(letter: Letter, keys: WorkerKeys) -> None:
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, "Ana", country="BY")])
    Letter.objects.update(sealing_key=None)
    with pytest.raises(SealingKeyMissing):
        hide_group(By(letter, "Mo"), BELARUS)
    letter.refresh_from_db()
    assert letter.cautious_countries == ["BY"]


@pytest.mark.parametrize("before", ["public", "initials", "recipient"])
@pytest.mark.parametrize("state", ["confirmed", "listed"])
def test_who_hides_themselves_too_is_not_shown_again_by_others(
    letter: Letter, keys: WorkerKeys, before: str, state: str
) -> None:
    make = listed if state == "listed" else confirmed
    row = make(letter, keys, name="Ana", country="BY", choice=before)
    hide_group(By(letter, "Mo"), BELARUS)
    appear(own_link(row, keys), "counted")
    assert show_again(By(letter, "Ola", 7), hidden_groups(letter)[0].pk) == 0
    answer_signers(keys)
    row.refresh_from_db()
    assert row.visibility == "counted"
