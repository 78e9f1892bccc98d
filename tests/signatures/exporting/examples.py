"""Rows that may be exported, for tests of files."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import BinaryIO

from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from undersigned.signatures.exporting.columns import ExportRow
from undersigned.signatures.exporting.presets import Preset

ANA = ExportRow(
    kind="individual",
    name="Dr. Ana Lucía van der Example",
    native_name="",
    title="Professor",
    affiliation="University of Samples",
    website="https://ana.example.org/",
    place="Lima, Peru",
    country_code="PE",
    country="Peru",
    city="Lima",
    language="es",
    signed_on=date(2026, 3, 4),
    confirmed_on=date(2026, 3, 5),
    state="listed",
    visibility="public",
    source="web",
    edition="1",
    featured=True,
    consent_publication=True,
    consent_updates=True,
    updates_wording="Write to me about this letter.",
    email="ana@example.org",
)
SOCIETY = replace(
    ANA,
    kind="organisation",
    name="Example Society",
    native_name="مثال",
    title="",
    affiliation="",
    featured=False,
    consent_updates=False,
    email="",
)

# What spreadsheet programs may run.
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\u200e=1+1",
    "\ufeff=1+1",
    "\x00=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "﹦1+1",
    "−1+1",
    "=cmd|'/C calc'!A0",
    "Example;=1+1",
    "Example, \u200b@SUM(A1)",
]

rows = st.builds(
    ExportRow,
    kind=st.sampled_from(["individual", "organisation"]),
    name=st.text(max_size=12),
    native_name=st.text(max_size=5),
    title=st.text(max_size=5),
    affiliation=st.text(max_size=5),
    website=st.text(max_size=5),
    place=st.text(max_size=5),
    country_code=st.sampled_from(["", "PE", "KE"]),
    country=st.sampled_from(["", "Peru", "Kenya"]),
    city=st.text(max_size=5),
    language=st.sampled_from(["", "en", "es"]),
    signed_on=st.none() | st.dates(),
    confirmed_on=st.none() | st.dates(),
    state=st.sampled_from(["pending", "confirmed", "listed", "declined", "withdrawn", "void"]),
    visibility=st.sampled_from(["public", "initials", "recipient", "counted"]),
    source=st.sampled_from(["web", "import"]),
    edition=st.just("1"),
    featured=st.booleans(),
    consent_publication=st.booleans(),
    consent_updates=st.booleans(),
    updates_wording=st.text(max_size=5),
    email=st.sampled_from(["", "ana@example.org", "=ana@example.org"]),
)

Writer = Callable[[Iterable[ExportRow], Preset, BinaryIO], int]


def written(write: Writer, rows: Iterable[ExportRow], preset: Preset) -> bytes:
    """The bytes of the file."""
    file = io.BytesIO()
    write(rows, preset, file)
    return file.getvalue()


def reopened(data: bytes) -> list[list[object]]:
    """The cells of the only sheet, as a spreadsheet program would have them."""
    (name,) = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name)
    return [list(row) for row in sheet.to_python()]
