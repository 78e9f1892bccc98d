"""A private PostgreSQL for the tests, from the binaries that are installed; gone afterwards.

    python -m tests.databases COMMAND...    runs COMMAND with TEST_DATABASE_URL set
    python -m tests.databases               says whether PostgreSQL is there (exit status 0 or 3)

It listens on a Unix socket in its own folder only, and promises nothing to the disk.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# The tests read the address here (tests/environment.py); without it they use SQLite.
DATABASE = "TEST_DATABASE_URL"
OLDEST = 15
MISSING = 3
ADVICE = f"PostgreSQL {OLDEST} or newer is missing; install it with: apt-get install postgresql"
NAME = "undersigned"
DEBIAN = Path("/usr/lib/postgresql")
DURABLE = ("listen_addresses=", "max_connections=100", "shared_buffers=64MB")
SWITCHES = (*DURABLE, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
START_SECONDS = 30
PR_SET_PDEATHSIG = 1  # prctl(2)


class PostgresDidNotStart(Exception):
    """The server ended or stayed silent; the message holds the end of its log."""


def main(command: Sequence[str]) -> int:
    binaries = find_binaries()
    if binaries is None:
        print(ADVICE, file=sys.stderr)
        return MISSING
    if not command:
        return 0
    # So that the server is ended and its folder removed when somebody ends us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with running_postgres(binaries) as url:
        return _run(command, {**os.environ, DATABASE: url})


def _run(command: Sequence[str], environ: dict[str, str]) -> int:
    with subprocess.Popen(command, env=environ) as child:
        # Ctrl-C reaches the command too, which tidies up and says how far it came.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        status = child.wait()
    return status if status >= 0 else 128 - status


def find_binaries(debian: Path = DEBIAN) -> Path | None:
    """The folder with `initdb` and `postgres`: Debian keeps it off PATH, one per version."""
    versions = [int(path.name) for path in debian.glob("*") if path.name.isdecimal()]
    folders = [debian / str(version) / "bin" for version in sorted(versions, reverse=True)]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if _is_usable(folder)), None)


def _is_usable(folder: Path) -> bool:
    if not ((folder / "initdb").exists() and (folder / "postgres").exists()):
        return False
    answer = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    )  # "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
    words = answer.stdout.split()
    return len(words) > 2 and int("".join(words[2].split(".")[:1]) or 0) >= OLDEST


@contextmanager
def running_postgres(binaries: Path, switches: Sequence[str] = SWITCHES) -> Iterator[str]:
    """Its address as a `postgres://` URL, valid until the block ends.

    With DURABLE for `switches` it keeps its promises to the disk: for benchmarks.
    """
    owner = _owner()
    # Not in TMPDIR: that may be closed to the owner, or too long for a socket's path.
    folder = Path(tempfile.mkdtemp(prefix="undersigned-pg-", dir="/tmp"))
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _initialise(binaries, folder, owner)
        with _running_server(binaries, folder, owner, switches):
            yield f"postgres://{NAME}@/{NAME}?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _initialise(binaries: Path, folder: Path, owner: pwd.struct_passwd | None) -> None:
    answer = subprocess.run(
        [
            binaries / "initdb",
            f"--pgdata={folder}/data",
            f"--username={NAME}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ],
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        text=True,
        check=False,
        **_identity(owner),
    )
    if answer.returncode != 0:
        raise PostgresDidNotStart(answer.stderr)


@contextmanager
def _running_server(
    binaries: Path, folder: Path, owner: pwd.struct_passwd | None, switches: Sequence[str]
) -> Iterator[None]:
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [
                binaries / "postgres",
                *("-D", folder / "data"),
                *("-k", folder),
                *(word for switch in switches for word in ("-c", switch)),
            ],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # A terminal's Ctrl-C is ours to hear first: the tests' connections must end before it.
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  one thread: main() is all there is
            **_identity(owner),
        )
    try:
        _create_database(server, folder, log)
        yield
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
        server.wait(timeout=START_SECONDS)


def _create_database(server: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    # Deferred: every test process imports this module for one name.
    import psycopg

    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(
                host=str(folder), user=NAME, dbname="postgres", autocommit=True
            ) as connection:
                connection.execute(f'CREATE DATABASE "{NAME}"')
                return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise PostgresDidNotStart(log.read_text(errors="replace")[-2000:]) from error
            time.sleep(0.05)


def _identity(owner: pwd.struct_passwd | None) -> dict[str, object]:
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _environment(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}


def _end_with_parent() -> None:
    """Linux ends the server even when this process is killed outright (a SIGKILL, a lost shell)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
