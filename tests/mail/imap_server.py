"""A small IMAP server for one mailbox: enough of RFC 3501 for what reads returned mail."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Stored:
    """One mail in the mailbox."""

    raw: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class FakeMailbox:
    """What the server holds; `refuses` names a command that it answers with NO."""

    mails: dict[int, Stored] = field(default_factory=dict)
    capabilities: str = "IMAP4rev1 UIDPLUS"
    password: str = "s3cret p@ss"
    refuses: str = ""
    commands: list[str] = field(default_factory=list)

    def put(self, *raws: bytes) -> None:
        for raw in raws:
            self.mails[max(self.mails, default=0) + 1] = Stored(raw)

    def answer(self, command: str, words: str) -> tuple[list[bytes], str]:
        """Untagged answers, and OK, NO or BAD."""
        self.commands.append(command)
        if command == self.refuses or (command == "LOGIN" and f'"{self.password}"' not in words):
            return [], "NO"
        if command == "CAPABILITY":
            said = self.capabilities if "LOGIN" in self.commands else "IMAP4rev1"
            return [f"* CAPABILITY {said}".encode()], "OK"
        if command == "SELECT":
            return [f"* {len(self.mails)} EXISTS".encode()], "OK"
        if command == "EXPUNGE":
            return self._expunge(set(self.mails)), "OK"
        if command == "UID":
            return self._by_uid(words)
        return [], "OK"

    def _by_uid(self, words: str) -> tuple[list[bytes], str]:
        command, _, rest = words.partition(" ")
        self.commands[-1] += f" {command}"
        if self.commands[-1] == self.refuses:
            return [], "NO"
        if command == "SEARCH":
            unread = [uid for uid, mail in self.mails.items() if not mail.flags]
            return [f"* SEARCH {' '.join(map(str, unread))}".encode()], "OK"
        uids = {int(uid) for uid in rest.split(" ")[0].split(",")}
        if command == "FETCH":
            return [part for uid in uids & set(self.mails) for part in self._part(uid, rest)], "OK"
        if command == "EXPUNGE":
            return self._expunge(uids), "OK"
        [flag] = re.findall(r"\\\w+", rest)
        for uid in uids:
            self.mails[uid].flags.add(flag)
        return [], "OK"

    def _part(self, uid: int, rest: str) -> list[bytes]:
        [most] = re.findall(r"BODY\.PEEK\[\]<0\.(\d+)>", rest)
        raw = self.mails[uid].raw[: int(most)]
        return [f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")"]

    def _expunge(self, uids: set[int]) -> list[bytes]:
        for uid in uids:
            if "\\Deleted" in self.mails[uid].flags:
                del self.mails[uid]
        return []


@contextmanager
def serving(mailbox: FakeMailbox) -> Iterator[str]:
    """The address that reads the mailbox, while the block lasts."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(ConnectionError):
                self.talk()

        def talk(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                words = line.decode("latin-1").rstrip("\r\n").split(" ", 2)
                if len(words) < 2:
                    return  # TLS, where there is none
                tag, command, *rest = words
                answers, status = mailbox.answer(command.upper(), rest[0] if rest else "")
                for answer in answers:
                    self.wfile.write(answer + b"\r\n")
                self.wfile.write(f"{tag} {status} done\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"imap://bounces:s3cret%20p%40ss@127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()
