"""A mail server that takes everything and keeps nothing: `python -m benchmarks.smtp_sink PORT`.

With the name of a file behind the port, it writes a line for each message: id and recipient.

It offers what real servers do, pipelining too. It answers `XCOUNT` with the number of messages
taken so far, and with how many of them had the Message-ID of one before.
"""

from __future__ import annotations

import asyncio
import os
import smtplib
import sys
from typing import ClassVar, cast

import uvloop


class Sink(asyncio.Protocol):
    """One connection. The replies follow RFC 5321; nothing is refused."""

    taken = 0
    ids: ClassVar[set[bytes]] = set()
    lines: ClassVar[int | None] = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's is one, though not by inheritance.
        self._transport = cast("asyncio.Transport", transport)
        self._waiting = b""
        self._in_data = False
        self._say(b"220 sink")

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while self._take_one():
            pass

    def _take_one(self) -> bool:
        """One command, or one message's text; False if more must come first."""
        end = b"\r\n.\r\n" if self._in_data else b"\r\n"
        text, found, rest = self._waiting.partition(end)
        if not found:
            return False
        self._waiting = rest
        if self._in_data:
            self._in_data = False
            Sink.taken += 1
            _, _, after = text.partition(b"\r\nMessage-ID: <")
            Sink.ids.add(after[:36])
            if Sink.lines is not None:
                _, _, to = text.partition(b"\r\nTo: ")
                os.write(Sink.lines, b"%b %b\n" % (after[:36], to.partition(b"\r\n")[0]))
            self._say(b"250 taken")
        else:
            self._obey(text[:4].upper())
        return True

    def _obey(self, command: bytes) -> None:
        if command == b"DATA":
            self._in_data = True
            self._say(b"354 go on")
        elif command == b"QUIT":
            self._say(b"221 bye")
            self._transport.close()
        elif command == b"XCOU":
            self._say(b"250 %d %d" % (Sink.taken, Sink.taken - len(Sink.ids)))
        elif command == b"EHLO":
            self._say(b"250-sink\r\n250-PIPELINING\r\n250-SIZE\r\n250 8BITMIME")
        else:
            self._say(b"250 ok")

    def _say(self, reply: bytes) -> None:
        self._transport.write(reply + b"\r\n")


async def serve(port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", port)
    await server.serve_forever()


def count(port: int) -> int:
    """How many messages the sink at this port has taken."""
    return count_and_doubles(port)[0]


def count_and_doubles(port: int) -> tuple[int, int]:
    """How many it has taken, and how many of these it had taken before."""
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as asked:
        taken, doubles = asked.docmd("XCOUNT")[1].split()
        return int(taken), int(doubles)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        Sink.lines = os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    uvloop.run(serve(int(sys.argv[1])))
