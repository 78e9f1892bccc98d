"""Whoever comes to light after their country or organisation was hidden is hidden too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.utils import timezone

from tests.builders import confirmed, link_of, listed, published_letter, signed, text
from tests.partners import joined, with_key
from tests.signatures.behind_links import own_link
from tests.signatures.canaries import everything_stored
from tests.signatures.partnered import asking, clear_folder, made
from undersigned.letters.models import Letter
from undersigned.letters.publishing import publish
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.appearing import appear
from undersigned.signatures.confirming import Choice, confirm
from undersigned.signatures.correcting import apply_corrections, correct
from undersigned.signatures.counting import count_changes
from undersigned.signatures.day_counting import recount_days
from undersigned.signatures.deciding import By, Outcome, accept, decline, hold, merge, void
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.erasing import erase
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.exporting.presets import Purpose
from undersigned.signatures.exporting.rows import read_rows
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group
from undersigned.signatures.hiding_sealed import hide_sealed
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import Decided, Decision, Kind, Signature, SignerRequest, State
from undersigned.signatures.pseudonyms import ask_for_pseudonym
from undersigned.signatures.renaming import rename, settle_name
from undersigned.signatures.renewing import renew
from undersigned.signatures.showing_again import hidden_groups, show_again
from undersigned.signatures.signatories import first_signatories
from undersigned.signatures.undoing import undo
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key

BELARUS = Group(Shared.COUNTRY, "BY")
UNION = Group(Shared.ORGANISATION, "Perilous Union")
OF_THE_UNION = {"affiliation": "Perilous Union, Minsk"}


@pytest.fixture
def by(letter: Letter) -> By:
    return By(letter, "Mo")


def names(letter: Letter) -> list[str]:
    shown = first_signatories(letter, "en")
    return sorted(one.name for one in (*shown.people, *shown.organisations))


def work(keys: WorkerKeys) -> None:
    """As the worker does, but for what it is ordered to look through."""
    answer_signers(keys)
    apply_corrections(keys)
    while list_confirmed(keys):
        pass
    answer_signers(keys)


def shown_again(letter: Letter, keys: WorkerKeys) -> list[str]:
    """After the review of everything that is hidden."""
    for decision in hidden_groups(letter):
        show_again(By(letter, "Ola", 7), decision.pk)
    work(keys)
    return names(letter)


DECISIONS: list[Callable[[By, Signature, Signature], Outcome]] = [
    lambda by, row, _: decline(by, [row.pk], "name"),
    lambda by, row, _: void(by, [row.pk], "fraud"),
    lambda by, row, _: hold(by, [row.pk]),
    lambda by, row, other: merge(by, other.pk, [row.pk]),
]


@pytest.mark.parametrize("group", [BELARUS, UNION])
@pytest.mark.parametrize("decide", DECISIONS)
@pytest.mark.parametrize("choice", ["public", "initials"])
def test_a_decision_that_is_undone_brings_no_name_out(
    by: By,
    keys: WorkerKeys,
    group: Group,
    decide: Callable[[By, Signature, Signature], Outcome],
    choice: str,
) -> None:
    row = listed(by.letter, keys, name="Zofia", country="BY", choice=choice, **OF_THE_UNION)
    other = listed(by.letter, keys, name="Bo", country="PL")
    decision = decide(by, row, other).decision
    hide_group(by, group)
    assert decision is not None
    assert undo(by, decision.pk).done == 1
    work(keys)
    row.refresh_from_db()
    assert (row.state, row.visibility, row.name) == (State.LISTED, "counted", "")
    assert names(by.letter) == ["Bo"]
    count_changes()
    assert recount_days() == 0
    assert shown_again(by.letter, keys) == ["Bo", {"public": "Zofia", "initials": "Z."}[choice]]


def test_after_the_review_an_undone_decision_shows_the_name(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, name="Zofia", country="BY")
    decision = decline(by, [row.pk], "name").decision
    hide_group(by, BELARUS)
    row.refresh_from_db()
    assert (row.state, row.name) == (State.DECLINED, "")
    assert show_again(By(by.letter, "Ola", 7), hidden_groups(by.letter)[0].pk) == 0
    assert decision is not None
    undo(by, decision.pk)
    work(keys)
    assert names(by.letter) == ["Zofia"]


def test_an_organisation_that_waits_for_a_person(by: By, keys: WorkerKeys) -> None:
    row = confirmed(by.letter, keys, kind="organisation", name="Perilous Union", role="Chair")
    assert hide_group(by, UNION) == 0
    accept(by, [row.pk])
    work(keys)
    row.refresh_from_db()
    assert (row.state, row.visibility) == (State.LISTED, "counted")
    assert names(by.letter) == []
    assert shown_again(by.letter, keys) == ["Perilous Union"]


def test_whoever_of_an_organisation_signs_later(by: By, keys: WorkerKeys) -> None:
    waits = signed(by.letter, name="Ana", **OF_THE_UNION)
    hide_group(by, UNION)
    confirm(Choice(link_of(waits, keys), "public"))
    work(keys)
    later = listed(by.letter, keys, name="Chi", choice="recipient", **OF_THE_UNION)
    listed(by.letter, keys, name="Bo", affiliation="Union")
    assert names(by.letter) == ["Bo"]
    addressee = [one.row.name for one in read_rows(by.letter, Purpose.ADDRESSEE, "en", keys)]
    assert addressee == ["Bo"]
    assert Signature.objects.filter(visibility="counted").count() == 2
    appear(own_link(later, keys), "public")
    work(keys)
    assert names(by.letter) == ["Bo", "Chi"]


def test_who_chose_anew_is_not_hidden_with_the_same_group_again(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, name="Ana", country="BY", **OF_THE_UNION)
    hide_group(by, UNION)
    appear(own_link(row, keys), "public")
    work(keys)
    held = hold(by, [row.pk]).decision
    assert held is not None
    undo(by, held.pk)
    correct(by, row.pk, {"title": "Teacher"})
    work(keys)
    assert hide_sealed(keys) == 1
    assert names(by.letter) == ["Ana"]


def test_whoever_was_warned_of_their_country_is_left_as_they_chose(
    by: By, keys: WorkerKeys
) -> None:
    hide_group(by, BELARUS)
    row = listed(by.letter, keys, name="Ana", country="BY")
    assert names(by.letter) == ["Ana"]
    assert hide_group(by, BELARUS) == 1  # unless somebody hides all once more
    row.refresh_from_db()
    assert row.visibility == "counted"
    assert len(hidden_groups(by.letter)) == 2


def test_nobody_new_makes_no_second_decision(by: By, keys: WorkerKeys) -> None:
    listed(by.letter, keys, country="BY")
    assert [hide_group(by, BELARUS), hide_group(by, BELARUS)] == [1, 0]
    assert [hide_group(by, UNION), hide_group(by, UNION)] == [0, 0]
    assert [one.reason for one in hidden_groups(by.letter)] == ["Perilous Union", "BY"]


def test_a_list_that_is_brought_later(by: By, keys: WorkerKeys) -> None:
    hide_group(by, BELARUS)
    hide_group(by, UNION)
    person = Kind.INDIVIDUAL
    rows = [
        Enrolled(person, "Ana Canary", place="Minsk", country="BY", is_featured=True),
        Enrolled(person, "Chi Canary", affiliation="Perilous Union"),
        Enrolled(Kind.ORGANISATION, "Perilous Union"),
        Enrolled(person, "Dan", country="PL"),
    ]
    enroll(by.letter, rows)
    assert names(by.letter) == ["Dan"]
    assert "canary" not in everything_stored()
    count_changes()
    assert recount_days() == 0
    assert shown_again(by.letter, keys) == ["Ana Canary", "Chi Canary", "Dan", "Perilous Union"]


@pytest.mark.parametrize(
    ("group", "changes"),
    [(BELARUS, {"country": "BY"}), (UNION, {"affiliation": "Perilous Union"})],
)
@pytest.mark.parametrize("is_brought", [False, True])
def test_a_corrected_entry_that_now_belongs_to_them(
    by: By, keys: WorkerKeys, group: Group, changes: dict[str, str], is_brought: bool
) -> None:
    hide_group(by, group)
    if is_brought:
        enroll(by.letter, [Enrolled(Kind.INDIVIDUAL, "Ana", country="PL")])
    else:
        listed(by.letter, keys, name="Ana", country="PL")
    row = Signature.objects.get()
    correct(by, row.pk, changes)
    work(keys)
    assert names(by.letter) == []
    row.refresh_from_db()
    assert (row.visibility, row.country) == ("counted", changes.get("country", "PL"))
    count_changes()
    assert recount_days() == 0
    assert shown_again(by.letter, keys) == ["Ana"]


def test_a_file_that_waits_for_a_partner_and_names_them_is_over(by: By, keys: WorkerKeys) -> None:
    partner = joined(by.letter)
    with_key(partner)
    row = asking(by.letter, keys, partner, name="Ana")
    hide_group(by, UNION)
    file = made(partner, keys)
    correct(by, row.pk, {"affiliation": "Perilous Union"})
    work(keys)
    file.refresh_from_db()
    assert file.is_overtaken
    clear_folder(media_folder("partners"))


def test_an_organisation_that_takes_the_hidden_name(by: By, keys: WorkerKeys) -> None:
    prepare_studio_key(settings.DATA / "web")
    row = listed(by.letter, keys, kind="organisation", name="Quiet Club", role="Chair")
    hide_group(by, UNION)
    rename(own_link(row, keys), "Perilous Union")
    settle_name(by, row.corrections.get().pk, accept=True)
    work(keys)
    assert names(by.letter) == []


@pytest.mark.parametrize("group", [BELARUS, UNION])
@pytest.mark.parametrize("is_looked_through", [False, True])
def test_a_pseudonym_that_was_asked_for_before(
    by: By, keys: WorkerKeys, group: Group, is_looked_through: bool
) -> None:
    Letter.objects.update(pseudonyms=True)
    prepare_studio_key(settings.DATA / "web")
    row = listed(by.letter, keys, name="Ana", country="BY", **OF_THE_UNION)
    assert ask_for_pseudonym(own_link(row, keys), "Moon Rabbit")
    hide_group(by, group)
    if is_looked_through:
        hide_sealed(keys)
    settle_name(by, row.corrections.get().pk, accept=True)
    work(keys)
    assert names(by.letter) == []
    assert shown_again(by.letter, keys) == ["Moon Rabbit"]


def test_a_pseudonym_that_is_asked_for_afterwards_is_its_owners_choice(
    by: By, keys: WorkerKeys
) -> None:
    Letter.objects.update(pseudonyms=True)
    prepare_studio_key(settings.DATA / "web")
    row = listed(by.letter, keys, name="Ana", country="BY", **OF_THE_UNION)
    hide_group(by, BELARUS)
    assert ask_for_pseudonym(own_link(row, keys), "Moon Rabbit")
    settle_name(by, row.corrections.get().pk, accept=True)
    work(keys)
    assert names(by.letter) == ["Moon Rabbit"]


@pytest.mark.parametrize("group", [BELARUS, UNION])
def test_a_name_that_is_about_to_be_shown(by: By, keys: WorkerKeys, group: Group) -> None:
    """Its owner asked a moment before; it is how it is to appear after the review."""
    row = listed(by.letter, keys, name="Ana", country="BY", choice="counted", **OF_THE_UNION)
    appear(own_link(row, keys), "public")
    assert hide_group(by, group) == 0
    answer_signers(keys)
    assert not SignerRequest.objects.exists()
    assert names(by.letter) == []
    work(keys)
    assert names(by.letter) == []
    assert shown_again(by.letter, keys) == ["Ana"]


def test_hidden_with_two_groups_until_both_are_reviewed(by: By, keys: WorkerKeys) -> None:
    listed(by.letter, keys, name="Ana", country="BY", **OF_THE_UNION)
    hide_group(by, UNION)
    assert hide_group(by, BELARUS) == 0
    for shown, group in ((0, UNION), (1, BELARUS)):
        decision = Decision.objects.get(act="hide", reason=group.value)
        assert show_again(By(by.letter, "Ola", 7), decision.pk) == shown
        work(keys)
        assert names(by.letter) == ["Ana"] * shown


def test_renewed_on_a_new_text(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, name="Ana", country="BY")
    hide_group(by, BELARUS)
    publish(by.letter, [text(body="Other words.")], actor="Ana")
    renew(own_link(row, keys))
    work(keys)
    row.refresh_from_db()
    assert (row.edition.number, row.visibility, row.name) == (2, "counted", "")


def test_other_letters_and_erased_rows_are_left_alone(by: By, keys: WorkerKeys) -> None:
    row = listed(by.letter, keys, name="Ana", country="BY")
    erase([row.pk], timezone.now(), actor="Mo")
    other = published_letter(keys, "other")
    hide_group(by, UNION)
    hide_group(by, BELARUS)
    for letter in (other, by.letter):
        listed(letter, keys, name="Ana", country="PL")
    listed(other, keys, name="Bo", country="BY", **OF_THE_UNION)
    assert names(other) == ["Ana", "Bo"]
    assert names(by.letter) == ["Ana"]
    assert not Decided.objects.filter(decision__act="hide").exists()
