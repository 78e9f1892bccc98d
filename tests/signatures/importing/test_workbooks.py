"""Workbooks from anybody: bombs, locked ones, broken ones, documents of other kinds."""

import io
import subprocess
import zipfile

import pytest

from tests.signatures.importing.workbooks_made import (
    made_ods,
    made_xls,
    made_xlsx,
    sparse_xlsx,
    zipped,
)
from undersigned.signatures.importing import workbooks
from undersigned.signatures.importing.sheet_limits import SheetNotReadable
from undersigned.signatures.importing.workbooks import Cells, read_workbook


def test_the_cells_of_a_workbook() -> None:
    data = made_xlsx({"One": [["Name"], ["Ana"]], "Two": [["Jon"]]})
    assert read_workbook(data) == Cells(("One", "Two"), "One", 1, [["Name"], ["Ana"]])
    assert read_workbook(data, "Two").rows == [["Jon"]]


def test_a_cell_at_the_end_of_the_world_ends_no_process_of_ours() -> None:
    with pytest.raises(SheetNotReadable, match="too large or too unusual"):
        read_workbook(sparse_xlsx())


def test_a_file_may_be_wide_or_long_only_so_far() -> None:
    with pytest.raises(SheetNotReadable, match="more than 100 columns"):
        read_workbook(sparse_xlsx("CW1"))
    with pytest.raises(SheetNotReadable, match="more than 200,000 rows"):
        read_workbook(sparse_xlsx("A200001"))


def bomb(parts: int, size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "")
        for number in range(parts):
            package.writestr(f"xl/{number}.xml", b"0" * size)
    return file.getvalue()


@pytest.mark.parametrize("data", [bomb(3, 10_000_000), bomb(2_000, 0)])
def test_a_zip_bomb_is_not_unpacked(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_ask", None)
    with pytest.raises(SheetNotReadable, match="unpacks into far more"):
        read_workbook(data)


def test_parts_may_not_be_large_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_ask", None)
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 9)
    with pytest.raises(SheetNotReadable, match="unpacks into far more"):
        read_workbook(bomb(2, 5))


def test_a_list_of_parts_that_lies_changes_nothing() -> None:
    data = bytearray(bomb(1, 50_000_000))
    true_size = (50_000_000).to_bytes(4, "little")
    data = bytearray(bytes(data).replace(true_size, (10).to_bytes(4, "little")))
    with pytest.raises(SheetNotReadable):
        read_workbook(bytes(data))


def test_a_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_SECONDS", 0.0001)
    with pytest.raises(SheetNotReadable, match="too large or too unusual"):
        read_workbook(made_xlsx({"One": [["Ana"]]}))


def test_the_program_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSIGNED_SECRET", "canary")
    seen = {}

    def run(command: list[str], **options: object) -> None:
        seen.update(options)
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(SheetNotReadable):
        read_workbook(made_xlsx({"One": [["Ana"]]}))
    assert seen["env"] == {}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (made_ods([["Ana"]], encrypted=True), "protected by a password"),
        (made_xls([["Ana"]], encrypted=True), "damaged, locked by a password"),
        (made_xls([["Ana"]], stream_name="EncryptedPackage"), "protected by a password"),
        (zipped({"word/document.xml": ""}), "is a Word document"),
        (zipped({"list.csv": "Name"}), "is a ZIP archive"),
        (
            zipped({"xl/workbook.xml": "<"}),
            "locked by a password or not quite",
        ),
        (b"PK\x03\x04 no archive", "locked by a password or not quite"),
        (
            made_xlsx({"One": [["Ana"]]})[:-30],
            "locked by a password or not quite",
        ),
        (
            b"\xd0\xcf\x11\xe0" + b"x" * 600,
            "locked by a password or not quite",
        ),
        (made_xlsx({"One": []}), "no cells with anything in them"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(SheetNotReadable, match=words):
        read_workbook(data)


def test_a_sheet_that_is_gone() -> None:
    with pytest.raises(SheetNotReadable, match="no sheet of that name any more"):
        read_workbook(made_xlsx({"One": [["Ana"]]}), "Two")
