"""Reports of servers are understood; whatever else arrives is no report."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.reported import bounce, complaint
from undersigned.mail.models import Reason
from undersigned.mail.reports import MOST_BYTES, Report, read_report


def read(raw: bytes) -> Report:
    report = read_report(raw)
    assert report is not None
    return report


def test_a_bounce_says_why_and_which() -> None:
    report = read(bounce("bounces+x@example.org", return_path="bounces+y@example.org"))

    assert (report.reason, report.status) == (Reason.HARD, "5.1.1")
    assert report.addresses == (
        "bounces+x@example.org",
        "bounces+x@example.org",
        "<>",
        "<bounces+y@example.org>",
    )


@pytest.mark.parametrize(
    ("status", "diagnostic", "found", "reason"),
    [
        ("5.2.2", "smtp; 552 5.2.2 full", "5.2.2", Reason.SOFT),
        ("4.4.1", "smtp; connection timed out", "4.4.1", Reason.SOFT),
        ("4.0.0", "smtp; 450 5.1.1 no such user", "5.1.1", Reason.HARD),
        ("", "smtp; 550 5.1.1 no such user", "5.1.1", Reason.HARD),
        ("5.0.0", "smtp; 550 no", "5.0.0", Reason.SOFT),
        ("nonsense", "nonsense", "", Reason.SOFT),
        ("5.1.1 (bad destination)", "", "5.1.1", Reason.HARD),
    ],
)
def test_what_the_last_server_said_counts(
    status: str, diagnostic: str, found: str, reason: Reason
) -> None:
    report = read(bounce(status=status, diagnostic=diagnostic))

    assert (report.status, report.reason) == (found, reason)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_did_not_fail_is_not_reported(action: str) -> None:
    assert read_report(bounce(action=action, status="4.4.7")) is None


@pytest.mark.parametrize("returned", ["message/rfc822", "message/rfc822-headers"])
def test_the_envelope_is_found_in_what_came_back(returned: str) -> None:
    report = read(bounce(returned=returned, return_path="bounces+y@example.org"))

    assert "<bounces+y@example.org>" in report.addresses


def test_an_internationalised_report_is_a_report() -> None:
    assert read(bounce(kind="message/global-delivery-status")).status == "5.1.1"


def test_fields_that_were_encoded_are_read() -> None:
    fields = base64.b64encode(b"Reporting-MTA: dns; x\n\nAction: failed\nStatus: 5.1.1\n").decode()
    raw = (
        "Content-Type: multipart/report; boundary=b\n\n"
        "--b\nContent-Type: message/global-delivery-status; x=y\n"
        f"Content-Transfer-Encoding: base64\n\n{fields}\n--b--\n"
    )

    assert read(raw.encode()).status == "5.1.1"


def test_a_complaint_says_which() -> None:
    report = read(complaint("bounces+x@example.org", return_path="bounces+y@example.org"))

    assert (report.reason, report.status) == (Reason.COMPLAINT, "")
    assert report.addresses == (
        "<bounces+x@example.org>",
        "<abuse@example.org>",
        "<redacted@example.com>",
        "<bounces+y@example.org>",
    )


@pytest.mark.parametrize("feedback", ["not-spam", "auth-failure", "other", ""])
def test_not_all_feedback_is_a_complaint(feedback: str) -> None:
    assert read_report(complaint(feedback=feedback)) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: Out of office\n\nI am away.",
        b"Content-Type: multipart/report\n\nno boundary",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b--",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status",
        (
            b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: "
            b"message/delivery-status\nContent-Transfer-Encoding: base64\n\n!a!!\n--b--"
        ),
        bounce().replace(b"Action", b"\xe9Action"),
    ],
)
def test_what_is_malformed_is_no_report(raw: bytes) -> None:
    assert read_report(raw) is None


def test_wrong_encodings_change_nothing() -> None:
    raw = bounce(diagnostic="smtp; 550 5.1.1").replace(b"no such", b"\xe9\xff such")
    raw = raw.replace(b"charset=utf-8", b"charset=no-such-charset")

    assert read(raw).status == "5.1.1"


def test_a_very_large_mail_is_read_in_its_beginning_only() -> None:
    began = time.monotonic()
    raw = bounce() + b"x" * 50_000_000

    assert read(raw).status == "5.1.1"
    assert read_report(b"Subject: x\n\n" + b"x" * MOST_BYTES + bounce()) is None
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "piece", [b"--b\n", b"a: b\n", b"\n", b"Content-Type: multipart/mixed\n\n"]
)
def test_pathological_mail_takes_no_time(piece: bytes) -> None:
    head = b"Content-Type: multipart/report; boundary=b\n\n--b\n"
    head += b"Content-Type: message/delivery-status\n\n"
    began = time.monotonic()

    read_report(head + piece * (MOST_BYTES // len(piece)))

    assert time.monotonic() - began < 10


def test_parts_a_thousand_deep_are_no_report() -> None:
    kind = b"Content-Type: multipart/report; boundary=b%d\n\n"
    raw = kind % 0 + b"".join(b"--b%d\n" % n + kind % (n + 1) for n in range(1100))
    assert len(raw) < MOST_BYTES
    assert read_report(raw) is None


@given(st.data())
def test_nothing_that_is_mailed_raises(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([bounce(), complaint()])))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))

    report = read_report(bytes(raw))

    assert report is None or isinstance(report.reason, Reason)
