"""Facts that the database tells: about itself, and about what waits in it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max, Min, Q

from undersigned.config.health.facts import DatabaseFacts, MailOfADay, Queues
from undersigned.letters.models import Letter, LetterState
from undersigned.mail.models import CameBack, Message, MessageState, Priority
from undersigned.signatures.folding import sort_key
from undersigned.signatures.models import Change, Signature, State
from undersigned.teams.models import Installation

SAMPLE = 20
DAY = timedelta(days=1)


def look_at_database(*, thorough: bool) -> DatabaseFacts:
    """`thorough` reads all of it: minutes for a large one."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        return DatabaseFacts(fault=type(error).__name__)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    parts = {app for app, _ in executor.loader.disk_migrations}
    applied = executor.loader.applied_migrations
    unknown = {
        name for name in applied if name[0] in parts and name not in executor.loader.disk_migrations
    }
    facts = DatabaseFacts(unapplied=len(plan), unknown=len(unknown))
    if plan:
        return facts  # its tables are not those that we know
    return _measure(facts, thorough=thorough)


def _measure(facts: DatabaseFacts, *, thorough: bool) -> DatabaseFacts:
    newest = Change.objects.order_by("-id").values_list("at", flat=True).first()
    if connection.vendor == "postgresql":
        before = datetime.now(UTC)
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp(), pg_database_size(current_database())")
            theirs, size = cursor.fetchone()
        return DatabaseFacts(
            unknown=facts.unknown,
            size=size,
            seconds_ahead=(theirs - before).total_seconds(),
            newest_change_at=newest,
        )
    # Looked at by name, never opened: see config/sqlite/base.py: make_file.
    name = Path(connection.settings_dict["NAME"])
    return DatabaseFacts(
        unknown=facts.unknown,
        quick_check=_quick_check() if thorough else None,
        size=_size(name),
        log_size=_size(Path(f"{name}-wal")),
        newest_change_at=newest,
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _quick_check() -> str:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        [first] = cursor.fetchone()
    return str(first)


def version_of_database() -> str:
    """`SQLite 3.45.1` or `PostgreSQL 16.4`; without the number while it does not answer."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    try:
        connection.ensure_connection()
    except DatabaseError:
        return "PostgreSQL"
    number = connection.connection.info.server_version
    return f"PostgreSQL {number // 10000}.{number % 10000}"


def look_at_queues(now: datetime) -> Queues:
    """What waits for the worker, by the indexes that the worker uses."""
    queued = Message.objects.filter(state=MessageState.QUEUED)
    due = queued.filter(not_before__lte=now)
    if settings.MAIL_PER_MINUTE or settings.MAIL_PER_HOUR or settings.MAIL_PER_DAY:
        due = due.filter(priority=Priority.NOW)  # others may wait for days, as the host has set
    confirmed = Signature.objects.filter(state=State.CONFIRMED)
    held = confirmed.exclude(held_because="").aggregate(
        oldest=Min("confirmed_at"), count=Count("pk")
    )
    return Queues(
        mail_due=due.aggregate(oldest=Min("not_before"))["oldest"],
        mail_retried=queued.filter(not_before__gt=now, attempts__gt=0).count(),
        unanswered=Signature.objects.filter(state=State.PENDING, needs_mail=True).aggregate(
            oldest=Min("created_at")
        )["oldest"],
        unlisted=confirmed.filter(held_because="").aggregate(oldest=Min("confirmed_at"))["oldest"],
        uncounted=Change.objects.filter(is_counted=False)
        .order_by("id")
        .values_list("at", flat=True)
        .first(),
        held=held["oldest"],
        held_count=held["count"],
    )


def look_at_mail_of_a_day(now: datetime) -> MailOfADay:
    """What left since yesterday, and what of it came back."""
    found = Message.objects.filter(state=MessageState.SENT, sent_at__gt=now - DAY).aggregate(
        sent=Count("pk"),
        bounced=Count("pk", filter=Q(came_back=CameBack.BOUNCED)),
        complained=Count("pk", filter=Q(came_back=CameBack.COMPLAINED)),
    )
    return MailOfADay(found["sent"], found["bounced"], found["complained"])


def sort_keys_fit() -> bool | None:
    """Whether this version of ICU makes the sort keys that are stored; None without any."""
    sample = (
        Signature.objects.filter(state=State.LISTED, visibility="public")
        .exclude(name="")
        .order_by("-confirmed_at")
        .values_list("sorts_as", "name", "sort_key")[:SAMPLE]
    )
    fits = [bytes(stored) == sort_key(sorts_as or name) for sorts_as, name, stored in sample]
    return all(fits) if fits else None


def letters_paused() -> tuple[str, ...]:
    """The letters that would take signatures, had they a key to seal them to."""
    taking = Q(state__in=(LetterState.GATHERING, LetterState.OPEN))
    return tuple(
        Letter.objects.filter(taking, sealing_key=None, key_destroyed_at=None)
        .order_by("slug")
        .values_list("slug", flat=True)
    )


def newest_letter_at() -> datetime | None:
    """When the newest letter that has a key was made."""
    newest: datetime | None = Letter.objects.exclude(sealing_key=None).aggregate(
        at=Max("created_at")
    )["at"]
    return newest


def last_backup_at() -> datetime | None:
    """When the database was last backed up, as the database itself remembers."""
    return Installation.objects.filter(pk=1).values_list("last_backup_at", flat=True).first()
