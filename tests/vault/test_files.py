"""Files are sealed piece by piece, and opened only whole and in place."""

from __future__ import annotations

import io
import os
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.vault import files
from undersigned.vault.files import PIECE, SealedFile, open_pieces
from undersigned.vault.open import CannotOpen

KEY, ROW = bytes(range(32)), uuid.UUID(int=7)
STORED = PIECE + 16


def sealed(path: Path, *writes: bytes) -> Path:
    with SealedFile(path, KEY, ROW, "export") as file:
        for content in writes:
            file.write(content)
    return path


def opened(path: Path, row: uuid.UUID = ROW, purpose: str = "export") -> bytes:
    return b"".join(open_pieces(path, KEY, row, purpose))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_written_is_read(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    assert opened(sealed(tmp_path / "file", content)) == content


def test_the_content_does_not_stand_in_the_file(tmp_path: Path) -> None:
    path = sealed(tmp_path / "file", b"canary@example.org")
    assert b"canary" not in path.read_bytes()


@given(writes=st.lists(st.binary(max_size=40)))
def test_it_does_not_matter_in_which_portions_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, writes: list[bytes]
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(files, "PIECE", 16)
        path = sealed(tmp_path_factory.mktemp("sealed") / "file", *writes)
        assert opened(path) == b"".join(writes)


def test_a_text_can_be_written_through_it(tmp_path: Path) -> None:
    with (
        SealedFile(tmp_path / "file", KEY, ROW, "export") as file,
        io.TextIOWrapper(io.BufferedWriter(file), encoding="utf-8") as text,
    ):
        text.write("naïve")
    assert file.size == 6
    assert opened(tmp_path / "file") == "naïve".encode()


def test_pieces_cannot_be_changed_swapped_or_left_out(tmp_path: Path) -> None:
    path = sealed(tmp_path / "file", os.urandom(3 * PIECE))
    whole = path.read_bytes()
    first, second, third = whole[:STORED], whole[STORED : 2 * STORED], whole[2 * STORED :]
    flipped = bytes([whole[0] ^ 1]) + whole[1:]
    for altered in (second + first + third, first + third, first + second, flipped, b"", b"short"):
        path.write_bytes(altered)
        with pytest.raises(CannotOpen):
            opened(path)


def test_a_file_belongs_to_its_row_and_purpose(tmp_path: Path) -> None:
    path = sealed(tmp_path / "file", b"words")
    with pytest.raises(CannotOpen):
        opened(path, row=uuid.UUID(int=8))
    with pytest.raises(CannotOpen):
        opened(path, purpose="import")


def test_one_that_was_never_closed_cannot_be_opened(tmp_path: Path) -> None:
    file = SealedFile(tmp_path / "file", KEY, ROW, "export")
    file.write(os.urandom(2 * PIECE))
    file._file.flush()
    half = tmp_path / "half"
    half.write_bytes((tmp_path / "file").read_bytes())
    file.close()
    file.close()
    with pytest.raises(CannotOpen):
        opened(half)
