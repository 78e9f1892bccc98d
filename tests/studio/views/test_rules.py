"""Rules that hold, counted before they are applied."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import listed
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.signatures import setting_rules
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import ErrandState, HoldingRule, Signature, State, Sweep
from undersigned.signatures.sweeping import sweep_signatures
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team


@pytest.fixture
def url(letter: Letter) -> str:
    return f"/studio/letters/{letter.slug}/rules/"


def test_a_rule_is_added_and_stopped(owner: Colleague, url: str) -> None:
    assert "No rule holds anything yet." in owner.get(url).text
    filled = {"kind": "name", "pattern": "Famous Example"}
    page = owner.post(url, filled, follow=True).text
    assert "A rule holds names like “Famous Example”." in page
    assert "A name, in whatever spelling · <bdi>Ana</bdi>" in page
    rule = HoldingRule.objects.get()
    page = owner.post(f"{url}{rule.pk}/stop/", follow=True).text
    assert "The rule holds nothing more." in page
    assert "was stopped already" in owner.post(f"{url}{rule.pk}/stop/", follow=True).text


def test_a_list_is_added_said_and_taken_back(owner: Colleague, url: str) -> None:
    owner.post(url, {"kind": "name", "pattern": "Bo Example"}, follow=True)
    names = {"kind": "name", "pattern": "Cy Example\nDi Example\nBo Example\nCy Example"}
    page = owner.post(url, names, follow=True).text
    assert "2 rules hold what is confirmed from now on." in page
    assert "2 were left out, which were there already." in page
    (undo,) = re.findall(r'action="([^"]+/stop/\?added=[0-9]+-[0-9]+)"', page)
    page = owner.post(undo, follow=True).text
    assert "2 rules hold nothing more. What they hold already stays held." in page
    assert list(HoldingRule.objects.filter(is_active=True).values_list("pattern", flat=True)) == [
        "Bo Example"
    ]
    page = owner.post(url, {"kind": "name", "pattern": "Bo Example"}, follow=True).text
    assert "1 was left out, which was there already." in page
    assert "?added=" not in page, "there is nothing to take back"


def test_rules_that_are_ticked_are_stopped_together(owner: Colleague, url: str) -> None:
    owner.post(url, {"kind": "word", "pattern": "one\ntwo\nthree"})
    page = owner.get(url).text
    ticks = re.findall(r'name=rule value="([0-9]+)" form=ticked', page)
    assert len(ticks) == 3
    page = owner.post(f"{url}stop/", {"rule": [*ticks[:2], "x", "9" * 30]}, follow=True).text
    assert "2 rules hold nothing more." in page
    assert "A rule holds what contains “one”." in page
    assert "tick the rules first" in owner.post(f"{url}stop/", follow=True).text


def test_a_line_that_cannot_be_a_rule_is_named(owner: Colleague, url: str) -> None:
    answer = owner.post(url, {"kind": "domain", "pattern": "evil.example\nno domain"})
    assert answer.status_code == 422
    assert "Line 2: This is not a domain. It should look like example.org." in answer.text
    assert not HoldingRule.objects.exists()


def test_a_long_list_is_counted_as_one_and_told_in_short(owner: Colleague, url: str) -> None:
    names = "\n".join(f"Name{number} Example" for number in range(7))
    there = owner.post(url, {"kind": "name", "pattern": names, "count": "1"}).headers["Location"]
    assert len(Sweep.objects.get().conditions) == 7
    for page in (owner.get(there).text, owner.get(url).text):
        assert "A rule holds names like “Name4 Example”." in page
        assert "Name5" not in page
        assert "And 2 more." in page


def test_rules_are_paged(owner: Colleague, url: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            owner.get(url)
        return len(asked)

    owner.post(url, {"kind": "word", "pattern": "one\ntwo\nthree"}, follow=True)
    few = queries()
    owner.post(url, {"kind": "word", "pattern": "\n".join(f"word{n}" for n in range(120))})
    owner.get(url)
    assert queries() == few
    page = owner.get(f"{url}?page=2").text
    assert page.count("name=rule ") == 23


def test_what_cannot_be_a_rule_is_said_and_stays(owner: Colleague, url: str) -> None:
    answer = owner.post(url, {"kind": "domain", "pattern": "no domain"})
    assert answer.status_code == 422
    assert "This is not a domain. It should look like example.org." in answer.text
    assert ">\nno domain</textarea>" in answer.text
    assert owner.post(url, {"kind": "nonsense", "pattern": ""}).status_code == 422
    assert "Choose a country from the list." in owner.post(url, {"kind": "country"}).text
    assert owner.post(url, {"kind": "name", "pattern": "x" * 300}).status_code == 422


def test_there_is_an_end_to_rules(
    owner: Colleague, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setting_rules, "MOST_RULES", 0)
    page = owner.post(url, {"kind": "word", "pattern": "spam"}, follow=True).text
    assert "as many rules as it can have" in page


def test_what_a_rule_would_hold_is_counted_first_then_held_then_undone(
    owner: Colleague, url: str, letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, name="Famous Exmaple")
    listed(letter, keys, name="Somebody Else")
    answer = owner.post(url, {"kind": "name", "pattern": "Famous Example", "count": "1"})
    there = answer.headers["Location"]
    page = owner.get(there).text
    assert "<h1>Counting</h1>" in page
    assert '<noscript><p><a href="">Look again</a></p></noscript>' in page
    assert "HX-Refresh" not in owner.get(f"{there}progress/").headers
    assert sweep_signatures(keys) == 1
    assert owner.get(f"{there}progress/").headers["HX-Refresh"] == "true"
    page = owner.get(there).text
    assert "It fits 1 signature that is confirmed or listed. 0 of them are organisations." in page
    assert "Hold 1 signature</button>" in page
    assert "It fits 1 signature" in owner.get(url).text
    page = owner.post(f"{there}run/", follow=True).text
    assert "<h1>Holding</h1>" in page
    sweep_signatures(keys)
    row.refresh_from_db()
    assert (row.state, row.held_because) == (State.CONFIRMED, "rule")
    page = owner.get(there).text
    assert "<h1>Held</h1>" in page
    (undo,) = re.findall(r'action="([^"]+/undo/)"', page)
    owner.post(undo, {"back": there})
    assert "/undo/" not in owner.get(there).text
    list_confirmed(keys)
    row.refresh_from_db()
    assert row.state == State.LISTED
    page = owner.post(f"{there}run/", follow=True).text
    assert "There is nothing to hold, or it is being held already." in page


def test_a_rule_in_force_can_be_counted(owner: Colleague, url: str, keys: WorkerKeys) -> None:
    owner.post(url, {"kind": "country", "country": "DE"})
    rule = HoldingRule.objects.get()
    there = owner.post(f"{url}{rule.pk}/count/").headers["Location"]
    sweep_signatures(keys)
    assert "It fits nothing that is there." in owner.get(there).text
    assert Sweep.objects.get().conditions == [{"kind": "country", "pattern": "DE"}]


def test_a_sweep_is_cancelled(owner: Colleague, url: str) -> None:
    there = owner.post(url, {"kind": "burst", "pattern": "", "count": "1"}).headers["Location"]
    page = owner.post(f"{there}cancel/", follow=True).text
    assert "<h1>Cancelled</h1>" in page
    assert "It had ended before." in owner.post(f"{there}cancel/", follow=True).text


def test_a_sweep_that_failed_says_why(owner: Colleague, url: str) -> None:
    there = owner.post(url, {"kind": "burst", "pattern": "", "count": "1"}).headers["Location"]
    Sweep.objects.update(state=ErrandState.FAILED, outcome="The key is missing.")
    assert "<h1>The key is missing.</h1>" in owner.get(there).text


def test_who_may_set_rules(team: Team, url: str) -> None:
    assert signed_in(somebody("Mo", Role.MODERATOR, team)).get(url).status_code == 200
    assert signed_in(somebody("Vi", Role.VIEWER, team)).get(url).status_code == 403
    assert not Signature.objects.exists()
