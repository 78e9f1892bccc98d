"""SpamAssassin's verdict on each kind of mail in some languages, by its local tests.

    python -m tools.spam_scores FOLDER     as written by tools.mail_samples

What depends on the network (lists of servers, DNS, DKIM) is left to the host. Fails if a mail has
`AT_MOST` points or more; SpamAssassin calls it spam from five on.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

AT_MOST = 2.0
# As a mail server would have written them. No address of documentation: those are held against it.
RECEIVED = b"""Return-Path: <bounces@example.org>\r
Received: from mail.example.org (mail.example.org [93.184.215.25])\r
\tby mx.example.net (Postfix) with ESMTPS id 4SampleSample\r
\tfor <sample.person@example.net>; %b\r
"""
_VERDICT = re.compile(rb"score=(-?[\d.]+) required=[\d.]+ tests=([\w,\s]*?)\s*autolearn")
_DATE = re.compile(rb"\r\nDate: ([^\r]+)")


def main() -> None:
    mails = sorted(Path(sys.argv[1]).glob("*.eml"))
    worst = 0.0
    for path in mails:
        score, tests = verdict(path.read_bytes())
        worst = max(worst, score)
        print(f"{score:5.1f}  {path.stem:<32} {' '.join(tests)}", flush=True)
    print(f"{len(mails)} mails, the highest score {worst}")
    sys.exit(worst >= AT_MOST)


def verdict(raw: bytes) -> tuple[float, list[str]]:
    """Points, and the tests that gave them or took them."""
    found = _DATE.search(raw)
    date = found.group(1) if found else b""
    command = ["spamassassin", "--local", "--test-mode"]
    answer = subprocess.run(command, input=RECEIVED % date + raw, capture_output=True, check=True)
    said = _VERDICT.search(answer.stdout)
    if said is None:
        raise SystemExit("SpamAssassin gave no verdict.")
    tests = said.group(2).decode().replace(",", " ").split()
    return float(said.group(1)), tests


if __name__ == "__main__":
    main()
