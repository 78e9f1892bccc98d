"""A private Postfix and Dovecot for the tests, from Debian's packages; gone afterwards.

Postfix refuses to run as anybody but root. Both keep to a folder of their own and to free ports of
127.0.0.1, and nothing leaves them: they deliver for the domains in `DOMAINS` and know no way out.
"""

from __future__ import annotations

import contextlib
import imaplib
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from tests.mail_server_files import DOMAINS, PASSWORD, Ports, write_files

ADVICE = (
    "Postfix or Dovecot 2.3 is missing; install them with: "
    "apt-get install postfix dovecot-imapd openssl"
)
ONLY_ROOT = "Postfix starts for root only; run this test as root."
MASTER = Path("/usr/lib/postfix/sbin/master")
NEEDED = ("postfix", "dovecot", "openssl", "setpriv")
START_SECONDS = 30.0
# Between us and a server: Linux forgets whose end is whose when a process changes its user, as
# Postfix does. The first wait ends with the signal, the second with the server.
END_WITH_US = '"$@" & trap "kill -TERM $!" TERM; wait $!; wait $!'


class MailServersDidNotStart(Exception):
    """One of them ended or stayed silent; the message holds the end of its log."""


@dataclass(frozen=True)
class MailServers:
    """Both, running. A mailbox is called by what stands before the `@` (and before a `+`)."""

    folder: Path
    ports: Ports
    _known: set[str] = field(default_factory=set)

    @property
    def certificate(self) -> Path:
        """What a client has to trust (`SSL_CERT_FILE`)."""
        return self.folder / "postfix" / "certificate.pem"

    @property
    def smtp_url(self) -> str:
        """Where mail is handed in: encrypted from STARTTLS on, and with a password only."""
        return f"smtp+starttls://sender:{PASSWORD}@localhost:{self.ports.submission}"

    def imap_url(self, name: str) -> str:
        return f"imap://{name}:{PASSWORD}@127.0.0.1:{self.ports.imap}/INBOX"

    def open_mailboxes(self, *names: str) -> None:
        """Postfix takes mail for them from now on."""
        self._known.update(names)
        self._list_mailboxes()

    def refuse_at_once(self, *names: str) -> None:
        """Postfix says 550 5.1.1 from now on, before it has taken anything."""
        self._known.difference_update(names)
        self._list_mailboxes()

    def return_later(self, *names: str, full: bool = False) -> None:
        """Mail for them is taken, and returned: no such mailbox (5.1.1), or it is full (5.2.2)."""
        for name in names:
            (self.folder / ("full" if full else "gone") / name).touch()

    def mails_in(self, name: str) -> list[bytes]:
        """What lies in a mailbox, as it was delivered, oldest first; it stays there, unread."""
        client = imaplib.IMAP4("127.0.0.1", self.ports.imap)
        try:
            client.login(name, PASSWORD)
            client.select(readonly=True)
            _, [numbers] = client.search(None, "ALL")
            parts = [client.fetch(number, "(BODY.PEEK[])")[1][0] for number in numbers.split()]
        finally:
            client.logout()
        return [part[1] for part in parts if isinstance(part, tuple)]

    def hand_in(self, message: EmailMessage, sender: str) -> None:
        """As another mail server would: no password, and for our mailboxes only."""
        with smtplib.SMTP("127.0.0.1", self.ports.incoming, "elsewhere.example.org") as client:
            client.send_message(message, from_addr=sender)

    def pipe_to(self, command: Sequence[str | Path], settings: Mapping[str, str]) -> None:
        """What the transport `undersigned-bounce` starts for each mail to `piped@example.org`.

        As docs/operations/mail.md has it: a script that reads a file with the settings.
        """
        environment, script = self.folder / "piped.env", self.folder / "piped"
        environment.write_text("".join(f'{name}="{settings[name]}"\n' for name in settings))
        quoted = " ".join(f"'{word}'" for word in command)
        script.write_text(f'#!/bin/sh\nset -a\n. {environment}\nexec {quoted} "$@"\n')
        script.chmod(0o755)

    def log(self) -> str:
        """What Postfix noted of each mail."""
        return (self.folder / "postfix.log").read_text(errors="replace")

    def has_nothing_left(self) -> bool:
        """Whether no mail waits or is on its way."""
        command = ["postqueue", "-c", str(self.folder / "postfix"), "-j"]
        return subprocess.run(command, capture_output=True, check=True).stdout == b""

    def _list_mailboxes(self) -> None:
        lines = "".join(f"{name}@{domain} here\n" for domain in DOMAINS for name in self._known)
        draft = self.folder / "postfix" / "mailboxes.new"
        draft.write_text(lines)
        draft.rename(self.folder / "postfix" / "mailboxes")


def reason_to_skip() -> str:
    """What is missing here, with what to do about it; "" if nothing is."""
    if not MASTER.exists() or not all(map(shutil.which, NEEDED)):
        return ADVICE
    version = subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=True)
    if not version.stdout.startswith("2.3."):
        return ADVICE  # 2.4 reads another kind of file
    return "" if os.geteuid() == 0 else ONLY_ROOT


@contextlib.contextmanager
def running_mail_servers() -> Iterator[MailServers]:
    """Both, until the block ends."""
    # Not in TMPDIR: that may be closed to their users, or too long for a socket's path.
    folder = Path(tempfile.mkdtemp(prefix="undersigned-mail-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        ports = Ports(*_free_ports(3))
        write_files(folder, ports)
        postfix = folder / "postfix"
        # What `postfix start` does before it goes to the background.
        _carry_out(folder, "postfix", "-c", postfix, "check")
        servers = MailServers(folder, ports)
        servers.open_mailboxes("bounces", "sign", "piped", "postmaster")
        with (
            _running(folder, "dovecot", "-F", "-c", folder / "dovecot.conf", listens=[ports.imap]),
            _running(folder, MASTER, "-c", postfix, listens=[ports.submission, ports.incoming]),
        ):
            yield servers
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_ports(number: int) -> list[int]:
    """Different ones: none is given back before all are found."""
    with contextlib.ExitStack() as probes:
        found = [probes.enter_context(socket.socket()) for _ in range(number)]
        for probe in found:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in found]


def _carry_out(folder: Path, *command: str | Path) -> None:
    with (folder / "output").open("ab") as output:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
        )
    if done.returncode != 0:
        raise MailServersDidNotStart(_end_of_logs(folder))


@contextlib.contextmanager
def _running(folder: Path, *command: str | Path, listens: Sequence[int]) -> Iterator[None]:
    """A server in the foreground; Linux ends it even when this process is killed outright."""
    with (folder / "output").open("ab") as output:
        server = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "sh", "-c", END_WITH_US, "sh", *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # A terminal's Ctrl-C is ours to hear first.
            start_new_session=True,
        )
    try:
        for port in listens:
            _wait_for(server, port, folder)
        yield
    finally:
        # It ends its children itself.
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=START_SECONDS)


def _wait_for(server: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
            return
        if server.poll() is not None or time.monotonic() > deadline:
            raise MailServersDidNotStart(_end_of_logs(folder))
        time.sleep(0.05)


def _end_of_logs(folder: Path) -> str:
    logs = [folder / name for name in ("output", "postfix.log", "dovecot.log")]
    return "\n".join(log.read_text(errors="replace")[-1500:] for log in logs if log.exists())
