"""Whose name servers are slow waits, and nobody else."""

from __future__ import annotations

import math
import time

import pytest
from django.utils import timezone
from dns import rcode
from pytest_django import Settings

from tests.signatures.authority.nameserver import nameserver
from tests.signatures.receiving.letters import by_dkim, written, zone
from undersigned.letters.models import Letter
from undersigned.signatures.receiving import authentic
from undersigned.signatures.receiving.slow_domains import SlowDomains
from undersigned.signatures.receiving.taking import Outcome, take_mail
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_000.0]
    path = "undersigned.signatures.receiving.slow_domains.time.monotonic"
    monkeypatch.setattr(path, lambda: now[0])
    return now


def test_all_of_one_holder_wait_for_a_minute(clock: list[float]) -> None:
    slow = SlowDomains()
    slow.note("a.Mail.example", math.inf)
    assert [slow.is_held(one) for one in ("b.mail.EXAMPLE", "mail.example", "other.example")] == [
        *(True, True, False)
    ]
    clock[0] += 60
    assert not slow.is_held("mail.example")
    slow.note("x.example", 2.0)
    assert list(slow._until) == ["x.example"]


def test_neighbours_below_a_shared_name_do_not_wait(clock: list[float]) -> None:
    slow = SlowDomains()
    slow.note("a.one.org.by", 9.0)
    assert slow.is_held("b.one.org.by")
    assert not slow.is_held("two.org.by")
    assert not slow.is_held("org.by")


def test_who_answers_soon_does_not_wait(clock: list[float]) -> None:
    slow = SlowDomains()
    slow.note("mail.example", 1.9)
    assert not slow.is_held("mail.example")


@pytest.mark.django_db
def test_mail_from_there_is_not_tried(letter: Letter, keys: WorkerKeys, settings: Settings) -> None:
    settings.SIGN_ADDRESS = "sign@letters.example"
    slow, now = SlowDomains(), timezone.now()
    with nameserver(zone()) as server:
        server.rcode = rcode.SERVFAIL
        raw = by_dkim(written())
        assert take_mail(raw, keys, now, server.resolver(), slow) is Outcome.LATER
        server.rcode = rcode.NOERROR
        asked = len(server.asked)
        assert take_mail(raw, keys, now, server.resolver(), slow) is Outcome.NOT_YET
        assert len(server.asked) == asked
        assert take_mail(raw, keys, now, server.resolver()) is Outcome.TAKEN


@pytest.mark.django_db
def test_all_that_is_asked_for_one_mail_has_an_end(
    letter: Letter, keys: WorkerKeys, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SIGN_ADDRESS = "sign@letters.example"
    monkeypatch.setattr(authentic, "MOST_SECONDS", 0.0)
    with nameserver(zone()) as server:
        began_at = time.monotonic()
        outcome = take_mail(by_dkim(written()), keys, timezone.now(), server.resolver())
        assert (outcome, server.asked) == (Outcome.LATER, [])
        assert time.monotonic() - began_at < 1
