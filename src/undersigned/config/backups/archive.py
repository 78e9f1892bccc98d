"""The archive inside a backup: a tar file whose last member has the hashes of all others."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from undersigned.config.backups.manifest import Manifest
from undersigned.config.backups.refusals import NotABackup

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_LONGEST_TEXT = 64 * 1024 * 1024
_SUM = re.compile(r"([0-9a-f]{64})  (\S.*)")

NOT_OURS = "The file opens, but what is inside is not a backup of Undersigned's. {kept}"
KEPT = "Nothing was changed."
Took = Callable[[int], None]


def write(
    output: BinaryIO,
    manifest: Manifest,
    members: Iterable[tuple[str, Path]],
    took: Took = lambda size: None,
) -> None:
    """Write an archive: the manifest, the members by name and file, and the hashes of all.

    `took` is told how many bytes of members were written since it was last told.
    """
    sums: list[str] = []
    with tarfile.open(fileobj=output, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        _add(archive, sums, MANIFEST, io.BytesIO(manifest.to_json()), len(manifest.to_json()))
        for name, path in members:
            with path.open("rb") as content:
                _add(archive, sums, name, content, os.fstat(content.fileno()).st_size, took)
        text = "".join(f"{line}\n" for line in sums).encode(errors="surrogateescape")
        _add(archive, sums, SUMS, io.BytesIO(text), len(text))


def _add(
    archive: tarfile.TarFile,
    sums: list[str],
    name: str,
    content: IO[bytes],
    size: int,
    took: Took = lambda size: None,
) -> None:
    # Neither owner nor time: who restores is the new owner.
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    hashing = _Hashing(content, took)
    archive.addfile(entry, hashing)
    sums.append(f"{hashing.sum.hexdigest()}  {name}")


class _Hashing:
    """A file whose content is hashed as it is read."""

    def __init__(self, content: IO[bytes], took: Took) -> None:
        self._content, self._took = content, took
        self.sum = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        part = self._content.read(size)
        self.sum.update(part)
        self._took(len(part))
        return part


def read(
    archive: BinaryIO,
    folder: Path,
    check: Callable[[Manifest], None],
    took: Took = lambda size: None,
) -> Manifest:
    """Unpack an archive into an empty folder and compare every hash.

    `check` sees the manifest before anything large is unpacked; what it raises goes through.
    Raises NotABackup. What was unpacked counts only if nothing was raised.
    """
    sums: dict[str, str] = {}
    listed: bytes | None = None
    manifest: Manifest | None = None
    try:
        with tarfile.open(fileobj=archive, mode="r|") as members:
            for member in members:
                content = _content(members, member)
                if listed is not None:
                    raise NotABackup(NOT_OURS.format(kept=KEPT))
                if member.name == SUMS:
                    listed = content.read(_LONGEST_TEXT)
                elif manifest is None:
                    manifest, sums[MANIFEST] = _read_manifest(member, content)
                    check(manifest)
                else:
                    sums[member.name] = _unpack(content, _place(folder, member.name), took)
    except tarfile.TarError:
        raise NotABackup(NOT_OURS.format(kept=KEPT)) from None
    while archive.read(64 * 1024):
        pass  # to the end: age says only there whether all is as it was written
    if manifest is None or dict(_parse(listed or b"")) != sums:
        raise NotABackup(f"The hashes inside this backup do not fit its files. {KEPT}")
    return manifest


def _content(members: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = members.extractfile(member) if member.isreg() else None
    if content is None:
        raise NotABackup(NOT_OURS.format(kept=KEPT))
    return content


def _read_manifest(member: tarfile.TarInfo, content: IO[bytes]) -> tuple[Manifest, str]:
    if member.name != MANIFEST:
        raise NotABackup(NOT_OURS.format(kept=KEPT))
    text = content.read(_LONGEST_TEXT)
    return Manifest.from_json(text), hashlib.sha256(text).hexdigest()


def _place(folder: Path, name: str) -> Path:
    """Where a member goes; never outside `folder`, and never over another one."""
    parts = PurePosixPath(name).parts
    place = folder.joinpath(*parts)
    if not parts or parts[0] == "/" or ".." in parts or place.exists():
        raise NotABackup(NOT_OURS.format(kept=KEPT))
    return place


def _unpack(content: IO[bytes], place: Path, took: Took) -> str:
    """Write a file for ourselves alone, durably; returns its hash."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashing = _Hashing(content, took)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while part := hashing.read(1024 * 1024):
            file.write(part)
        file.flush()
        os.fsync(handle)
    return hashing.sum.hexdigest()


def _parse(listed: bytes) -> Iterator[tuple[str, str]]:
    for line in listed.decode(errors="surrogateescape").split("\n"):
        found = _SUM.fullmatch(line)
        if found:
            yield found[2], found[1]
