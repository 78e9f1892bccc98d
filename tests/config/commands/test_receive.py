"""`undersigned receive`: what a mail server pipes to us."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import dns.rcode
import pytest
from pytest_django import Settings

from tests.builders import published_letter
from tests.config.commands.conftest import Run
from tests.signatures.authority.nameserver import Nameserver, nameserver
from tests.signatures.receiving.letters import by_dkim, written, zone
from undersigned.signatures.models import Signature
from undersigned.signatures.receiving import taking
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def server(
    keys: WorkerKeys, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Nameserver]:
    settings.SIGN_ADDRESS = "sign@letters.example"
    published_letter(keys, "banned")
    with nameserver(zone()) as known:
        monkeypatch.setattr(taking, "system_resolver", known.resolver)
        yield known


def piped(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_a_mail_signs(undersigned: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, by_dkim(written()))
    done = undersigned("receive")
    assert (done.status, done.out, done.err) == (0, "Taken in.\n", "")
    assert Signature.objects.count() == 1


def test_what_signs_nothing_is_swallowed_whatever_its_size(
    undersigned: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for raw in (b"", b"Subject: Away\n\nBack on Monday.", written("x" * 50_000_000)):
        piped(monkeypatch, raw)
        done = undersigned("receive")
        assert (done.status, done.out) == (0, "It signs nothing; nothing was changed.\n")
        assert sys.stdin.buffer.read() == b""


def test_later_the_server_keeps_it(
    undersigned: Run, server: Nameserver, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.rcode = dns.rcode.SERVFAIL
    piped(monkeypatch, by_dkim(written()))
    done = undersigned("receive")
    assert (done.status, done.out) == (75, "")
    assert done.err == "The name servers gave no answer; try again later.\n"

    (data / "keys" / "index").unlink()
    piped(monkeypatch, by_dkim(written()))
    done = undersigned("receive")
    assert done.err == "It could not be taken in (KeyMissing); try again later.\n"
    assert done.status == 75
