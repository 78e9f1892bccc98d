"""Hide the names of people at risk, in the studio."""

from __future__ import annotations

import pytest

from tests.builders import listed
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Decision, Kind, Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team

PAGE = "/studio/letters/banned/signatures/hide/"


@pytest.fixture
def ana(letter: Letter, keys: WorkerKeys) -> Signature:
    return listed(letter, keys, name="Ana Example", country="BY", affiliation="Example School")


def again(browser: Colleague) -> str:
    decision = Decision.objects.get(act="hide")
    path = f"/studio/letters/banned/decisions/{decision.pk}/show-again/"
    answer = browser.post(path, follow=True)
    assert answer.status_code == 200
    return answer.text


def test_counted_first_then_hidden(owner: Colleague, ana: Signature) -> None:
    assert PAGE in owner.get("/studio/letters/banned/signatures/").text
    counted = owner.get(PAGE, {"country": "BY", "organisation": ""}).text
    assert "1 signature appears now, and its name will be hidden." in counted
    assert Signature.objects.get().name == "Ana Example"

    said = owner.post(PAGE, {"country": "BY", "organisation": ""}, follow=True).text

    assert "1 name is hidden." in said
    assert "<bdi>Belarus</bdi>" in said
    assert "· 1 signature</p>" in said
    assert "More may follow" not in counted + said  # a country stands in clear
    assert "Show them again" not in said
    assert Signature.objects.get().name == ""
    assert "Nobody of them appears now." in owner.get(PAGE, {"country": "BY"}).text


def test_another_owner_reviews(
    owner: Colleague, team: Team, ana: Signature, keys: WorkerKeys
) -> None:
    owner.post(PAGE, {"organisation": "example school"})
    bo = signed_in(somebody("Bo", Role.OWNER, team))
    moderator = signed_in(somebody("Mo", Role.MODERATOR, team))
    for browser in (owner, moderator):
        assert "an owner other than who hid the names has to do this" in again(browser)
    assert "Show them again" in bo.get(PAGE).text
    assert "1 name is shown again as it was, within a few minutes." in again(bo)
    assert "These names were shown again already." in again(bo)
    answer_signers(keys)
    assert Signature.objects.get().name == "Ana Example"


def test_an_organisation_of_whom_nobody_appears_yet(owner: Colleague, letter: Letter) -> None:
    counted = owner.get(PAGE, {"organisation": "AI"}).text
    said = owner.post(PAGE, {"organisation": "AI"}, follow=True).text
    for page in (counted, said):
        assert "Nobody of them appears now. More may follow: those who wait" in page
    assert "Hide these names now" in counted
    assert "<bdi>AI</bdi>" in said  # which is a country's code, too
    assert "· 0 signatures</p>" in said


@pytest.mark.parametrize(
    "group",
    [{"country": "", "organisation": ""}, {"country": "XX"}, {"organisation": "…"}],
)
def test_neither_or_unknown(owner: Colleague, ana: Signature, group: dict[str, str]) -> None:
    assert owner.get(PAGE, group).status_code == 422
    assert owner.post(PAGE, group).status_code == 422
    assert Signature.objects.get().name == "Ana Example"


def test_organisations_among_them_are_counted(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, kind="organisation", name="Example Union", role="x", country="BY")
    assert "1 of them is an organisation’s." in owner.get(PAGE, {"country": "BY"}).text


def test_without_a_key_nothing_is_lost(owner: Colleague, letter: Letter) -> None:
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, "Ana", country="BY")])
    Letter.objects.update(sealing_key=None)
    assert "Nothing was hidden" in owner.post(PAGE, {"country": "BY"}, follow=True).text
    assert Signature.objects.get().name == "Ana"
