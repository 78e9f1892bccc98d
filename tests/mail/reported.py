"""Reports as mail servers write them."""

from __future__ import annotations

from textwrap import dedent


def bounce(
    to: str = "bounces@example.org",
    *,
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "smtp; 550 5.1.1 <ana@example.net>: no such user",
    kind: str = "message/delivery-status",
    returned: str = "text/rfc822-headers",
    return_path: str = "",
) -> bytes:
    """As Postfix writes it."""
    text = f"""\
        Return-Path: <>
        Delivered-To: {to}
        From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4Zx/mx.example.net"

        This is a MIME-encapsulated message.

        --4Zx/mx.example.net
        Content-Description: Notification
        Content-Type: text/plain; charset=utf-8

        I'm sorry to have to inform you that your message could not be delivered.

        --4Zx/mx.example.net
        Content-Description: Delivery report
        Content-Type: {kind}

        Reporting-MTA: dns; mx.example.net
        X-Postfix-Queue-ID: 4Zx
        Arrival-Date: Mon, 23 Nov 2026 12:00:00 +0000 (UTC)

        Final-Recipient: rfc822; ana@example.net
        Original-Recipient: rfc822;ana@example.net
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mx.example.net
        Diagnostic-Code: {diagnostic}

        --4Zx/mx.example.net
        Content-Description: Undelivered Message Headers
        Content-Type: {returned}

        Return-Path: <{return_path}>
        From: letters@example.org
        Subject: One step left

        --4Zx/mx.example.net--
        """
    return dedent(text).replace("\n", "\r\n").encode()


def complaint(
    original_sender: str = "", *, feedback: str = "abuse", return_path: str = ""
) -> bytes:
    """As mailbox providers write it (RFC 5965, appendix B)."""
    text = f"""\
        From: <abusedesk@example.com>
        To: <abuse@example.org>
        Subject: FW: One step left
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report;
         boundary="part1_13d"

        --part1_13d
        Content-Type: text/plain; charset="US-ASCII"

        This is an email abuse report.

        --part1_13d
        Content-Type: message/feedback-report

        Feedback-Type: {feedback}
        User-Agent: SomeGenerator/1.0
        Version: 1
        Original-Mail-From: <{original_sender}>

        --part1_13d
        Content-Type: message/rfc822

        Return-Path: <{return_path}>
        From: <letters@example.org>
        To: <redacted@example.com>
        Subject: One step left

        Words.
        --part1_13d--
        """
    return dedent(text).replace("\n", "\r\n").encode()
