"""`undersigned owner`: the link of the first account."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from tests.config.commands.conftest import Run
from undersigned.config.commands.owner import owner_link
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.beginning import is_good
from undersigned.teams.installation import prepare_mail_key
from undersigned.teams.models import Person

pytestmark = pytest.mark.django_db


def test_prints_a_link_that_is_good(undersigned: Run) -> None:
    done = undersigned("owner")
    found = re.fullmatch(r"http://127\.0\.0\.1:8000/studio/begin/([\w-]{22})/\n", done.out)
    assert (done.status, done.err) == (0, "")
    assert found is not None
    assert is_good(found[1], timezone.now())


def test_prints_none_once_there_is_somebody(undersigned: Run) -> None:
    Person.objects.create(email="ana@example.org", name="Ana")
    done = undersigned("owner")
    assert (done.status, done.out) == (1, "")
    assert done.err == (
        "Error: Somebody runs this installation already. Owners invite others in the studio.\n"
    )
    assert owner_link("start") is None


def test_lets_somebody_in_again(undersigned: Run, keys: WorkerKeys) -> None:
    prepare_mail_key(keys.keyring)
    Person.objects.create(email="ana@example.org", name="Ana")
    done = undersigned("owner", "--forget-second-step", "ana@example.org")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "Ana is signed out everywhere, and sets up a second step at the next sign-in. "
        "A mail tells them.\n"
    )


def test_says_who_is_not_there(undersigned: Run) -> None:
    done = undersigned("owner", "--forget-second-step", "nobody@example.org")
    assert (done.status, done.out) == (1, "")
    assert done.err == (
        "Error: Nobody in the studio has this address. Check it, or invite them in the studio.\n"
    )
