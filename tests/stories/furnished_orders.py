"""What the worker is ordered to do in a furnished studio, and lists, in each state they can be in.

What is ordered in earnest is carried out once the site is served; of the other states there is a
row each, as the worker leaves it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.stories.furnished_people import People
from tests.stories.furnished_signatures import LENA
from undersigned.letters.models import Handover, Letter
from undersigned.signatures import looking_up, sweeping
from undersigned.signatures.deciding import By
from undersigned.signatures.exporting import asking, failing
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.holding_rules import Condition, RuleKind
from undersigned.signatures.importing import bringing, taking_back
from undersigned.signatures.models import ErrandState, Export, ImportBatch, LookUp, Sweep
from undersigned.studio.list_readings import look
from undersigned.teams.installation import studio_sealer

LIST = b"""Organisations

Sample Society (Kenya)
Example Network (Keyna)

Individuals

Ana Example, Professor, Sample University
Ana Example, Sample University
Lena Beispiel
"""
SHEET = b"Name,Country,Website,Remarks\nAna Example,Kenya,,met in May\nRiver Union,Peru,none,\n"


def furnish_orders(letter: Letter, people: People) -> dict[str, Any]:
    """Returns one of each kind; `exports`, `batches`, `sweeps` and `look_ups` are all of them."""
    return {
        **_lists(letter, people),
        **_exports(letter, people),
        **_sweeps(letter, people),
        **_look_ups(people),
        "handover": Handover.objects.create(
            letter=letter,
            recipient="The council",
            handed_over_on=timezone.localdate(),
            note="They *listened*.",
        ).pk,
        "version": 1,
    }


def _lists(letter: Letter, people: People) -> dict[str, Any]:
    text, sheet = _bring(letter, people, LIST, ""), _bring(letter, people, SHEET, "list.csv")
    saved, undone, dropped = (
        _bring(letter, people, f"Individuals\n\n{name} Example, Poet\n".encode(), "")
        for name in ("Cy", "Dee", "Eli")
    )
    for batch in (saved, undone):
        looked = look(batch, letter)
        bringing.save(batch, looked.layout, looked.brought, actor="Ana")
    undone.refresh_from_db()
    taking_back.undo(undone, actor="Ana")
    bringing.drop(dropped, actor="Ana")
    return {
        "batch": text.pk,
        "row": look(text, letter).layout.rows[0].id,
        "sheet": sheet.pk,
        "saved": saved.pk,
        "batches": [batch.pk for batch in (sheet, saved, undone, dropped)],
    }


def _bring(letter: Letter, people: People, content: bytes, name: str) -> ImportBatch:
    return bringing.begin(
        letter,
        content,
        studio_sealer(),
        file_name=name,
        origin="Signed on paper at the spring meeting",
        kind="",
        actor=people.ana.name,
    )


def _exports(letter: Letter, people: People) -> dict[str, Any]:
    made = asking.ask(letter, people.ana, form="csv", preset=PRESETS["public"], language="en")
    mine, others = (
        asking.ask(letter, person, form="csv", preset=PRESETS["mailchimp"], language="en")
        for person in (people.ana, people.bo)
    )
    past = [
        Export.objects.create(letter=letter, form=form, preset="public", language="ar", **columns)
        for form, columns in zip(("pdf", "xlsx", "ods", "json"), _states(), strict=True)
    ]
    return {
        "export": made.pk,
        "to_approve": others.pk,
        "exports": [export.pk for export in (mine, others, *past)],
    }


def _sweeps(letter: Letter, people: People) -> dict[str, Any]:
    by = By(letter, people.ana.name, people.ana.pk)
    conditions = [{"kind": "word", "pattern": "example"}]
    past = [
        Sweep.objects.create(letter=letter, conditions=conditions, found=3, **columns)
        for columns in _states()
    ]
    return {
        "sweep": sweeping.order_sweep(by, [Condition(RuleKind.WORD, "society")]).pk,
        "sweeps": [sweep.pk for sweep in past],
    }


def _look_ups(people: People) -> dict[str, Any]:
    team, actor = people.team.pk, people.ana.name
    # Erasing forgets what was answered before.
    erasure = looking_up.ask_to_erase(team, [], "", actor=actor)
    found = looking_up.ask_for_address(team, LENA, actor=actor)
    by_name = looking_up.ask_for_name(team, "Imported Society 7", actor=actor)
    nobody = looking_up.ask_for_address(team, "nobody@example.org", actor=actor)
    past = [LookUp.objects.create(team=team, act="find", **columns) for columns in _states()]
    return {
        "look_up": found.pk,
        "look_ups": [one.pk for one in (erasure, by_name, nobody, *past)],
    }


def _states() -> list[dict[str, Any]]:
    """Being carried out, given up, taken back, and over for longer than a day."""
    now = timezone.now()
    ended = {"actor": "Ana", "ended_at": now}
    return [
        {
            "actor": "Bo",
            "state": ErrandState.RUNNING,
            "done": 40,
            "total": 100,
            "claimed_until": now + timedelta(hours=9),
        },
        {**ended, "state": ErrandState.FAILED, "outcome": failing.UNKNOWN},
        {**ended, "state": ErrandState.CANCELLED},
        {"actor": "Mo", "state": ErrandState.DONE, "ended_at": now - timedelta(days=2)},
    ]
