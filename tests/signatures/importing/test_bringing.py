"""A list is sealed while it is looked through, stored once, or dropped."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.builders import listed
from undersigned.letters.models import Letter
from undersigned.signatures.counting import read_counts
from undersigned.signatures.importing import bringing
from undersigned.signatures.importing.brought import Brought, read
from undersigned.signatures.importing.choices import Choices
from undersigned.signatures.importing.layout import Layout, lay_out
from undersigned.signatures.importing.sheets import SheetNotReadable
from undersigned.signatures.importing.signatories import Individual, Organisation
from undersigned.signatures.models import ImportBatch, Signature, Visibility
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key, studio_opener, studio_sealer
from undersigned.vault.open import Opener

pytestmark = pytest.mark.django_db
CANARY = "Canary Society"
SHEET = f"Organisation,Country,Language,Date\n{CANARY},Kenya,Spanish,2020-03-04\n".encode()


@pytest.fixture
def opener(tmp_path: Path) -> Opener:
    prepare_studio_key(tmp_path / "web")
    return studio_opener(tmp_path / "web")


def begun(letter: Letter, content: bytes = SHEET, name: str = "list.csv") -> ImportBatch:
    return bringing.begin(
        letter,
        content,
        studio_sealer(),
        file_name=name,
        origin="Our form",
        kind="",
        actor="Ana",
    )


def laid_out(batch: ImportBatch, opener: Opener) -> tuple[Layout, Brought]:
    choices = bringing.choices_of(batch, opener)
    brought = read(bringing.content_of(batch, opener), batch.form, choices, [])
    return lay_out(brought, choices), brought


def save(batch: ImportBatch, opener: Opener) -> int:
    layout, brought = laid_out(batch, opener)
    return bringing.save(batch, layout, brought, actor="Ana")


def test_the_list_is_sealed_to_the_studio(letter: Letter, opener: Opener) -> None:
    batch = begun(letter)
    bringing.choose(
        batch, opener, studio_sealer(), lambda now: now.edited("organisation-1", {"name": CANARY})
    )
    batch.refresh_from_db()
    assert bringing.content_of(batch, opener) == SHEET
    assert bringing.choices_of(batch, opener).edits == {"organisation-1": {"name": CANARY}}
    stored = ImportBatch.objects.values().get()
    assert CANARY.encode() not in repr(stored).encode()
    assert CANARY.encode() not in bytes(stored["sealed"])
    assert stored["sha256"] == hashlib.sha256(SHEET).digest()
    assert (stored["form"], stored["file_name"], stored["origin"], stored["actor"]) == (
        "sheet",
        "list.csv",
        "Our form",
        "Ana",
    )
    assert Signature.objects.count() == 0


def test_what_cannot_be_read_is_not_taken_in(letter: Letter, opener: Opener) -> None:
    with pytest.raises(SheetNotReadable):
        begun(letter, b"%PDF", "list.csv")
    assert ImportBatch.objects.count() == 0


def test_everybody_is_listed_and_the_list_forgotten(letter: Letter, opener: Opener) -> None:
    batch = begun(letter)
    assert save(batch, opener) == 1
    signature = Signature.objects.get()
    assert (signature.name, signature.country, signature.language) == (CANARY, "KE", "es")
    assert (signature.batch_id, signature.state, signature.source) == (
        batch.pk,
        "listed",
        "import",
    )
    assert signature.created_at == datetime(2020, 3, 4, tzinfo=UTC)
    batch.refresh_from_db()
    assert (batch.step, batch.sealed, batch.choices, batch.saved_rows) == ("saved", None, {}, 1)
    assert read_counts(letter).total == 1
    (event,) = letter.events.filter(act="import signatories")
    assert (event.actor, event.details) == ("Ana", {"import": str(batch.pk), "signatures": 1})


def test_nothing_is_stored_twice(letter: Letter, opener: Opener) -> None:
    batch = begun(letter)
    layout, brought = laid_out(batch, opener)
    bringing.save(batch, layout, brought, actor="Ana")
    with pytest.raises(bringing.NotBeingRead):
        bringing.save(batch, layout, brought, actor="Ben")
    assert Signature.objects.count() == 1
    batch.refresh_from_db()
    with pytest.raises(bringing.NotBeingRead):
        bringing.content_of(batch, opener)
    with pytest.raises(bringing.NotBeingRead):
        bringing.choices_of(batch, opener)
    with pytest.raises(bringing.NotBeingRead):
        bringing.drop(batch, actor="Ben")


def test_a_dropped_list_leaves_nothing(letter: Letter, opener: Opener) -> None:
    batch = begun(letter)
    bringing.drop(batch, actor="Ana")
    batch.refresh_from_db()
    assert (batch.step, batch.sealed, batch.choices) == ("dropped", None, {})
    assert letter.events.filter(act="drop import").count() == 1
    with pytest.raises(bringing.NotBeingRead):
        bringing.choose(batch, opener, studio_sealer(), lambda now: now)


def test_rows_to_mend_keep_the_whole_list_back(letter: Letter, opener: Opener) -> None:
    batch = begun(letter, b"Organisation,Country\nSample Society,Kenya\nwww.example.org,Kenya\n")
    with pytest.raises(bringing.RowsToMend):
        save(batch, opener)
    assert Signature.objects.count() == 0
    batch.refresh_from_db()
    assert batch.step == "reading"


def test_there_has_to_be_somebody_and_a_text(letter: Letter, opener: Opener) -> None:
    batch = begun(letter, b"Organisation,Country\n,Kenya\n")
    with pytest.raises(bringing.NobodyLeft):
        save(batch, opener)
    Letter.objects.filter(pk=letter.pk).update(edition=None, state="draft")
    with pytest.raises(bringing.NoTextYet):
        save(begun(letter), opener)


def test_a_list_can_be_stored_at_once(letter: Letter) -> None:
    batch = ImportBatch(letter=letter, form="text", origin="x", sha256=b"x" * 32, actor="Ana")
    layout = lay_out(read(b"Sample Society\n", "text", Choices(kind="organisation"), []), Choices())
    assert bringing.store_at_once(batch, [laid.entry for laid in layout.rows]) == 1
    assert ImportBatch.objects.get().step == "saved"
    other = ImportBatch(letter=letter, form="text", origin="x", sha256=b"x" * 32, actor="Ana")
    with pytest.raises(bringing.NobodyLeft):
        bringing.store_at_once(other, [])
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("day", [None, date(2999, 1, 1)])
def test_a_day_to_come_is_no_day_of_signing(
    letter: Letter, opener: Opener, day: date | None
) -> None:
    content = f"Organisation,Country,Date\nSample Society,Kenya,{day or ''}\n".encode()
    save(begun(letter, content), opener)
    assert timezone.now() - Signature.objects.get().created_at < timedelta(minutes=1)


def test_names_to_compare_with_are_those_shown_in_full(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Ana Example")
    listed(letter, keys, name="Ben Example", choice=Visibility.INITIALS)
    listed(letter, keys, name="Cy Example", choice=Visibility.COUNTED)
    listed(letter, keys, name="Sample Society", kind="organisation", country="KE")
    rows = sorted(bringing.listed_rows(letter), key=lambda row: row.name)
    assert rows == [
        Individual("", "Ana Example"),
        Organisation("", "Sample Society", country="KE"),
    ]
