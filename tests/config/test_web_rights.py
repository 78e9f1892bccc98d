"""deploy/postgresql-web.sql: enough for what the web does, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.builders import (
    confirmed,
    desk,
    entry,
    link_of,
    listed,
    published_letter,
    signed,
    worker_keys,
)
from tests.partners import recipient
from tests.signatures.behind_links import own_link, unsubscribe_token
from tests.signatures.partnered import file_token, ticked
from tests.studio.people import somebody, team_called
from tests.studio.signing_in_again import JustProved
from undersigned.letters.models import Letter, Partner
from undersigned.mail.models import Message
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.confirming import Choice, Outcome, confirm
from undersigned.signatures.counting import count_changes
from undersigned.signatures.deciding import By
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.looking_up import answer_look_ups
from undersigned.signatures.models import (
    Decided,
    Decision,
    Hiding,
    PaperSheet,
    PartnerConsent,
    PartnerTally,
    Signature,
)
from undersigned.signatures.renaming import settle_name
from undersigned.signatures.signing import prepare, store
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_mailings import write_mailings
from undersigned.signatures.writing_partner_files import write_partner_files
from undersigned.teams.installation import (
    INSTALLATION,
    prepare_mail_key,
    prepare_studio_key,
)
from undersigned.teams.models import Invitation, Role, Team
from undersigned.website.stamps import make_stamp

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
def test_a_signers_own_page_works(letter: Letter, keys: WorkerKeys) -> None:
    with as_web():
        prepare_studio_key(settings.DATA / "web")
    Letter.objects.update(pseudonyms=True, withdrawals="choice")
    about = {"kind": "organisation", "name": "Example Union", "role": "director"}
    rows = [listed(letter, keys), listed(letter, keys), listed(letter, keys, **about)]
    own = [f"/banned/yours/{own_link(row, keys)}/" for row in rows]
    with as_web():
        stamp = make_stamp(INSTALLATION, waited=True)
        asked = Client().post("/en/yours/", {"email": "ana@example.org", "stamp": stamp})
        assert asked.status_code == 303
        for choice, what in (
            ("hide", ""),
            ("appear", "public"),
            ("take-back", "updates"),
            ("give", "updates"),
            ("rename", "Ána Example"),
            ("rename", "Somebody Else"),
            ("pseudonym", "Red Fox"),
            ("give-up", ""),
            ("renew", ""),
        ):
            for path in own:
                answer = Client().post(path, {"choice": choice, "what": what})
                assert answer.status_code == 303, choice
        assert Client().get(f"{own[0]}held.json").status_code == 200
        assert Client().post(own[0], {"choice": "erase"}).status_code == 200
        assert Client().post(own[1], {"choice": "leave", "what": "openly"}).status_code == 303
    answer_signers(keys)
    rows[1].refresh_from_db()
    assert rows[1].state == "withdrawn"


@on_postgresql
def test_names_are_hidden_and_shown_again(
    owner: WithTheWebsRights, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    bo = WithTheWebsRights(somebody("Bo", Role.OWNER, team))
    Letter.objects.update(pseudonyms=True)
    rows = [listed(letter, keys, country="BY") for _ in range(3)]
    own = [f"/banned/yours/{own_link(row, keys)}/" for row in rows]
    page = "/studio/letters/banned/signatures/hide/"
    with as_web():
        prepare_studio_key(settings.DATA / "web")
        fox = {"choice": "pseudonym", "what": "Red Fox"}
        assert Client().post(own[0], fox).status_code == 303
    assert owner.post(page, {"country": "BY"}).status_code == 302
    assert owner.post(page, {"organisation": "Example Union"}).status_code == 302
    assert Hiding.objects.count() == 2
    with as_web():
        settle_name(By(letter, "Mo"), rows[0].corrections.get().pk, accept=True)
        chosen = {"choice": "appear", "what": "initials"}
        assert Client().post(own[1], chosen).status_code == 303
    found = Decided.objects.filter(decision__hides_by="country").order_by("signature__created_at")
    assert list(found.values_list("visibility_before", "chose_anew")) == [
        ("public", False),
        ("public", True),
        ("public", False),
    ]
    decision = Decision.objects.get(act="hide", hides_by="country")
    again = f"/studio/letters/banned/decisions/{decision.pk}/show-again/"
    assert bo.post(again).status_code == 302
    decision.refresh_from_db()
    assert decision.undone_at is not None


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
        f"{base}/paper/",
        f"/studio/teams/{team.pk}/",
    ):
        assert owner.get(path).status_code == 200, path
    on_paper = {"signatures": "3", "name-1": "Cy Example"}
    assert owner.post(f"{base}/paper/new/", on_paper).status_code == 302
    sheet = f"{base}/paper/{PaperSheet.objects.get().pk}/"
    assert owner.post(sheet, on_paper).status_code == 302
    assert owner.post(f"{sheet}take-back/").status_code == 302
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
def test_updates_are_written_and_ordered_and_left(
    owner: WithTheWebsRights, letter: Letter, keys: WorkerKeys
) -> None:
    reader = listed(letter, keys, consent_updates=True)
    base = "/studio/letters/banned/updates/"
    words = {"en-title": "They answered", "en-body": "We met them."}
    for _ in range(2):
        assert owner.post(f"{base}new/", words).status_code == 302
    assert owner.post(f"{base}2/", {**words, "version": "1", "en-body": "x"}).status_code == 302
    for path in (
        "1/show/",
        "1/hide/",
        "1/test/",
        "1/send/",
        "1/mailing/pause/",
        "1/mailing/cancel/",
    ):
        assert owner.post(f"{base}{path}", {"zone": "UTC"}).status_code == 302, path
    assert owner.post(f"{base}2/send/", {"zone": "UTC"}).status_code == 302
    assert owner.post(f"{base}2/mailing/cancel/").status_code == 302
    assert owner.post(f"{base}2/remove/").status_code == 302
    assert [update.number for update in letter.updates.all()] == [1]
    order_again = owner.post(f"{base}1/send/", {"zone": "UTC"})
    assert order_again.status_code == 302
    write_mailings(keys)
    for path in ("pause", "resume"):
        assert owner.post(f"{base}1/mailing/{path}/").status_code == 302
    path = f"/banned/unsubscribe/{unsubscribe_token(reader, keys)}/"
    with as_web():
        assert Client().get(path).status_code == 200
        assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert Client().post(path.replace("unsubscribe", "yours")).status_code == 303
    reader.refresh_from_db()
    assert reader.consent_updates is False


@on_postgresql
def test_the_end_of_addresses_is_chosen_and_the_letter_closed(
    owner: WithTheWebsRights, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys)
    base = "/studio/letters/banned"
    assert owner.get(f"{base}/kept/").status_code == 200
    today = timezone.now().date()
    sent = {"until": (today + timedelta(days=3)).isoformat()}
    assert owner.get(f"{base}/kept/until/", sent).status_code == 200
    assert owner.post(f"{base}/kept/until/", sent).status_code == 302
    assert Letter.objects.get().addresses_until == today + timedelta(days=3)
    assert owner.post(f"{base}/settings/close/").status_code == 302
    assert Letter.objects.get().closed_at is not None


@on_postgresql
def test_partners_join_and_are_handed_files(
    owner: WithTheWebsRights, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    bo = WithTheWebsRights(somebody("Bo", Role.OWNER, team))
    base = "/studio/letters/banned/partners/"
    filled = {"name": "Green", "slug": "green", "privacy_url": "a.example", "words_en": "Mail me"}
    assert owner.post(f"{base}new/", filled).status_code == 302
    assert owner.post(f"{base}new/", {**filled, "slug": "river"}).status_code == 302
    green = f"{base}green/"
    key = recipient()
    for who, path, sent in (
        (owner, "", {**filled, "words_en": "Write to me"}),
        (owner, "key/", {"key": key}),
        (bo, "key/confirm/", {"recipient": key, "compared": "on"}),
        (owner, "mail/", {"email": "files@green.example"}),
        (owner, "schedule/", {"schedule": "weekly"}),
        (owner, "files/new/", {}),
    ):
        assert who.post(f"{green}{path}", sent).status_code == 302, path
    assert owner.post(f"{base}river/up/").status_code == 302
    assert owner.post(f"{base}river/end/").status_code == 302
    partner = Partner.objects.get(slug="green")
    with as_web():
        assert Client().get("/banned/en/with/green/").status_code == 200
        typed = entry(partners=ticked(partner), via=partner.pk)
        store([prepare(desk(letter), typed)])
    token = link_of(Signature.objects.get(), keys)
    with as_web():
        confirm(Choice(token=token, visibility="public"))
    while list_confirmed(keys):
        pass
    with as_web():
        count_changes()  # as where the web undoes an import
    write_partner_files(keys)
    with as_web():
        assert Client().post(f"/banned/partner/{file_token(keys)}/").status_code == 200
    assert owner.post(f"{green}files/1/").status_code == 200
    row = Signature.objects.get()
    own = f"/banned/yours/{own_link(row, keys)}/"
    wording = str(ticked(partner)[0][1])
    with as_web():
        assert Client().get(own).status_code == 200
        taken = {"choice": "take-back-from", "what": str(partner.pk)}
        assert Client().post(own, taken).status_code == 303
        assert Client().post(own, {"choice": "give-to", "what": wording}).status_code == 303
        assert Client().post(own, {"choice": "leave"}).status_code == 303
    assert [one.taken_back_at is None for one in PartnerConsent.objects.all()] == [False, False]
    assert PartnerTally.objects.get().total == 1


@on_postgresql
@pytest.mark.parametrize(
    "act",
    [
        "UPDATE letters_letter SET sealing_key = 'x'",
        "UPDATE letters_letter SET key_destroyed_at = NULL",
        "DELETE FROM letters_forgetting",
        "UPDATE letters_letterevent SET actor = 'somebody else'",
        "DELETE FROM letters_letterevent",
        "DELETE FROM teams_teamevent",
        "UPDATE signatures_change SET act = 'x'",
        "DELETE FROM signatures_change",
        "DELETE FROM signatures_signature",
        "UPDATE letters_partnerwording SET words = 'x'",
        "DELETE FROM signatures_partnerconsent",
        "SELECT signature FROM signatures_passedon",
        "UPDATE signatures_signature SET address_index = NULL",
        "UPDATE letters_translation SET body = 'x'",
        "UPDATE teams_installation SET mail_key = 'x'",
        "UPDATE mail_message SET sealed = 'x'",
        "DELETE FROM mail_message",
        "SELECT mark FROM mail_allowance",
        "SELECT content FROM mail_circular",
        "SELECT token FROM mail_servicereport",
        "DELETE FROM mail_servicereport",
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
