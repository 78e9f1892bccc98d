"""A mail server that takes everything and keeps nothing: `python -m benchmarks.smtp_sink PORT`.

It answers `XCOUNT` with the number of messages taken so far.
"""

from __future__ import annotations

import asyncio
import smtplib
import sys
from typing import cast

import uvloop


class Sink(asyncio.Protocol):
    """One connection. The replies follow RFC 5321; nothing is refused."""

    taken = 0

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
            self._say(b"250 %d" % Sink.taken)
        elif command == b"EHLO":
            self._say(b"250-sink\r\n250 8BITMIME")
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
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as asked:
        return int(asked.docmd("XCOUNT")[1])


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
