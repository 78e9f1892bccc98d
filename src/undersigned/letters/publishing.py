"""Publish: freeze a letter's text as an edition."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from undersigned.letters.models import Edition, EditionChange, Letter, LetterEvent, Translation


@dataclass(frozen=True)
class Text:
    """A letter's words in one language; see `letters.models.Translation` for each field."""

    language: str
    title: str
    body: str
    consent_publication: str
    consent_updates: str
    addressee: str = ""
    introduction: str = ""
    call: str = ""
    ways_to_help: Sequence[Mapping[str, str]] = ()
    related_campaigns: Sequence[Mapping[str, object]] = field(default=())
    facilitator_note: str = ""
    credits: str = ""


def manifest_hash(texts: Sequence[Text]) -> bytes:
    """SHA-256 over what is signed: every language and the consent wording.

    The manifest is `undersigned-edition/v1`, a line feed, and JSON (RFC 8785's form for strings
    and objects: sorted keys, no spaces, UTF-8) of the texts by language, without the credits:
    whoever translated may have their name taken from what was published, and the text stands.
    """
    by_language = {text.language: asdict(text) for text in texts}
    for words in by_language.values():
        del words["credits"]
    manifest = json.dumps(by_language, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"undersigned-edition/v1\n" + manifest.encode()).digest()


class KeyNotReady(Exception):
    """The letter has no key yet: the worker makes it within seconds, if it runs."""


class NothingChanged(Exception):
    """The text is, word for word, the current edition."""


@transaction.atomic
def publish(
    letter: Letter,
    texts: Sequence[Text],
    *,
    actor: str,
    change: EditionChange = EditionChange.SUBSTANTIVE,
    note: str = "",
    at: datetime | None = None,
    behind: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
) -> Edition:
    """Freeze `texts` as the letter's next edition. The letter's first one is `first` by itself.

    `behind`: by language, the blocks that do not say what the source does (`Translation.behind`).

    The letter stays in its state: see `launching` for opening it. Raises KeyNotReady,
    NothingChanged, or ValueError if the source language is not among the texts.
    """
    if letter.source_language not in {text.language for text in texts}:
        raise ValueError("The text in the letter's own language is missing.")
    # Its edition is read after the lock: PostgreSQL would join the one from before the wait.
    letter = Letter.objects.select_for_update().defer("logo").get(pk=letter.pk)
    if not letter.sealing_key and letter.key_destroyed_at is None:
        raise KeyNotReady
    before, manifest = letter.edition, manifest_hash(texts)
    if before is not None and bytes(before.manifest_hash) == manifest:
        raise NothingChanged
    edition = Edition.objects.create(
        letter=letter,
        number=letter.editions.count() + 1,
        text_number=_text_number(before, change),
        change=change if before else EditionChange.FIRST,
        note=note,
        manifest_hash=manifest,
        published_at=at or timezone.now(),
    )
    Translation.objects.bulk_create(
        Translation(edition=edition, **asdict(text), behind=(behind or {}).get(text.language, []))
        for text in texts
    )
    Letter.objects.filter(pk=letter.pk).update(edition=edition)
    if edition.change == EditionChange.SUBSTANTIVE:
        # Founders are to hear of another text before it is launched, and have time to leave.
        Letter.objects.filter(pk=letter.pk).update(founders_told_at=None)
    bump_revision(letter)
    LetterEvent.objects.create(
        letter=letter,
        actor=actor,
        act="publish edition",
        details={"number": edition.number, "change": edition.change},
    )
    return edition


def _text_number(before: Edition | None, change: EditionChange) -> int:
    """Signatures are counted by text: only another text starts from nothing."""
    if before is None:
        return 1
    return before.text_number + (change == EditionChange.SUBSTANTIVE)


def bump_revision(letter: Letter) -> None:
    """Say that the public page changed; web processes render it anew within a second."""
    Letter.objects.filter(pk=letter.pk).update(revision=F("revision") + 1)
