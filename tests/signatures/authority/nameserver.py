"""A tiny name server on loopback, by UDP and TCP, for as long as a test needs it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset

from undersigned.signatures.authority.dns_proof import resolver_at

Zone = dict[str, list[str]]


@dataclass
class Nameserver:
    """What it knows: `{"example.org A": ["192.0.2.1"]}`, and how it behaves."""

    zone: Zone
    is_silent: bool = False
    cuts_udp: bool = False
    rcode: dns.rcode.Rcode = dns.rcode.NOERROR
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def resolver(self) -> dns.resolver.Resolver:
        return resolver_at([("127.0.0.1", self.port)])

    def answer(self, wire: bytes, *, by_udp: bool) -> bytes:
        query = dns.message.from_wire(wire)
        question = query.question[0]
        self.asked.append(f"{question.name} {dns.rdatatype.to_text(question.rdtype)}")
        response = dns.message.make_response(query)
        response.set_rcode(self.rcode)
        if by_udp and self.cuts_udp:
            response.flags |= dns.flags.TC
            return response.to_wire()
        name = question.name
        while alias := self._records(name, dns.rdatatype.CNAME):
            response.answer.append(alias)
            name = alias[0].target
        if found := self._records(name, question.rdtype):
            response.answer.append(found)
        elif self.rcode == dns.rcode.NOERROR and not self._exists(name):
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response.to_wire(max_size=65535)

    def _records(
        self, name: dns.name.Name, kind: dns.rdatatype.RdataType
    ) -> dns.rrset.RRset | None:
        values = self.zone.get(f"{name.to_text(omit_final_dot=True)} {kind.name}")
        return dns.rrset.from_text(name, 60, "IN", kind, *values) if values else None

    def _exists(self, name: dns.name.Name) -> bool:
        text = name.to_text(omit_final_dot=True)
        return any(key.split()[0] == text for key in self.zone)


class _Udp(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        wire, socket = self.request
        known: Nameserver = self.server.known  # type: ignore[attr-defined]
        if not known.is_silent:
            socket.sendto(known.answer(wire, by_udp=True), self.client_address)


class _Tcp(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        size = int.from_bytes(self.rfile.read(2), "big")
        known: Nameserver = self.server.known  # type: ignore[attr-defined]
        answer = known.answer(self.rfile.read(size), by_udp=False)
        self.wfile.write(len(answer).to_bytes(2, "big") + answer)


@contextmanager
def nameserver(zone: Zone, **behaviour: object) -> Iterator[Nameserver]:
    """Serve a zone until the block ends."""
    known = Nameserver(dict(zone), **behaviour)  # type: ignore[arg-type]
    udp, tcp = _listen()
    with udp, tcp:
        known.port = udp.server_address[1]
        servers: tuple[socketserver.BaseServer, ...] = (udp, tcp)
        for server in servers:
            server.known = known  # type: ignore[attr-defined]
        threads = [
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
            for server in servers
        ]
        for thread in threads:
            thread.start()
        try:
            yield known
        finally:
            for server in servers:
                server.shutdown()
            for thread in threads:
                thread.join()


def _listen() -> tuple[socketserver.UDPServer, socketserver.TCPServer]:
    """By both on one port; another process may have taken it by one of them."""
    while True:
        tcp = socketserver.TCPServer(("127.0.0.1", 0), _Tcp)
        try:
            return socketserver.UDPServer(("127.0.0.1", tcp.server_address[1]), _Udp), tcp
        except OSError:
            tcp.server_close()
