"""The archive inside a backup: everything in it has its hash, and nothing else gets out of it."""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.config.backups import archive
from undersigned.config.backups.archive import MANIFEST, SUMS
from undersigned.config.backups.manifest import DATABASE, Manifest
from undersigned.config.backups.refusals import MadeByNewerVersion, NotABackup

ABOUT = Manifest(kind=DATABASE, at="2026-11-20T12:00:00+00:00", vendor="sqlite")
WRONG_HASHES = "The hashes inside this backup do not fit its files. Nothing was changed."
NOT_OURS = (
    "The file opens, but what is inside is not a backup of Undersigned's. Nothing was changed."
)
Parts = list[tuple[str, bytes]]


def accept(manifest: Manifest) -> None:
    """Whatever it is."""


@pytest.fixture
def written(tmp_path: Path) -> bytes:
    """An archive with two files."""
    (tmp_path / "database").write_bytes(b"rows " * 1000)
    (tmp_path / "logo").write_bytes(b"")
    output = io.BytesIO()
    archive.write(
        output,
        ABOUT,
        [("database", tmp_path / "database"), ("media/a b/logo", tmp_path / "logo")],
    )
    return output.getvalue()


def tar_of(parts: Parts, change: Callable[[tarfile.TarInfo], None] = lambda entry: None) -> bytes:
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w|") as made:
        for name, content in parts:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            change(entry)
            made.addfile(entry, io.BytesIO(content))
    return output.getvalue()


def with_sums(parts: Parts) -> Parts:
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in parts)
    return [*parts, (SUMS, sums.encode())]


def refusal(content: bytes, folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    with pytest.raises(NotABackup) as caught:
        archive.read(io.BytesIO(content), folder, accept)
    return str(caught.value)


def test_what_is_written_is_read(written: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    took: list[int] = []
    assert archive.read(io.BytesIO(written), folder, accept, took.append) == ABOUT
    found = {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mode & 0o777)
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert found == {
        "database": (b"rows " * 1000, 0o600),
        "media/a b/logo": (b"", 0o600),
    }
    assert (folder / "media" / "a b").stat().st_mode & 0o777 == 0o700
    assert sum(took) == 5000


def test_what_follows_is_read_to_its_end(written: bytes, tmp_path: Path) -> None:
    """Only there does age say whether all is as it was written."""
    source = io.BytesIO(written + bytes(200_000))
    folder = tmp_path / "out"
    folder.mkdir()
    archive.read(source, folder, accept)
    assert source.read() == b""


def test_common_programs_read_it_too(written: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    subprocess.run(["tar", "-x", "-C", out], input=written, check=True)
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", SUMS], cwd=out, capture_output=True, check=False
    )
    assert (checked.returncode, checked.stdout) == (0, b"")


def test_the_manifest_comes_first_so_that_a_refusal_is_early(
    written: bytes, tmp_path: Path
) -> None:
    def refuse(manifest: Manifest) -> None:
        raise MadeByNewerVersion("too new")

    with pytest.raises(MadeByNewerVersion):
        archive.read(io.BytesIO(written), tmp_path / "never made", refuse)
    assert not (tmp_path / "never made").exists()


def test_a_changed_file_is_said(tmp_path: Path) -> None:
    parts = with_sums([(MANIFEST, ABOUT.to_json()), ("database", b"rows")])
    parts[1] = ("database", b"Rows")
    assert refusal(tar_of(parts), tmp_path / "out") == WRONG_HASHES


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_missing_member_is_said(tmp_path: Path, missing: int) -> None:
    parts = with_sums([(MANIFEST, ABOUT.to_json()), ("database", b"rows")])
    del parts[missing]
    assert refusal(tar_of(parts), tmp_path / "out") in {WRONG_HASHES, NOT_OURS}


def test_a_member_without_a_hash_is_said(tmp_path: Path) -> None:
    parts = with_sums([(MANIFEST, ABOUT.to_json())])
    assert refusal(tar_of([parts[0], ("extra", b""), parts[1]]), tmp_path / "a") == WRONG_HASHES
    assert refusal(tar_of([*parts, ("extra", b"")]), tmp_path / "b") == NOT_OURS


@pytest.mark.parametrize("name", ["../out", "/etc/out", "media/../../out", "database", ".", ""])
def test_nothing_is_written_elsewhere_or_twice(tmp_path: Path, name: str) -> None:
    parts = with_sums([(MANIFEST, ABOUT.to_json()), ("database", b"rows"), (name, b"more")])
    out = tmp_path / "out"
    assert refusal(tar_of(parts), out) == NOT_OURS
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [out / "database"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_only_files_are_taken(tmp_path: Path, kind: bytes) -> None:
    def change(entry: tarfile.TarInfo) -> None:
        if entry.name == "link":
            entry.type, entry.linkname, entry.size = kind, "/etc/passwd", 0

    parts = with_sums([(MANIFEST, ABOUT.to_json()), ("link", b"")])
    assert refusal(tar_of(parts, change), tmp_path / "out") == NOT_OURS


@pytest.mark.parametrize("content", [b"", b"nonsense" * 200, tar_of([]), tar_of([("x", b"")])])
def test_what_is_no_archive_is_said(tmp_path: Path, content: bytes) -> None:
    assert refusal(content, tmp_path / "out") in {NOT_OURS, WRONG_HASHES}


@given(st.binary(max_size=2000))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(NotABackup):
        archive.read(io.BytesIO(noise), Path("/nonexistent"), accept)


def test_names_of_any_kind_survive(tmp_path: Path) -> None:
    names = ["media/ünï code", "media/line\u2028separator", "media/\udce9"]
    source = tmp_path / "file"
    source.write_bytes(b"content")
    output = io.BytesIO()
    archive.write(output, ABOUT, [(name, source) for name in names])
    out = tmp_path / "out"
    out.mkdir()
    archive.read(io.BytesIO(output.getvalue()), out, accept)
    assert sorted(path.name for path in (out / "media").iterdir()) == sorted(
        name.removeprefix("media/") for name in names
    )
