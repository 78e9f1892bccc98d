"""Who is not written to, why, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from undersigned.mail import suppression
from undersigned.mail.models import Reason, Suppression
from undersigned.mail.suppression import (
    HARD_LIFETIME,
    REST,
    SOFT_LIFETIME,
    forget_suppressed,
    lift,
    suppress,
    suppressed_among,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ANA, BEN = b"a" * 32, b"b" * 32


def suppressed_at(monkeypatch: pytest.MonkeyPatch, at: datetime) -> bool:
    monkeypatch.setattr(suppression.timezone, "now", lambda: at)
    return ANA in suppressed_among([ANA])


@pytest.mark.parametrize("reason", [Reason.HARD, Reason.COMPLAINT])
def test_for_good_is_for_good(monkeypatch: pytest.MonkeyPatch, reason: Reason) -> None:
    suppress(ANA, reason, NOW)

    assert str(Suppression.objects.get()) == reason
    assert suppressed_at(monkeypatch, NOW + timedelta(days=300))
    assert suppressed_among([BEN]) == set()


def test_soft_returns_rest_longer_and_longer_and_then_for_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = NOW
    for rest in REST:
        suppress(ANA, Reason.SOFT, at)
        assert suppressed_at(monkeypatch, at + rest - timedelta(seconds=1))
        at += rest
        assert not suppressed_at(monkeypatch, at)
    suppress(ANA, Reason.SOFT, at)
    assert Suppression.objects.get().reason == Reason.HARD
    assert suppressed_at(monkeypatch, at + timedelta(days=300))


@pytest.mark.parametrize(
    ("reports", "stays"),
    [
        ((Reason.COMPLAINT, Reason.SOFT), Reason.COMPLAINT),
        ((Reason.COMPLAINT, Reason.HARD), Reason.COMPLAINT),
        ((Reason.HARD, Reason.SOFT), Reason.HARD),
        ((Reason.SOFT, Reason.HARD), Reason.HARD),
        ((Reason.HARD, Reason.COMPLAINT), Reason.COMPLAINT),
    ],
)
def test_the_gravest_reason_stays(reports: tuple[Reason, ...], stays: Reason) -> None:
    for reason in reports:
        suppress(ANA, reason, NOW)

    row = Suppression.objects.get()
    assert (row.reason, row.until) == (stays, None)


@pytest.mark.parametrize(
    ("reason", "stays"), [(Reason.HARD, False), (Reason.SOFT, False), (Reason.COMPLAINT, True)]
)
def test_whoever_answers_is_written_to_again(reason: Reason, stays: bool) -> None:
    suppress(ANA, reason, NOW)
    suppress(BEN, reason, NOW)

    lift({ANA: NOW + timedelta(seconds=1), b"x" * 32: NOW})

    assert suppressed_among([ANA, BEN]) == ({ANA, BEN} if stays else {BEN})


def test_what_was_reported_after_the_answer_stays() -> None:
    suppress(ANA, Reason.HARD, NOW)

    lift({ANA: NOW - timedelta(days=1)})

    assert suppressed_among([ANA]) == {ANA}


def test_many_are_asked_at_once() -> None:
    suppress(ANA, Reason.HARD, NOW)
    suppress(b"c" * 32, Reason.SOFT, NOW - timedelta(days=90))

    assert suppressed_among([ANA, BEN, b"c" * 32]) == {ANA}


def test_what_is_old_is_forgotten_but_for_complaints() -> None:
    for mark, reason in ((b"1", Reason.SOFT), (b"2", Reason.HARD), (b"3", Reason.COMPLAINT)):
        suppress(mark * 32, reason, NOW)

    forget_suppressed(NOW + SOFT_LIFETIME - timedelta(seconds=1))
    assert Suppression.objects.count() == 3
    forget_suppressed(NOW + SOFT_LIFETIME)
    assert set(Suppression.objects.values_list("reason", flat=True)) == {"hard", "complaint"}
    forget_suppressed(NOW + HARD_LIFETIME)
    assert Suppression.objects.get().reason == Reason.COMPLAINT
