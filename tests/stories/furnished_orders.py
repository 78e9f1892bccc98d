"""What the worker is ordered to do in a furnished studio, and lists, in each state they can be in.

What is ordered in earnest is carried out once the site is served; of the other states there is a
row each, as the worker leaves it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pyrage
from django.utils import timezone

from tests.stories.furnished_people import People
from tests.stories.furnished_signatures import LENA
from undersigned.letters.models import Handover, Letter, Mailing, MailingState
from undersigned.letters.partnering import (
    By,
    confirm_key,
    end_partner,
    join,
    move_up,
    set_key,
)
from undersigned.letters.updates import Words, begin_update, show_update
from undersigned.signatures import looking_up, sweeping
from undersigned.signatures.deciding import By as Deciding
from undersigned.signatures.exporting import asking, failing
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.holding_rules import Condition, RuleKind
from undersigned.signatures.importing import bringing, taking_back
from undersigned.signatures.models import (
    ErrandState,
    Export,
    ImportBatch,
    LookUp,
    PartnerFile,
    Sweep,
)
from undersigned.signatures.paper import Entry, Sheet, enter_sheet, take_sheet_back
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
        "paper": _sheets(letter),
        "code": "en",
        "version": 1,
        "number": _updates(letter),
        **_partners(letter),
    }


def _sheets(letter: Letter) -> UUID:
    """One that was taken back, one that stands."""
    sheet = Sheet(12, (Entry("Ana Example", "ES"), Entry("ليلى")), "Example Square")
    gone, stands = (enter_sheet(letter, sheet, actor="Ana") for _ in range(2))
    take_sheet_back(gone, actor="Ana")
    return stands.pk


def _partners(letter: Letter) -> dict[str, Any]:
    """One without a key, one whose key waits, one with files in all their states; one has ended."""
    new, waits, ended, whole = (
        join(
            letter,
            name=f"{name} Union",
            slug=name.lower(),
            privacy_url="https://union.example/privacy",
            words={"en": f"Let {name} Union write to me", "ar": "راسلوني"},
            actor="Ana",
        )
        for name in ("Green", "River", "Former", "Workers")
    )
    end_partner(ended, actor="Ana")
    key = str(pyrage.x25519.Identity.generate().to_public())
    for partner in (waits, whole):
        set_key(partner, key, By("Bo", 0))
    confirm_key(whole, key, By("Ana", 1))
    for number, columns in enumerate(_states(), 1):
        PartnerFile.objects.create(partner=whole, number=number, contacts=7, **columns)
    move_up(waits, actor="Ana")
    assert new.slug == "green"
    return {"partner": whole.slug, "partners": [new.slug, waits.slug, ended.slug], "file": 4}


def _updates(letter: Letter) -> int:
    """One that is a draft, one that is public, one that is being mailed: the last one's number."""
    texts = {"en": Words("The council answered", "We met *them*.\n\n- They listened.\n- They ask.")}
    _, shown, mailed = (begin_update(letter, texts, actor="Ana") for _ in range(3))
    show_update(shown, actor="Ana")
    Mailing.objects.create(
        update=mailed,
        state=MailingState.RUNNING,
        starts_at=timezone.now(),
        started_at=timezone.now(),
        total=9,
        actor="Ana",
    )
    return mailed.number


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
    by = Deciding(letter, people.ana.name, people.ana.pk)
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
