"""The signatures of a furnished letter: on its list, in its queue, struck out; with evidence."""

from __future__ import annotations

from typing import Any

from tests.builders import confirmed, listed, signed
from tests.stories.furnished_people import People
from undersigned.letters.models import Letter
from undersigned.signatures import correcting, deciding, featuring
from undersigned.signatures.approving import ask_to_void
from undersigned.signatures.authority.asking_contact import ask_contact
from undersigned.signatures.authority.proving import ask_for_proof
from undersigned.signatures.authority.raising import raise_authority
from undersigned.signatures.authority.vouching import vouch
from undersigned.signatures.deciding import By
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.holding_rules import RuleKind, read_conditions
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import Kind, Level, Signature, Visibility
from undersigned.signatures.organisations import register
from undersigned.signatures.setting_rules import add_rules
from undersigned.signatures.worker_keys import WorkerKeys

LENA = "lena@example.org"
TRUST = "Example Trust for the Care of Rivers and Wetlands"


def furnish_signatures(letter: Letter, keys: WorkerKeys, people: People) -> dict[str, Any]:
    """Returns one of each kind of thing that pages name."""
    ana = By(letter, people.ana.name, people.ana.pk)
    bo = By(letter, people.bo.name, people.bo.pk)
    persons = [
        listed(letter, keys, name=name, country=country, consent_updates=True)
        for name, country in (
            ("Ana Lucía Prueba", "UY"),
            ("ليلى مثال", "LB"),
            ("Bo Eksempel", "DK"),
        )
    ]
    lena = listed(letter, keys, name="Lena Beispiel", address=LENA, title="Professor")
    listed(letter, keys, name="For the addressee", choice=Visibility.RECIPIENT)
    listed(letter, keys, name="Counted only", choice=Visibility.COUNTED)
    league, trust = (_organisation(listed, letter, keys, name) for name in ("River League", TRUST))
    raise_authority(league.pk, Level.DNS, "river.example", letter.created_at.date())
    (rule,) = add_rules(ana, read_conditions(RuleKind.WORD, "casino")).rules
    _held(letter, keys)
    signed(letter, name="Has not confirmed")
    twin, trial = (listed(letter, keys, name=name) for name in ("Lena Beispil", "Test Test"))
    deciding.void(ana, [trial.pk], "trial")
    deciding.merge(ana, lena.pk, [twin.pk])
    deciding.decline(ana, [_organisation(confirmed, letter, keys, "Nowhere Club").pk], "unknown")
    featuring.feature(ana, [persons[0].pk, persons[1].pk])
    ask_contact(ana, trust.pk, "trust.example.org", "office@trust.example.org")
    enroll(letter, [Enrolled(Kind.ORGANISATION, f"Imported Society {n}") for n in range(60)])
    waits = ask_to_void(bo, [persons[2].pk], "fraud", "We asked.").decision
    return {
        "signature": trust.pk,
        "others": [person.pk for person in persons[:2]],
        "lena": lena.pk,
        "struck_out": trial.pk,
        "held": Signature.objects.exclude(held_because="").filter(letter=letter)[0].pk,
        "check": ask_for_proof(ana, trust.pk, "dns", "trust.example.org").pk,
        "taken": vouch(ana, trust.pk, [league.pk], "Their director, by telephone").pk,
        "correction": correcting.correct(ana, trust.pk, {"place": "Kisumu"}).pk,
        "decision": waits.pk if waits else None,
        "rule": rule.pk,
        "organisation": register(ana, "River League", website="https://river.example").pk,
        "other_organisation": register(ana, "The River League", country="KE").pk,
    }


def _held(letter: Letter, keys: WorkerKeys) -> None:
    """What waits in the queue: organisations, what a rule fits, many at once from one network."""
    for name in (TRUST.replace("Example", "Exmaple"), "Fondation Exemple"):
        _organisation(confirmed, letter, keys, name)
    burst = _organisation(confirmed, letter, keys, "Example Society")
    Signature.objects.filter(pk=burst.pk).update(doubt="burst")
    confirmed(letter, keys, name="Casino Example")
    while list_confirmed(keys):
        pass


def _organisation(make: Any, letter: Letter, keys: WorkerKeys, name: str) -> Signature:
    made: Signature = make(
        letter,
        keys,
        kind=Kind.ORGANISATION,
        role="Chair",
        name=name,
        country="KE",
        website="https://trust.example.org",
    )
    return made
