"""One of everything that the studio has a page for, put into a data directory before it is served.

python -m tests.stories.furnishing DATA    prints where it all is, as JSON

No worker runs meanwhile, so that nothing has to be awaited; once it is served, the worker opens
cases, writes exports and answers requests as ever.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

LIST = b"""Organisations

Sample Society (Kenya)
Example Network (Keyna)

Individuals

Ana Example, Professor, Sample University
"""
SHEET = b"Name,Country,Remarks\nAna Example,Kenya,met in May\nBo Example,Peru,\n"
TITLE = "For clean air and water in every town that asks for it"


def main() -> None:
    os.environ["UNDERSIGNED_DATA"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "undersigned.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(_furnish(Path(sys.argv[1])), default=str))


def _furnish(data: Path) -> dict[str, Any]:
    from django.conf import settings

    from tests.builders import published_letter, text, worker_keys
    from tests.studio.people import somebody, team_called
    from tests.studio.signing_in_again import JustProved
    from undersigned.letters.creating import NewLetter, create
    from undersigned.letters.publishing import publish
    from undersigned.teams.installation import prepare_mail_key, prepare_studio_key
    from undersigned.teams.models import Person

    keys = worker_keys(data)
    prepare_mail_key(keys.keyring)
    prepare_studio_key(data / "web")
    team = team_called()
    ana, bo = (somebody(name, "owner", team) for name in ("Ana", "Bo"))
    Person.objects.filter(pk=ana.pk).update(is_host=True)
    letter = published_letter(keys, slug="air", team=team, texts=[text(title=TITLE)])
    changed = text(title=TITLE, body="We ask for two things.\n\nWe ask for them now.")
    publish(letter, [changed], actor="Ana", note="Water was forgotten.")
    letter.refresh_from_db()
    # The reason for the first is Django's own: a page asks for it when it is opened.
    create(team, NewLetter(slug="draft", language="en", title="Not yet written"), actor="Ana")
    return {
        "cookie": [settings.SESSION_COOKIE_NAME, _cookie(JustProved(ana))],
        "slug": letter.slug,
        "team": team.pk,
        **_signatures(letter, keys, ana, bo),
        **_around(letter, ana),
    }


def _cookie(browser: Any) -> str:
    from django.conf import settings

    value: str = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return value


def _signatures(letter: Any, keys: Any, ana: Any, bo: Any) -> dict[str, Any]:
    """On the list, in the queue, struck out; decided on, corrected, vouched for."""
    from tests.builders import confirmed, listed
    from undersigned.signatures import correcting, deciding, featuring
    from undersigned.signatures.approving import ask_to_void
    from undersigned.signatures.authority.proving import ask_for_proof
    from undersigned.signatures.authority.raising import raise_authority
    from undersigned.signatures.authority.vouching import vouch
    from undersigned.signatures.deciding import By
    from undersigned.signatures.models import Kind, Level

    who = By(letter, "Ana", ana.pk)
    people = [
        listed(letter, keys, name=name, country=country)
        for name, country in (
            ("Ana Lucía Prueba", "UY"),
            ("ليلى مثال", "LB"),
            ("Bo Eksempel", "DK"),
        )
    ]
    league, trust = (
        listed(letter, keys, kind=Kind.ORGANISATION, role="Chair", name=name, country="KE")
        for name in ("River League", "Example Trust for the Care of Rivers and Wetlands")
    )
    raise_authority(league.pk, Level.DNS, "river.example", letter.created_at.date())
    for name in ("Exmaple Trust for the Care of Rivers and Wetlands", "Fondation Exemple"):
        confirmed(
            letter,
            keys,
            kind=Kind.ORGANISATION,
            role="Chair",
            name=name,
            website="https://trust.example.org",
        )
    deciding.void(who, [listed(letter, keys, name="Test Test").pk], "trial")
    featuring.feature(who, [people[0].pk])
    check = ask_for_proof(who, trust.pk, "dns", "trust.example.org").pk
    vouching = vouch(who, trust.pk, [league.pk], "Their director, by telephone")
    correction = correcting.correct(who, trust.pk, {"place": "Kisumu"})
    decision = ask_to_void(By(letter, "Bo", bo.pk), [people[2].pk], "fraud", "We asked.").decision
    return {
        "signature": trust.pk,
        "other": people[1].pk,
        "check": check,
        "taken": vouching.pk,
        "correction": correction.pk,
        "decision": decision.pk if decision else None,
    }


def _around(letter: Any, ana: Any) -> dict[str, Any]:
    """Rules, lists, files, the registry, people, requests."""
    from django.utils import timezone

    from tests.studio.people import somebody
    from undersigned.letters.drafting import draft_of, save
    from undersigned.letters.models import Handover
    from undersigned.signatures import looking_up, sweeping
    from undersigned.signatures.deciding import By
    from undersigned.signatures.enrolling import Enrolled, enroll
    from undersigned.signatures.exporting import asking
    from undersigned.signatures.exporting.presets import PRESETS
    from undersigned.signatures.holding_rules import Condition, RuleKind, add_rule
    from undersigned.signatures.importing import bringing
    from undersigned.signatures.models import Kind
    from undersigned.signatures.organisations import register
    from undersigned.teams.installation import studio_sealer
    from undersigned.teams.models import Invitation, Membership

    by = By(letter, "Ana", ana.pk)
    enroll(letter, [Enrolled(Kind.ORGANISATION, f"Imported Society {n}") for n in range(60)])
    draft = draft_of(letter, "en")
    save(draft, draft.words, {**draft.words, "body": "We ask for three things."}, actor="Ana")

    def bring(content: bytes, name: str) -> Any:
        return bringing.begin(
            letter,
            content,
            studio_sealer(),
            file_name=name,
            origin="Signed on paper at the spring meeting",
            kind="",
            actor="Ana",
        ).pk

    mo = somebody("Mo", "moderator", letter.team)
    return {
        "batch": bring(LIST, ""),
        "sheet": bring(SHEET, "list.csv"),
        "rule": add_rule(by, RuleKind.WORD, "casino").pk,
        "sweep": sweeping.order_sweep(by, [Condition(RuleKind.WORD, "society")]).pk,
        "export": asking.ask(
            letter, ana, form="csv", preset=PRESETS["mailchimp"], language="en"
        ).pk,
        "handover": Handover.objects.create(
            letter=letter, recipient="The council", handed_over_on=timezone.localdate()
        ).pk,
        "organisation": register(by, "River League", website="https://river.example").pk,
        "member": Membership.objects.get(person=mo).pk,
        "invitation": Invitation.objects.create(
            token_hash=b"none",
            team=letter.team,
            letter=letter.pk,
            role="viewer",
            email="vi@example.org",
            invited_by="Ana",
            expires_at=timezone.now() + timedelta(days=1),
        ).pk,
        "look_up": looking_up.ask_for_address(
            letter.team_id, "signer1@example.org", actor="Ana"
        ).pk,
        "version": 1,
    }


if __name__ == "__main__":
    main()
