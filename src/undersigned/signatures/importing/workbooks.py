"""Opening XLSX, XLSB, XLS and ODS files from anybody, in a process of their own."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from undersigned.signatures.importing import sheet_limits as limits
from undersigned.signatures.importing.sheet_limits import SheetNotReadable

LARGEST_UNPACKED = 400_000_000
"""Bytes that all parts of a file may have together. 100,000 rows are about 100,000,000."""
MOST_PARTS = 2_000
TIGHTEST = 250
"""How many times smaller than its contents a large file may be; spreadsheets are 5 to 80 times."""

_PROGRAM = str(Path(__file__).with_name("workbook_process.py"))
_SECONDS = 60
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,  # NotImplementedError too: a password, or an unknown kind of compression
    LookupError,
    struct.error,
)
_REFUSALS = {
    "password": gettext_noop(
        "The file is protected by a password: save it without one and try again."
    ),
    "malformed": gettext_noop(
        "The file is damaged, locked by a password or not quite a spreadsheet: "
        "open it in a spreadsheet program, save it as XLSX or CSV and try again."
    ),
    "no such sheet": gettext_noop(
        "The file has no sheet of that name any more: upload it again and choose one."
    ),
    "empty": gettext_noop("The file has no cells with anything in them: choose another file."),
    "characters": gettext_noop(
        "The sheet has more text than a list of signatories: keep the columns with "
        "names, places and addresses, and try again."
    ),
}


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of one sheet as text. `names`: of all sheets; `first`: number of the first row."""

    names: tuple[str, ...]
    sheet: str
    first: int
    rows: list[list[str]]


def read_workbook(data: bytes, sheet: str = "") -> Cells:
    """Return the cells of `sheet`, or of the first one that has any. Raises SheetNotReadable."""
    if data.startswith(b"PK"):
        _check_package(data)
    elif "EncryptedPackage".encode("utf-16-le") in data:  # how Excel wraps an XLSX file
        raise SheetNotReadable(_REFUSALS["password"])
    answer = _ask(data, sheet)
    if "refused" not in answer:
        return Cells(
            tuple(answer["names"]), str(answer["sheet"]), int(answer["first"]), answer["rows"]
        )
    if answer["refused"] == "rows":
        raise limits.too_many_rows()
    if answer["refused"] == "columns":
        raise limits.too_many_columns()
    raise SheetNotReadable(_REFUSALS[answer["refused"]])


def _ask(data: bytes, sheet: str) -> dict[str, Any]:
    wanted = {
        "sheet": sheet,
        "rows": limits.MOST_ROWS,
        "columns": limits.MOST_COLUMNS,
        "characters": limits.MOST_CHARACTERS,
        "cell": limits.LONGEST_CELL,
    }
    try:
        # Its own code and our limits; nothing of the environment, where secrets may stand.
        ended = subprocess.run(  # noqa: S603
            [sys.executable, "-I", _PROGRAM],
            input=json.dumps(wanted).encode() + b"\n" + data,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={},
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise SheetNotReadable(
            gettext_noop(
                "The sheet is too large or too unusual to be opened here: copy the rows with "
                "signatories into a new spreadsheet, save it as XLSX or CSV, and try again."
            )
        ) from None
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def _check_package(data: bytes) -> None:
    """Refuse a package by its list of parts, before any of them is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            is_encrypted = _names_encryption(package)
    except _BROKEN:
        raise SheetNotReadable(_REFUSALS["malformed"]) from None
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if any(name.startswith("word/") for name in names):
        raise SheetNotReadable(
            gettext_noop(
                "The file is a Word document: copy its table into a spreadsheet, or paste the "
                "list as text."
            )
        )
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise SheetNotReadable(
            gettext_noop(
                "The file is a ZIP archive, not a spreadsheet: unpack it and choose the file "
                "inside."
            )
        )
    if is_encrypted:
        raise SheetNotReadable(_REFUSALS["password"])
    if (
        len(parts) > MOST_PARTS
        or unpacked > LARGEST_UNPACKED
        or (unpacked > limits.LARGEST_FILE and unpacked > len(data) * TIGHTEST)
    ):
        raise SheetNotReadable(
            gettext_noop(
                "The file unpacks into far more than a list of signatories needs: copy the rows "
                "into a new spreadsheet, save it as XLSX or CSV, and try again."
            )
        )


def _names_encryption(package: zipfile.ZipFile) -> bool:
    """Tell whether the manifest of an ODS file says that its parts are encrypted."""
    if "META-INF/manifest.xml" not in package.namelist():
        return False
    with package.open("META-INF/manifest.xml") as manifest:
        return b"encryption-data" in manifest.read(100_000)
