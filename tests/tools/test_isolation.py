"""The tests' own ground: nobody's settings, nobody else's machine."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.databases import DATABASE, find_binaries
from tests.environment import isolate
from tests.network import NetworkRefused, is_here


def test_a_real_site_in_the_shell_is_forgotten() -> None:
    environ = {
        "HOME": "/home/asel",
        "UNDERSIGNED_URL": "https://letters.example.org",
        "UNDERSIGNED_SECRET_KEY_FILE": "/etc/undersigned/key",
        "DATABASE_URL": "postgres://db.example.org/letters",
        "DATABASE_URL_FILE": "/etc/undersigned/database",
    }

    isolate(environ, "/tmp/data")

    assert environ == {"HOME": "/home/asel", "UNDERSIGNED_DATA": "/tmp/data"}


def test_the_private_server_takes_the_place_of_sqlite() -> None:
    environ = {DATABASE: "postgres://undersigned@/undersigned?host=/tmp/pg"}

    isolate(environ, "/tmp/data")

    assert environ["DATABASE_URL"] == environ[DATABASE]


def test_the_data_directory_is_the_tests_own(data_directory: Path) -> None:
    assert str(data_directory) == os.environ["UNDERSIGNED_DATA"]
    assert data_directory.name.startswith("undersigned-test-")


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80)])
def test_connections_to_other_machines_are_refused(address: tuple[str, int]) -> None:
    with pytest.raises(NetworkRefused), socket.create_connection(address, timeout=1):
        pass


def test_datagrams_to_other_machines_are_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outgoing,
        pytest.raises(NetworkRefused),
    ):
        outgoing.sendto(b"?", ("192.0.2.53", 53))


def test_this_machine_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


@pytest.mark.parametrize(
    ("host", "here"),
    [
        *((host, True) for host in ("localhost", "127.0.0.1", "127.8.8.8", "::1", "", None, b"::")),
        *((host, False) for host in ("example.org", "192.0.2.1", "localhost.example.org", b"a")),
    ],
)
def test_what_counts_as_this_machine(host: object, here: bool) -> None:
    assert is_here(host) is here


def test_the_newest_postgres_is_taken_and_an_old_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    for version in (9, 15, 16):
        install_postgres(tmp_path, version)
    (tmp_path / "17" / "bin").mkdir(parents=True)  # the client alone

    assert find_binaries(tmp_path) == tmp_path / "16" / "bin"


def test_only_an_old_postgres_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    install_postgres(tmp_path, 14)

    assert find_binaries(tmp_path) is None


def install_postgres(folder: Path, version: int) -> None:
    programs = folder / str(version) / "bin"
    programs.mkdir(parents=True)
    (programs / "initdb").touch()
    server = programs / "postgres"
    server.write_text(
        f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}.2 (Debian {version}.2-1)'\n"
    )
    server.chmod(0o755)
