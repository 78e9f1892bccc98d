"""Small workbooks made for tests, by other programs' libraries or byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def made_xlsx(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: str = "") -> bytes:
    """An XLSX file with these sheets; dates are real ones."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(number, column, cell)
            if name == hidden:
                sheet.hide()
            elif sheet.index:
                sheet.activate()
    return file.getvalue()


def made_ods(rows: Sequence[Sequence[str]], *, encrypted: bool = False) -> bytes:
    """An ODS file with one sheet of texts; `encrypted` only claims to be."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="One">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    secret = '<manifest:encryption-data manifest:checksum=""/>' if encrypted else ""
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{secret}</manifest:file-entry></manifest:manifest>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }
    )


def zipped(parts: Mapping[str, str]) -> bytes:
    """A ZIP file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


def sparse_xlsx(last: str = "XFD1048576") -> bytes:
    """A file of a kilobyte whose only sheet has two cells, and 17 billion between them."""
    with zipfile.ZipFile(io.BytesIO(made_xlsx({"One": [["Name"]]}))) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    row = last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        f'<row r="{row}"><c r="{last}"><v>2</v></c></row></sheetData></worksheet>'
    )
    return zipped(parts)


def made_xls(
    rows: Sequence[Sequence[str]], *, encrypted: bool = False, stream_name: str = "Workbook"
) -> bytes:
    """An XLS file (BIFF8 in a compound file), as [MS-XLS] and [MS-CFB] describe them."""

    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))

    def label(row: int, column: int, text: str) -> bytes:
        body = struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le")
        return record(0x204, body)

    name = b"\x03\x00One"
    secret = record(0x2F, b"\1" + bytes(5)) if encrypted else b""
    start = len(begin(5)) + len(secret) + len(record(0x85, bytes(6) + name)) + len(record(0x0A))
    stream = begin(5) + secret + record(0x85, struct.pack("<IH", start, 0) + name) + record(0x0A)
    stream += begin(0x10)
    stream += record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            stream += label(number, column, cell)
    stream += record(0x0A)
    stream = stream.ljust(4096, b"\0")
    sectors = len(stream) // 512 + bool(len(stream) % 512)
    stream = stream.ljust(sectors * 512, b"\0")
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    fat = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))

    def entry(title: str, kind: int, child: int, sector: int, size: int) -> bytes:
        encoded = title.encode("utf-16-le") + b"\0\0"
        return (
            encoded.ljust(64, b"\0")
            + struct.pack("<HBB", len(encoded) if title else 0, kind, 1)
            + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", sector, size)
        )

    directory = (
        entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
        + entry(stream_name, 2, 0xFFFFFFFF, 2, len(stream))
        + entry("", 0, 0xFFFFFFFF, 0, 0) * 2
    )
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0, 0)[:40]
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return head[:512].ljust(512, b"\0") + fat + directory + stream
