"""Whatever is sent to the studio is answered: with a page, a refusal or "no such thing".

Every form of every page is found in the pages themselves and sent back with hostile values in some
of its fields; so is every address with hostile words behind its question mark. None of it may end
in an error, and none of what was typed may come out as HTML.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection, transaction
from django.db.models import F, Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.builders import confirmed, listed
from tests.studio.people import Colleague, somebody
from tests.studio.signing_in_again import JustProved
from tests.studio.test_roles_walk import GIVEN, NOTED, PAGES, WRITING
from tests.studio.test_scoping import NO_IDS, SECRET, things_of
from undersigned.letters.models import (
    Draft,
    Edition,
    Handover,
    Letter,
    LetterEvent,
    Translation,
)
from undersigned.signatures.correcting import apply_corrections
from undersigned.signatures.deciding import By
from undersigned.signatures.models import (
    AuthorityCheck,
    Correction,
    Decision,
    Export,
    HoldingRule,
    ImportBatch,
    Kind,
    LookUp,
    Organisation,
    Signature,
    Sweep,
)
from undersigned.signatures.organisations import register
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio import list_readings
from undersigned.teams.models import Invitation, Person, Role, Team, TeamEvent

# Many more of either were tried once; these few keep it so.
ROUNDS = 2
SEED = 7
MARK = "xq7z"
HOSTILE = (
    "",
    "\x00",
    f"a\x00{MARK}",
    f'"><img src=x onerror={MARK}()>',
    f"<script>{MARK}()</script>",
    f"{{{{ {MARK} }}}}{{% load x %}}",
    f"javascript:{MARK}()",
    f'https://example.org/"onmouseover={MARK}()',
    f"Bcc: {MARK}@example.org\r\nX: y",
    "\ud800".encode("utf-16", "surrogatepass").decode("latin-1"),
    "\u202e\u2066" + MARK,
    "9" * 30,
    "-1",
    "1e400",
    "NaN",
    "٣",
    "0001-01-01",
    "9999-12-31",
    "24:61",
    "[]",
    '{"deadline": null, "asks": 5, "goal": [1], "drafters": {"a": 1}, "contacts": "x"}',
    (
        '{"deadline": "0001-01-01T00:00:00+14:00", "title": 5, "body": null, '
        '"ways_to_help": 5, "related_campaigns": [[[]]]}'
    ),
    "[" * 5_000,
    "null",
    "00000000-0000-0000-0000-000000000000",
    "../../etc/passwd",
    "//evil.example/",
    "=1+1",
    "é" * 20_000,
    "xn--a.example",
    "%00%ff",
    "Zz",
)


class Forms(HTMLParser):
    """The forms of a page: where each is sent, how, and its fields with their values."""

    def __init__(self, path: str, page: str) -> None:
        super().__init__()
        self.path = path
        self.found: list[tuple[str, str, dict[str, list[str]]]] = []
        self.current: dict[str, list[str]] | None = None
        self.select = ""
        self.by_id: dict[str, dict[str, list[str]]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.current = self.by_id.setdefault(at.get("id", f"form{len(self.found)}"), {})
            method = at.get("method", "get").lower()
            self.found.append((method, at.get("action") or self.path, self.current))
        fields = self.by_id.setdefault(at["form"], {}) if at.get("form") else self.current
        name = at.get("name", "")
        if tag == "button" and at.get("formaction"):
            self.found.append(("post", at["formaction"], fields or {}))
        if fields is None:
            return
        if tag == "option" and self.select:
            if "selected" in at or not fields[self.select]:
                fields[self.select] = [at.get("value", "")]
        elif name and tag == "select":
            self.select = name
            fields.setdefault(name, [])
        elif name and tag in {"input", "textarea", "button"}:
            fields.setdefault(name, []).append(at.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""


def addresses(letter: Letter, named: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, page in PAGES.items():
        keys = page.pattern.converters.keys()
        given = {"slug": letter.slug, "team": letter.team_id}
        kwargs = {key: given[key] for key in GIVEN if key in keys}
        words = {key: WORDS.get(key, "none") for key in NO_IDS & keys}
        things = {key: named[key] for key in keys & named.keys()}
        yield name, reverse(name, kwargs={**kwargs, **words, **things})


WORDS: dict[str, object] = {"version": 1, "act": "close", "form": "csv", "row": "1"}


@pytest.fixture
def owner(team: Team) -> Colleague:
    list_readings.forget()
    host = somebody("Ana", Role.OWNER, team)
    host.is_host = True
    host.save()
    return JustProved(host)


@pytest.fixture
def named(owner: Colleague, letter: Letter, keys: WorkerKeys) -> dict[str, object]:
    """One of everything, of the owner's own letter."""
    assert letter.team is not None
    boss = somebody("Bea", Role.OWNER, letter.team)
    boss.name = SECRET
    boss.save()
    confirmed(letter, keys, name="Held Society", kind=Kind.ORGANISATION)
    organisation = register(By(letter, "Ana"), "Example Society", website="https://example.com")
    return {**things_of(letter, keys), "organisation": organisation.pk}


def answer_to(owner: Colleague, method: str, path: str, data: dict[str, Any]) -> Any:
    """Sent, answered, and as if it had not been."""
    owner.raise_request_exception = False
    with transaction.atomic():
        answer = getattr(owner, method)(path, data)
        transaction.set_rollback(True)
    return answer


def said_as_html(answer: Any) -> bool:
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return False
    text = answer.text
    bad = (
        f"<img src=x onerror={MARK}",
        f"<script>{MARK}",
        f'"onmouseover={MARK}',
        "href=javascript:",
        'href="javascript:',
    )
    return any(one in text for one in bad)


def hostile(value: random.Random, values: list[str]) -> Any:
    return value.choice(HOSTILE) if value.random() < 0.9 else [*values, *value.sample(HOSTILE, 3)]


def test_every_form_is_answered_whatever_stands_in_it(
    owner: Colleague, letter: Letter, named: dict[str, object]
) -> None:
    chance = random.Random(SEED)
    wrong: list[str] = []
    for name, path in addresses(letter, named):
        page = answer_to(owner, "get", path, {})
        forms = [("post", path, {})]
        if page.status_code == 200 and not page.streaming:
            forms = [*Forms(path, page.text).found, *forms]
        for method, action, fields in forms:
            target = urlsplit(action)
            if (
                method not in {"get", "post"}
                or target.netloc
                or not target.path.startswith("/studio/")
                or "logout" in action
            ):
                continue
            for _round in range(ROUNDS):
                data = dict(fields.items())
                for key in fields:
                    if chance.random() < 2 / (1 + len(fields)) + 0.1:
                        data[key] = hostile(chance, fields[key])
                answer = answer_to(
                    owner, method, target.path, {**dict(parse_qsl(target.query)), **data}
                )
                changed = {k: str(v)[:90] for k, v in data.items() if v != fields[k]}
                if answer.status_code >= 500:
                    wrong.append(f"{name} {method} {action} {changed!r} {answer.status_code}")
                if said_as_html(answer):
                    wrong.append(f"{name} {method} {action} {changed!r} says it as HTML")
    assert wrong == []


FIELDS = (
    *("act", "at", "actor", "batch", "back", "chosen", "country", "edition", "featured", "flag"),
    *("form", "from", "kind", "language", "next", "only", "other", "page", "preset", "q", "saved"),
    *("seen", "since", "source", "signature", "state", "to", "until", "view", "period", "after"),
)


def test_every_address_is_answered_whatever_stands_behind_it(
    owner: Colleague, letter: Letter, named: dict[str, object]
) -> None:
    chance = random.Random(SEED)
    wrong: list[str] = []
    for name, path in addresses(letter, named):
        for _round in range(ROUNDS):
            query = {key: chance.choice(HOSTILE) for key in chance.sample(FIELDS, 6)}
            query |= {"page": chance.choice(HOSTILE), "q": chance.choice(HOSTILE)}
            answer = answer_to(owner, "get", path, query)
            if answer.status_code >= 500 or said_as_html(answer):
                wrong.append(
                    f"{name} { ({k: v[:60] for k, v in query.items()})!r} {answer.status_code}"
                )
    assert wrong == []


def test_no_page_writes_anything_because_it_is_read(
    owner: Colleague, letter: Letter, named: dict[str, object]
) -> None:
    """But that the session is in use."""
    wrote: dict[str, list[str]] = {}
    owner.get(reverse("studio"))
    for name, path in addresses(letter, named):
        with CaptureQueriesContext(connection) as asked:
            owner.get(path)
        written = [
            query["sql"][:80]
            for query in asked.captured_queries
            if query["sql"].startswith(WRITING)
            and not any(table in query["sql"] for table in NOTED)
        ]
        if written:
            wrote[name] = written
    assert wrote == {}


EVIL = f'"><img src=x onerror={MARK}()>{{{{ 7|add:7 }}}}'
# Everything that people can name, with as much of the hostile text as its column takes.
NAMED: dict[type[Model], tuple[str, ...]] = {
    Signature: ("name", "title", "affiliation", "place", "void_because", "held_because"),
    Organisation: ("name", "native_name"),
    Team: ("name",),
    Person: ("name",),
    Letter: ("facilitator", "hashtag"),
    Translation: ("title", "body", "call", "introduction", "addressee", "consent_updates"),
    Edition: ("note",),
    Handover: ("recipient", "note", "answer"),
    ImportBatch: ("file_name", "origin", "actor"),
    HoldingRule: ("pattern", "created_by"),
    LetterEvent: ("actor", "act"),
    TeamEvent: ("actor", "act"),
    Decision: ("actor", "reason"),
    Correction: ("actor",),
    AuthorityCheck: ("domain", "asked_by"),
    Export: ("actor", "outcome"),
    Sweep: ("actor", "outcome"),
    LookUp: ("actor", "outcome"),
    Invitation: ("invited_by",),
}


def test_whatever_anything_is_called_it_stays_text(
    owner: Colleague, letter: Letter, named: dict[str, object]
) -> None:
    """In the studio and on the public pages."""
    for model, columns in NAMED.items():
        for column in columns:
            length = model._meta.get_field(column).max_length or 300
            model._default_manager.update(**{column: EVIL[:length]})
    Signature.objects.update(website=f"https://{EVIL}")
    Organisation.objects.update(website=f"https://{EVIL}", aliases=[EVIL], domains=[EVIL])
    campaign = {"title": EVIL, "url": f"https://{EVIL}", "tags": [EVIL], "text": EVIL}
    ways = [{"heading": EVIL, "text": f"[x](javascript:{MARK}()) {EVIL}"}]
    Translation.objects.update(related_campaigns=[campaign], ways_to_help=ways)
    Letter.objects.update(drafters=[EVIL], contacts={"general": EVIL}, revision=F("revision") + 1)
    public = [f"/{letter.slug}/en/{page}" for page in ("", "signatories/", "editions/", "figures/")]
    wrong: dict[str, object] = {}
    for name, path in [
        *addresses(letter, named),
        *[(path, path) for path in public],
        ("front", "/"),
    ]:
        owner.raise_request_exception = False
        answer = owner.get(path)
        if answer.status_code >= 500 or said_as_html(answer):
            wrong[name] = answer.status_code
        if not answer.streaming and "html" in answer.headers["Content-Type"]:
            assert "14" not in re.findall(r"onerror=xq7z\(\)&gt;(\d+)", answer.text)
    assert wrong == {}


@pytest.mark.parametrize(
    "website", ["javascript:x()", "javascript://example.org/%0ax()", "data:text/html,x", "//x.y"]
)
def test_a_link_that_is_none_of_the_web_is_not_taken(
    owner: Colleague, letter: Letter, keys: WorkerKeys, website: str
) -> None:
    """Wherever organisers can write one."""
    row = listed(letter, keys, kind=Kind.ORGANISATION)
    pages = {
        reverse("studio-signature-correct", args=[letter.slug, row.pk]): "website",
        reverse("studio-text", args=[letter.slug]): "campaigns-0-url",
        reverse("studio-organisation-new", args=[letter.slug]): "website",
    }
    for path, field in pages.items():
        shown = Forms(path, owner.get(path).text).found
        fields = next(fields for method, _, fields in shown if method == "post" and field in fields)
        typed = {**fields, field: website, "name": "Example Society"}
        answer = owner.post(path, typed)
        row.refresh_from_db()
        if answer.status_code == 302:  # read as a host of the web, or left out
            apply_corrections(keys)
            row.refresh_from_db()
        assert "script:" not in row.website.removeprefix("https://")
        assert not row.website or row.website.startswith("https://")
        assert answer.status_code in {302, 422}
    stored = [*Organisation.objects.values_list("website", flat=True)]
    assert [one for one in stored if one.startswith(("javascript:", "data:"))] == []
    drafted = Draft.objects.filter(letter=letter).values_list("words", flat=True)
    assert website not in repr([*drafted])
