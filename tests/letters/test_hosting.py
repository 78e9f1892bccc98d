"""Letters from the command line find their team."""

from __future__ import annotations

import pytest

from undersigned.letters.hosting import TeamUnclear, adopt_letters, host_of_new_letters
from undersigned.letters.models import Letter
from undersigned.teams.models import Team


def test_the_first_team_adopts_what_was_there(db: None) -> None:
    Letter.objects.create(slug="early", source_language="en")
    team = Team.objects.create(name="Coalition")
    assert [adopt_letters(team), adopt_letters(team)] == [1, 0]
    assert Letter.objects.get().team == team


def test_before_the_first_team_a_letter_has_none(db: None) -> None:
    assert host_of_new_letters() is None


def test_the_only_team_hosts_it(db: None) -> None:
    team = Team.objects.create(name="Coalition")
    assert host_of_new_letters() == team


def test_of_several_one_is_named(db: None) -> None:
    Team.objects.create(name="Alliance")
    team = Team.objects.create(name="Coalition")
    assert host_of_new_letters("Coalition") == team
    with pytest.raises(TeamUnclear, match=r"with --team; there are “Alliance”, “Coalition”\."):
        host_of_new_letters()


def test_an_unknown_name_is_refused(db: None) -> None:
    with pytest.raises(TeamUnclear, match="There is no team called “Nobody”"):
        host_of_new_letters("Nobody")
