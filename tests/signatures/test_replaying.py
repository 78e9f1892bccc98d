"""Lines of a journal, carried out on a database that was restored."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.builders import confirmed, link_of, listed, mails, signed
from tests.partners import joined
from tests.signatures.partnered import ticked
from undersigned.letters.models import Letter, LetterEvent
from undersigned.mail.models import Suppression
from undersigned.signatures.confirming import Choice, Outcome, confirm
from undersigned.signatures.deciding import By
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group
from undersigned.signatures.journal import Line
from undersigned.signatures.models import Decision, Kind, PartnerConsent, Signature
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.paper import (
    Entry,
    Sheet,
    count_on_paper,
    enter_sheet,
    names_on_paper,
)
from undersigned.signatures.replaying import replay
from undersigned.signatures.worker_keys import WorkerKeys

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def again(row: Any, *acts: str) -> dict[str, int]:
    """Carry out acts on one subject, a second apart; a detail follows its act after a colon."""
    subject = row if isinstance(row, str) else str(row.pk)
    lines = []
    for number, text in enumerate(acts):
        act, _, detail = text.partition(":")
        lines.append(Line(NOW + timedelta(seconds=number), act, subject, detail))
    return dict(replay(lines, NOW))


def facts(row: Signature) -> tuple[str, str, str]:
    row.refresh_from_db()
    return row.state, row.visibility, row.name


def test_who_hid_is_hidden(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana Example", affiliation="Example Works")
    assert again(row, "shown:counted") == {"shown": 1}
    assert facts(row) == ("listed", "counted", "")
    assert (row.affiliation, row.search, row.consent_publication) == ("", "", False)
    assert again(row, "shown:counted") == {}


def test_initials_and_who_waits(letter: Letter, keys: WorkerKeys) -> None:
    row, waits = listed(letter, keys, name="Ana Example"), confirmed(letter, keys)
    again(row, "shown:initials")
    assert facts(row) == ("listed", "initials", "A. E.")
    again(waits, "shown:recipient")
    assert facts(waits) == ("confirmed", "recipient", "")


def test_who_hid_and_appeared_again_is_as_in_the_backup(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana Example")
    assert again(row, "shown:counted", "shown:public") == {}
    assert facts(row) == ("listed", "public", "Ana Example")
    hidden = listed(letter, keys, choice="counted")
    assert again(hidden, "shown:public") == {}
    assert facts(hidden) == ("listed", "counted", "")


@pytest.mark.parametrize("has_key", [True, False])
def test_an_imported_entry_is_sealed_before_it_is_hidden(
    letter: Letter, keys: WorkerKeys, has_key: bool
) -> None:
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, "Ana Example")])
    if not has_key:
        Letter.objects.update(sealing_key=None)
    row = Signature.objects.get()
    again(row, "shown:counted")
    assert facts(row) == ("listed", "counted", "")
    assert (row.sealed_details is not None) is has_key


def test_a_hide_that_the_backup_has_is_not_made_again(letter: Letter, keys: WorkerKeys) -> None:
    hide_group(By(letter, "Mo"), Group(Shared.COUNTRY, "BY"))
    row = listed(letter, keys, name="Ana Example", country="BY")
    line = Line(Decision.objects.get().at.replace(microsecond=0), "hide", str(letter.pk), "BY")
    assert dict(replay([line], NOW)) == {}
    assert facts(row) == ("listed", "public", "Ana Example")
    later = Line(line.at + timedelta(seconds=1), "hide", str(letter.pk), "BY")
    assert dict(replay([later], NOW)) == {"hide": 1}


def test_who_left_has_left(letter: Letter, keys: WorkerKeys) -> None:
    Letter.objects.update(withdrawals="choice")
    quietly, openly, waits = (listed(letter, keys, name=name) for name in ("Ana", "Bo", "Chi"))
    assert again(quietly, "withdraw") == {"withdraw": 1}
    assert again(openly, "withdraw:openly") == {"withdraw": 1}
    assert facts(quietly) == ("withdrawn", "public", "")
    assert facts(openly) == ("withdrawn", "public", "Bo")
    # Who left openly was hidden since, with a country.
    assert again(openly, "withdraw:openly") == {}
    assert again(openly, "withdraw") == {"withdraw": 1}
    assert facts(openly) == ("withdrawn", "public", "")
    Letter.objects.update(withdrawals="quiet")
    again(waits, "withdraw:openly")
    assert facts(waits) == ("withdrawn", "public", "")


@pytest.mark.parametrize("act", ["withdraw", "decline", "void:fraud"])
def test_who_had_yet_to_confirm_and_left_since(letter: Letter, keys: WorkerKeys, act: str) -> None:
    """By the old link they would be in public again."""
    row = signed(letter)
    link = link_of(row, keys)
    Signature.objects.update(needs_mail=True)
    assert again(row, act) == {act.partition(":")[0]: 1}
    assert again(row, act) == {}
    assert confirm(Choice(link, "public")) in (Outcome.UNKNOWN, Outcome.ALREADY)
    row.refresh_from_db()
    assert row.state == ("void" if act == "void:fraud" else "pending")
    answer_pending(keys)
    assert len(mails(keys, topic="confirm")) == 1


def test_who_had_yet_to_confirm_and_is_due_a_mail(letter: Letter) -> None:
    """The worker had not mailed a link yet."""
    row = signed(letter)
    assert again(row, "withdraw") == {"withdraw": 1}
    assert again(row, "withdraw") == {}


def test_who_had_yet_to_confirm_and_hid_since(letter: Letter) -> None:
    row = signed(letter)
    assert again(row, "shown:initials") == {"shown": 1}
    row.refresh_from_db()
    assert (row.visibility, row.consent_publication) == ("initials", True)
    assert again(row, "shown:counted") == {"shown": 1}
    assert again(row, "shown:counted") == again(row, "hold:person") == {}
    row.refresh_from_db()
    assert (row.state, row.visibility, row.consent_publication) == ("pending", "counted", False)


def test_a_pseudonym_stays_and_a_name_from_before_it_goes(letter: Letter, keys: WorkerKeys) -> None:
    row, real = listed(letter, keys, name="Nightingale"), listed(letter, keys, name="Ana Example")
    Signature.objects.filter(pk=row.pk).update(is_pseudonym=True)
    assert again(row, "shown:counted", "shown:pseudonym public") == {}
    assert facts(row) == ("listed", "public", "Nightingale")
    assert again(row, "shown:pseudonym initials") == {"shown": 1}
    assert facts(row) == ("listed", "initials", "N.")
    assert again(real, "shown:pseudonym public") == {"shown": 1}
    assert facts(real) == ("listed", "counted", "")


def test_what_was_struck_out(letter: Letter, keys: WorkerKeys) -> None:
    row, pending, mine = listed(letter, keys), signed(letter), signed(letter)
    assert again(row, "void:fraud") == {"void": 1}
    assert again(row, "void:fraud") == {}
    again(pending, "void:duplicate")
    again(mine, "void:not me")
    for one, reason, is_kept in (
        (row, "fraud", True),
        (pending, "duplicate", True),
        (mine, "not me", False),
    ):
        one.refresh_from_db()
        assert (one.state, one.void_because) == ("void", reason)
        assert (one.sealed_address is not None) is is_kept


def test_what_was_struck_out_and_put_back_stays(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana")
    assert again(row, "void:fraud", "restore") == {}
    assert facts(row) == ("listed", "public", "Ana")


def test_what_was_declined_or_held(letter: Letter, keys: WorkerKeys) -> None:
    declined, held, waits = listed(letter, keys), listed(letter, keys), confirmed(letter, keys)
    assert again(declined, "decline") == {"decline": 1}
    assert again(declined, "decline") == {}
    assert again(held, "hold:burst") == {"hold": 1}
    assert again(held, "hold:burst") == {}
    again(waits, "hold")
    for row, state, reason in (
        (declined, "declined", ""),
        (held, "confirmed", "burst"),
        (waits, "confirmed", "person"),
    ):
        row.refresh_from_db()
        assert (row.state, row.held_because) == (state, reason)


def test_what_was_held_and_accepted_is_not_held(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, name="Ana")
    assert again(row, "hold:person", "restore") == {}
    assert facts(row) == ("listed", "public", "Ana")


def test_names_struck_from_a_sheet(letter: Letter) -> None:
    sheet = enter_sheet(letter, Sheet(3, names=(Entry("Paper Name"),)), actor="Mo")
    assert again(sheet, "paper") == {"paper": 1}
    assert again(sheet, "paper") == {}
    assert (names_on_paper(letter, "en"), count_on_paper(letter)) == ([], 3)
    assert again(sheet, "paper:undone") == {"paper": 1}
    assert again(sheet, "paper:undone") == {}
    assert count_on_paper(letter) == 0
    assert {event.actor for event in LetterEvent.objects.filter(act__contains="paper")} == {
        "Mo",
        "restore",
    }


def test_who_wants_no_more_updates(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, consent_updates=True)
    assert again(row, "updates:no", "updates:yes") == {}
    assert again(row, "updates:no") == {"updates": 1}
    assert again(row, "updates:no") == {}
    row.refresh_from_db()
    assert row.consent_updates is False


def test_which_partners_get_nothing_more(letter: Letter, keys: WorkerKeys) -> None:
    green, red = joined(letter, "green"), joined(letter, "red")
    row = listed(letter, keys, partners=ticked(green, red))
    again(row, f"partner:no {green.pk}", f"partner:no {red.pk}", f"partner:yes {red.pk}")
    given = PartnerConsent.objects.filter(taken_back_at=None)
    assert [one.partner_id for one in given] == [red.pk]


def test_who_was_erased_is_erased_whatever_else_they_did(letter: Letter, keys: WorkerKeys) -> None:
    row, pending = listed(letter, keys, name="Ana"), signed(letter)
    assert again(row, "updates:no", "shown:counted", "erase") == {"erase": 1}
    again(pending, "erase")
    assert facts(row) == ("listed", "counted", "")
    assert row.sealed_address is None
    assert not Signature.objects.filter(pk=pending.pk).exists()
    event = LetterEvent.objects.filter(act="erase on request").first()
    assert event is not None
    assert (event.actor, event.details) == ("restore", {"signatures": 1})


def test_who_was_not_in_the_backup(letter: Letter) -> None:
    nobody = str(uuid.uuid4())
    assert again(nobody, "erase") == again(nobody, "caution:BY") == {}


def test_countries(letter: Letter, keys: WorkerKeys) -> None:
    enter_sheet(letter, Sheet(1, names=(Entry("Paper Name", "BY"),)), actor="Mo")
    row = listed(letter, keys, name="Ana", country="BY")
    assert again(letter, "caution:BY") == {"caution": 1}
    assert again(letter, "caution:BY") == {}
    assert names_on_paper(letter, "en") == []
    assert facts(row) == ("listed", "public", "Ana")
    assert again(letter, "hide:BY") == {"hide": 1}
    assert again(letter, "hide:BY") == {}
    assert facts(row) == ("listed", "counted", "")


def test_a_country_cannot_be_hidden_without_the_letters_key(
    letter: Letter, keys: WorkerKeys
) -> None:
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, "Ana Example", country="BY")])
    Letter.objects.update(sealing_key=None)
    assert again(letter, "hide:BY") == {}


def test_addresses_that_updates_no_longer_go_to(db: None) -> None:
    assert again("01" * 32, "hard") == {"hard": 1}
    assert again("02" * 32, "complaint") == {"complaint": 1}
    assert sorted(Suppression.objects.values_list("reason", "at")) == [
        ("complaint", NOW),
        ("hard", NOW),
    ]
    lines = [
        Line(NOW + timedelta(hours=1), "lifted", str(uuid.UUID(bytes=mark * 16)), (mark * 16).hex())
        for mark in (b"\1", b"\2", b"\3")
    ]
    assert replay(lines, NOW)["lifted"] == 1
    assert [row.reason for row in Suppression.objects.all()] == ["complaint"]
