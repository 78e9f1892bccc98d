"""One small file is fetched from exactly the host that was checked, or not at all."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from functools import partial

import dns.rcode
import pytest

from tests.signatures.authority.nameserver import Zone, nameserver
from tests.signatures.authority.website import Answer, http, trusting_tests, website
from undersigned.signatures.authority import fetching
from undersigned.signatures.authority.fetching import MOST_BYTES, Network, NotFetched, fetch
from undersigned.signatures.authority.public_addresses import is_public

HOST = "example.org"
HERE: Zone = {f"{HOST} A": ["127.0.0.1"]}


def loopback(address: str) -> bool:
    return address.startswith("127.")


def fetched(answer: Answer, seconds: float = 5, *, certified: str = HOST) -> tuple[bytes, str]:
    """What comes of fetching `/file` from a website, and what it was asked."""
    with nameserver(HERE) as server, website(certified, answer) as site:
        network = Network(server.resolver(), loopback, trusting_tests, site.port)
        return fetch(HOST, "/file", network, seconds), "\n".join(site.requests)


def test_a_file_is_fetched_without_cookies_or_compression() -> None:
    content, asked = fetched(lambda _: http(b"{}", set_cookie="a=b"))

    assert content == b"{}"
    assert asked.startswith("GET /file HTTP/1.1\r\n")
    assert "Accept-Encoding: identity\r\n" in asked
    assert "Cookie" not in asked


def test_it_may_come_in_chunks_or_until_the_end() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
    assert fetched(lambda _: chunked)[0] == b"{}"
    assert fetched(lambda _: b"HTTP/1.0 200 OK\r\n\r\n{}")[0] == b"{}"


def test_the_largest_file_comes_whole() -> None:
    assert fetched(lambda _: http(b"x" * MOST_BYTES))[0] == b"x" * MOST_BYTES


def endless() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X: y\r\n" * 50


def dripping() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n"
    while True:
        time.sleep(0.02)
        yield b"x"


def waves_of_chunks() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"1;" + b"e" * 900 + b"\r\nx\r\n"


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (http(b"", "404 Not Found"), fetching.NoSuchFile),
        (http(b"", "410 Gone"), fetching.NoSuchFile),
        (http(b"", "500 Oh"), fetching.Unreadable),
        (http(b"", "206 Partial Content"), fetching.Unreadable),
        (http(b"\x1f\x8b", content_encoding="gzip"), fetching.Unreadable),
        (http(b"x" * (MOST_BYTES + 1)), fetching.TooLarge),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (MOST_BYTES * 4), fetching.TooLarge),
        (b"SSH-2.0-OpenSSH\r\n\r\n", fetching.Unreadable),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", fetching.Unreadable),
        (b"", fetching.Unreadable),
        (endless, fetching.Unreadable),
        (waves_of_chunks, fetching.TooLarge),
    ],
)
def test_what_cannot_be_used_is_refused(
    answer: bytes | Callable[[], Iterator[bytes]], failure: type[NotFetched]
) -> None:
    with pytest.raises(failure):
        fetched(lambda _: answer if isinstance(answer, bytes) else answer())


def test_a_website_that_drips_is_given_up_in_time() -> None:
    start = time.monotonic()
    with pytest.raises(fetching.NoAnswer):
        fetched(lambda _: dripping(), 0.3)
    assert time.monotonic() - start < 2


def test_a_website_that_breaks_off_gives_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ConnectionResetError

    monkeypatch.setattr(ssl.SSLSocket, "sendall", broken)
    with pytest.raises(fetching.NoAnswer):
        fetched(lambda _: http(b"{}"))


def test_the_certificate_is_checked_against_the_host() -> None:
    with pytest.raises(fetching.CertificateRefused):
        fetched(lambda _: http(b"{}"), certified="www.example.org")


def test_an_authority_that_nobody_trusts_is_refused() -> None:
    with nameserver(HERE) as server, website(HOST, lambda _: http(b"{}")) as site:
        network = Network(server.resolver(), loopback, port=site.port)
        with pytest.raises(fetching.CertificateRefused):
            fetch(HOST, "/file", network)


def moving(place: str) -> Answer:
    """A website that answers at /there only, and elsewhere points to `place`."""
    return lambda path: (
        http(b"{}") if path.startswith("/there") else http(b"", "302 Found", location=place)
    )


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_a_redirect_on_the_same_host_is_followed(status: str) -> None:
    steps = {"/file": "/2", "/2": "/3", "/3": "/there"}

    def answer(path: str) -> bytes:
        return http(b"", f"{status} Moved", location=steps[path]) if path in steps else http(b"{}")

    assert fetched(answer)[0] == b"{}"


def test_nothing_in_a_redirect_can_end_the_line() -> None:
    content, asked = fetched(moving("/there /x\té?a=b&c=%20#d"))

    assert content == b"{}"
    assert "GET /there%20/x%C3%A9?a=b&c=%20 HTTP/1.1\r\n" in asked


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/there",
        "https://www.example.org/there",
        "//evil.example/there",
        "http://example.org/there",
        "https://example.org/there",  # another port than the one asked
        "https://user@example.org/there",
        "https://example.org:bad/there",
        "https://[/there",
        "/file",
        "",
    ],
)
def test_another_host_and_endless_redirects_are_refused(place: str) -> None:
    with pytest.raises(fetching.Redirected):
        fetched(moving(place))


def test_the_default_network_is_the_public_one() -> None:
    default = Network()

    assert default.resolver is None
    assert default.may_connect is is_public
    assert default.tls is ssl.create_default_context
    assert default.port == 443
    assert default.tls().check_hostname
    assert default.tls().verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    "zone",
    [
        HERE,
        {f"{HOST} AAAA": ["::1"]},
        {f"{HOST} AAAA": ["::ffff:10.0.0.1"]},
        {f"{HOST} A": ["8.8.8.8", "169.254.169.254"]},
        {f"{HOST} CNAME": ["inside.example."], "inside.example A": ["192.168.0.1"]},
    ],
)
def test_a_name_that_leads_inside_is_never_visited(zone: Zone) -> None:
    """The website is there and would answer."""
    with nameserver(zone) as server, website(HOST, lambda _: http(b"{}")) as site:
        network = Network(server.resolver(), tls=trusting_tests, port=site.port)
        with pytest.raises(fetching.AddressRefused):
            fetch(HOST, "/file", network)
        assert site.requests == []


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """A name that points elsewhere the second time it is asked leads nowhere."""
    with nameserver(HERE) as server, website(HOST, moving("/there")) as site:
        checked: list[str] = []

        def may_connect(address: str) -> bool:
            checked.append(address)
            server.zone[f"{HOST} A"] = ["127.9.9.9"]
            return True

        network = Network(server.resolver(), may_connect, trusting_tests, site.port)
        assert fetch(HOST, "/file", network) == b"{}"
        assert checked == ["127.0.0.1"]


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    zone = {f"{HOST} AAAA": ["::1"], **HERE}
    with nameserver(zone) as server, website(HOST, lambda _: http(b"{}")) as site:
        network = Network(server.resolver(), lambda _: True, trusting_tests, site.port)
        assert fetch(HOST, "/file", network) == b"{}"


def test_nobody_there() -> None:
    with nameserver(HERE) as server, website(HOST, lambda _: http(b"{}")) as site:
        gone = partial(Network, server.resolver(), loopback, trusting_tests)(site.port)
    with nameserver(HERE) as server:
        network = Network(server.resolver(), loopback, trusting_tests, gone.port)
        with pytest.raises(fetching.NoAnswer):
            fetch(HOST, "/file", network)


def test_a_server_without_tls_gives_no_answer() -> None:
    with nameserver(HERE) as server:
        # the name server itself listens there, by TCP
        network = Network(server.resolver(), loopback, trusting_tests, server.port)
        with pytest.raises(fetching.NoAnswer):
            fetch(HOST, "/file", network, 0.5)


@pytest.mark.parametrize(
    ("zone", "rcode", "failure"),
    [
        ({}, dns.rcode.NOERROR, fetching.NoAddress),
        ({f"{HOST} TXT": ['"x"']}, dns.rcode.NOERROR, fetching.NoAddress),
        ({}, dns.rcode.SERVFAIL, fetching.NoAnswer),
    ],
)
def test_a_name_without_an_address(
    zone: Zone, rcode: dns.rcode.Rcode, failure: type[NotFetched]
) -> None:
    with nameserver(zone, rcode=rcode) as server, pytest.raises(failure):
        fetch(HOST, "/file", Network(server.resolver()), 0.5)


def test_no_time_left() -> None:
    with pytest.raises(fetching.NoAnswer):
        fetch(HOST, "/file", Network(), 0)


def test_the_machines_own_resolver_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    with nameserver({}) as server:
        monkeypatch.setattr(fetching, "system_resolver", server.resolver)
        with pytest.raises(fetching.NoAddress):
            fetch(HOST, "/file", Network())
        assert server.asked[0].startswith("example.org. ")
