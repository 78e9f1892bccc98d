"""Signers who ask to hear from partners, and what partners then read."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pyrage

from tests.builders import listed, mails
from undersigned.letters.models import Letter, Partner
from undersigned.letters.partnering import present_wordings
from undersigned.signatures.models import PartnerFile, Signature
from undersigned.signatures.partner_files import note_fetched, order_file, path_of
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_partner_files import write_partner_files


def ticked(*partners: Partner) -> tuple[tuple[Any, int], ...]:
    """As the form sends it: the boxes of these partners, in their letter's own language."""
    return tuple(
        (partner.pk, present_wordings(partner)[partner.letter.source_language].pk)
        for partner in partners
    )


def asking(letter: Letter, keys: WorkerKeys, *partners: Partner, **changes: Any) -> Signature:
    """A listed signer who asked to hear from these partners."""
    return listed(letter, keys, partners=ticked(*partners), **changes)


def made(partner: Partner, keys: WorkerKeys) -> PartnerFile:
    """A file, ordered and written."""
    partner.refresh_from_db()
    file = order_file(partner, actor="Ana")
    write_partner_files(keys)
    file.refresh_from_db()
    return file


def read(file: PartnerFile, identity: Any) -> list[list[str]]:
    """Its rows without the head, as the partner opens them."""
    clear = pyrage.decrypt(path_of(file).read_bytes(), [identity]).decode()
    return list(csv.reader(io.StringIO(clear, newline="")))[1:]


def fetched(partner: Partner, keys: WorkerKeys, identity: Any) -> list[list[str]]:
    """A file is made and downloaded for the partner; its rows."""
    file = made(partner, keys)
    rows = read(file, identity)
    assert note_fetched(file, partner, actor="Ana") is True
    return rows


def file_token(keys: WorkerKeys) -> str:
    """The secret of the link in the newest mail to a partner."""
    found = re.findall(r"/partner/([A-Za-z0-9_-]{22})/", mails(keys, topic="partner file")[-1].text)
    assert len(found) == 1
    return str(found[0])


def brief(rows: list[list[str]]) -> list[tuple[str, str]]:
    """What to do, with which address."""
    return [(action, address) for action, address, *_ in rows]


def clear_folder(folder: Path) -> None:
    for path in folder.glob("*"):
        path.unlink()
