"""How long the studio's pages take with 100,000 signatures and a queue: none over 200 ms."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Result
from benchmarks.filling import hand_in
from benchmarks.measures.lists import lengthen
from benchmarks.options import Options
from benchmarks.site import Site

if TYPE_CHECKING:
    from django.test import Client

LISTED = 100_000
HELD = 1_000
REGISTERED = 20_000
TIMES = 5
GOAL = 200.0
DAYS = 400


def measure(site: Site, options: Options) -> Result:
    # After the site is set up: this uses its models.
    from undersigned.signatures.models import Signature

    result = Result()
    client = _owner(site)
    short = Signature.objects.filter(letter__slug=site.slug, state="listed").count()
    lengthen(site, LISTED - short)
    _spread_over_days(site)
    _register()
    _hold(site)
    slowest: list[tuple[float, str]] = []
    for name, path in _pages(site):
        _ask(client, path)
        times = [_ask(client, path) for _ in range(TIMES)]
        slowest.append((result.add(name, times, "ms", at_most=GOAL), name))
    result.note(
        f"{LISTED:,} listed over {DAYS} days, {HELD:,} held, "
        f"{REGISTERED:,} in the registry. Slowest: {max(slowest)[1]}."
    )
    del options
    return result


def _pages(site: Site) -> list[tuple[str, str]]:
    """Every page of the studio that needs no more than a letter, and the long lists filtered."""
    from undersigned.studio.shell import PARTS

    base = f"/studio/letters/{site.slug}/"
    parts = [
        (key, base if key == "overview" else _path(f"studio-{key}", site.slug)) for key, *_ in PARTS
    ]
    signatures = _path("studio-signatures", site.slug)
    return [
        ("home", "/studio/"),
        *parts,
        ("signatures, page 900", f"{signatures}?page=900"),
        ("signatures, a word", f"{signatures}?q=fundacion"),
        ("signatures, listed organisations", f"{signatures}?state=listed&kind=organisation"),
    ]


def _path(name: str, slug: str) -> str:
    from django.urls import reverse

    return reverse(name, args=[slug])


def _owner(site: Site) -> Client:
    from tests.studio.people import signed_in, somebody, team_called
    from undersigned.letters.models import Letter
    from undersigned.teams.models import Role

    team = team_called()
    Letter.objects.filter(slug=site.slug).update(team=team)
    client = signed_in(somebody("Ana", Role.OWNER, team))
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    return client


def _spread_over_days(site: Site) -> None:
    """As if they had come one after the other; the figures are by day."""
    from django.db import connection
    from django.utils import timezone

    from undersigned.signatures.counting import count_changes
    from undersigned.signatures.models import Change, DayCount

    while count_changes():
        pass
    with connection.cursor() as cursor:
        table = Change._meta.db_table
        cursor.execute(f"UPDATE {table} SET at = datetime('now', '-' || (id % {DAYS}) || ' days')")
    _spread_counts(DayCount, timezone.now())
    del site


def _spread_counts(model: Any, now: Any) -> None:
    """One row of a day's counts becomes one for each day."""
    rows = list(model.objects.all())
    copies = [
        model(
            letter_id=row.letter_id,
            day=(now - timedelta(days=day)).date(),
            what=row.what,
            kind=row.kind,
            country=row.country,
            language=row.language,
            source=row.source,
            total=max(1, row.total // DAYS),
        )
        for row in rows
        for day in range(1, DAYS)
    ]
    model.objects.bulk_create(copies, batch_size=1_000, ignore_conflicts=True)


def _register() -> None:
    """A registry as several coalitions would have it."""
    from undersigned.signatures.models import Organisation

    Organisation.objects.bulk_create(
        [
            Organisation(
                name=f"Society {each}",
                search=f"society {each}",
                domains=[f"society-{each}.example.org"],
                country="KE",
            )
            for each in range(REGISTERED)
        ],
        batch_size=1_000,
    )


def _hold(site: Site) -> None:
    """Confirmed signatures that wait for a person, with what the worker prepares for the queue."""
    from django.utils import timezone

    from undersigned.signatures.models import Signature, State
    from undersigned.signatures.preparing_cases import prepare_cases
    from undersigned.signatures.worker_keys import WorkerKeys
    from undersigned.teams.installation import prepare_mail_key, prepare_studio_key
    from undersigned.vault.keys import Keyring

    keyring = Keyring(site.data / "keys")
    prepare_mail_key(keyring)
    prepare_studio_key(site.data / "web")
    hand_in(site, HELD, "held")
    Signature.objects.filter(letter__slug=site.slug, state=State.PENDING).update(
        state=State.CONFIRMED,
        kind="organisation",
        held_because="organisation",
        needs_mail=False,
        confirmed_at=timezone.now(),
    )
    keys = WorkerKeys(keyring)
    while prepare_cases(keys):
        pass


def _ask(client: Client, path: str) -> float:
    began = time.perf_counter()
    answer = client.get(path)
    taken = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, path
    return taken
