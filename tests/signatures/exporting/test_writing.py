"""The worker writes what was ordered; what lies on the disk is sealed, and gone in time."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language

from tests.builders import listed, published_letter
from tests.panicking import panic
from tests.signatures.behind_links import own_link
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import errands
from undersigned.signatures.appearing import appear
from undersigned.signatures.erasing import end_exports
from undersigned.signatures.exporting import asking, failing, pdf, writing
from undersigned.signatures.exporting.asking import is_there, path_of
from undersigned.signatures.exporting.fonts import FontMissing
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.exporting.reporting import Reporter
from undersigned.signatures.exporting.typesetting import NotTypeset
from undersigned.signatures.exporting.writing import (
    PURPOSE,
    remove_expired,
    sweep_folder,
    write_exports,
    write_file,
)
from undersigned.signatures.models import ErrandState, Export, Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key, studio_opener
from undersigned.teams.models import Installation, Person
from undersigned.vault.files import open_pieces
from undersigned.vault.keys import KeyMissing
from undersigned.vault.panics import Panicked

pytestmark = pytest.mark.django_db

CANARY = "canary@example.org"


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    prepare_studio_key(settings.DATA / "web")
    letter = published_letter(keys, slug="banned")
    listed(letter, keys, name="Ana Example", consent_updates=True, address=CANARY)
    return letter


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data directory for this test alone."""
    monkeypatch.setattr(settings, "DATA", tmp_path)


def ordered(letter: Letter, form: str = "json", preset: str = "public") -> Export:
    ana, _ = Person.objects.get_or_create(email="ana@example.org", name="Ana")
    export = asking.ask(letter, ana, form=form, preset=PRESETS[preset], language="en")
    if export.needs_approval:
        bo = Person.objects.create(email="bo@example.org", name="Bo")
        asking.approve(export, bo)
    return export


def written(export: Export, keys: WorkerKeys) -> Export:
    assert write_exports(keys) == 1
    export.refresh_from_db()
    return export


def content(export: Export) -> bytes:
    opener = studio_opener(settings.DATA / "web")
    key = opener.open(export.pk, PURPOSE, bytes(export.sealed_key or b""))
    return b"".join(open_pieces(path_of(export), key, export.pk, PURPOSE))


def lying_about() -> list[str]:
    return sorted(path.name for path in (settings.DATA / "media" / "exports").iterdir())


def test_there_is_nothing_to_write(keys: WorkerKeys) -> None:
    assert write_exports(keys) == 0


@pytest.mark.parametrize(
    ("form", "beginning"), [("csv", b"\xef\xbb\xbfKind,"), ("xlsx", b"PK"), ("ods", b"PK")]
)
def test_each_form_of_sheet_is_written_and_opened(
    letter: Letter, keys: WorkerKeys, form: str, beginning: bytes
) -> None:
    export = written(ordered(letter, form), keys)
    assert content(export).startswith(beginning)
    assert (is_there(export), export.size) == (True, len(content(export)))


def test_the_letter_is_set_as_a_pdf(letter: Letter, keys: WorkerKeys) -> None:
    export = written(ordered(letter, "pdf"), keys)
    assert content(export).startswith(b"%PDF")
    assert lying_about() == [str(export.pk)]


def test_an_address_stands_in_the_file_and_nowhere_on_the_disk(
    letter: Letter, keys: WorkerKeys
) -> None:
    export = written(ordered(letter, "json", "listmonk"), keys)
    assert json.loads(content(export))[0]["email"] == CANARY
    everything = b"".join(
        path.read_bytes() for path in Path(settings.DATA).rglob("*") if path.is_file()
    )
    assert CANARY.encode() not in everything


def test_the_worker_itself_notes_that_it_wrote_addresses(letter: Letter, keys: WorkerKeys) -> None:
    written(ordered(letter, "json", "listmonk"), keys)
    written(ordered(letter, "json", "public"), keys)
    told = LetterEvent.objects.filter(actor="worker").values_list("act", "details")
    assert list(told) == [
        ("write export", {"form": "json", "preset": "listmonk", "language": "en"})
    ]


def test_without_its_note_there_is_no_file_of_addresses(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(export: Export) -> None:
        raise OSError

    monkeypatch.setattr(writing, "_note", full)
    export = ordered(letter, "json", "listmonk")
    with pytest.raises(OSError):  # noqa: PT011  the disk is full, say
        write_exports(keys)
    export.refresh_from_db()
    assert (export.state, export.sealed_key) == (ErrandState.FAILED, None)


@pytest.mark.parametrize(("mode", "folder"), [(0o700, 0o700), (0o2770, 0o2750)])
def test_the_web_may_read_the_file_of_a_worker_that_is_another_user(
    letter: Letter, keys: WorkerKeys, mode: int, folder: int
) -> None:
    Path(settings.DATA).chmod(mode)
    path = path_of(written(ordered(letter), keys))
    modes = [one.stat().st_mode & 0o7777 for one in (path, path.parent, path.parent.parent)]
    assert modes == [0o640, folder, folder]


def test_a_cancelled_one_leaves_nothing(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ordered(letter)

    def cancelled_meanwhile(*args: Any) -> int:
        errands.cancel(export)
        return 0

    monkeypatch.setitem(writing.SHEET_WRITERS, "json", cancelled_meanwhile)
    assert written(export, keys).state == ErrandState.CANCELLED
    assert lying_about() == []


def test_one_that_is_cancelled_at_the_last_moment_leaves_nothing(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*args: Any, **columns: Any) -> None:
        raise errands.Cancelled

    monkeypatch.setattr(errands, "finish", too_late)
    written(ordered(letter), keys)
    assert lying_about() == []


def test_a_pdf_is_cancelled_while_it_is_set(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(*args: Any, is_cancelled: Callable[[], bool]) -> None:
        errands.cancel(export)
        assert is_cancelled()
        raise pdf.Cancelled

    monkeypatch.setattr(pdf, "write_pdf_apart", cancelled)
    export = ordered(letter, "pdf")
    assert written(export, keys).state == ErrandState.CANCELLED
    assert lying_about() == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (KeyMissing(), failing.LETTER_CLOSED),
        (FontMissing("က"), "fonts missing|Mymr|"),
        (NotTypeset(), failing.NOT_TYPESET),
    ],
    ids=["key", "font", "PDF"],
)
def test_why_it_could_not_be_written_is_kept_as_a_code(
    letter: Letter,
    keys: WorkerKeys,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    code: str,
) -> None:
    def break_down(*args: Any) -> None:
        raise fault

    monkeypatch.setattr(writing, "write_file", break_down)
    export = written(ordered(letter), keys)
    assert (export.state, export.outcome) == (ErrandState.FAILED, code)
    assert lying_about() == []


def fill_the_disk(*_: object) -> None:
    raise OSError


@pytest.mark.parametrize(("fault", "raised"), [(fill_the_disk, OSError), (panic, Panicked)])
def test_an_unknown_fault_is_for_the_log(
    letter: Letter,
    keys: WorkerKeys,
    monkeypatch: pytest.MonkeyPatch,
    fault: Any,
    raised: type[Exception],
) -> None:
    monkeypatch.setattr(writing, "write_file", fault)
    export = ordered(letter)
    with pytest.raises(raised):
        write_exports(keys)
    export.refresh_from_db()
    assert export.outcome == failing.UNKNOWN
    assert lying_about() == []


def test_a_letter_without_a_text_has_no_pdf(letter: Letter, keys: WorkerKeys) -> None:
    Letter.objects.filter(pk=letter.pk).update(state="draft", edition=None)
    export = written(ordered(letter, "pdf"), keys)
    assert export.outcome == failing.NO_TEXT


def test_before_the_web_was_started_once_there_is_no_key_to_seal_to(
    letter: Letter, keys: WorkerKeys
) -> None:
    Installation.objects.update(studio_key=None)
    export = written(ordered(letter), keys)
    assert export.outcome == failing.KEY_NOT_THERE


def test_files_go_after_a_day_with_their_keys(letter: Letter, keys: WorkerKeys) -> None:
    kept, gone = (written(ordered(letter), keys) for _ in range(2))
    Export.objects.filter(pk=gone.pk).update(expires_at=timezone.now())
    assert [remove_expired(keys), remove_expired(keys)] == [1, 0]
    gone.refresh_from_db()
    assert (gone.sealed_key, lying_about()) == (None, [str(kept.pk)])


def test_what_a_killed_worker_left_is_swept_away(letter: Letter, keys: WorkerKeys) -> None:
    kept = written(ordered(letter), keys)
    folder = path_of(kept).parent
    for name, age in ((".pdf-old", 2), (".pdf-new", 0)):
        (folder / name).mkdir()
        (folder / name / "letter.pdf").write_text("Ana", encoding="utf-8")
        _make_old(folder / name, age)
    for name, age in (("old", 2), ("new", 0), (str(kept.pk), 2)):
        (folder / name).touch()
        _make_old(folder / name, age)
    sweep_folder(timezone.now())
    assert lying_about() == sorted([".pdf-new", "new", str(kept.pk)])


def _make_old(path: Path, hours: int) -> None:
    at = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (at, at))


def test_a_file_can_be_written_in_clear_for_the_command_line(
    letter: Letter, keys: WorkerKeys
) -> None:
    file = io.BytesIO()
    letter = Letter.objects.select_related("edition").get(pk=letter.pk)
    write_file(letter, PRESETS["public"], "json", "en", keys, file, Reporter(None))
    assert [row["name"] for row in json.loads(file.getvalue())] == ["Ana Example"]


@pytest.mark.parametrize(("form", "beginning"), [("csv", "\ufeffes\r\n"), ("json", '[\n{"name": ')])
def test_a_sheet_names_its_columns_in_its_language_and_json_for_programs(
    letter: Letter, keys: WorkerKeys, form: str, beginning: str
) -> None:
    names = replace(PRESETS["public"].columns[1], header=lazy(get_language, str)())
    preset = replace(PRESETS["public"], columns=(names,), mark=True)
    file = io.BytesIO()
    letter = Letter.objects.select_related("edition").get(pk=letter.pk)
    write_file(letter, preset, form, "es", keys, file, Reporter(None))
    assert file.getvalue().decode().startswith(beginning)
    assert get_language() == "en"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_who_is_hidden_while_it_is_written_is_not_in_it(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    token = own_link(Signature.objects.get(), keys)
    write = writing.SHEET_WRITERS["json"]

    def hidden_meanwhile(*args: Any) -> int:
        count = write(*args) if moment == "after" else 0
        appear(token, "counted")
        return count or write(*args)

    monkeypatch.setitem(writing.SHEET_WRITERS, "json", hidden_meanwhile)
    export = written(ordered(letter), keys)
    assert (export.state, is_there(export)) == (ErrandState.WAITING, False)
    assert lying_about() == []
    monkeypatch.setitem(writing.SHEET_WRITERS, "json", write)
    assert json.loads(content(written(export, keys))) == []


def test_one_that_waits_for_approval_goes_on_waiting(letter: Letter, keys: WorkerKeys) -> None:
    ana = Person.objects.create(email="ana@example.org", name="Ana")
    export = asking.ask(letter, ana, form="json", preset=PRESETS["listmonk"], language="en")
    cancelled = ordered(letter)
    errands.cancel(cancelled)
    end_exports([letter.pk], timezone.now())
    assert write_exports(keys) == 0
    states = [Export.objects.get(pk=one.pk).state for one in (export, cancelled)]
    assert states == [ErrandState.WAITING, ErrandState.CANCELLED]
