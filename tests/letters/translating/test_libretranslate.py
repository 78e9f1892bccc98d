"""LibreTranslate is asked as its API says, and every mood of a server has a name."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.letters.translating.translation_server import (
    Answer,
    TranslationServer,
    translation_server,
)
from tests.signatures.authority.website import http, trusting_tests, website
from undersigned.letters.translating.libretranslate import MOST_BYTES, LibreTranslate
from undersigned.letters.translating.machine import (
    BrokenMachine,
    CertificateRefused,
    KeyRefused,
    LanguageNotOffered,
    MachineRefused,
    Redirected,
    SlowDown,
    TooSlow,
    Unreachable,
    Unreadable,
)


@pytest.fixture
def server() -> Iterator[TranslationServer]:
    with translation_server() as server:
        yield server


def asked(
    address: str, *texts: str, target: str = "es", is_html: bool = False, **options: Any
) -> list[str | None]:
    machine = LibreTranslate(address, **options)
    return machine.translate(texts or ("one",), "en", target, is_html=is_html)


def refused(refusal: type[MachineRefused], address: str, **options: Any) -> MachineRefused:
    with pytest.raises(refusal) as found:
        asked(address, **options)
    return found.value


def test_several_texts_go_at_once(server: TranslationServer) -> None:
    assert asked(server.address, "one & two", "¿three?") == ["ONE & TWO", "¿THREE?"]
    assert server.asked == [
        {"q": ["one & two", "¿three?"], "source": "en", "target": "es", "format": "text"}
    ]
    assert server.paths == ["/languages", "/translate"]


def test_elements_are_sent_as_html(server: TranslationServer) -> None:
    assert asked(server.address, '<em id="1">a</em> &amp; b', is_html=True) == [
        '<em id="1">A</em> & B'
    ]
    assert server.asked[0]["format"] == "html"


def test_a_key_goes_into_the_body_and_nowhere_else(server: TranslationServer) -> None:
    machine = LibreTranslate(server.address, "s3cret")
    machine.translate(["one"], "en", "es", is_html=False)
    assert server.asked[0]["api_key"] == "s3cret"
    assert server.paths == ["/languages", "/translate"]
    assert "s3cret" not in repr(machine)


def test_a_server_may_stand_below_a_prefix(server: TranslationServer) -> None:
    asked(f"{server.address}/translator/")
    assert server.paths == ["/translator/languages", "/translator/translate"]


def test_looking_sends_no_words(server: TranslationServer) -> None:
    LibreTranslate(server.address).look()
    assert (server.paths, server.asked) == (["/languages"], [])


@pytest.mark.parametrize(
    ("ours", "offered", "theirs"),
    [
        ("pt-br", ["pt", "pt-BR"], "pt-BR"),
        ("pt-br", ["pt", "pb"], "pb"),
        ("pt-br", ["pt"], "pt"),
        ("zh-hans", ["zh-Hant", "zh-Hans"], "zh-Hans"),
        ("zh-hans", ["zh", "zt"], "zh"),
        ("zh-hant", ["zh", "zt"], "zt"),
        ("no", ["nb"], "nb"),
        ("fil", ["tl"], "tl"),
        ("ar", ["ar"], "ar"),
    ],
)
def test_languages_go_by_the_servers_own_codes(
    server: TranslationServer, ours: str, offered: list[str], theirs: str
) -> None:
    server.languages = [{"code": "en", "name": "English", "targets": offered}]
    asked(server.address, target=ours)
    assert server.asked[0]["target"] == theirs
    server.languages = [{"code": code} for code in ["en", *offered]]
    asked(server.address, target=ours)
    assert server.asked[1]["target"] == theirs


def test_the_letters_own_language_too(server: TranslationServer) -> None:
    server.languages = [{"code": "zt", "targets": ["en"]}, {"code": "en", "targets": ["zt"]}]
    LibreTranslate(server.address).translate(["一"], "zh-hant", "en", is_html=False)
    assert (server.asked[0]["source"], server.asked[0]["target"]) == ("zt", "en")


@pytest.mark.parametrize(
    "languages",
    [
        [],
        [{"code": "es", "targets": ["en"]}],
        [{"code": "en", "targets": ["ar"]}],
        [{"code": "en", "targets": "es"}],
        [{"code": "en", "targets": [5]}],
        [{"code": 5}, "en", None],
    ],
)
def test_a_language_that_it_does_not_offer_is_not_asked_for(
    server: TranslationServer, languages: object
) -> None:
    server.languages = languages
    refused(LanguageNotOffered, server.address)
    assert server.asked == []


def test_simplified_characters_are_no_stand_in_for_traditional_ones(
    server: TranslationServer,
) -> None:
    server.languages = [{"code": "en", "targets": ["zh"]}]
    refused(LanguageNotOffered, server.address, target="zh-hant")


def test_what_is_too_much_at_once_is_sent_one_by_one(server: TranslationServer) -> None:
    def at_most_one(body: dict[str, Any]) -> Answer | None:
        error = {"error": "Invalid request: request (2) exceeds text limit (1)"}
        is_too_much = len(body["q"]) > 1 or len(body["q"][0]) > 5
        return Answer(400, error) if is_too_much else None

    server.mood = at_most_one
    assert asked(server.address, "one", "too long", "two") == ["ONE", None, "TWO"]
    assert len(server.asked) == 4


def test_a_proxy_may_find_it_too_large(server: TranslationServer) -> None:
    server.mood = lambda _: Answer(413, b"<html>too large</html>")
    assert asked(server.address) == [None]


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (Answer(301, {}, {"Location": "http://127.0.0.1:1/"}), Redirected),
        (Answer(307, {}, {"Location": "/elsewhere"}), Redirected),
        (Answer(400, {"error": "Visit https://a.example to get an API key"}), KeyRefused),
        (Answer(403, {"error": "Invalid API key"}), KeyRefused),
        (Answer(401, b""), KeyRefused),
        (Answer(500, {"error": "Cannot translate text"}), BrokenMachine),
        (Answer(502, b"<html>"), BrokenMachine),
        (Answer(404, b"<html>"), Unreadable),
        (Answer(204, b""), Unreadable),
        (Answer(200, b"<html>"), Unreadable),
        (Answer(200, b"[" * 200_000), Unreadable),
        (Answer(200, b"\xff"), Unreadable),
        (Answer(200, []), Unreadable),
        (Answer(200, {}), Unreadable),
        (Answer(200, {"translatedText": "uno"}), Unreadable),
        (Answer(200, {"translatedText": []}), Unreadable),
        (Answer(200, {"translatedText": ["uno", "dos"]}), Unreadable),
        (Answer(200, {"translatedText": [1]}), Unreadable),
        (Answer(200, b'"' + b"x" * MOST_BYTES + b'"'), Unreadable),
        (Answer(200, b"", {"Content-Length": "many"}), Unreadable),
    ],
)
def test_each_mood_has_a_name(
    server: TranslationServer, answer: Answer, refusal: type[MachineRefused]
) -> None:
    server.mood = lambda _: answer
    refused(refusal, server.address)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7), ("0", 1), ("99999", 600), ("", 60), ("Wed, 21 Oct", 60), ("²", 60), ("9" * 50, 60)],
)
def test_it_says_when_to_ask_again(server: TranslationServer, told: str, seconds: int) -> None:
    headers = {"Retry-After": told} if told and told != "²" else {}
    server.mood = lambda _: Answer(429, {"error": "Slowdown"}, headers)
    found = refused(SlowDown, server.address)
    assert isinstance(found, SlowDown)
    assert found.seconds == seconds


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (Answer(200, {}), Unreadable),
        (Answer(400, {}), Unreadable),
        (Answer(302, {}, {"Location": "/"}), Redirected),
    ],
)
def test_a_server_that_names_no_languages_is_none(
    server: TranslationServer, answer: Answer, refusal: type[MachineRefused]
) -> None:
    server.languages = answer
    refused(refusal, server.address)
    assert server.asked == []


def test_a_redirect_is_not_followed(server: TranslationServer) -> None:
    with translation_server() as elsewhere:
        server.mood = lambda _: Answer(308, {}, {"Location": f"{elsewhere.address}/translate"})
        refused(Redirected, server.address)
        assert elsewhere.paths == []


def test_a_slow_server_is_given_up_in_time(server: TranslationServer) -> None:
    def wait(_: dict[str, Any]) -> None:
        server.over.wait(timeout=5)

    server.mood = wait
    start = time.monotonic()
    refused(TooSlow, server.address, seconds=0.2)
    assert time.monotonic() - start < 2
    server.over.set()
    refused(TooSlow, server.address, seconds=0)


def dripping() -> Iterator[bytes]:
    yield b"HTTP/1.0 200 OK\r\n\r\n"
    while True:
        time.sleep(0.02)
        yield b"["


def test_one_that_drips_too() -> None:
    with website("localhost", lambda _: dripping()) as site:
        start = time.monotonic()
        address = f"https://localhost:{site.port}"
        refused(TooSlow, address, seconds=0.3, tls=trusting_tests)
        assert time.monotonic() - start < 2


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with translation_server() as server:
        address = server.address
    refused(Unreachable, address)

    def refuse(*_: object) -> None:
        raise UnicodeError("label too long")

    monkeypatch.setattr("socket.getaddrinfo", refuse)
    refused(Unreachable, address)


def test_one_that_breaks_off() -> None:
    for said, refusal in ((b"", Unreachable), (b"SSH-2.0-OpenSSH\r\n\r\n", Unreadable)):
        with website("localhost", lambda _, said=said: said) as site:
            refused(refusal, f"https://localhost:{site.port}", tls=trusting_tests)


def test_by_tls_the_server_proves_its_name() -> None:
    languages = b'[{"code": "en", "targets": ["es"]}]'

    def tls(certified: str, **options: Any) -> None:
        with website(certified, lambda _: http(languages)) as site:
            LibreTranslate(f"https://localhost:{site.port}", **options).look()

    tls("localhost", tls=trusting_tests)
    for certified, trusted in (("a.example", trusting_tests), ("localhost", None)):
        with pytest.raises(CertificateRefused):
            tls(certified, **({"tls": trusted} if trusted else {}))
    assert LibreTranslate("https://a.example").tls is ssl.create_default_context


def test_no_proxy_is_asked(server: TranslationServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert asked(server.address) == ["ONE"]
