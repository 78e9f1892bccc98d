"""Signing under a pseudonym that the organisers know: nothing brings the real name out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.builders import confirmed, listed
from tests.partners import joined, with_key
from tests.signatures.behind_links import own_link
from tests.signatures.canaries import everything_stored
from tests.signatures.partnered import asking, clear_folder, made
from undersigned.letters.models import Letter
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.appearing import appear
from undersigned.signatures.correcting import (
    CannotCorrect,
    apply_corrections,
    withdraw_correction,
)
from undersigned.signatures.deciding import By
from undersigned.signatures.erasing import erase
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.exporting.presets import Purpose
from undersigned.signatures.exporting.rows import read_rows
from undersigned.signatures.held_data import describe
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import Correction, Signature, SignerLink, State
from undersigned.signatures.pseudonyms import ask_for_pseudonym, give_pseudonym_up
from undersigned.signatures.renaming import Renaming, rename, settle_name, waiting_names
from undersigned.signatures.rules import NameRefused
from undersigned.signatures.signatories import first_signatories
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key, studio_opener


@pytest.fixture(autouse=True)
def allowed(letter: Letter) -> None:
    Letter.objects.update(pseudonyms=True)
    prepare_studio_key(settings.DATA / "web")


def answer(letter: Letter, *, accept: bool) -> None:
    [wish] = waiting_names(letter, studio_opener(settings.DATA / "web"))
    assert wish.is_pseudonym
    assert wish.before == "Ana Canary"
    settle_name(By(letter, "Mo"), wish.id, accept=accept)


def work(keys: WorkerKeys) -> None:
    apply_corrections(keys)
    answer_signers(keys)


def names(letter: Letter) -> list[tuple[str, bool]]:
    return [(one.name, one.is_pseudonym) for one in first_signatories(letter, "en").people]


@pytest.fixture
def row(letter: Letter, keys: WorkerKeys) -> Signature:
    return listed(letter, keys, name="Ana Canary", title="Teacher", affiliation="Canary School")


@pytest.fixture
def token(row: Signature, keys: WorkerKeys) -> str:
    return own_link(row, keys)


@pytest.fixture
def fox(letter: Letter, keys: WorkerKeys, row: Signature, token: str) -> Signature:
    """Ana, listed as Red Fox."""
    assert ask_for_pseudonym(token, "Red Fox") is True
    answer(letter, accept=True)
    work(keys)
    row.refresh_from_db()
    return row


def test_from_the_moment_of_asking_nothing_is_shown(
    letter: Letter, keys: WorkerKeys, token: str
) -> None:
    ask_for_pseudonym(token, "Red Fox")
    work(keys)
    assert names(letter) == []
    assert "canary" not in everything_stored()


def test_then_the_pseudonym_is_listed_as_one(letter: Letter, fox: Signature) -> None:
    assert names(letter) == [("Red Fox", True)]
    assert (fox.title, fox.affiliation, fox.is_pseudonym) == ("", "", True)
    assert fox.consent_publication is True
    assert "canary" not in everything_stored()


def test_refused_it_stays_hidden(letter: Letter, keys: WorkerKeys, token: str) -> None:
    ask_for_pseudonym(token, "Red Fox")
    answer(letter, accept=False)
    work(keys)
    assert names(letter) == []
    assert Signature.objects.get().is_pseudonym is False


def test_one_that_still_waits_is_listed_under_it(letter: Letter, keys: WorkerKeys) -> None:
    token = own_link(confirmed(letter, keys, name="Ana Canary", choice="counted"), keys)
    ask_for_pseudonym(token, "Red Fox")
    answer(letter, accept=True)
    list_confirmed(keys)
    assert names(letter) == [("Red Fox", True)]


def test_nobody_else_can_take_it_back(letter: Letter, keys: WorkerKeys, fox: Signature) -> None:
    with pytest.raises(CannotCorrect):
        withdraw_correction(By(letter, "Mo"), Correction.objects.get().pk)
    work(keys)
    assert names(letter) == [("Red Fox", True)]


@pytest.mark.parametrize("choice", ["public", "initials", "recipient"])
def test_however_it_appears_it_is_the_pseudonym(
    letter: Letter, keys: WorkerKeys, fox: Signature, token: str, choice: str
) -> None:
    appear(token, "counted")
    appear(token, choice)
    work(keys)
    rows = [one.row.name for one in read_rows(letter, Purpose.ADDRESSEE, "en", keys)]
    shown = {"public": "Red Fox (pseudonym)", "initials": "R. F.", "recipient": rows[0]}
    assert rows == [shown[choice]]
    assert rows[0].startswith("R")


def test_its_owner_gives_it_up_and_chooses_anew(
    letter: Letter, keys: WorkerKeys, fox: Signature, token: str
) -> None:
    assert give_pseudonym_up(token) is True
    work(keys)
    assert names(letter) == []
    appear(token, "public")
    work(keys)
    assert names(letter) == [("Ana Canary", False)]


def test_the_name_under_a_pseudonym_is_not_corrected_but_asked_anew(
    letter: Letter, keys: WorkerKeys, fox: Signature, token: str
) -> None:
    assert rename(token, "Ana Canarý") is Renaming.UNKNOWN
    ask_for_pseudonym(token, "Blue Fox")
    answer(letter, accept=True)
    work(keys)
    assert names(letter) == [("Blue Fox", True)]


def test_who_asks_what_is_held_is_told_both(fox: Signature, keys: WorkerKeys) -> None:
    [held] = describe([fox], keys)
    assert (held["name"], held["real_name"]) == ("Red Fox", "Ana Canary")


def test_who_left_meanwhile_stays_away(letter: Letter, keys: WorkerKeys, token: str) -> None:
    ask_for_pseudonym(token, "Red Fox")
    Signature.objects.update(state=State.WITHDRAWN)
    answer(letter, accept=True)
    work(keys)
    assert Signature.objects.get().name == ""
    assert give_pseudonym_up(token) is False


def test_erased_it_is_gone(fox: Signature) -> None:
    erase([fox.pk], timezone.now(), actor="signer")
    fox.refresh_from_db()
    assert (fox.name, fox.is_pseudonym) == ("", False)


def test_where_it_is_not_for(letter: Letter, keys: WorkerKeys, token: str) -> None:
    with pytest.raises(NameRefused):
        ask_for_pseudonym(token, "fox@example.org")
    union = listed(letter, keys, kind="organisation", name="Example Union", role="x")
    assert ask_for_pseudonym(own_link(union, keys), "Red Fox") is False
    assert [ask_for_pseudonym("A" * 22, "Fox"), give_pseudonym_up("A" * 22)] == [False, False]
    Letter.objects.update(pseudonyms=False)
    assert ask_for_pseudonym(token, "Red Fox") is False
    Letter.objects.update(pseudonyms=True)
    SignerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask_for_pseudonym(token, "Red Fox") is False
    assert not Correction.objects.exists()


def test_a_file_for_a_partner_that_still_names_them_ends(letter: Letter, keys: WorkerKeys) -> None:
    green = joined(letter)
    with_key(green)
    row = asking(letter, keys, green, name="Bo Canary")
    file = made(green, keys)
    ask_for_pseudonym(own_link(row, keys), "Blue Hare")
    file.refresh_from_db()
    assert file.is_overtaken is True
    clear_folder(media_folder("partners"))


@pytest.mark.parametrize("purpose", [Purpose.CONTACTS, Purpose.RECORD])
def test_it_stands_beside_no_address(
    letter: Letter, keys: WorkerKeys, fox: Signature, purpose: Purpose
) -> None:
    Signature.objects.update(consent_updates=True)
    [read] = read_rows(letter, purpose, "en", keys)
    assert read.row.name == ""
    assert read.row.email != ""
