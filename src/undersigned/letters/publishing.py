"""Publish a letter: freeze its text as an edition, give it a key, open it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from undersigned.letters.models import Edition, Letter, LetterEvent, LetterState, Translation
from undersigned.vault.keys import Keyring


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
    and objects: sorted keys, no spaces, UTF-8) of the texts by language.
    """
    by_language = {text.language: asdict(text) for text in texts}
    manifest = json.dumps(by_language, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"undersigned-edition/v1\n" + manifest.encode()).digest()


@transaction.atomic
def publish(
    letter: Letter,
    texts: Sequence[Text],
    keyring: Keyring,
    *,
    actor: str,
    at: datetime | None = None,
) -> Edition:
    """Freeze `texts` as the letter's next edition and open the letter for signatures.

    The key comes first: a letter is never open without one. A letter that had a key keeps it.
    Raises ValueError if the source language is not among the texts, and vault.keys.KeyMissing if
    the letter's key is gone: a new one would shut away what was sealed to the old.
    """
    if letter.source_language not in {text.language for text in texts}:
        raise ValueError("The text in the letter's own language is missing.")
    at = at or timezone.now()
    if letter.sealing_key is None:
        letter.sealing_key = keyring.create_letter_key(letter.id)
    else:
        keyring.letter_key(letter.id)
    edition = Edition.objects.create(
        letter=letter,
        number=letter.editions.count() + 1,
        manifest_hash=manifest_hash(texts),
        published_at=at,
    )
    Translation.objects.bulk_create(Translation(edition=edition, **asdict(text)) for text in texts)
    letter.edition = edition
    letter.state = LetterState.OPEN
    letter.launched_at = letter.launched_at or at
    letter.save(update_fields=["sealing_key", "edition", "state", "launched_at"])
    bump_revision(letter)
    LetterEvent.objects.create(
        letter=letter, actor=actor, act="publish edition", details={"number": edition.number}
    )
    return edition


def bump_revision(letter: Letter) -> None:
    """Say that the public page changed; web processes render it anew within a second."""
    Letter.objects.filter(pk=letter.pk).update(revision=F("revision") + 1)
