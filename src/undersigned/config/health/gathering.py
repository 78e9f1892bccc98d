"""Gather the facts: what this user, in this process, can see."""

from __future__ import annotations

import os
import platform
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import django
import icu
from django.conf import settings

from undersigned.config.backups.last import is_seen, last_backup
from undersigned.config.backups.manifest import DATABASE, KEYS
from undersigned.config.health import database, folder, forgetting, mailing, translating
from undersigned.config.health.facts import Facts, RequestFacts, SettingFacts, Versions
from undersigned.config.health.fonts import look_at_fonts
from undersigned.config.health.incoming import look_at_incoming
from undersigned.config.health.keys import look_at_keys
from undersigned.config.health.records import Look
from undersigned.config.health.sender import look_at_sender
from undersigned.config.heartbeat import Heartbeat
from undersigned.config.lease import Lease
from undersigned.letters.translating.drafting_by_machine import machine_host


def gather_from_command_line(now: datetime, *, mail: bool) -> Facts:
    """Everything, also what takes minutes. `mail`: connect to the mail server too."""
    facts = _gather(now, thorough=True)
    if mail and settings.MAIL_IS_DELIVERED:
        facts = _with_mail(facts, Look())
    facts = replace(facts, drafts_answer=translating.service_answers())
    if not facts.database.is_usable:
        return facts
    return replace(facts, keys=look_at_keys(settings.DATA), missing_fonts=look_at_fonts())


def gather_from_web(now: datetime, request: RequestFacts) -> Facts:
    """What the web can see at once; no private key, even where it could be read."""
    return replace(_gather(now, thorough=False), request=request)


def _with_mail(facts: Facts, look: Look) -> Facts:
    return replace(
        facts,
        mail_answer=mailing.mail_server_answers(),
        sender=look_at_sender(look),
        signing=look_at_incoming(settings.SIGN_ADDRESS, settings.SIGN_IMAP_URL, look),
    )


def _gather(now: datetime, *, thorough: bool) -> Facts:
    data: Path = settings.DATA
    found = database.look_at_database(thorough=thorough)
    facts = Facts(
        now=now,
        data=data,
        versions=Versions(
            undersigned=version("undersigned"),
            python=platform.python_version(),
            django=django.get_version(),
            database=database.version_of_database(),
            icu=icu.ICU_VERSION,
        ),
        settings=_settings(data),
        database=found,
        too_open=folder.too_open(data),
        free=folder.free_space(data),
        worker_seen_at=Heartbeat(data).last(),
        errands_seen_at=Heartbeat(data, "errands").last(),
        backups_are_seen=is_seen(data),
        database_backup_at=last_backup(data, DATABASE),
        keys_backup_at=last_backup(data, KEYS),
        drafts_host=machine_host(),
    )
    if not found.is_usable:
        return facts
    return replace(
        facts,
        queues=database.look_at_queues(now),
        mail_of_a_day=database.look_at_mail_of_a_day(now),
        # The row for a web that sees no data directory; the file after a restore.
        database_backup_at=facts.database_backup_at or database.last_backup_at(),
        letters_paused=database.letters_paused(),
        newest_letter_at=database.newest_letter_at(),
        key_destroyed_at=forgetting.key_destroyed_at(),
        letters_overdue=forgetting.letters_overdue(now),
        worker_runs=_worker_runs(data),
        versions=replace(facts.versions, sort_keys_fit=database.sort_keys_fit()),
    )


def _settings(data: Path) -> SettingFacts:
    return SettingFacts(
        is_public=not settings.SITE_ON_LOOPBACK,
        debug=settings.DEBUG,
        delivers_mail=settings.MAIL_IS_DELIVERED,
        mail_is_encrypted=mailing.mail_is_encrypted(),
        as_root=os.geteuid() == 0,
        can_read_everything=all(
            os.access(data / name, os.R_OK) for name in ("keys/index", "web/secret_key")
        ),
    )


def _worker_runs(data: Path) -> bool | None:
    try:
        return Lease("worker", data).is_held()
    except PermissionError:
        return None  # the file is the worker's: its sign of life must do
