"""What the signing road keeps in memory of each open letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from undersigned.letters.asking import Ask, asked_by
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.signing import Desk, Row, SigningClosed, prepare
from undersigned.vault.seal import Sealer
from undersigned.website.forms import SignForm, kinds_of
from undersigned.website.front.bursts import BURSTS
from undersigned.website.languages import known_language
from undersigned.website.partners import Tickable, came_by, tickable, ticked
from undersigned.website.stamps import Stamp, check_stamp


@dataclass(frozen=True)
class Counter:
    """Where a filled form is handed in: a desk, who may sign there, and the letter's languages."""

    desk: Desk
    kinds: frozenset[str]
    asks: Mapping[str, Ask]
    source_language: str
    partners: Tickable

    def accept(self, data: Any, address: str = "") -> tuple[Row, str] | None:
        """A row to store and the signer's language, or None if the form must be shown again.

        `address`: the client's, to notice bursts; it goes no further.

        Raises signing.SigningClosed.
        """
        if check_stamp(self.desk.letter, data.get("stamp", "")) is not Stamp.GOOD:
            return None
        form = SignForm(data, kinds=self.kinds, asks=self.asks)
        if not form.is_valid():
            return None
        language = known_language(data.get("language", "")) or self.source_language
        doubt = BURSTS.note(self.desk.letter, address)
        if not self.partners:
            return prepare(self.desk, form.entry(language), doubt), language
        partners, via = ticked(data, self.partners), came_by(data, self.partners)
        return prepare(self.desk, form.entry(language, partners=partners, via=via), doubt), language


def open_counter(letter: Letter, *, for_founders: bool = False) -> Counter:
    """`for_founders`: under embargo, for whoever has the private link.

    Raises vault.seal.SealingKeyMissing: without a key, signing is paused; and
    signatures.signing.SigningClosed once the key was destroyed.
    """
    if letter.key_destroyed_at is not None:
        raise SigningClosed
    return Counter(
        desk=Desk(
            letter=letter.pk,
            edition=letter.edition_id or 0,
            is_open=letter.state == (LetterState.GATHERING if for_founders else LetterState.OPEN),
            deadline=letter.deadline,
            sealer=Sealer(bytes(letter.sealing_key) if letter.sealing_key else None),
        ),
        kinds=kinds_of(letter),
        asks=asked_by(letter),
        source_language=letter.source_language,
        partners=tickable(letter),
    )
