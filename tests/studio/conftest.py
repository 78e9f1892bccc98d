"""A team, a letter of its own, and the worker's keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests.builders import published_letter, worker_keys
from tests.studio.people import Colleague, signed_in, somebody, team_called
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key, prepare_studio_key
from undersigned.teams.models import Role, Team


@pytest.fixture
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    """The worker's keys, and the installation's: mail to staff, and what the studio may open."""
    keys = worker_keys(tmp_path)
    prepare_mail_key(keys.keyring)
    prepare_studio_key(settings.DATA / "web")
    return keys


@pytest.fixture
def team(db: None) -> Team:
    return team_called()


@pytest.fixture
def letter(team: Team, keys: WorkerKeys) -> Letter:
    """Open, in English, hosted by the team; organisations are held."""
    return published_letter(keys, slug="banned", team=team)


@pytest.fixture
def owner(team: Team) -> Colleague:
    """Ana, who owns the team, signed in."""
    return signed_in(somebody("Ana", Role.OWNER, team))
