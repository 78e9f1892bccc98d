"""`undersigned serve`: what it does before web and worker run."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.builders import published_letter, worker_keys
from tests.config.commands.conftest import Run
from undersigned.letters.models import Letter
from undersigned.teams.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where web and worker would have run."""
    calls: list[tuple[str, int]] = []
    monkeypatch.setenv("UNDERSIGNED_URL", "")
    monkeypatch.setattr(
        "undersigned.config.supervisor.run_together", lambda host, port: calls.append((host, port))
    )
    return calls


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_fresh_machine_gets_an_example_and_the_addresses_to_open(
    undersigned: Run, served: list[tuple[str, int]], port: int, data: Path
) -> None:
    done = undersigned("serve", "--port", port)
    assert (done.status, done.err) == (0, "")
    assert served == [("127.0.0.1", port)]
    assert os.environ["UNDERSIGNED_URL"] == f"http://localhost:{port}"
    assert "Undersigned runs at http://127.0.0.1:8000/\n" in done.out
    assert "  http://127.0.0.1:8000/example/\n" in done.out
    assert "Mail is not sent but kept. Read it at http://127.0.0.1:8000/outbox/" in done.out
    assert (data / "keys" / "index").is_file()


def test_without_an_example_there_is_none(
    undersigned: Run, served: list[tuple[str, int]], port: int
) -> None:
    done = undersigned("serve", "--port", port, "--no-example")
    assert done.status == 0
    assert not Letter.objects.exists()
    assert "/example/" not in done.out


def test_only_letters_that_may_be_seen_are_named_and_delivered_mail_is_not_kept(
    undersigned: Run, served: list[tuple[str, int]], port: int, data: Path
) -> None:
    keys = worker_keys(data)
    published_letter(keys, "open-one")
    published_letter(keys, "draft-one", state="draft")
    with override_settings(MAIL_IS_DELIVERED=True):
        done = undersigned("serve", "--port", port)
    assert "/open-one/" in done.out
    assert "/draft-one/" not in done.out
    assert "outbox" not in done.out


def test_a_port_that_is_taken_is_one_sentence(
    undersigned: Run, served: list[tuple[str, int]], taken: int
) -> None:
    done = undersigned("serve", "--port", taken)
    assert done.status == 1
    assert done.err == (
        f"Error: Port {taken} on 127.0.0.1 cannot be used (Address already in use). "
        "Choose another one with --port.\n"
    )
    assert served == []


def test_on_ipv6_the_address_has_brackets(
    undersigned: Run, served: list[tuple[str, int]], port: int
) -> None:
    done = undersigned("serve", "--port", port, "--host", "::1")
    if done.status == 1:
        assert "cannot be used" in done.err
        pytest.skip("this machine has no IPv6")
    assert os.environ["UNDERSIGNED_URL"] == f"http://[::1]:{port}"


def test_with_an_owner_it_says_where_the_studio_is(
    undersigned: Run, served: list[tuple[str, int]], port: int
) -> None:
    Person.objects.create(email="ana@example.org", name="Ana")
    done = undersigned("serve", "--port", port)
    assert "The studio is at http://127.0.0.1:8000/studio/" in done.out
    assert "Make the first account" not in done.out
