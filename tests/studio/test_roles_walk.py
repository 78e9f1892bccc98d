"""Everybody at every page of the studio: who comes in, who is refused, who learns nothing.

The pages are found through `undersigned.studio.urls`, and what each needs through `view.act`: a new
page is walked by itself. Where its address names more than the letter or the team, add a line to
MADE, so that whoever may is seen to get the page and not only "no such thing".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from tests.builders import listed, published_letter
from tests.partners import joined
from tests.signatures.updating import mailing_of
from tests.studio.people import signed_in, somebody
from undersigned.letters.models import Handover, Letter, Wording
from undersigned.letters.translating.working import begin
from undersigned.signatures.approving import ask_to_void
from undersigned.signatures.deciding import By
from undersigned.signatures.models import Export, PartnerFile, Vouching
from undersigned.signatures.paper import Sheet, enter_sheet
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.urls import urlpatterns
from undersigned.teams.models import Invitation, Membership, Person, Role, Team
from undersigned.teams.rules import PERMISSIONS, TEAM_ACTS, Act

pytestmark = pytest.mark.skipif(
    settings.ENV.database_url != "", reason="about rights, not about databases"
)


def a_member(letter: Letter, keys: WorkerKeys) -> object:
    return Membership.objects.get(person=somebody("Mo", Role.VIEWER, letter.team)).pk


def an_invitation(letter: Letter, keys: WorkerKeys) -> object:
    return Invitation.objects.create(
        token_hash=uuid4().bytes,
        team=letter.team,
        letter=letter.pk,
        role=Role.VIEWER,
        invited_by="Ana",
        expires_at=timezone.now() + timedelta(days=1),
    ).pk


def an_export(letter: Letter, keys: WorkerKeys) -> object:
    return Export.objects.create(
        letter=letter, form="csv", preset="public", language="en", actor="Ana"
    ).pk


def a_handover(letter: Letter, keys: WorkerKeys) -> object:
    return Handover.objects.create(
        letter=letter, recipient="The city", handed_over_on=timezone.localdate()
    ).pk


def a_decision(letter: Letter, keys: WorkerKeys) -> object:
    asked = ask_to_void(By(letter, "Ana"), [listed(letter, keys).pk], "fraud").decision
    return asked.pk if asked else None


def a_vouching(letter: Letter, keys: WorkerKeys) -> object:
    return Vouching.objects.create(
        signature=listed(letter, keys), names="Trust", sealed=b"", actor="Ana", at=timezone.now()
    ).pk


def a_wording(letter: Letter, keys: WorkerKeys) -> object:
    begin(letter, "es")
    return Wording.objects.create(
        letter=letter, language="es", field="title", text="Bea Said", at=timezone.now()
    ).pk


def an_update(letter: Letter, keys: WorkerKeys) -> object:
    """One that is mailed, so that its mailing has a page, too."""
    listed(letter, keys, consent_updates=True)
    return mailing_of(letter, shows=False).update.number


def a_sheet(letter: Letter, keys: WorkerKeys) -> object:
    return enter_sheet(letter, Sheet(1), actor="Ana").pk


def a_partners_file(letter: Letter, keys: WorkerKeys) -> object:
    partner = letter.partners.get()
    return PartnerFile.objects.create(partner=partner, number=1, actor="Ana").number


# What addresses name beyond `slug` and `team`, made for the letter: one line for each.
MADE: dict[str, Callable[[Letter, WorkerKeys], object]] = {
    "member": a_member,
    "invitation": an_invitation,
    "export": an_export,
    "handover": a_handover,
    "decision": a_decision,
    "taken": a_vouching,
    "signature": lambda letter, keys: listed(letter, keys).pk,
    "language": lambda letter, keys: begin(letter, "es").language,
    "wording": a_wording,
    "number": an_update,
    "partner": lambda letter, keys: joined(letter).slug,
    "file": a_partners_file,
    "paper": a_sheet,
    "code": lambda letter, keys: letter.source_language,
}

GIVEN = ("slug", "team")
MADE_UP = {
    "IntConverter": 987_654,
    "SlugConverter": "none",
    "StringConverter": "none",
    "UUIDConverter": uuid4(),
}
# While a page is only read, it may be noted that the session is in use; nothing else.
NOTED = ("django_session", "usersessions_usersession")
WRITING = ("INSERT", "UPDATE", "DELETE")
REFUSED = "Your role does not include this. Nothing was changed."

IN, REFUSED_THERE, UNKNOWN = "comes in", "is refused", "finds nothing"


def pages(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns)
        elif not pattern.callback.__module__.startswith("allauth."):
            yield pattern


PAGES = {str(page.name): page for page in pages(urlpatterns)}
FOR_SOME = [name for name, page in PAGES.items() if getattr(page.callback, "act", "") != "nobody"]


def test_every_page_has_a_name_and_says_what_it_needs() -> None:
    silent = [name for name, page in PAGES.items() if not hasattr(page.callback, "act")]
    assert silent == [], "decorate these views with one of studio/pages.py, as @letter_page(Act.…)"
    assert "None" not in PAGES


@pytest.fixture
def everybody(team: Team, letter: Letter, keys: WorkerKeys) -> dict[str, Person]:
    """Every role in the team, every role of a guest, and those who have nothing to do with it."""
    other = published_letter(keys, slug="other", team=team)
    elsewhere = Team.objects.create(name="Elsewhere")
    people = {role: somebody(role, role, team) for role in Role}
    for role in Role:
        if role != Role.OWNER:
            people[f"guest {role}"] = somebody(f"guest-{role}", role, team, letter=letter.pk)
    people["guest of another letter"] = somebody("near", Role.EDITOR, team, letter=other.pk)
    people["owner elsewhere"] = somebody("far", Role.OWNER, elsewhere)
    people["outsider"] = somebody("outsider")
    people["host"] = somebody("host")
    Person.objects.filter(pk=people["host"].pk).update(is_host=True)
    people["host"].refresh_from_db()
    return people


def expected(who: str, page: URLPattern) -> str:
    """What the table says: the test's own reading of it, by the name of the person."""
    act, of_letter = getattr(page.callback, "act"), "slug" in page.pattern.converters  # noqa: B009
    if who == "host" or act == "person":
        return IN
    if act == "host" or who in {"outsider", "owner elsewhere"}:
        return UNKNOWN
    if who == "guest of another letter":
        return UNKNOWN if of_letter else REFUSED_THERE
    if who.startswith("guest "):
        role = who.removeprefix("guest ")
        may = of_letter and isinstance(act, Act) and act not in TEAM_ACTS
        return IN if may and role in PERMISSIONS[act] else REFUSED_THERE
    return IN if act == "member" or who in PERMISSIONS[act] else REFUSED_THERE


def opened(client: Client, path: str) -> Any:
    """The answer to opening a page; where it only takes what is sent, to sending nothing.

    Reading must not write.
    """
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    written = [
        query["sql"]
        for query in asked.captured_queries
        if query["sql"].startswith(WRITING) and not any(table in query["sql"] for table in NOTED)
    ]
    assert written == [], f"GET {path} writes"
    return client.post(path) if answer.status_code == 405 else answer


def ended(answer: Any, *, is_made_up: bool) -> str:
    if answer.status_code == 404:
        return IN if is_made_up else UNKNOWN
    if answer.status_code == 403:
        assert REFUSED in answer.text
        return REFUSED_THERE
    return IN


@pytest.mark.parametrize("name", FOR_SOME)
def test_who_may_comes_in_and_nobody_else(
    name: str, everybody: dict[str, Person], letter: Letter, keys: WorkerKeys
) -> None:
    page = PAGES[name]
    kwargs: dict[str, Any] = {}
    more = {key: one for key, one in page.pattern.converters.items() if key not in GIVEN}
    for key, converter in more.items():
        kwargs[key] = MADE[key](letter, keys) if key in MADE else MADE_UP[type(converter).__name__]
    given = {"slug": letter.slug, "team": letter.team_id}
    kwargs |= {key: given[key] for key in GIVEN if key in page.pattern.converters}
    path = reverse(name, kwargs=kwargs)

    ends = {}
    for who, person in everybody.items():
        wanted = expected(who, page)
        # Only whoever comes in learns whether there is such a thing.
        is_made_up = wanted == IN and not more.keys() <= MADE.keys()
        ends[who] = ended(opened(signed_in(person), path), is_made_up=is_made_up)

    assert ends == {who: expected(who, page) for who in everybody}


@pytest.mark.parametrize("name", FOR_SOME)
def test_whoever_is_not_signed_in_is_led_to_sign_in(name: str, db: None) -> None:
    """The same for what is there and what is not."""
    converters = PAGES[name].pattern.converters
    made_up = {key: MADE_UP[type(converter).__name__] for key, converter in converters.items()}
    path = reverse(name, kwargs=made_up)
    stranger = Client(headers={"Sec-Fetch-Site": "same-origin"})

    answer = stranger.get(path)
    if answer.status_code != 405:
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/studio/account/login/?next={path}"
    answer = stranger.post(path)
    if answer.status_code != 405:
        assert answer.status_code == 403
        assert "You are signed out" in answer.text
