"""Lists that are being looked through, as this process read them lately.

Reading a long list takes seconds, and its pages are turned many times. What was read stays in
memory for some minutes; whoever asks another process waits once more.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.conf import settings

from undersigned.letters.models import Letter
from undersigned.signatures.importing.bringing import choices_of, content_of, listed_rows
from undersigned.signatures.importing.brought import Brought, read
from undersigned.signatures.importing.choices import Choices
from undersigned.signatures.importing.layout import Layout, lay_out
from undersigned.signatures.models import ImportBatch
from undersigned.teams.installation import studio_opener
from undersigned.vault.open import Opener

KEPT_SECONDS = 600.0
MOST_KEPT = 4

_Key = tuple[object, ...]


@dataclass(frozen=True)
class Looked:
    """A list as it stands now: what it says, what was decided, and what comes of both."""

    brought: Brought
    choices: Choices
    layout: Layout


_lock = threading.Lock()
_kept: OrderedDict[_Key, tuple[float, Looked]] = OrderedDict()


def opener() -> Opener:
    """Opens what is sealed to the studio; raises vault.keys.KeyMissing."""
    return studio_opener(settings.DATA / "web")


def look(batch: ImportBatch, letter: Letter) -> Looked:
    """Read a list, or remember it; raises NotBeingRead, SheetNotReadable, CannotOpen."""
    opens = opener()
    choices = choices_of(batch, opens)
    key = (batch.pk, *choices.reading())
    looked = _remember(key)
    if looked is not None and looked.choices == choices:
        return looked
    if looked is None:
        content = content_of(batch, opens)
        brought = read(content, batch.form, choices, listed_rows(letter))
    else:
        brought = looked.brought
    looked = Looked(brought, choices, lay_out(brought, choices))
    _keep(key, looked)
    return looked


def forget() -> None:
    """Drop everything that is remembered."""
    with _lock:
        _kept.clear()


def _remember(key: _Key) -> Looked | None:
    with _lock:
        oldest = time.monotonic() - KEPT_SECONDS
        for old in [old for old, (since, _) in _kept.items() if since < oldest]:
            del _kept[old]
        found = _kept.get(key)
        return found[1] if found else None


def _keep(key: _Key, looked: Looked) -> None:
    with _lock:
        _kept[key] = (time.monotonic(), looked)
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
