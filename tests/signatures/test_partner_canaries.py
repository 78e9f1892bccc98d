"""No address stands in clear anywhere on its way to a partner, nor once its owner has left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.builders import listed, mails
from tests.partners import joined, with_key
from tests.signatures.behind_links import own_link
from tests.signatures.canaries import everything_stored
from tests.signatures.partnered import asking, clear_folder, fetched, made
from undersigned.letters.models import Letter
from undersigned.letters.partner_contacts import set_contact
from undersigned.signatures.erasing import erase
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.partner_consents import take_back_from
from undersigned.signatures.partner_files import path_of
from undersigned.signatures.worker_keys import WorkerKeys

CANARY = "zyzzogeton"


@pytest.fixture(autouse=True)
def files_of_this_test() -> Iterator[None]:
    yield
    clear_folder(media_folder("partners"))


def everything_somewhere(log: pytest.LogCaptureFixture) -> str:
    """All rows, the database's own files, what lies in the data directory, and the log."""
    name = Path(str(connection.settings_dict["NAME"]))
    files = [*name.parent.glob(f"{name.name}*")] if connection.vendor == "sqlite" else []
    files += [path for path in (Path(settings.DATA) / "media").rglob("*") if path.is_file()]
    texts = [path.read_bytes().decode("utf-8", "replace").casefold() for path in files]
    return "\n".join([everything_stored(), log.text.casefold(), *texts])


def test_nothing_of_an_address_is_in_clear(
    letter: Letter, keys: WorkerKeys, caplog: pytest.LogCaptureFixture
) -> None:
    green, river = joined(letter), joined(letter, slug="river")
    identity, other = with_key(green), with_key(river)
    set_contact(green, f"{CANARY}-partner@example.org", actor="Ana")
    stays, leaves, erased = (
        asking(letter, keys, green, address=f"{CANARY}-{name}@example.org") for name in "abc"
    )
    listed(letter, keys, address=f"{CANARY}-never@example.org", consent_updates=True)
    rows = fetched(green, keys, identity)
    assert [row[1] for row in rows] == [f"{CANARY}-{name}@example.org" for name in "abc"]
    take_back_from(own_link(leaves, keys), str(green.pk))
    erase([erased.pk], timezone.now(), actor="Ana")
    last = made(green, keys)
    for_river = made(river, keys)
    assert mails(keys, topic="partner file")[-1].to == f"{CANARY}-partner@example.org"
    assert CANARY not in everything_somewhere(caplog)
    assert _in(last, identity) == {
        f"contact,{CANARY}-a@example.org",
        f"erase,{CANARY}-b@example.org",
        f"erase,{CANARY}-c@example.org",
    }
    # River was asked by nobody, and cannot open what is Green's.
    assert _in(for_river, other) == set()
    with pytest.raises(pyrage.DecryptError):
        _in(last, other)
    assert stays.state == "listed"


def _in(file: Any, identity: Any) -> set[str]:
    clear = pyrage.decrypt(path_of(file).read_bytes(), [identity]).decode()
    return {",".join(line.split(",")[:2]) for line in clear.splitlines()[1:]}
