"""What acts leave for the journal: numbers and codes, in their own transactions."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import confirmed, link_of, listed, signed
from tests.partners import joined
from tests.signatures.behind_links import own_link
from tests.signatures.partnered import ticked
from undersigned.letters.models import Letter
from undersigned.mail.models import Reason
from undersigned.mail.suppression import suppress, suppressed_among
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.appearing import appear
from undersigned.signatures.asking import ask_to_be_erased
from undersigned.signatures.choosing import give, take_back
from undersigned.signatures.deciding import By, accept, decline, hold, void
from undersigned.signatures.disowning import disown
from undersigned.signatures.erasing import erase
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group
from undersigned.signatures.journal import Line, is_whole, lifted_mark
from undersigned.signatures.leaving import leave
from undersigned.signatures.models import JournalLine, Purpose, Signature
from undersigned.signatures.paper import Entry, Sheet, correct_sheet, enter_sheet, take_sheet_back
from undersigned.signatures.partner_consents import give_to, take_back_from
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
    assert lines(row) == [("shown", "pseudonym initials")]


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
    outcome = hold(by, [other.pk])
    assert lines(other) == [("hold", "person")]
    assert outcome.decision is not None
    undo(by, outcome.decision.pk)
    assert lines(other) == [("restore", "")]


def test_what_is_held_and_accepted(letter: Letter, keys: WorkerKeys) -> None:
    by = By(letter, "Mo")
    row = confirmed(letter, keys)
    hold(by, [row.pk])
    assert lines(row) == [("hold", "person")]
    outcome = accept(by, [row.pk])
    assert lines(row) == [("restore", "")]
    assert outcome.decision is not None
    undo(by, outcome.decision.pk)
    assert lines(row) == [("hold", "person")]


def test_mail_arrives_again(letter: Letter, keys: WorkerKeys) -> None:
    marks = [keys.index(b"mail", f"{name}@example.org") for name in ("ana", "bo")]
    for mark in marks:
        suppress(mark, Reason.HARD, timezone.now() - timedelta(days=1))
    row = listed(letter, keys, address="ana@example.org")
    line = JournalLine.objects.get()
    assert (line.act, line.at) == ("lifted", row.confirmed_at)
    in_file = Line(line.at, line.act, str(line.subject), line.detail)
    assert is_whole(in_file)
    assert lifted_mark(in_file) == marks[0]
    assert suppressed_among(marks) == {marks[1]}


def test_names_on_paper(letter: Letter) -> None:
    sheet = enter_sheet(letter, Sheet(2, names=(Entry("Ana"), Entry("Bo"))), actor="Mo")

    def told() -> list[tuple[str, str]]:
        return list(
            JournalLine.objects.filter(subject=sheet.pk).order_by("pk").values_list("act", "detail")
        )

    correct_sheet(sheet, Sheet(3, names=(Entry("Bo"), Entry("Ana"))), actor="Mo")
    assert told() == []
    correct_sheet(sheet, Sheet(3, names=(Entry("Ana"),)), actor="Mo")
    assert told() == [("paper", "")]
    take_sheet_back(sheet, actor="Mo")
    take_sheet_back(sheet, actor="Mo")
    assert told() == [("paper", ""), ("paper", "undone")]


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
    assert lines(row) == [("updates", "no"), ("partner", f"no {partner.pk}")]
    [(_, wording)] = ticked(partner)
    give_to(token, str(wording))
    give_to(token, str(wording))
    assert lines(row) == [("partner", f"yes {partner.pk}")]
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
        ("shown", ID, "pseudonym initials", True),
        ("shown", ID, "pseudonym", False),
        ("partner", ID, f"no {ID}", True),
        ("partner", ID, f"yes {ID}", True),
        ("partner", ID, f"perhaps {ID}", False),
        ("partner", ID, ID, False),
        ("partner", ID, "no 6f0c8a5e", False),
        ("lifted", ID, "00" * 16, True),
        ("lifted", ID, "00" * 15, False),
        ("paper", ID, "undone", True),
        ("void", ID, "not me", True),
        ("hard", "00" * 32, "", True),
        ("hard", "00" * 31, "", False),
        ("complaint", "no hex", "", False),
        ("explode", ID, "", False),
    ],
)
def test_whole_lines(act: str, subject: str, detail: str, answer: bool) -> None:
    assert is_whole(Line(timezone.now(), act, subject, detail)) is answer
