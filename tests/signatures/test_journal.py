"""What acts leave for the journal: numbers and codes, in their own transactions."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from tests.builders import confirmed, link_of, listed, signed
from tests.partners import joined
from tests.signatures.behind_links import own_link
from tests.signatures.partnered import ticked
from undersigned.letters.models import Letter
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.appearing import appear
from undersigned.signatures.asking import ask_to_be_erased
from undersigned.signatures.choosing import give, take_back
from undersigned.signatures.deciding import By, decline, hold, void
from undersigned.signatures.disowning import disown
from undersigned.signatures.erasing import erase
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group
from undersigned.signatures.journal import Line, is_whole
from undersigned.signatures.leaving import leave
from undersigned.signatures.models import JournalLine, Purpose, Signature
from undersigned.signatures.paper import Entry, Sheet, enter_sheet
from undersigned.signatures.partner_consents import take_back_from
from undersigned.signatures.undoing import undo
from undersigned.signatures.worker_keys import WorkerKeys


def lines(row: Signature | Letter) -> list[tuple[str, str]]:
    """And none is left."""
    found = JournalLine.objects.filter(subject=row.pk).order_by("pk")
    told = list(found.values_list("act", "detail"))
    found.delete()
    return told


def test_signing_confirming_and_listing_leave_nothing(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, consent_updates=True)
    assert not JournalLine.objects.exists()


def test_how_somebody_appears(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana Example")
    token = own_link(row, keys)
    appear(token, "initials")
    appear(token, "counted")
    assert lines(row) == [("shown", "initials"), ("shown", "counted")]
    appear(token, "public")
    answer_signers(keys)
    assert lines(row) == [("shown", "public")]
    Signature.objects.update(is_pseudonym=True)
    appear(token, "initials")
    assert lines(row) == [("shown", "counted")]  # the backup has another name


def test_who_waits_may_choose_too(letter: Letter, keys: WorkerKeys) -> None:
    row = confirmed(letter, keys)
    appear(own_link(row, keys), "counted")
    assert lines(row) == [("shown", "counted")]


def test_what_people_decide(letter: Letter, keys: WorkerKeys) -> None:
    by = By(letter, "Mo")
    row = listed(letter, keys)
    outcome = decline(by, [row.pk])
    assert lines(row) == [("decline", "")]
    assert outcome.decision is not None
    undo(by, outcome.decision.pk)
    assert lines(row) == [("restore", "")]
    void(by, [row.pk], "fraud")
    assert lines(row) == [("void", "fraud")]
    other = listed(letter, keys)
    hold(by, [other.pk])
    assert lines(other) == [("hold", "person")]


@pytest.mark.parametrize(("policy", "detail"), [("quiet", ""), ("open", "openly")])
def test_leaving(letter: Letter, keys: WorkerKeys, policy: str, detail: str) -> None:
    Letter.objects.update(withdrawals=policy)
    row = listed(letter, keys)
    leave(own_link(row, keys))
    assert lines(row) == [("withdraw", detail)]


def test_this_was_not_me(letter: Letter, keys: WorkerKeys) -> None:
    row = signed(letter)
    disown(link_of(row, keys))
    assert lines(row) == [("void", "not me")]


def test_updates_and_partners(letter: Letter, keys: WorkerKeys) -> None:
    partner = joined(letter)
    row = listed(letter, keys, consent_updates=True, partners=ticked(partner))
    token = own_link(row, keys)
    take_back(token, Purpose.UPDATES)
    take_back(token, Purpose.UPDATES)
    take_back_from(token, str(partner.pk))
    take_back_from(token, str(partner.pk))
    assert lines(row) == [("updates", "no"), ("partner", str(partner.pk))]
    give(token, Purpose.UPDATES)
    assert lines(row) == [("updates", "yes")]


def test_who_asks_to_be_erased(letter: Letter, keys: WorkerKeys) -> None:
    """The worker has yet to come to it."""
    row = listed(letter, keys)
    ask_to_be_erased(row.pk)
    assert lines(row) == [("erase", "")]


def test_erasing(letter: Letter, keys: WorkerKeys) -> None:
    row, gone = listed(letter, keys), signed(letter)
    erase([row.pk, gone.pk], timezone.now(), actor="signer")
    assert lines(row) == [("erase", ""), ("shown", "counted")]
    assert lines(gone) == [("erase", "")]


def test_a_country(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, country="BY")
    enter_sheet(letter, Sheet(1, names=(Entry("Paper Name", "BY"),)), actor="Mo")
    hide_group(By(letter, "Mo"), Group(Shared.COUNTRY, "BY"))
    assert lines(letter) == [("caution", "BY"), ("hide", "BY")]
    assert lines(row) == [("shown", "counted")]


def test_its_name() -> None:
    assert str(JournalLine(act="erase", subject=uuid.UUID(int=0))) == (
        "erase 00000000-0000-0000-0000-000000000000"
    )


ID = "6f0c8a5e-54bf-4f22-9331-08af10bab12c"


@pytest.mark.parametrize(
    ("act", "subject", "detail", "answer"),
    [
        ("erase", ID, "", True),
        ("erase", "6f0c8a5e", "", False),
        ("shown", ID, "counted", True),
        ("shown", ID, "count", False),
        ("partner", ID, ID, True),
        ("partner", ID, "6f0c8a5e", False),
        ("void", ID, "not me", True),
        ("hard", "00" * 32, "", True),
        ("hard", "00" * 31, "", False),
        ("complaint", "no hex", "", False),
        ("explode", ID, "", False),
    ],
)
def test_whole_lines(act: str, subject: str, detail: str, answer: bool) -> None:
    assert is_whole(Line(timezone.now(), act, subject, detail)) is answer
