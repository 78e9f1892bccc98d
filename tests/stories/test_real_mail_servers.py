"""Mail through a real Postfix, into the mailboxes of a real Dovecot, and back.

Needs root and both of Debian's packages (`tests/mail_servers.py`); signing by mail also asks the
machine's name server for what no domain in `.example` has.

.venv/bin/python -m pytest -m long tests/stories/test_real_mail_servers.py
"""

from __future__ import annotations

import re
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parsedate_to_datetime
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest

from tests.mail_servers import MailServers, reason_to_skip, running_mail_servers
from tests.stories.conftest import until
from tests.stories.organising import Arrival, arrive, fill_in
from tests.stories.python_for_everybody import command_for
from tests.stories.real_mail import (
    MailedSite,
    mailed_site,
    parsed,
    reading_returned_mail,
    signing_by_mail,
)

pytestmark = pytest.mark.long

A_LOOK_AND_MORE = 100.0  # in seconds: mailboxes are looked into once a minute
FIRST, SECOND = "The minister has answered", "The minister has promised"


@pytest.fixture
def servers() -> Iterator[MailServers]:
    reason = reason_to_skip()
    if reason:
        pytest.skip(reason)
    with running_mail_servers() as running:
        yield running


def test_a_mailing_reaches_each_once_and_the_next_passes_over_whoever_is_gone(
    tmp_path: Path, servers: MailServers
) -> None:
    names = [f"reader{number}" for number in range(40)]
    unknown, gone, full, there = names[:3], names[3:6], names[6:9], names[9:]
    with mailed_site(tmp_path, servers, reading_returned_mail(servers)) as site:
        _sign_up(site, names)
        servers.refuse_at_once(*unknown)
        servers.return_later(*gone)
        servers.return_later(*full, full=True)

        site.orders_update(FIRST)
        expected = {"accepted": 31, "bounced": 6, "refused": 3}
        expected |= {"passed over": 0, "hard": 6, "soft": 3}
        until(lambda: site.reports() == expected, f"{expected}", A_LOOK_AND_MORE)
        assert _readers_of(site, names, FIRST) == there
        assert servers.log().count("reject: RCPT") == len(unknown)
        assert servers.log().count("status=bounced") == len(gone + full)
        assert servers.mails_in("bounces") == []  # reports repeat addresses
        received = parsed(_copies(site, there[0], FIRST)[0])["Received"]
        assert "using TLSv1.3" in received
        assert "(Authenticated sender: sender)" in received

        site.orders_update(SECOND)
        expected = {"accepted": 31, "passed over": 9, "hard": 6, "soft": 3}
        until(lambda: site.reports() == expected, f"{expected}")
        until(servers.has_nothing_left, "the last mail to arrive")
        assert _readers_of(site, names, SECOND) == there

        assert "reader9@example.org" in servers.log()
        assert "reader" not in site.log()
        stored = b"".join(path.read_bytes() for path in tmp_path.glob("db.sqlite3*"))
        assert b"reader9@" not in stored


def test_a_letter_is_signed_by_mail_in_spanish(tmp_path: Path, servers: MailServers) -> None:
    servers.open_mailboxes("ana", "robot")
    settings = reading_returned_mail(servers) | signing_by_mail(servers)
    with mailed_site(tmp_path, servers, settings) as site:
        prepared = _prepared_message(site, "/example/es/by-mail/")
        automatic = _message("robot@readers.example", prepared)
        automatic["Auto-Submitted"] = "auto-replied"
        servers.hand_in(automatic, "robot@readers.example")
        servers.hand_in(_message("ana@readers.example", prepared), "ana@readers.example")

        mail = until(
            lambda: next(iter(site.mails_to("ana")), None), "the link to confirm", A_LOOK_AND_MORE
        )
        assert mail.language == "es"
        assert "Ñandú" not in mail.text
        link = site.link_in(mail)
        assert "Ana Ñandú" in _read(link)
        _post(link, {"visibility": "public", "statement": "on"})
        until(lambda: "Ana Ñandú" in _read(f"{site.url}/example/es/signatures/"), "the name")

        until(servers.has_nothing_left, "the last mail to arrive")
        assert servers.mails_in("robot") == []
        [left] = servers.mails_in("sign")  # what became a signature is deleted
        assert parsed(left)["Auto-Submitted"] == "auto-replied"
        assert "readers.example" in servers.log()
        assert "readers.example" not in site.log()
        assert "Ñandú" not in site.log()


def test_postfix_pipes_to_us_what_comes_back(tmp_path: Path, servers: MailServers) -> None:
    command, environment = command_for("nobody", servers.folder / "python")
    data = servers.folder / "data"  # where the pipe's user may go
    data.mkdir()
    address = {"UNDERSIGNED_BOUNCE_ADDRESS": "piped@example.org"}
    servers.open_mailboxes("vera", "stranger")
    servers.return_later("vera")
    with mailed_site(data, servers, address) as site:
        # As `user=` of the transport and the worker's are the same. SQLite keeps files with it.
        subprocess.run(["chown", "-R", "nobody", data], check=True)
        servers.pipe_to([*command, "bounce", "--data", data], environment | address)

        question = _message("stranger@example.org", _Prepared("piped@example.org", "Why?"))
        servers.hand_in(question, "stranger@example.org")
        nothing = ("sent", "No report of ours; nothing was changed.")
        until(lambda: _piped(servers) == [nothing], "what is no report to be swallowed")
        fill_in(site, "/example/en/", [Arrival("Vera Person", "vera@example.org")])
        until(lambda: site.came_back() == ["bounced"], "the report to be taken in")

        until(servers.has_nothing_left, "the last mail to arrive")
        assert _piped(servers) == [nothing, ("sent", "Noted.")]
        assert servers.mails_in("stranger") == []
        assert "vera@example.org" in servers.log()
        assert "vera@" not in site.log()


def test_one_click_in_the_middle_of_a_mailing_stops_what_was_not_yet_sent(
    tmp_path: Path, servers: MailServers
) -> None:
    names = [f"reader{number}" for number in range(40)]
    with mailed_site(tmp_path, servers, {"UNDERSIGNED_MAIL_PER_MINUTE": "120"}) as site:
        _sign_up(site, names)
        site.orders_update(FIRST)
        until(lambda: _readers_of(site, names, FIRST) == names, "the first update", 60)
        links = {name: _one_click_link(_copies(site, name, FIRST)[0]) for name in names}

        site.orders_update(SECOND)
        until(lambda: len(_readers_of(site, names, SECOND)) > 12, "some of the second", 60)
        had_it = _readers_of(site, names, SECOND)
        leaving = [name for name in names if name not in had_it][:8]
        for name in leaving:
            _post(links[name], {"List-Unsubscribe": "One-Click"})
        left_at = datetime.now(UTC)
        until(lambda: "waiting" not in site.reports(), "the end of the mailing", 60)
        until(servers.has_nothing_left, "the last mail to arrive")

        # A worker asks again, before it sends, when it last asked a second ago.
        copies = [raw for name in leaving for raw in _copies(site, name, SECOND)]
        assert [raw for raw in copies if _taken_at(raw) > left_at + timedelta(seconds=1)] == []
        stopped = [name for name in leaving if not _copies(site, name, SECOND)]
        assert len(stopped) >= 4
        assert _readers_of(site, names, SECOND) == [n for n in names if n not in stopped]
        assert site.reports() == {
            "accepted": len(names) - len(stopped),
            "stopped": len(stopped),
            "unsubscribed": len(leaving),
            "passed over": 0,
            "hard": 0,
            "soft": 0,
        }


def _sign_up(site: MailedSite, names: list[str]) -> None:
    site.servers.open_mailboxes(*names)
    people = [
        Arrival(f"{name.title()} Person", f"{name}@example.org", wants_updates=True)
        for name in names
    ]
    arrive(site, "/example/en/", people)


def _copies(site: MailedSite, name: str, title: str) -> list[bytes]:
    return [raw for raw in site.delivered(name) if title in str(parsed(raw)["Subject"])]


def _readers_of(site: MailedSite, names: list[str], title: str) -> list[str]:
    """Whoever found an update in their mailbox; twice in the list if it was there twice."""
    return [name for name in names for _ in _copies(site, name, title)]


def _taken_at(raw: bytes) -> datetime:
    """When Postfix took it, to the second."""
    return parsedate_to_datetime(str(parsed(raw)["Received"]).rpartition(";")[2])


def _one_click_link(raw: bytes) -> str:
    mail = parsed(raw)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.search(r"<(http\S+?)>", str(mail["List-Unsubscribe"]))
    assert link is not None
    return link[1]


def _piped(servers: MailServers) -> list[tuple[str, str]]:
    """What became of each mail for the pipe, and what the command said to it."""
    said = r"relay=undersigned-bounce,.* status=(\w+) \(.*\((.*?)\s*\)\)"
    return re.findall(said, servers.log())


@dataclass(frozen=True)
class _Prepared:
    to: str
    body: str


def _prepared_message(site: MailedSite, path: str) -> _Prepared:
    """What the page's link puts into a mail program, filled in."""
    link = re.search(r"mailto:[^\s\"'>]+", unescape(_read(site.url + path)))
    assert link is not None
    address = urlsplit(link[0])
    lines = parse_qs(address.query)["body"][0].splitlines()
    words = {"Nombre": "Ana Ñandú", "País": "España", "Publicar mi nombre": "sí"}
    body = "".join(f"{line}{words.get(line.partition(':')[0], '')}\n" for line in lines)
    return _Prepared(unquote(address.path), body)


def _message(author: str, prepared: _Prepared) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = author, prepared.to, "Firmo"
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain="readers.example")
    message.set_content(prepared.body)
    return message


def _read(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return str(answer.read().decode())


def _post(url: str, fields: dict[str, str]) -> None:
    request = urllib.request.Request(
        url, urlencode(fields).encode(), headers={"Sec-Fetch-Site": "same-origin"}
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
