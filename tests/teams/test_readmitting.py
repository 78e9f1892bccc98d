"""A way back in for somebody who lost their second step."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from tests.builders import mails
from tests.studio.people import signed_in, somebody
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team, TeamEvent
from undersigned.teams.readmitting import NobodyThere, forget_second_step


def test_second_steps_and_sessions_end_and_everybody_hears_of_it(
    team: Team, keys: WorkerKeys
) -> None:
    ana, bo = signed_in(somebody("Ana", Role.OWNER, team)), signed_in(somebody("Bo"))
    for browser in (ana, bo):
        assert browser.get("/studio/").status_code == 200

    forget_second_step(" Ana@example.org ", actor="command line")

    assert ana.get("/studio/").headers["Location"].startswith("/studio/account/login/")
    assert bo.get("/studio/").status_code == 200
    assert [one.user for one in Authenticator.objects.all()] == [bo.person]
    assert Session.objects.count() == 1
    event = TeamEvent.objects.get()
    assert (event.team, event.actor, event.act) == (team, "command line", "forget second step")
    (mail,) = mails(keys)
    assert mail.to == "ana@example.org"
    assert "removed the second step of your account in the studio" in mail.text


def test_an_unknown_address_changes_nothing(team: Team, keys: WorkerKeys) -> None:
    somebody("Ana", Role.OWNER, team)
    with pytest.raises(NobodyThere):
        forget_second_step("nobody@example.org", actor="command line")
    assert Authenticator.objects.count() == 1
    assert mails(keys) == []
