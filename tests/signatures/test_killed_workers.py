"""Workers are killed in the middle of their errands: nothing is done twice, and nothing is lost.

script/test tests/signatures/test_killed_workers.py
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.builders import confirmed, worker_keys
from undersigned.letters.models import Letter
from undersigned.mail.models import Message
from undersigned.signatures.counting import count_changes, read_counts, recount
from undersigned.signatures.deciding import By, void
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.exporting import asking
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.exporting.writing import sweep_folder, write_exports
from undersigned.signatures.holding_rules import Condition, RuleKind
from undersigned.signatures.models import (
    Change,
    Decided,
    ErrandState,
    Export,
    ImportBatch,
    Kind,
    Notice,
    Signature,
    State,
    Sweep,
)
from undersigned.signatures.notices import write_notices
from undersigned.signatures.sweeping import order_sweep, run_sweep, sweep_signatures
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key, studio_opener
from undersigned.teams.models import Person
from undersigned.vault.files import open_pieces

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

KILLS = 8
ROWS = 600
# In small steps, so that a kill falls between two of them.
WORKER = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from pathlib import Path
from undersigned.signatures import notices, sweeping
from undersigned.signatures.exporting.writing import write_exports
from undersigned.signatures.importing import taking_back
from undersigned.signatures.models import ImportBatch
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import Keyring
from undersigned.signatures.counting import count_changes
sweeping.CHUNK, notices.BATCH, taking_back._AT_ONCE = 10, 2, 10
keys = WorkerKeys(Keyring(Path(sys.argv[2])))
print("ready", flush=True)
if sys.argv[3] == "undo":
    taking_back.undo(ImportBatch.objects.get(), actor="Ana")
while True:
    notices.write_notices(keys)
    sweeping.sweep_signatures(keys)
    write_exports(keys)
    count_changes()
"""


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    prepare_studio_key(tmp_path / "web")
    return worker_keys(tmp_path)


@pytest.fixture(autouse=True)
def files_of_this_test() -> Iterator[None]:
    yield
    for path in (Path(settings.DATA) / "media" / "exports").glob("*"):
        path.unlink()


def killed(keys: WorkerKeys, what: str, after: float) -> None:
    """A worker that works for a moment, and is then killed; its claims run out at once."""
    name = str(connection.settings_dict["NAME"])
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, name, str(keys.keyring.folder), what],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "undersigned.config.settings"},
        stdout=subprocess.PIPE,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"ready\n"
    time.sleep(after)
    worker.kill()
    worker.wait()
    worker.stdout.close()
    for kind in (Sweep, Export):
        kind.objects.filter(state=ErrandState.RUNNING).update(claimed_until=timezone.now())


def test_an_errand_that_was_killed_is_done_once(letter: Letter, keys: WorkerKeys) -> None:
    chance = random.Random(5)
    by = By(letter, "Ana")
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, f"Casino {n}") for n in range(ROWS)])
    told = [confirmed(letter, keys).pk for _ in range(20)]
    assert void(by, told, "fraud").done == 20
    Notice.objects.update(not_before=timezone.now())
    ana = Person.objects.create(email="ana@example.org", name="Ana")
    sweep = order_sweep(by, [Condition(RuleKind.WORD, "casino")])
    sweep_signatures(keys)
    run_sweep(by, sweep.pk)
    export = asking.ask(letter, ana, form="ods", preset=PRESETS["public"], language="en")

    for _ in range(KILLS):
        killed(keys, "work", chance.uniform(0.01, 0.15))
    held = Signature.objects.filter(held_because="rule").count()
    while write_notices(keys) or sweep_signatures(keys) or write_exports(keys):
        pass
    assert held > 0  # some were killed half-way

    sweep.refresh_from_db()
    assert sweep.state == ErrandState.DONE
    assert Signature.objects.filter(held_because="rule", state=State.CONFIRMED).count() == ROWS
    assert Change.objects.filter(act="hold").count() == ROWS
    assert Decided.objects.filter(decision=sweep.decision).count() == ROWS
    causes = [f"notice {pk}" for pk in Notice.objects.values_list("pk", flat=True)]
    assert sorted(Message.objects.filter(topic="void").values_list("cause", flat=True)) == (
        sorted(causes)
    )
    assert not Notice.objects.filter(settled_at=None).exists()
    export.refresh_from_db()
    assert export.state == ErrandState.DONE
    opener = studio_opener(keys.keyring.folder.parent / "web")
    key = opener.open(export.pk, "export", bytes(export.sealed_key or b""))
    assert sum(map(len, open_pieces(asking.path_of(export), key, export.pk, "export"))) > 0
    sweep_folder(timezone.now() + timedelta(days=1))
    assert [path.name for path in asking.path_of(export).parent.iterdir()] == [str(export.pk)]
    count_changes()
    counted = read_counts(letter).total
    recount()
    assert counted == read_counts(letter).total == 0


def test_an_undone_import_is_undone_whole_or_not_at_all(letter: Letter, keys: WorkerKeys) -> None:
    chance = random.Random(6)
    batch = ImportBatch.objects.create(
        letter=letter, step="saved", form="text", origin="A list", sha256=b"", actor="Ana"
    )
    entries = [Enrolled(Kind.INDIVIDUAL, f"Ana {n}") for n in range(ROWS)]
    enroll(letter, entries, batch=batch)
    count_changes()
    seen = set()
    for _ in range(KILLS):
        killed(keys, "undo", chance.uniform(0.0, 0.1))
        batch.refresh_from_db()
        void_ones = Signature.objects.filter(state=State.VOID).count()
        seen.add((batch.step, void_ones))
        if void_ones:
            break
    assert seen <= {("saved", 0), ("undone", ROWS)}
    assert Change.objects.filter(act="void").count() in {0, ROWS}
    count_changes()
    assert read_counts(letter).total == (0 if ("undone", ROWS) in seen else ROWS)
