"""The registry of organisations: names in all spellings, domains, merges."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from tests.builders import listed, published_letter
from undersigned.letters.models import Letter, LetterEvent, LetterState
from undersigned.signatures import organisations
from undersigned.signatures.addresses import AddressRefused
from undersigned.signatures.authority.domains import DomainRefused
from undersigned.signatures.deciding import By
from undersigned.signatures.models import Kind, Organisation, Signature
from undersigned.signatures.organisations import (
    DomainTaken,
    NoSuchOrganisation,
    OthersRelyOnIt,
    TooManyNames,
    UnknownCountry,
    add_alias,
    add_domain,
    find_organisations,
    link,
    merge_organisations,
    register,
    register_listed,
    set_contact,
)
from undersigned.signatures.rules import NameRefused
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Person, Team


@pytest.fixture
def by(letter: Letter) -> By:
    return By(letter, "Ana")


def found(words: str) -> list[str]:
    return [row.name for row in find_organisations(words)]


def test_an_organisation_is_found_by_all_its_names(by: By) -> None:
    entry = register(
        by,
        "Quiet River League",
        native_name="Лига Тихой Реки",
        website="https://www.quietriver.org/about",
        country="KE",
    )
    add_alias(by, entry.pk, "Liga del Río Quieto")
    add_alias(by, entry.pk, "Liga del Río Quieto")
    register(by, "Loud River League")

    assert found("quiet") == found("liga rio") == found("лига") == ["Quiet River League"]
    assert found("river league") == ["Loud River League", "Quiet River League"]
    assert found("") == ["Loud River League", "Quiet River League"]
    assert found("nothing") == []
    entry.refresh_from_db()
    assert (entry.domains, entry.aliases) == (["quietriver.org"], ["Liga del Río Quieto"])


def test_every_act_leaves_an_event_without_names(by: By) -> None:
    entry = register(by, "Quiet River League")
    other = register(by, "QRL")
    add_alias(by, entry.pk, "Liga")
    add_domain(by, entry.pk, "quietriver.org")
    set_contact(by, entry.pk, "info@quietriver.org")
    merge_organisations(by, entry.pk, other.pk)

    events = LetterEvent.objects.filter(actor="Ana").order_by("pk")
    assert [event.act for event in events] == [
        "register organisation",
        "register organisation",
        "add alias of organisation",
        "add domain of organisation",
        "set contact of organisation",
        "merge organisations",
    ]
    assert all(set(event.details) == {"organisation"} for event in events)


def test_what_cannot_be_entered_is_refused(by: By) -> None:
    entry = register(by, "Quiet River League", website="quietriver.org")
    with pytest.raises(NameRefused):
        register(by, " ")
    with pytest.raises(UnknownCountry):
        register(by, "Other", country="XX")
    with pytest.raises(DomainRefused):
        register(by, "Other", website="https://www.facebook.com/other")
    with pytest.raises(DomainTaken):
        register(by, "Other", website="https://quietriver.org/")
    other = register(by, "Other")
    with pytest.raises(DomainTaken):
        add_domain(by, other.pk, "quietriver.org")
    with pytest.raises(AddressRefused):
        set_contact(by, other.pk, "nobody")
    with pytest.raises(NoSuchOrganisation):
        add_alias(by, uuid.uuid4(), "Liga")
    with pytest.raises(NoSuchOrganisation):
        merge_organisations(by, entry.pk, entry.pk)
    assert Organisation.objects.count() == 2


def test_a_contact_can_be_forgotten(by: By) -> None:
    entry = register(by, "Quiet River League")

    assert set_contact(by, entry.pk, " info@QuietRiver.org ").contact == "info@quietriver.org"
    assert set_contact(by, entry.pk, "").contact == ""


def test_there_is_an_end_to_names(by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(organisations, "MOST_ALIASES", 1)
    entry = register(by, "Quiet River League")
    add_alias(by, entry.pk, "Liga")

    with pytest.raises(TooManyNames):
        add_alias(by, entry.pk, "Ligue")


def test_merged_entries_are_one(by: By, letter: Letter, keys: WorkerKeys) -> None:
    signature = listed(letter, keys, kind=Kind.ORGANISATION, name="QRL", role="Director")
    keep = register(by, "Quiet River League", website="quietriver.org")
    first = register(by, "QRL", website="qrl.org", country="KE")
    second = register(by, "Liga", native_name="Лига")
    link(by, signature.pk, first.pk)

    merge_organisations(by, second.pk, first.pk)
    merge_organisations(by, keep.pk, second.pk)

    keep.refresh_from_db()
    signature.refresh_from_db()
    assert keep.aliases == ["Liga", "Лига", "QRL"]
    assert keep.domains == ["quietriver.org", "qrl.org"]
    assert keep.country == "KE"
    assert signature.organisation_id == keep.pk
    assert found("") == ["Quiet River League"]
    assert Organisation.objects.get(pk=first.pk).merged_into_id == keep.pk


def test_a_signature_is_linked_and_unlinked(by: By, letter: Letter, keys: WorkerKeys) -> None:
    signature = listed(letter, keys, kind=Kind.ORGANISATION, name="QRL", role="Director")
    person = listed(letter, keys, name="Ana Example")
    entry = register(by, "Quiet River League")

    assert link(by, signature.pk, entry.pk)
    assert Signature.objects.get(pk=signature.pk).organisation_id == entry.pk
    assert link(by, signature.pk, None)
    assert Signature.objects.get(pk=signature.pk).organisation_id is None
    assert not link(by, person.pk, entry.pk)


def test_listed_organisations_are_entered(letter: Letter, keys: WorkerKeys) -> None:
    def organisation(name: str, **more: str) -> Signature:
        return listed(letter, keys, kind=Kind.ORGANISATION, name=name, role="Director", **more)

    known = Organisation.objects.create(name="Quiet River League", country="KE")
    one = organisation("Quiet River League", country="KE")
    elsewhere = organisation("Quiet River League", country="PE")
    proven = organisation("Hiperejemplo", website="https://hiper.org", address="ana@hiper.org")
    claimed = organisation("Loud Media", website="https://loud.org")
    hidden = organisation("Hidden", choice="counted")
    listed(letter, keys, name="Bo Example")

    assert register_listed(keys) == 4
    assert register_listed(keys) == 0

    entries = {
        signature: Organisation.objects.get(signatures=signature)
        for signature in (one, elsewhere, proven, claimed)
    }
    assert entries[one] == known
    assert entries[elsewhere] != known
    assert entries[proven].domains == ["hiper.org"]
    assert entries[claimed].domains == []
    assert Signature.objects.get(pk=hidden.pk).organisation_id is None


def teammate(team: Team, name: str = "Mo") -> Person:
    return Person.objects.create(email=f"{name.lower()}@example.org", name=name)


def test_what_other_teams_rely_on_is_changed_by_the_host_alone(by: By, keys: WorkerKeys) -> None:
    """Domains and contacts are evidence in their queues too."""
    team = Team.objects.create(name="Coalition")
    ours = By(published_letter(keys, team=team), "Mo", teammate(team).pk)
    entry, other = register(by, "Shared Society"), register(by, "Shared Society, Ltd")
    assert link(ours, listed(ours.letter, keys, kind=Kind.ORGANISATION).pk, entry.pk)
    acts: list[Callable[[By], object]] = [
        lambda who: add_domain(who, entry.pk, "https://shared.example.com"),
        lambda who: set_contact(who, entry.pk, "info@shared.example.com"),
        lambda who: merge_organisations(who, other.pk, entry.pk),
        lambda who: merge_organisations(who, entry.pk, other.pk),
    ]
    stranger = teammate(team, "Eve")
    theirs = By(by.letter, "Eve", stranger.pk)
    for act in acts:
        with pytest.raises(OthersRelyOnIt):
            act(theirs)
    add_alias(theirs, entry.pk, "Sociedad Compartida")
    acts[0](ours)
    Person.objects.filter(pk=stranger.pk).update(is_host=True)
    for act in acts[:3]:
        act(theirs)


def test_nobody_learns_who_signs_a_letter_before_its_launch(by: By, keys: WorkerKeys) -> None:
    """All teams read the registry; founders are under embargo."""
    listed(by.letter, keys, name="Early Society", kind=Kind.ORGANISATION)
    Letter.objects.update(state=LetterState.GATHERING)
    assert register_listed(keys) == 0
    assert found("early") == []
    Letter.objects.update(state=LetterState.OPEN)
    assert register_listed(keys) == 1
    assert found("early") == ["Early Society"]
