"""Whatever is sent to the studio is answered: with a page, a refusal or "no such thing".

Every form of every page is found in the pages themselves and sent back with hostile values in some
of its fields; so is every address with hostile words behind its question mark. None of it may end
in an error, and none of what was typed may come out as HTML.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from tests.builders import confirmed
from tests.studio.people import Colleague, somebody
from tests.studio.signing_in_again import JustProved
from tests.studio.test_roles_walk import GIVEN, PAGES
from tests.studio.test_scoping import NO_IDS, SECRET, things_of
from undersigned.letters.models import Letter
from undersigned.signatures.models import Kind
from undersigned.signatures.organisations import register
from undersigned.signatures.deciding import By
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio import list_readings
from undersigned.teams.models import Role, Team

import os
ROUNDS = int(os.environ.get("ROUNDS", "2"))
SEED = int(os.environ.get("SEED", "7"))
MARK = "xq7z"
HOSTILE = (
    "",
    "\x00",
    f"a\x00{MARK}",
    f"\"><img src=x onerror={MARK}()>",
    f"<script>{MARK}()</script>",
    f"{{{{ {MARK} }}}}{{% load x %}}",
    f"javascript:{MARK}()",
    f"https://example.org/\"onmouseover={MARK}()",
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
    '{"deadline": "0001-01-01T00:00:00+14:00", "title": 5, "body": null, "ways_to_help": 5, "related_campaigns": [[[]]]}',
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
    bad = (f"<img src=x onerror={MARK}", f"<script>{MARK}", f'"onmouseover={MARK}', f"href=javascript:", f'href="javascript:')
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
            if method not in {"get", "post"} or target.netloc or not target.path.startswith("/studio/") or "logout" in action:
                continue
            for _round in range(ROUNDS):
                data = {key: values for key, values in fields.items()}
                for key in fields:
                    if chance.random() < 2 / (1 + len(fields)) + 0.1:
                        data[key] = hostile(chance, fields[key])
                answer = answer_to(owner, method, target.path, {**dict(parse_qsl(target.query)), **data})
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
                wrong.append(f"{name} {({k: v[:60] for k, v in query.items()})!r} {answer.status_code}")
    assert wrong == []
