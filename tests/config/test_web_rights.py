"""deploy/postgresql-web.sql: enough for what the web does, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from tests.builders import confirmed, desk, entry, link_of, published_letter, signed, worker_keys
from tests.studio.people import somebody, team_called
from tests.studio.signing_in_again import JustProved
from undersigned.letters.models import Letter
from undersigned.mail.models import Message
from undersigned.signatures.confirming import Choice, Outcome, confirm
from undersigned.signatures.looking_up import answer_look_ups
from undersigned.signatures.models import Signature
from undersigned.signatures.signing import prepare, store
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key, prepare_studio_key
from undersigned.teams.models import Invitation, Role, Team

FILE = Path(__file__).parents[2] / "deploy" / "postgresql-web.sql"
ROLE = '"undersigned-web"'

on_postgresql = pytest.mark.skipif(not settings.ENV.database_url, reason="about PostgreSQL's roles")


def test_every_table_is_decided_on() -> None:
    text = FILE.read_text(encoding="utf-8")
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert {table for table in tables if not re.search(rf"\b{table}\b", text)} == set()


@pytest.fixture
def granted(transactional_db: None) -> Iterator[None]:
    """The role exists, with the rights of the file."""
    words = FILE.read_text(encoding="utf-8").replace("BEGIN;", "").replace("COMMIT;", "")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {_role()}")
        cursor.execute(words.replace(ROLE, _role()))
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"DROP OWNED BY {_role()}")
        cursor.execute(f"DROP ROLE {_role()}")


def _role() -> str:
    """One for each test process: a server's databases share their roles."""
    return f'"undersigned-web-{connection.settings_dict["NAME"]}"'


@contextmanager
def as_web() -> Iterator[None]:
    """What is done in the block is done with the web's rights."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {_role()}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


class WithTheWebsRights(JustProved):
    """A colleague whose requests are answered by a web with the rights of the file."""

    def request(self, **kwargs: object) -> object:
        with as_web():
            return super().request(**kwargs)  # type: ignore[misc]


@pytest.fixture
def keys(granted: None, tmp_path: Path) -> WorkerKeys:
    keys = worker_keys(tmp_path)
    prepare_mail_key(keys.keyring)
    return keys


@pytest.fixture
def team(keys: WorkerKeys) -> Team:
    return team_called()


@pytest.fixture
def letter(keys: WorkerKeys, team: Team) -> Letter:
    return published_letter(keys, "banned", team=team)


@pytest.fixture
def owner(team: Team) -> WithTheWebsRights:
    return WithTheWebsRights(somebody("Ana", Role.OWNER, team))


@on_postgresql
def test_a_signature_is_taken_and_confirmed(letter: Letter, keys: WorkerKeys) -> None:
    with as_web():
        assert Client().get("/banned/", follow=True).status_code == 200
        store([prepare(desk(letter), entry())])
    token = link_of(Signature.objects.get(), keys)
    with as_web():
        assert Client().get(f"/banned/confirm/{token}/").status_code == 200
        assert confirm(Choice(token=token, visibility="public")) is Outcome.CONFIRMED


@on_postgresql
def test_the_studio_works(
    owner: WithTheWebsRights, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    with as_web():
        prepare_studio_key(settings.DATA / "web")
    held = confirmed(letter, keys, kind="organisation", name="Example Union", role="director")
    base = "/studio/letters/banned"
    for path in (
        "/studio/",
        f"{base}/",
        f"{base}/signatures/",
        f"{base}/figures/",
        f"{base}/events/",
        f"{base}/people/",
        f"{base}/imports/",
        f"{base}/deliver/",
        f"/studio/teams/{team.pk}/",
    ):
        assert owner.get(path).status_code == 200, path
    chosen = {"chosen": str(held.pk)}
    assert owner.post(f"{base}/signatures/accept/", chosen).status_code == 302
    held.refresh_from_db()
    assert held.held_because == ""
    invited = {"email": "bo@example.org", "role": "viewer"}
    assert owner.post(f"/studio/teams/{team.pk}/invite/", invited).status_code == 302
    assert Invitation.objects.filter(email="bo@example.org").exists()
    asked = owner.post(f"/studio/teams/{team.pk}/requests/", {"address": "bo@example.org"})
    assert asked.status_code == 302
    answer_look_ups(keys)
    assert "Nothing is held." in owner.get(asked.headers["Location"]).text


@on_postgresql
@pytest.mark.parametrize(
    "act",
    [
        "UPDATE letters_letter SET sealing_key = 'x'",
        "UPDATE letters_letterevent SET actor = 'somebody else'",
        "DELETE FROM letters_letterevent",
        "DELETE FROM teams_teamevent",
        "UPDATE signatures_change SET act = 'x'",
        "DELETE FROM signatures_change",
        "DELETE FROM signatures_signature",
        "UPDATE signatures_signature SET address_index = NULL",
        "UPDATE letters_translation SET body = 'x'",
        "UPDATE teams_installation SET mail_key = 'x'",
        "UPDATE mail_message SET sealed = 'x'",
        "DELETE FROM mail_message",
        "SELECT mark FROM mail_allowance",
        "CREATE TABLE mine (x int)",
    ],
)
def test_what_is_not_the_webs(letter: Letter, keys: WorkerKeys, act: str) -> None:
    signed(letter)
    assert Message.objects.count() == 0
    with (
        as_web(),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)
