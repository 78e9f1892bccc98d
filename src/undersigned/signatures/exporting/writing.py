"""Write ordered exports: the worker's errand. What lies on the disk is sealed from the first byte.

A PDF is the exception: while it is set, it and its names lie in a folder of mode 0700 beside the
exports. They are names that the letter's page or the addressee may see.
"""

from __future__ import annotations

import io
import logging
import secrets
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import errands
from undersigned.signatures.errands import Cancelled, Failed
from undersigned.signatures.exporting import failing, pdf
from undersigned.signatures.exporting.asking import (
    LIFETIME,
    MAY_BE_WRITTEN,
    holds_addresses,
    path_of,
)
from undersigned.signatures.exporting.assembling import NotPublished, assemble
from undersigned.signatures.exporting.csv_files import write_csv
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.exporting.fonts import FontMissing
from undersigned.signatures.exporting.json_files import write_json
from undersigned.signatures.exporting.ods_files import write_ods
from undersigned.signatures.exporting.paper_rows import read_paper
from undersigned.signatures.exporting.presets import PRESETS, Preset, with_paper
from undersigned.signatures.exporting.reporting import Reporter
from undersigned.signatures.exporting.rows import count_rows, read_rows
from undersigned.signatures.exporting.typesetting import NotTypeset
from undersigned.signatures.exporting.xlsx_files import write_xlsx
from undersigned.signatures.models import ErrandState, Export
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import studio_sealer
from undersigned.vault.files import SealedFile
from undersigned.vault.keys import KeyMissing
from undersigned.vault.panics import panics_as_faults
from undersigned.vault.seal import SealingKeyMissing

log = logging.getLogger(__name__)

PURPOSE = "export"
_FORGOTTEN_AFTER = timedelta(hours=1)

SHEET_WRITERS: dict[str, Callable[..., int]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "ods": write_ods,
    "json": write_json,
}


def write_exports(keys: WorkerKeys) -> int:
    """Write the oldest export that was ordered and, if need be, approved; returns how many."""
    export = errands.take(Export, timezone.now(), only=MAY_BE_WRITTEN)
    if export is None:
        return 0
    # Under a name of its own: a worker that was taken for dead may be writing the same one.
    part = _folder() / f"{export.pk}.{secrets.token_hex(4)}"
    try:
        with panics_as_faults():
            _write(export, part, keys)
    except Cancelled:
        pass
    except Failed as failure:
        errands.fail(export, str(failure))
    except Exception:
        errands.fail(export, failing.UNKNOWN)
        raise
    finally:
        part.unlink(missing_ok=True)
    return 1


def remove_expired(keys: WorkerKeys) -> int:
    """Remove files past their time, with their keys, and what a killed worker left; how many."""
    now = timezone.now()
    over = Export.objects.filter(sealed_key__isnull=False, expires_at__lte=now)
    expired = list(over)
    for export in expired:
        path_of(export).unlink(missing_ok=True)
    over.filter(pk__in=[export.pk for export in expired]).update(sealed_key=None)
    return len(expired)


def sweep_folder(now: datetime) -> None:
    """Remove files that no export in hand or in time owns. For the nightly tidying."""
    folder = _folder()
    owned = Export.objects.filter(state=ErrandState.RUNNING) | Export.objects.filter(
        sealed_key__isnull=False
    )
    kept = {str(pk) for pk in owned.values_list("pk", flat=True)}
    for path in folder.iterdir():
        is_old = now.timestamp() - path.stat().st_mtime > _FORGOTTEN_AFTER.total_seconds()
        if path.is_dir() and is_old:
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file() and is_old and path.name not in kept:
            path.unlink(missing_ok=True)


def _write(export: Export, part: Path, keys: WorkerKeys) -> None:
    letter = Letter.objects.select_related("edition").get(pk=export.letter_id)
    preset = PRESETS[export.preset]
    key, reporter = secrets.token_bytes(32), Reporter(export)
    try:
        sealed_key = studio_sealer().seal(export.pk, PURPOSE, key)
        with SealedFile(part, key, export.pk, PURPOSE) as file:
            write_file(
                letter,
                preset,
                export.form,
                export.language,
                keys,
                cast("BinaryIO", io.BufferedWriter(file)),
                reporter,
            )
    except SealingKeyMissing:
        raise Failed(failing.KEY_NOT_THERE) from None
    except KeyMissing:
        raise Failed(failing.LETTER_CLOSED) from None
    except NotPublished:
        raise Failed(failing.NO_TEXT) from None
    except FontMissing as missing:
        raise Failed(failing.fonts_missing(missing)) from None
    except NotTypeset:
        raise Failed(failing.NOT_TYPESET) from None
    errands.report(export, reporter.total, reporter.total)
    part.chmod(0o640)
    part.replace(path_of(export))
    try:
        expires_at = timezone.now() + LIFETIME
        with transaction.atomic():
            errands.finish(export, sealed_key=sealed_key, size=file.size, expires_at=expires_at)
            if holds_addresses(preset):
                _note(export)
    except Cancelled:
        path_of(export).unlink(missing_ok=True)
        raise


def _note(export: Export) -> None:
    """By the worker itself: a web that was taken over can leave its own events out."""
    details = {"form": export.form, "preset": export.preset, "language": export.language}
    LetterEvent.objects.create(
        letter_id=export.letter_id, actor="worker", act="write export", details=details
    )


def write_file(
    letter: Letter,
    preset: Preset,
    form: str,
    language: str,
    keys: WorkerKeys,
    file: BinaryIO,
    reporter: Reporter,
) -> None:
    """Write an export in clear to wherever `file` leads; it is flushed, not closed.

    Raises NotPublished, FontMissing, NotTypeset, vault.keys.KeyMissing, and what the reporter does.
    """
    reporter.total = count_rows(letter, preset.purpose)
    if form == "pdf":
        _write_pdf(letter, preset, language, keys, file, reporter)
    else:
        signed = (read.row for read in read_rows(letter, preset.purpose, language, keys))
        paper = read_paper(letter, preset.purpose, language)
        if paper:
            preset = with_paper(preset)
            reporter.total += len(paper)
        rows = reporter.counted(chain(signed, paper))
        with translation.override(language):
            SHEET_WRITERS[form](rows, preset, file)
    file.flush()


def _write_pdf(
    letter: Letter,
    preset: Preset,
    language: str,
    keys: WorkerKeys,
    file: BinaryIO,
    reporter: Reporter,
) -> None:
    document = assemble(
        letter,
        preset,
        language,
        keys,
        address=f"{settings.SITE_URL}/{letter.slug}/{language}/",
        now=timezone.now(),
        progress=reporter.tell,
    )
    with TemporaryDirectory(prefix=".pdf-", dir=_folder()) as folder:
        whole = Path(folder, "letter.pdf")
        try:
            pdf.write_pdf_apart(document, whole, is_cancelled=reporter.is_cancelled)
        except pdf.Cancelled:
            raise Cancelled from None
        with whole.open("rb") as written:
            shutil.copyfileobj(written, file)


def _folder() -> Path:
    return media_folder("exports")
