"""Striking out many: one owner asks, another one approves or refuses."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from tests.builders import listed
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.signatures import deciding
from undersigned.signatures.models import Decision, Kind, Signature, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import STUDIO_KEY
from undersigned.teams.models import Installation, Role, Team


@pytest.fixture(autouse=True)
def one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "VOIDED_ALONE", 1)


@pytest.fixture
def base(letter: Letter) -> str:
    return f"/studio/letters/{letter.slug}/"


@pytest.fixture
def rows(letter: Letter, keys: WorkerKeys) -> list[Signature]:
    return [
        listed(letter, keys, name="Ana Example"),
        listed(letter, keys, name="Trust", kind=Kind.ORGANISATION, role="Chair"),
    ]


@pytest.fixture
def second(team: Team) -> Colleague:
    return signed_in(somebody("Bo", Role.OWNER, team))


def asks(who: Colleague, base: str, rows: list[Signature], words: str = "") -> str:
    """What is said to whoever asks."""
    sent = {"chosen": [str(row.pk) for row in rows], "reason": "fraud", "words": words}
    return who.post(f"{base}signatures/strike-out/", sent, follow=True).text


def waiting() -> Decision:
    return Decision.objects.get(waits=True)


def struck_out() -> int:
    return Signature.objects.filter(state=State.VOID).count()


def test_one_owner_asks_and_the_other_approves(
    owner: Colleague, second: Colleague, base: str, rows: list[Signature]
) -> None:
    chosen = {"chosen": [str(row.pk) for row in rows]}
    question = owner.get(f"{base}signatures/strike-out/", chosen).text
    assert "Another owner of the team has to approve it; until then nothing changes." in question
    assert "no other owner" not in question
    assert "Ask to strike out 2 signatures" in question
    page = asks(owner, base, rows, "We asked them.")
    assert "another owner has to approve that 2 signatures are struck out." in page
    assert struck_out() == 0
    for part in ("", "queue/"):
        assert "Ana asks to strike out 2 signatures" in second.get(f"{base}{part}").text
    there = f"{base}decisions/{waiting().pk}/"
    page = second.get(there).text
    assert "<h1>Strike out 2 signatures?</h1>" in page
    assert "Not given by whom it names" in page
    assert "We asked them." in page
    assert "Ana Example" in page
    assert "Approve, and strike out 2 signatures" in page
    page = second.post(f"{there}approve/", follow=True).text
    assert "Approved, and struck out: 2 signatures." in page
    assert struck_out() == 2
    assert second.get(there).status_code == 404
    assert "Approved by Bo" in second.get(f"{base}signatures/{rows[0].pk}/").text
    (undo,) = re.findall(r'action="([^"]+/undo/)"', page)[:1]
    assert "2 signatures are as they were" in second.post(undo, follow=True).text


def test_whoever_asked_waits_or_takes_it_back(
    owner: Colleague, base: str, rows: list[Signature]
) -> None:
    assert (
        "no other owner yet"
        in owner.get(
            f"{base}signatures/strike-out/", {"chosen": [str(row.pk) for row in rows]}
        ).text
    )
    asks(owner, base, rows)
    there = f"{base}decisions/{waiting().pk}/"
    page = owner.get(there).text
    assert "You asked for this: another owner has to approve it." in page
    assert "Approve, and" not in page
    page = owner.post(f"{there}approve/", follow=True).text
    assert "You asked for this. Another owner has to approve it." in page
    assert "Waits for a second owner" in owner.get(f"{base}signatures/{rows[0].pk}/").text
    assert "Taken back." in owner.post(f"{there}take-back/", follow=True).text
    assert "Nothing was changed" in owner.post(f"{there}take-back/", follow=True).text
    assert "To be struck out: taken back" in owner.get(f"{base}signatures/{rows[0].pk}/").text
    assert struck_out() == 0


def test_the_other_refuses(
    owner: Colleague, second: Colleague, base: str, rows: list[Signature]
) -> None:
    asks(owner, base, rows)
    there = f"{base}decisions/{waiting().pk}/"
    assert (
        "Refused. The signatures stay as they are."
        in second.post(f"{there}refuse/", follow=True).text
    )
    for answer in ("refuse/", "approve/"):
        assert "Nothing was changed" in second.post(f"{there}{answer}", follow=True).text
    assert struck_out() == 0


def test_a_moderator_sees_what_waits_and_approves_nothing(
    owner: Colleague, team: Team, base: str, rows: list[Signature]
) -> None:
    asks(owner, base, rows)
    there = f"{base}decisions/{waiting().pk}/"
    mo = signed_in(somebody("Mo", Role.MODERATOR, team))
    assert "An owner of the team can approve or refuse it." in mo.get(there).text
    assert mo.post(f"{there}approve/").status_code == 403
    assert struck_out() == 0


def test_words_that_cannot_be_sealed_or_opened_change_nothing(
    owner: Colleague, second: Colleague, base: str, rows: list[Signature]
) -> None:
    asks(owner, base, rows)
    there = f"{base}decisions/{waiting().pk}/"
    key = settings.DATA / "web" / STUDIO_KEY
    kept = key.read_bytes()
    key.unlink()
    try:
        assert "(cannot be opened)" in second.get(there).text
        page = second.post(f"{there}approve/", follow=True).text
    finally:
        key.write_bytes(kept)
    assert "the words for the signers cannot be opened" in page
    Decision.objects.all().delete()
    Installation.objects.update(studio_key=None)
    assert "Nothing was asked" in asks(owner, base, rows)
    assert struck_out() == 0
