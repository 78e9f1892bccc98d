"""Whatever somebody sends as a report, it is read or it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.reported import bounce
from undersigned.mail import reports
from undersigned.mail.reports import read_report


def feedback(inner: bytes) -> bytes:
    return (
        b"Content-Type: multipart/report; report-type=feedback-report; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: message/feedback-report\r\n\r\n" + inner + b"\r\n--x--\r\n"
    )


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "unicode_escape", "\udcff"])
def test_a_charset_that_fails(charset: str) -> None:
    name = charset.encode("utf-8", "surrogateescape")
    raw = feedback(
        b"Content-Type: text/plain; charset=" + name + b"\r\n\r\n\xff\xfe abuse \xe9\r\n"
    )
    assert read_report(raw) is None


@given(inner=st.binary(max_size=300), kind=st.sampled_from(["undefined", "idna", "utf-7", "hex"]))
def test_whatever_it_holds(inner: bytes, kind: str) -> None:
    head = f"Content-Type: text/plain; charset={kind}\r\n".encode()
    for raw in (feedback(inner), feedback(head + b"\r\n" + inner), head + inner):
        report = read_report(raw)
        assert report is None or report.addresses is not None


def test_whatever_the_parser_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_report(bounce()) is not None

    def stumble(_: bytes) -> None:
        raise AttributeError

    monkeypatch.setattr(reports, "message_from_bytes", stumble)
    assert read_report(bounce()) is None
